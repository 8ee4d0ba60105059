/* merge - two sites that were made out of one, as one site; see merge.h */
#include "model/merge.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/mem.h"
#include "model/merge-order.h"

#include <stdlib.h>
#include <string.h>

struct work {
	const struct site *base, *mine, *theirs;
	struct site *out;
	struct map renumbered;	/* id in mine -> node in out */
	struct conflicts *conflicts;
};

static struct conflict *conflict(struct work *w, const struct node *n,
    const char *words)
{
	struct conflicts *l = w->conflicts;
	struct conflict *c;

	mem_grow(l->list, l->n, l->cap);
	c = &l->list[l->n++];
	*c = (struct conflict){ .path = node_path(n), .place = node_place(n),
		.words = words ? mem_dup(words) : NULL };
	return c;
}

void conflicts_done(struct conflicts *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		free(l->list[i].path);
		free(l->list[i].place);
		free(l->list[i].words);
		free(l->list[i].mine);
		free(l->list[i].theirs);
	}
	free(l->list);
	*l = (struct conflicts){ 0 };
}

static bool same_value(const struct node *a, const struct node *b,
    const struct field *f)
{
	char x[16], y[16];

	return node_gives(a, f) == node_gives(b, f) &&
	    strcmp(field_text(f, a, x), field_text(f, b, y)) == 0;
}

static bool same_place(const struct node *a, const struct node *b)
{
	return (a->parent ? a->parent->id : 0) == (b->parent ? b->parent->id : 0) &&
	    a->container == b->container;
}

/* Is a node another than it was, in its settings or its place? */
static bool touched(const struct node *was, const struct node *is)
{
	const struct field *f;

	if (!same_place(was, is))
		return true;
	for (f = record_fields(is->kind); f->key; f++)
		if (!field_is_kept(f) && !same_value(was, is, f))
			return true;
	return false;
}

static char *shown(const struct node *n, const struct field *f)
{
	char buf[16];
	const char *text = field_text(f, n, buf);

	return mem_dup(f->flags & FIELD_SECRET && *text ? "********" : text);
}

static void copy_value(struct site *s, struct node *to, const struct node *from,
    const struct field *f)
{
	char buf[16];

	if (node_gives(from, f))
		site_set(s, to, f, field_text(f, from, buf), NULL);
	else
		site_unset(s, to, f);
}

/* What stands in `out` for a node of mine; NULL if it is not there. */
static struct node *in_out(struct work *w, const struct node *mine)
{
	struct node *n = map_get(&w->renumbered, mine->id);

	return n ? n : site_find(w->out, mine->id);
}

static void add(struct work *w, const struct node *n)
{
	struct node *parent = in_out(w, n->parent), *to;
	const struct node *other = site_named(w->theirs, n->kind, node_name(n), NULL);
	unsigned number = site_id_number(n->id), last;
	const struct field *f;

	if (other && !site_find(w->base, other->id)) {
		conflict(w, n, _("both added one of this name"));
		return;
	}
	if (!parent) {	/* told where it was removed */
		conflict(w, n, _("where it was added is removed"));
		return;
	}
	if (site_find(w->out, n->id)) {
		last = site_last(w->mine, n->kind);
		number = site_last(w->out, n->kind);
		number = (number > last ? number : last) + 1;
	}
	to = site_create(w->out, n->kind, number);
	if (!to || !site_hang(w->out, to, parent, n->container, NULL, NULL)) {
		conflict(w, n, _("it has no place"));
		if (to)
			site_remove(w->out, to);
		return;
	}
	map_put(&w->renumbered, n->id, to);
	for (f = record_fields(n->kind); f->key; f++)
		if (f->type != FIELD_PARENT && node_gives(n, f))
			copy_value(w->out, to, n, f);
}

static void merge_place(struct work *w, const struct node *was, const struct node *n,
    const struct node *their)
{
	struct node *parent, *to = in_out(w, n);

	if (!n->parent || same_place(was, n))
		return;
	parent = in_out(w, n->parent);
	if (!same_place(was, their) && !same_place(n, their))
		conflict(w, n, _("both moved it, to different places"));
	else if (!parent)
		conflict(w, n, _("where it was moved to is removed"));
	else if (!site_hang(w->out, to, parent, n->container, NULL, NULL))
		conflict(w, n, _("it cannot hang where it was moved to any more"));
}

static void merge_settings(struct work *w, const struct node *was,
    const struct node *n, const struct node *their)
{
	const struct field *f;
	struct conflict *c;

	for (f = record_fields(n->kind); f->key; f++) {
		if (field_is_kept(f) || same_value(was, n, f) || same_value(n, their, f))
			continue;
		if (same_value(was, their, f)) {
			copy_value(w->out, in_out(w, n), n, f);
			continue;
		}
		c = conflict(w, n, NULL);
		c->field = f;
		c->mine = shown(n, f);
		c->theirs = shown(their, f);
	}
}

/* All that mine has, from the top down, so that parents are there first. */
static void merge_nodes(struct work *w)
{
	const struct node *top = &site_network(w->mine)->node, *n, *was, *their;

	for (n = top; n; n = node_next(n, top)) {
		was = site_find(w->base, n->id);
		their = site_find(w->theirs, n->id);
		if (!was) {
			add(w, n);
		} else if (their) {
			merge_place(w, was, n, their);
			merge_settings(w, was, n, their);
		} else if (touched(was, n)) {
			conflict(w, n, _("removed by the other, changed here"));
		}
	}
}

/*
 * May what mine removed go with all that is below it now? Not if mine still has
 * some of it, or if the other side added or changed some.
 */
static bool may_go(struct work *w, const struct node *out)
{
	const struct node *n, *was;

	for (n = out; n; n = node_next(n, out)) {
		was = site_find(w->base, n->id);
		if (!was || site_find(w->mine, n->id) ||
		    touched(was, site_find(w->theirs, n->id)))
			return false;
	}
	return true;
}

/* What mine removed. What it had moved out from below is elsewhere by now. */
static void merge_removals(struct work *w)
{
	const struct node *top = &site_network(w->base)->node, *n;
	struct node *out;

	for (n = node_next(top, top); n; n = node_next(n, top)) {
		out = site_find(w->mine, n->id) ? NULL : site_find(w->out, n->id);
		if (!out)
			continue;
		if (may_go(w, out))
			site_remove(w->out, out);
		else
			conflict(w, n, _("removed here, changed by the other"));
	}
}

/* The order of what stands side by side; only where all three have the place. */
static void merge_orders(struct work *w)
{
	const struct node *top = &site_network(w->base)->node, *n, *mine, *theirs;

	for (n = top; n; n = node_next(n, top)) {
		mine = site_find(w->mine, n->id);
		theirs = site_find(w->theirs, n->id);
		if (!mine || !theirs)
			continue;
		for (enum container c = IN_POWER; c < IN_COUNT; c++)
			if (!merge_order(w->out, site_find(w->out, n->id), c, n, mine, theirs,
			    &w->renumbered))
				conflict(w, mine, _("both put what is in it in another order"));
	}
}

/* A name that was free on each side may be taken on both together. */
static void check_names(struct work *w)
{
	const struct node *top = &site_network(w->mine)->node, *n, *was;
	const struct node *out;

	for (n = node_next(top, top); n; n = node_next(n, top)) {
		was = site_find(w->base, n->id);
		out = in_out(w, n);
		if (!out || (was && strcmp(node_name(was), node_name(n)) == 0))
			continue;
		if (site_named(w->out, out->kind, node_name(out), out))
			conflict(w, n, _("the other gave this name to another node"));
	}
}

struct site *merge_sites(const struct site *base, const struct site *mine,
    const struct site *theirs, struct conflicts *conflicts)
{
	struct work w = { .base = base, .mine = mine, .theirs = theirs,
		.out = site_copy(theirs), .conflicts = conflicts };
	size_t before = conflicts->n;
	enum kind k;

	merge_nodes(&w);
	if (conflicts->n == before)
		merge_removals(&w);
	if (conflicts->n == before)
		check_names(&w);
	if (conflicts->n == before)
		merge_orders(&w);
	for (k = KIND_GROUP; k < KIND_COUNT; k++)
		if (site_last(mine, k) > site_last(w.out, k))
			site_keep_number(w.out, site_id(k, site_last(mine, k)));
	map_done(&w.renumbered);
	if (conflicts->n == before)
		return w.out;
	site_free(w.out);
	return NULL;
}
