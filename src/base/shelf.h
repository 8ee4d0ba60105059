/*
 * shelf - room for many things of one size.
 *
 * Each place in the heap costs a site of thousands of nodes 8 to 24 bytes more than
 * what stands there. What is given back is taken again; the rest of the memory goes
 * with the shelf. A sanitizer sees who touches what was given back. Places are
 * numbered, so that an index (index.h) finds what stands there.
 */
#ifndef AMC_BASE_SHELF_H
#define AMC_BASE_SHELF_H

#include <stddef.h>

/* { .size = sizeof ... } is an empty one, for things of at least an unsigned. */
struct shelf {
	size_t size;
	struct board **boards;
	size_t n, cap;		/* of boards */
	unsigned free;		/* the first free place; 0: none */
};

/* A place from 1 on, where all is zero. */
unsigned shelf_take(struct shelf *);
void shelf_give(struct shelf *, unsigned place);
/* What stands there; it never moves. */
void *shelf_at(const struct shelf *, unsigned place);
/* With all that still stands there. */
void shelf_done(struct shelf *);

#endif
