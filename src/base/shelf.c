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
	struct board *next;
	uint64_t places[];
};

struct shelf_free {
	struct shelf_free *next;
};

/* Whole words, so that each is aligned. */
static size_t place(const struct shelf *s)
{
	return (s->size + sizeof(uint64_t) - 1) / sizeof(uint64_t);
}

static void put_up(struct shelf *s)
{
	struct board *b = mem_realloc(NULL, sizeof *b + PLACES * place(s) * sizeof *b->places, 1);

	b->next = s->boards;
	s->boards = b;
	for (size_t i = PLACES; i-- > 0;)
		shelf_give(s, b->places + i * place(s));
}

void *shelf_take(struct shelf *s)
{
	struct shelf_free *p;

	if (!s->free)
		put_up(s);
	p = s->free;
	ASAN_UNPOISON_MEMORY_REGION(p, s->size);
	s->free = p->next;
	return memset(p, 0, s->size);
}

void shelf_give(struct shelf *s, void *thing)
{
	struct shelf_free *p = thing;

	p->next = s->free;
	s->free = p;
	ASAN_POISON_MEMORY_REGION(p, s->size);
}

void shelf_done(struct shelf *s)
{
	struct board *b, *next;

	for (b = s->boards; b; b = next) {
		next = b->next;
		free(b);
	}
	*s = (struct shelf){ .size = s->size };
}
