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

/*
 * pool - one copy of each string, so that equal strings are equal pointers.
 * The strings live until the pool is done.
 */
struct pool {
	struct pool_chunk *chunks;
	const char **slots;
	size_t n, cap;
};

const char *pool_put(struct pool *, const char *s);
const char *pool_put_len(struct pool *, const char *s, size_t len);
/* The pool's copy if it has one, else NULL. */
const char *pool_find(const struct pool *, const char *s);
void pool_done(struct pool *);

#endif
