/* shelf - room for many things of one size; see shelf.h */
#include "base/shelf.h"
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

enum { PLACES = 32 };		/* on a board */

struct board {
	uint64_t first;		/* of all its places */
};

/* Whole words, so that each is aligned. */
static size_t words(const struct shelf *s)
{
	return (s->size + sizeof(uint64_t) - 1) / sizeof(uint64_t);
}

void *shelf_at(const struct shelf *s, unsigned place)
{
	return &s->boards[(place - 1) / PLACES]->first + (place - 1) % PLACES * words(s);
}

/* A free place has the number of the next one. */
static void put_up(struct shelf *s)
{
	mem_grow(s->boards, s->n, s->cap);
	s->boards[s->n++] = mem_realloc(NULL, PLACES * words(s), sizeof(uint64_t));
	for (unsigned place = (unsigned)s->n * PLACES, i = 0; i < PLACES; i++)
		shelf_give(s, place - i);
}

unsigned shelf_take(struct shelf *s)
{
	unsigned place, *at;

	if (!s->free)
		put_up(s);
	place = s->free;
	at = shelf_at(s, place);
	ASAN_UNPOISON_MEMORY_REGION(at, s->size);
	s->free = *at;
	memset(at, 0, s->size);
	return place;
}

void shelf_give(struct shelf *s, unsigned place)
{
	unsigned *at = shelf_at(s, place);

	*at = s->free;
	s->free = place;
	ASAN_POISON_MEMORY_REGION(at, s->size);
}

void shelf_done(struct shelf *s)
{
	while (s->n > 0)
		free(s->boards[--s->n]);
	free(s->boards);
	*s = (struct shelf){ .size = s->size };
}
