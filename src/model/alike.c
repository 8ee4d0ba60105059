/* alike - what records have alike, kept once; see alike.h */
#include "model/alike.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* All are whole words, as they begin with one. */
static size_t hash(const struct alike *p, const void *settings)
{
	const uint64_t *word = settings;
	uint64_t h = 0;

	for (size_t i = 0; i < p->room.size / sizeof *word; i++) {
		h = (h ^ word[i]) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 32;
	}
	return (size_t)h;
}

/* The slot of equal ones, or the free one where these would go. */
static uint32_t *slot(const struct alike *p, const void *settings)
{
	size_t i = hash(p, settings) & (p->cap - 1);

	while (p->slots[i] &&
	    memcmp(shelf_at(&p->room, p->slots[i]), settings, p->room.size) != 0)
		i = (i + 1) & (p->cap - 1);
	return &p->slots[i];
}

static void grow(struct alike *p)
{
	uint32_t *old = p->slots;
	size_t cap = p->cap;

	p->cap = cap ? cap * 2 : 16;
	p->slots = mem_zero(p->cap, sizeof *p->slots);
	for (size_t i = 0; i < cap; i++)
		if (old[i])
			*slot(p, shelf_at(&p->room, old[i])) = old[i];
	free(old);
}

const struct record_settings *alike_put(struct alike *p, const struct record_settings *settings)
{
	uint32_t *s;

	if (p->n * 4 >= p->cap * 3)
		grow(p);
	s = slot(p, settings);
	if (!*s) {
		*s = shelf_take(&p->room);
		memcpy(shelf_at(&p->room, *s), settings, p->room.size);
		p->n++;
	}
	return shelf_at(&p->room, *s);
}

void alike_done(struct alike *p)
{
	shelf_done(&p->room);
	free(p->slots);
	*p = (struct alike){ .room.size = p->room.size };
}
