#include "tui/rows.h"

#include "base/mem.h"

#include <stdlib.h>

static uintptr_t key(struct place p)
{
	return (uintptr_t)p.id << 3 | p.container;
}

static int add_row(struct rows *r, unsigned id, enum container c, int depth, int up)
{
	struct row *row = &r->tree[r->tree_n];

	*row = (struct row){ .place = { id, c }, .depth = (short)depth, .up = up,
	    .first = (int)r->list_n, .shown = -1 };
	row->folded = map_get(&r->folded, key(row->place)) != NULL;
	return (int)r->tree_n++;
}

static void end_row(struct rows *r, int at)
{
	r->tree[at].end = (int)r->tree_n;
	r->tree[at].last = (int)r->list_n;
}

/* Puts a node at the end; what stands there already are its numbers. */
static void add_item(struct rows *r, const struct node *n, int level, int at)
{
	struct item *i = &r->list[r->list_n++];

	i->id = n->id;
	i->depth = level;
	i->row = at;
	i[1].groups = i->groups + (n->kind == KIND_GROUP);
	i[1].upses = i->upses + (n->kind == KIND_UPS);
}

static void add_node(struct rows *r, const struct node *n, int up, int depth, int level)
{
	int at = add_row(r, n->id, IN_ITSELF, depth, up);

	map_put(&r->at, n->id, (void *)((uintptr_t)at + 1));
	if (n->parent)
		add_item(r, n, level, at);
	for (int c = 0; c < IN_COUNT; c++) {
		bool own = n->kind == KIND_GROUP && c != IN_ITSELF;
		int box = own ? add_row(r, n->id, c, depth + 1, at) : at;

		for (const struct node *i = node_first(n, c); i; i = i->next)
			add_node(r, i, box, depth + 1 + own, level + 1);
		if (own)
			end_row(r, box);
	}
	end_row(r, at);
}

/* One look at each row that is shown; what is folded is stepped over whole. */
static void show(struct rows *r)
{
	r->shown_n = 0;
	for (int i = 0; i < (int)r->tree_n;) {
		struct row *row = &r->tree[i];

		row->shown = (int)r->shown_n;
		r->shown[r->shown_n++] = i;
		i = row->folded ? row->end : i + 1;
	}
}

/* Room for all of it at once; the network, which is not in the list, makes its end. */
static void make_room(struct rows *r)
{
	size_t nodes = 0, groups = site_count(r->site, KIND_GROUP);

	for (int k = 0; k < KIND_COUNT; k++)
		nodes += site_count(r->site, k);
	if (nodes + 4 * groups > r->tree_cap) {
		r->tree_cap = nodes + 4 * groups;
		r->tree = mem_realloc(r->tree, r->tree_cap, sizeof *r->tree);
		r->shown = mem_realloc(r->shown, r->tree_cap, sizeof *r->shown);
	}
	if (nodes > r->list_cap) {
		r->list_cap = nodes;
		r->list = mem_realloc(r->list, r->list_cap, sizeof *r->list);
	}
}

bool rows_update(struct rows *r, const struct site *site)
{
	if (r->site == site && r->changes == site_changes(site))
		return false;
	r->site = site;
	r->changes = site_changes(site);
	r->tree_n = r->list_n = 0;
	map_done(&r->at);
	make_room(r);
	r->list[0] = (struct item){ 0 };
	add_node(r, (const struct node *)site_network(site), -1, 0, -1);
	show(r);
	return true;
}

void rows_done(struct rows *r)
{
	free(r->tree);
	free(r->shown);
	free(r->list);
	map_done(&r->at);
	map_done(&r->folded);
	*r = (struct rows){ 0 };
}

static struct row *find(const struct rows *r, struct place p)
{
	uintptr_t at = (uintptr_t)map_get(&r->at, p.id);
	struct row *row, *end;

	if (!at)
		return NULL;
	row = &r->tree[at - 1];
	if (p.container == IN_ITSELF)
		return row;
	/* its containers follow it, each behind what is in the one before */
	end = &r->tree[row->end];
	for (row++; row < end && row->place.id == p.id; row = &r->tree[row->end])
		if (row->place.container == p.container)
			return row;
	return NULL;
}

const struct row *rows_find(const struct rows *r, struct place p)
{
	return find(r, p);
}

const struct row *rows_above(const struct rows *r, struct place p)
{
	const struct row *row = find(r, p);

	return row && row->up >= 0 ? &r->tree[row->up] : NULL;
}

static bool is_shown(const struct rows *r, const struct row *row)
{
	return row->shown >= 0 && row->shown < (int)r->shown_n &&
	    &r->tree[r->shown[row->shown]] == row;
}

int rows_shown(const struct rows *r, struct place p)
{
	const struct row *row = find(r, p);

	while (row && !is_shown(r, row))
		row = row->up < 0 ? NULL : &r->tree[row->up];
	return row ? row->shown : -1;
}

int rows_listed(const struct rows *r, unsigned id)
{
	const struct row *row = find(r, (struct place){ id, IN_ITSELF });

	/* a node comes before all that is under it */
	return row && row->up >= 0 ? row->first : -1;
}

int rows_below(const struct rows *r, const struct row *row, enum kind kind)
{
	const struct item *from = &r->list[row->first], *to = &r->list[row->last];
	bool itself = row->place.container == IN_ITSELF && row->up >= 0;
	enum kind own = site_id_kind(row->place.id);
	int groups = to->groups - from->groups - (itself && own == KIND_GROUP);
	int upses = to->upses - from->upses - (itself && own == KIND_UPS);

	return kind == KIND_GROUP ? groups : kind == KIND_UPS ? upses :
	    (int)(to - from) - itself - groups - upses;
}

bool rows_folded(const struct rows *r, struct place p)
{
	const struct row *row = find(r, p);

	return row && row->folded;
}

bool rows_foldable(const struct row *row, const struct rows *r)
{
	return row->end > (int)(row - r->tree) + 1;
}

static bool fold_row(struct rows *r, struct row *row, bool fold)
{
	if (row->folded == fold)
		return false;
	row->folded = fold;
	if (fold)
		map_put(&r->folded, key(row->place), r);
	else
		map_remove(&r->folded, key(row->place));
	return true;
}

void rows_fold(struct rows *r, struct place p, bool fold)
{
	struct row *row = find(r, p);

	if (row && fold_row(r, row, fold))
		show(r);
}

void rows_reveal(struct rows *r, struct place p)
{
	const struct row *row = find(r, p);
	bool more = false;

	for (; row && row->up >= 0; row = &r->tree[row->up])
		more |= fold_row(r, &r->tree[row->up], false);
	if (more)
		show(r);
}
