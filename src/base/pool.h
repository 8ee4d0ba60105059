/*
 * pool - one copy of each string, so that equal strings are equal pointers.
 *
 * The strings live until the pool is done. Finding one again takes 5 to 10 bytes
 * beside it.
 */
#ifndef AMC_BASE_POOL_H
#define AMC_BASE_POOL_H

#include <stddef.h>
#include <stdint.h>

/* { 0 } is an empty one. */
struct pool {
	struct pool_chunk **chunks;
	uint32_t *slots;	/* at which place a string is; 0: at none */
	size_t n, cap;		/* cap is a power of two */
	size_t chunks_n, chunks_cap;
};

const char *pool_put(struct pool *, const char *s);
const char *pool_put_len(struct pool *, const char *s, size_t len);
/* The pool's copy if it has one, else NULL. */
const char *pool_find(const struct pool *, const char *s);
void pool_done(struct pool *);

#endif
