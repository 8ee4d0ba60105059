/* pool - one copy of each string; see pool.h */
#include "base/pool.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/*
 * Where a string begins: the number of its chunk from 1 on, and how far in it. One
 * that is longer than a chunk has one of its own.
 */
enum { CHUNK_BITS = 14, CHUNK = 1 << CHUNK_BITS };

struct pool_chunk {
	size_t used, cap;
	char bytes[];
};

static char *at(const struct pool *p, uint32_t place)
{
	return p->chunks[(place >> CHUNK_BITS) - 1]->bytes + (place & (CHUNK - 1));
}

static size_t hash(const char *s, size_t len)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325) ^ len;
	uint64_t word;

	for (; len >= 8; s += 8, len -= 8) {
		memcpy(&word, s, 8);
		h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 32;
	}
	word = 0;
	memcpy(&word, s, len);
	h = (h ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(h ^ h >> 29);
}

/* The slot that holds the string, or the free one where it would go. */
static uint32_t *find(const struct pool *p, const char *s, size_t len)
{
	size_t i = hash(s, len) & (p->cap - 1);

	for (; p->slots[i]; i = (i + 1) & (p->cap - 1)) {
		const char *there = at(p, p->slots[i]);

		if (strncmp(there, s, len) == 0 && there[len] == '\0')
			break;
	}
	return &p->slots[i];
}

/* Hashes are made anew then: kept, they would take as much as the strings. */
static void grow(struct pool *p)
{
	uint32_t *old = p->slots;
	size_t i, to, cap = p->cap;

	p->cap = cap ? cap * 2 : 64;
	p->slots = mem_zero(p->cap, sizeof *p->slots);
	for (i = 0; i < cap; i++) {
		const char *s = old[i] ? at(p, old[i]) : NULL;

		if (!s)
			continue;
		for (to = hash(s, strlen(s)) & (p->cap - 1); p->slots[to];)
			to = (to + 1) & (p->cap - 1);
		p->slots[to] = old[i];
	}
	free(old);
}

/* The place of so many bytes. */
static uint32_t take(struct pool *p, size_t size)
{
	struct pool_chunk *c = p->chunks_n ? p->chunks[p->chunks_n - 1] : NULL;
	uint32_t place;

	if (!c || c->cap - c->used < size) {
		size_t cap = size > CHUNK ? size : CHUNK;

		c = mem_realloc(NULL, sizeof *c + cap, 1);
		*c = (struct pool_chunk){ .cap = cap };
		mem_grow(p->chunks, p->chunks_n, p->chunks_cap);
		p->chunks[p->chunks_n++] = c;
	}
	place = (uint32_t)(p->chunks_n << CHUNK_BITS | c->used);
	c->used += size;
	return place;
}

const char *pool_put_len(struct pool *p, const char *s, size_t len)
{
	uint32_t *slot;
	char *copy;

	if (p->n * 16 >= p->cap * 13)
		grow(p);
	slot = find(p, s, len);
	if (*slot)
		return at(p, *slot);
	*slot = take(p, len + 1);
	copy = at(p, *slot);
	memcpy(copy, s, len);
	copy[len] = '\0';
	p->n++;
	return copy;
}

const char *pool_put(struct pool *p, const char *s)
{
	return pool_put_len(p, s, strlen(s));
}

const char *pool_find(const struct pool *p, const char *s)
{
	const uint32_t *slot = p->cap ? find(p, s, strlen(s)) : NULL;

	return slot && *slot ? at(p, *slot) : NULL;
}

void pool_done(struct pool *p)
{
	while (p->chunks_n > 0)
		free(p->chunks[--p->chunks_n]);
	free(p->chunks);
	free(p->slots);
	*p = (struct pool){ 0 };
}
