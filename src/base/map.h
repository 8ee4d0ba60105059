/*
 * map - from a number or pointer to a pointer, by hashing.
 *
 * Key 0 is not allowed, nor is the value NULL: that is how absence looks.
 */
#ifndef AMC_BASE_MAP_H
#define AMC_BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

/* { 0 } is an empty one. */
struct map {
	struct map_slot *slots;
	size_t n, cap;		/* cap is a power of two */
};

void *map_get(const struct map *, uintptr_t key);
/* The value that was there before, or NULL. */
void *map_put(struct map *, uintptr_t key, void *value);
/* Makes room for n at once; it need not be all. */
void map_reserve(struct map *, size_t n);
/* The value that was there, or NULL. */
void *map_remove(struct map *, uintptr_t key);
/* Each value once, in no order: start with *i = 0; NULL at the end. */
void *map_each(const struct map *, size_t *i);
void map_done(struct map *);

#endif
