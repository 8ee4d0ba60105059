/* merge-order - siblings of two sides; see merge-order.h */
#include "model/merge-order.h"

#include "base/mem.h"

#include <stdlib.h>

/* Ids in the order of one side. */
struct row {
	unsigned *ids;
	size_t n, cap;
	struct map places;	/* id -> its place, from 1 */
};

static void row_add(struct row *r, unsigned id)
{
	mem_grow(r->ids, r->n, r->cap);
	r->ids[r->n++] = id;
	map_put(&r->places, id, (void *)(uintptr_t)r->n);
}

static bool row_has(const struct row *r, unsigned id)
{
	return map_get(&r->places, id) != NULL;
}

static void row_done(struct row *r)
{
	free(r->ids);
	map_done(&r->places);
}

/* Those of a side that stand there in out, too, by their ids in out. */
static struct row row_of(const struct node *side, enum container c, const struct row *out,
    const struct map *renumbered)
{
	struct row r = { 0 };

	for (const struct node *n = node_first(side, c); n; n = n->next) {
		const struct node *to = renumbered ? map_get(renumbered, n->id) : NULL;
		unsigned id = to ? to->id : n->id;

		if (row_has(out, id))
			row_add(&r, id);
	}
	return r;
}

/* Do those that both have, and `of` too, stand in the same order? */
static bool same_order(const struct row *a, const struct row *b, const struct row *of)
{
	size_t last = 0;

	for (size_t i = 0; i < a->n; i++) {
		size_t place = row_has(of, a->ids[i]) ?
		    (uintptr_t)map_get(&b->places, a->ids[i]) : 0;

		if (!place)
			continue;
		if (place < last)
			return false;
		last = place;
	}
	return true;
}

/* Those of `second` from `at` on, up to the next that `first` has. */
static void add_others(const struct row *first, const struct row *second, size_t at,
    struct row *all)
{
	while (at < second->n && !row_has(first, second->ids[at]))
		row_add(all, second->ids[at++]);
}

/*
 * Those of `first`, and what only `second` has behind what it stands behind there; what
 * came to the same place on both sides: that of `first` first.
 */
static void weave(const struct row *first, const struct row *second, struct row *all)
{
	size_t behind = 0;	/* place in second of the last that both have */

	for (size_t i = 0; i < first->n; i++) {
		size_t place = (uintptr_t)map_get(&second->places, first->ids[i]);

		if (place) {
			add_others(first, second, behind, all);
			behind = place;
		}
		row_add(all, first->ids[i]);
	}
	add_others(first, second, behind, all);
}

static void arrange(struct site *out, struct node *parent, enum container c, const struct row *all)
{
	for (size_t i = 0; i < all->n; i++)
		site_hang(out, site_find(out, all->ids[i]), parent, c, NULL, NULL);
}

bool merge_order(struct site *out, struct node *parent, enum container c,
    const struct node *base, const struct node *mine, const struct node *theirs,
    const struct map *renumbered)
{
	struct row now = { 0 }, was, ours, their, all = { 0 };
	bool by_us, by_them, ok;

	for (const struct node *n = node_first(parent, c); n; n = n->next)
		row_add(&now, n->id);
	was = row_of(base, c, &now, NULL);
	ours = row_of(mine, c, &now, renumbered);
	their = row_of(theirs, c, &now, NULL);
	by_us = !same_order(&was, &ours, &was);
	by_them = !same_order(&was, &their, &was);
	ok = !by_us || !by_them || same_order(&ours, &their, &was);
	if (ok && by_us && !by_them)
		weave(&ours, &their, &all);
	else if (ok)
		weave(&their, &ours, &all);
	if (ok && !same_order(&all, &now, &all))
		arrange(out, parent, c, &all);
	row_done(&now);
	row_done(&was);
	row_done(&ours);
	row_done(&their);
	row_done(&all);
	return ok;
}
