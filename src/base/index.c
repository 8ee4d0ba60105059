/* index - finds things by a number that they hold themselves; see index.h */
#include "base/index.h"
#include "base/mem.h"

#include <stdlib.h>

/*
 * Steps of the golden section: numbers that follow each other are spread as evenly
 * as can be.
 */
static size_t home(const struct index *x, unsigned number)
{
	return (size_t)((number * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & (x->cap - 1);
}

/* The slot of a number, or the free one where it would go. */
static uint32_t *slot(const struct index *x, unsigned number)
{
	size_t i = home(x, number);

	while (x->slots[i] && x->number(x->keeper, x->slots[i]) != number)
		i = (i + 1) & (x->cap - 1);
	return &x->slots[i];
}

unsigned index_find(const struct index *x, unsigned number)
{
	return x->cap ? *slot(x, number) : 0;
}

static void grow(struct index *x)
{
	uint32_t *old = x->slots;
	size_t cap = x->cap;

	x->cap = cap ? cap * 2 : 16;
	x->slots = mem_zero(x->cap, sizeof *x->slots);
	for (size_t i = 0; i < cap; i++)
		if (old[i])
			*slot(x, x->number(x->keeper, old[i])) = old[i];
	free(old);
}

void index_put(struct index *x, unsigned number, unsigned place)
{
	uint32_t *s;

	if (x->n * 16 >= x->cap * 13)
		grow(x);
	s = slot(x, number);
	x->n += !*s;
	*s = place;
}

void index_remove(struct index *x, unsigned number)
{
	uint32_t *s = x->cap ? slot(x, number) : NULL;
	size_t i;

	if (!s || !*s)
		return;
	*s = 0;
	x->n--;
	/* those behind it in the same run may now be found too late: put them anew */
	for (i = (size_t)(s - x->slots + 1) & (x->cap - 1); x->slots[i];
	    i = (i + 1) & (x->cap - 1)) {
		uint32_t moved = x->slots[i];

		x->slots[i] = 0;
		*slot(x, x->number(x->keeper, moved)) = moved;
	}
}

unsigned index_each(const struct index *x, size_t *i)
{
	while (*i < x->cap)
		if (x->slots[(*i)++])
			return x->slots[*i - 1];
	return 0;
}

void index_done(struct index *x)
{
	free(x->slots);
	x->slots = NULL;
	x->n = x->cap = 0;
}
