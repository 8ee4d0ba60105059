/* radius - who is hit by what is about to be done; see radius.h */
#include "app/radius.h"
#include "base/map.h"
#include "base/mem.h"
#include "model/depend.h"

/* Everything that goes. */
static struct map going(const struct site *s, const unsigned *ids, size_t n)
{
	struct map all = { 0 };
	const struct node *top, *i;

	for (size_t k = 0; k < n; k++) {
		top = site_find(s, ids[k]);
		for (i = top; i; i = node_next(i, top))
			map_put(&all, i->id, &all);
	}
	return all;
}

unsigned *radius_of_removal(const struct app *a, const unsigned *ids, size_t n,
    size_t *hit_n)
{
	const struct site *s = app_site(a);
	const struct node *top = &site_network(s)->node, *i;
	struct map all = going(s, ids, n);
	unsigned *hit = NULL;
	size_t cap = 0;

	*hit_n = 0;
	for (i = top; i; i = node_next(i, top)) {
		const struct terminal *t = node_terminal(i);
		const struct ups *u = NULL;

		if (!t || map_get(&all, i->id))
			continue;
		while ((u = depend_next_ups(t, u)) && !map_get(&all, u->node.id))
			;
		if (!u)
			continue;
		mem_grow(hit, *hit_n, cap);
		hit[(*hit_n)++] = i->id;
	}
	map_done(&all);
	return hit;
}
