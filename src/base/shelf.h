/*
 * shelf - room for many things of one size.
 *
 * Each place in the heap costs a site of thousands of nodes 8 to 24 bytes more than
 * what stands there. What is given back is taken again; the rest of the memory goes
 * with the shelf. A sanitizer sees who touches what was given back.
 */
#ifndef AMC_BASE_SHELF_H
#define AMC_BASE_SHELF_H

#include <stddef.h>

/* { .size = sizeof ... } is an empty one, for things of at least a pointer. */
struct shelf {
	size_t size;
	struct board *boards;
	struct shelf_free *free;
};

/* All zeros. */
void *shelf_take(struct shelf *);
void shelf_give(struct shelf *, void *);
/* With all that still stands there. */
void shelf_done(struct shelf *);

#endif
