/* map - from a number or pointer to a pointer, by hashing; see map.h */
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
