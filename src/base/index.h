/*
 * index - finds things by a number that they hold themselves.
 *
 * Kept is only at which place a thing is (0 is none): its number is asked of who
 * keeps them. A thing takes 5 to 10 bytes in it, where a map takes 20 to 40. Numbers
 * that follow each other, as those of nodes do, hardly ever meet.
 */
#ifndef AMC_BASE_INDEX_H
#define AMC_BASE_INDEX_H

#include <stddef.h>
#include <stdint.h>

/* The number of what is at a place; 0 is no number. */
typedef unsigned index_number(const void *keeper, unsigned place);

/* { .number = , .keeper = } is an empty one. */
struct index {
	index_number *number;
	const void *keeper;
	uint32_t *slots;
	size_t n, cap;		/* cap is a power of two */
};

/* The place, or 0. */
unsigned index_find(const struct index *, unsigned number);
/* What has a number is now at this place. */
void index_put(struct index *, unsigned number, unsigned place);
/* While the thing still has its number. */
void index_remove(struct index *, unsigned number);
/* Each place once, in no order: start with *i = 0; 0 at the end. */
unsigned index_each(const struct index *, size_t *i);
void index_done(struct index *);

#endif
