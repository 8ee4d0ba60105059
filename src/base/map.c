/* map - from a number or pointer to a pointer; pool - one copy of each string */
#include "base/map.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct map_slot {
	uintptr_t key;
	void *value;
};

/* Is a table of so many slots too full for n? At 13/16 a look takes some 3 slots. */
static bool is_full(size_t n, size_t cap)
{
	return n * 16 >= cap * 13;
}

static size_t spread(uintptr_t key)
{
	uint64_t h = key;

	h ^= h >> 32;
	h *= UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(h ^ h >> 29);
}

/* The slot that holds key, or the free one where it would go. */
static struct map_slot *slot(const struct map *m, uintptr_t key)
{
	size_t i = spread(key) & (m->cap - 1);

	while (m->slots[i].key && m->slots[i].key != key)
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

void *map_get(const struct map *m, uintptr_t key)
{
	return m->cap ? slot(m, key)->value : NULL;
}

static void grow(struct map *m, size_t cap)
{
	struct map old = *m;
	size_t i;

	m->cap = cap;
	m->slots = mem_zero(m->cap, sizeof *m->slots);
	for (i = 0; i < old.cap; i++)
		if (old.slots[i].key)
			*slot(m, old.slots[i].key) = old.slots[i];
	free(old.slots);
}

void *map_put(struct map *m, uintptr_t key, void *value)
{
	struct map_slot *s;
	void *before;

	if (is_full(m->n, m->cap))
		grow(m, m->cap ? m->cap * 2 : 16);
	s = slot(m, key);
	before = s->value;
	m->n += !s->key;
	s->key = key;
	s->value = value;
	return before;
}

void map_reserve(struct map *m, size_t n)
{
	size_t cap = m->cap ? m->cap : 16;

	while (is_full(n, cap))
		cap *= 2;
	if (cap > m->cap)
		grow(m, cap);
}

void *map_remove(struct map *m, uintptr_t key)
{
	struct map_slot *s, gone;
	size_t i;

	if (!m->cap)
		return NULL;
	s = slot(m, key);
	if (!s->key)
		return NULL;
	gone = *s;
	*s = (struct map_slot){ 0 };
	m->n--;
	/* those behind it in the same run may now be found too late: put them anew */
	for (i = (size_t)(s - m->slots + 1) & (m->cap - 1); m->slots[i].key;
	    i = (i + 1) & (m->cap - 1)) {
		struct map_slot moved = m->slots[i];

		m->slots[i] = (struct map_slot){ 0 };
		*slot(m, moved.key) = moved;
	}
	return gone.value;
}

void *map_each(const struct map *m, size_t *i)
{
	while (*i < m->cap) {
		struct map_slot *s = &m->slots[(*i)++];

		if (s->key)
			return s->value;
	}
	return NULL;
}

void map_done(struct map *m)
{
	free(m->slots);
	*m = (struct map){ 0 };
}

#define CHUNK 16384

struct pool_chunk {
	struct pool_chunk *next;
	size_t used, cap;
	char bytes[];
};

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
static const char **find(const struct pool *p, const char *s, size_t len)
{
	size_t i = hash(s, len) & (p->cap - 1);

	while (p->slots[i] && (strncmp(p->slots[i], s, len) != 0 || p->slots[i][len] != '\0'))
		i = (i + 1) & (p->cap - 1);
	return &p->slots[i];
}

/* Hashes are made anew then: kept, they would take as much as the strings. */
static void pool_grow(struct pool *p)
{
	const char **old = p->slots;
	size_t i, at, cap = p->cap;

	p->cap = cap ? cap * 2 : 64;
	p->slots = mem_zero(p->cap, sizeof *p->slots);
	for (i = 0; i < cap; i++) {
		if (!old[i])
			continue;
		for (at = hash(old[i], strlen(old[i])) & (p->cap - 1); p->slots[at];)
			at = (at + 1) & (p->cap - 1);
		p->slots[at] = old[i];
	}
	free(old);
}

static char *take(struct pool *p, size_t size)
{
	struct pool_chunk *c = p->chunks;
	char *s;

	if (!c || c->cap - c->used < size) {
		size_t cap = size > CHUNK ? size : CHUNK;

		c = mem_realloc(NULL, sizeof *c + cap, 1);
		*c = (struct pool_chunk){ .next = p->chunks, .cap = cap };
		p->chunks = c;
	}
	s = c->bytes + c->used;
	c->used += size;
	return s;
}

const char *pool_put_len(struct pool *p, const char *s, size_t len)
{
	const char **at;
	char *copy;

	if (is_full(p->n, p->cap))
		pool_grow(p);
	at = find(p, s, len);
	if (*at)
		return *at;
	copy = take(p, len + 1);
	memcpy(copy, s, len);
	copy[len] = '\0';
	*at = copy;
	p->n++;
	return copy;
}

const char *pool_put(struct pool *p, const char *s)
{
	return pool_put_len(p, s, strlen(s));
}

const char *pool_find(const struct pool *p, const char *s)
{
	size_t len = strlen(s);

	return p->cap ? *find(p, s, len) : NULL;
}

void pool_done(struct pool *p)
{
	struct pool_chunk *c, *next;

	for (c = p->chunks; c; c = next) {
		next = c->next;
		free(c);
	}
	free(p->slots);
	*p = (struct pool){ 0 };
}
