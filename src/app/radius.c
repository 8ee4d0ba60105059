/* radius - who is hit by what is about to be done; see radius.h */
#include "app/radius.h"
#include "base/i18n.h"
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

enum loss { LOSES_NOTHING, LOSES_SPARE, LOSES_DISK, LOSES_POWER, LOSSES };

/* Do the group's other power devices still feed its servers? */
static bool is_spare(const struct group *g, const struct map *cut)
{
	int all = 0, left = 0;

	for (const struct node *n = node_first(&g->node, IN_POWER); n; n = n->next)
		if (n->kind == KIND_UPS) {
			all++;
			left += !map_get(cut, n->id);
		}
	return left >= (g->set->required_ups > 0 ? g->set->required_ups : all);
}

static enum loss loss_of(const struct terminal *t, const struct map *cut)
{
	const struct ups *u = NULL;
	enum loss worst = LOSES_NOTHING, loss;

	while ((u = depend_next_ups(t, u))) {
		if (!map_get(cut, u->node.id))
			continue;
		loss = ups_is_linked_device(u) ? LOSES_DISK :
		    is_spare(node_group(t->node.parent), cut) ? LOSES_SPARE : LOSES_POWER;
		if (loss > worst)
			worst = loss;
	}
	return worst;
}

static void add_loss(struct text *words, enum loss loss, size_t n, const char *names)
{
	if (n == 0)
		return;
	text_add(words, words->len ? "\n" : "");
	if (loss == LOSES_POWER)
		text_printf(words, ngettext("%zu server loses its power: %s",
		    "%zu servers lose their power: %s", n), n, names);
	else if (loss == LOSES_DISK)
		text_printf(words, ngettext("%zu server loses a shared disk or what else it needs: %s",
		    "%zu servers lose a shared disk or what else they need: %s", n), n, names);
	else
		text_printf(words, ngettext("%zu server runs on its other power devices alone: %s",
		    "%zu servers run on their other power devices alone: %s", n), n, names);
}

void radius_of_cut(const struct app *a, const unsigned *ids, size_t n, struct text *words)
{
	const struct node *top = &site_network(app_site(a))->node, *i;
	struct text names[LOSSES] = { 0 };
	size_t count[LOSSES] = { 0 };
	struct map cut = { 0 };

	for (size_t k = 0; k < n; k++)
		map_put(&cut, ids[k], &cut);
	for (i = top; i; i = node_next(i, top))
		if (i->kind == KIND_TERMINAL) {
			enum loss loss = loss_of(node_terminal(i), &cut);

			count[loss]++;
			text_printf(&names[loss], "%s%s", names[loss].len ? ", " : "",
			    node_name(i));
		}
	for (int loss = LOSES_POWER; loss > LOSES_NOTHING; loss--)
		add_loss(words, (enum loss)loss, count[loss], names[loss].s);
	for (int loss = 0; loss < LOSSES; loss++)
		text_done(&names[loss]);
	map_done(&cut);
}
