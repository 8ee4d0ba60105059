#include "tui/rows.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { TALLY_EVERY = 64 };	/* so many nodes of the list */

/*
 * A node, in tree order; that of the network is 0. The rows of a group's containers
 * are not kept: they stand before what is in them, and in their order.
 */
struct kept_node {
	unsigned id : 29;	/* SITE_NUMBER and its kind have room */
	unsigned container : 3;	/* in which it is */
	int up;			/* the node below which it is, -1: none */
	int at;			/* its row */
};

/* How many stand before every 64th of the list. */
struct row_tally {
	int groups, upses;
};

struct fold {
	int at;			/* in the tree */
	int hidden;		/* how many rows this one and those before fold away */
};

static uintptr_t key(struct place p)
{
	return (uintptr_t)p.id << 3 | p.container;
}

/* What a row shows: a node, or one of its containers. */
struct spot {
	int node;
	enum container container;
};

/* How many nodes there are; the list does not have the network. */
static int nodes(const struct rows *r)
{
	return (int)r->list_n + 1;
}

static bool is_group(const struct rows *r, int node)
{
	return node >= 0 && site_id_kind(r->nodes[node].id) == KIND_GROUP;
}

/* Where a node is kept, or would be: a slot that is free has -1. */
static int *slot(const struct rows *r, unsigned id)
{
	size_t i = (id * UINT64_C(0x9e3779b97f4a7c15)) >> 32 & (r->slots_cap - 1);

	while (r->slots[i] >= 0 && r->nodes[r->slots[i]].id != id)
		i = (i + 1) & (r->slots_cap - 1);
	return &r->slots[i];
}

static int find_node(const struct rows *r, unsigned id)
{
	return r->slots_cap ? *slot(r, id) : -1;
}

/*
 * The child of a node in which another is, or is; -1: it is not below it. What is
 * above comes first.
 */
static int branch(const struct rows *r, int top, int node)
{
	while (node > top && r->nodes[node].up != top)
		node = r->nodes[node].up;
	return node > top ? node : -1;
}

/* The first node behind all that are below this one. They stand together. */
static int behind(const struct rows *r, int node)
{
	int from = node + 1, to = from, step = 1;

	/* mostly there are few */
	while (to < nodes(r) && branch(r, node, to) >= 0) {
		from = to + 1;
		to += step;
		step *= 2;
	}
	to = to < nodes(r) ? to : nodes(r);
	while (from < to) {
		int middle = from + (to - from) / 2;

		if (branch(r, node, middle) >= 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* How many containers of a group come behind one, up to another; IN_ITSELF: to the end. */
static int boxes(enum container from, enum container to)
{
	return from == IN_ITSELF ? 0 : (int)(to == IN_ITSELF ? IN_DEVICES : to) - (int)from;
}

/* The row behind all that is below a node. */
static int node_end(const struct rows *r, int node)
{
	int next = behind(r, node), rest = 0;

	for (int up; node > 0; node = up) {
		enum container c = r->nodes[node].container;

		up = r->nodes[node].up;
		if (next < nodes(r) && r->nodes[next].up == up)
			return r->nodes[next].at - rest - boxes(c, r->nodes[next].container);
		rest += is_group(r, up) ? boxes(c, IN_ITSELF) : 0;
	}
	return (int)r->tree_n - rest;
}

/* The row of a group's container; for IN_ITSELF where what is directly in it begins. */
static int box_at(const struct rows *r, int group, enum container c)
{
	int from = group + 1, end = behind(r, group), to = end;

	/* the first node in it or in a later one */
	while (from < to) {
		int middle = from + (to - from) / 2;

		if (r->nodes[branch(r, group, middle)].container < c)
			from = middle + 1;
		else
			to = middle;
	}
	if (from == end)
		return node_end(r, group) - (IN_ITSELF - (int)c);
	if (r->nodes[from].container == IN_ITSELF)
		return r->nodes[from].at - (IN_ITSELF - (int)c);
	return r->nodes[from].at - 1 - ((int)r->nodes[from].container - (int)c);
}

static int spot_at(const struct rows *r, struct spot s)
{
	return s.container == IN_ITSELF ? r->nodes[s.node].at : box_at(r, s.node, s.container);
}

static int spot_end(const struct rows *r, struct spot s)
{
	return s.container == IN_ITSELF ? node_end(r, s.node) : box_at(r, s.node, s.container + 1);
}

/* In which it hangs: its node is -1 for the network. */
static struct spot spot_up(const struct rows *r, struct spot s)
{
	const struct kept_node *n = &r->nodes[s.node];

	if (s.container != IN_ITSELF)
		return (struct spot){ s.node, IN_ITSELF };
	return (struct spot){ n->up, n->container };
}

static struct place place_of(const struct rows *r, struct spot s)
{
	return (struct place){ r->nodes[s.node].id, s.container };
}

/* The spot of a place; false when there is none. */
static bool find(const struct rows *r, struct place p, struct spot *s)
{
	*s = (struct spot){ find_node(r, p.id), p.container };
	return s->node >= 0 && (p.container == IN_ITSELF || is_group(r, s->node));
}

/* How many nodes of the list are before a row. */
static int listed_before(const struct rows *r, int at)
{
	int from = 1, to = nodes(r);

	while (from < to) {
		int middle = from + (to - from) / 2;

		if (r->nodes[middle].at < at)
			from = middle + 1;
		else
			to = middle;
	}
	return from - 1;
}

/*
 * A row that is no node's is that of a container behind the last node before it: one
 * of that node, or of one in which it is.
 */
static struct spot spot_of(const struct rows *r, int at)
{
	int node = at > 0 ? listed_before(r, at + 1) : 0, next = node + 1;
	int more = at - r->nodes[node].at;
	bool has = next < nodes(r) && r->nodes[next].up == node;
	enum container c = has ? r->nodes[next].container : IN_ITSELF;

	if (more == 0)
		return (struct spot){ node, IN_ITSELF };
	if (is_group(r, node)) {
		int own = 1 + boxes(IN_POWER, c);

		if (more <= own)
			return (struct spot){ node, (enum container)(more - 1) };
		more -= own;
	}
	for (int up, there; node > 0; node = up) {
		c = r->nodes[node].container;
		up = r->nodes[node].up;
		has = next < nodes(r) && r->nodes[next].up == up;
		there = is_group(r, up) ? boxes(c, has ? r->nodes[next].container : IN_ITSELF) : 0;
		if (more <= there)
			return (struct spot){ up, c + (enum container)more };
		more -= there;
	}
	return (struct spot){ 0, IN_ITSELF };	/* there is no such row */
}

/* How many of the folds are before a row. */
static size_t folds_before(const struct rows *r, int at)
{
	size_t from = 0, to = r->folds_n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (r->folds[middle].at < at)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static int hidden_by(const struct rows *r, size_t folds)
{
	return folds ? r->folds[folds - 1].hidden : 0;
}

static void add_node(struct rows *r, const struct node *n, int up)
{
	int node = r->filled++;
	struct kept_node *kept = &r->nodes[node];

	*kept = (struct kept_node){ .container = n->container & 7, .up = up,
		.at = (int)r->tree_n++ };
	kept->id = n->id & 0x1fffffff;
	*slot(r, n->id) = node;
	for (int c = 0; c < IN_COUNT; c++) {
		r->tree_n += n->kind == KIND_GROUP && c != IN_ITSELF;
		for (const struct node *i = node_first(n, c); i; i = i->next)
			add_node(r, i, node);
	}
}

static void count(struct row_tally *t, unsigned id)
{
	t->groups += site_id_kind(id) == KIND_GROUP;
	t->upses += site_id_kind(id) == KIND_UPS;
}

static void make_tallies(struct rows *r)
{
	struct row_tally t = { 0 };

	for (size_t i = 0; i < r->list_n; i++) {
		if (i % TALLY_EVERY == 0)
			r->tallies[i / TALLY_EVERY] = t;
		count(&t, rows_id(r, (int)i));
	}
}

/* What is before a position of the list. */
static struct row_tally tally_before(const struct rows *r, int at)
{
	int from = at > 0 ? (at - 1) / TALLY_EVERY : 0;
	struct row_tally t = at > 0 ? r->tallies[from] : (struct row_tally){ 0 };

	for (int i = from * TALLY_EVERY; i < at; i++)
		count(&t, rows_id(r, i));
	return t;
}

static int by_position(const void *x, const void *y)
{
	const struct fold *a = x, *b = y;

	return a->at - b->at;
}

/* What is folded and inside of something that is folded does not count. */
static void show(struct rows *r)
{
	int hidden = 0, end = 0;
	size_t i = 0, n = 0;
	struct spot s;
	uintptr_t k;

	r->folds_n = 0;
	while ((k = (uintptr_t)map_each(&r->folded, &i))) {
		if (!find(r, (struct place){ (unsigned)(k >> 3), k & 7 }, &s))
			continue;
		mem_grow(r->folds, r->folds_n, r->folds_cap);
		r->folds[r->folds_n++].at = spot_at(r, s);
	}
	if (r->folds_n)
		qsort(r->folds, r->folds_n, sizeof *r->folds, by_position);
	for (i = 0; i < r->folds_n; i++) {
		int at = r->folds[i].at;

		if (at < end)
			continue;
		end = spot_end(r, spot_of(r, at));
		hidden += end - at - 1;
		r->folds[n++] = (struct fold){ at, hidden };
	}
	r->folds_n = n;
	r->shown_n = r->tree_n - (size_t)hidden;
}

/* Room for all of it at once. */
static void make_room(struct rows *r)
{
	size_t nodes = 0;

	for (int k = 0; k < KIND_COUNT; k++)
		nodes += site_count(r->site, k);
	if (nodes > r->nodes_cap) {
		r->nodes_cap = nodes;
		r->nodes = mem_realloc(r->nodes, nodes, sizeof *r->nodes);
		r->tallies = mem_realloc(r->tallies, nodes / TALLY_EVERY + 1,
		    sizeof *r->tallies);
	}
	while (nodes * 16 > r->slots_cap * 13)
		r->slots_cap = r->slots_cap ? r->slots_cap * 2 : 16;
	r->slots = mem_realloc(r->slots, r->slots_cap, sizeof *r->slots);
	memset(r->slots, -1, r->slots_cap * sizeof *r->slots);
}

bool rows_update(struct rows *r, const struct site *site)
{
	if (r->site == site && r->changes == site_changes(site))
		return false;
	r->site = site;
	r->changes = site_changes(site);
	r->tree_n = 0;
	r->filled = 0;
	make_room(r);
	add_node(r, (const struct node *)site_network(site), -1);
	r->list_n = (size_t)r->filled - 1;
	make_tallies(r);
	show(r);
	return true;
}

void rows_done(struct rows *r)
{
	free(r->nodes);
	free(r->tallies);
	free(r->slots);
	free(r->folds);
	map_done(&r->folded);
	*r = (struct rows){ 0 };
}

size_t rows_bytes(const struct rows *r)
{
	return r->nodes_cap * sizeof *r->nodes +
	    (r->nodes_cap / TALLY_EVERY + 1) * sizeof *r->tallies +
	    r->slots_cap * sizeof *r->slots + r->folds_cap * sizeof *r->folds;
}

static struct row row_of(const struct rows *r, struct spot s)
{
	struct row row = { .place = place_of(r, s), .at = spot_at(r, s), .end = spot_end(r, s) };
	struct spot up = spot_up(r, s);

	row.up = up.node < 0 ? -1 : spot_at(r, up);
	row.first = listed_before(r, row.at);
	row.last = listed_before(r, row.end);
	for (; up.node >= 0; up = spot_up(r, up))
		row.depth++;
	row.folded = rows_folded(r, row.place);
	return row;
}

struct row rows_row(const struct rows *r, int at)
{
	return row_of(r, spot_of(r, at));
}

struct row rows_shown_row(const struct rows *r, int i)
{
	size_t from = 0, to = r->folds_n;

	/* the folds whose own rows are shown before it */
	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (r->folds[middle].at - hidden_by(r, middle) < i)
			from = middle + 1;
		else
			to = middle;
	}
	return rows_row(r, i + hidden_by(r, from));
}

bool rows_has(const struct rows *r, struct place p)
{
	struct spot s;

	return find(r, p, &s);
}

bool rows_find(const struct rows *r, struct place p, struct row *row)
{
	struct spot s;

	if (!find(r, p, &s))
		return false;
	*row = row_of(r, s);
	return true;
}

bool rows_above(const struct rows *r, struct place p, struct row *row)
{
	struct spot s;

	if (!find(r, p, &s))
		return false;
	s = spot_up(r, s);
	if (s.node < 0)
		return false;
	*row = row_of(r, s);
	return true;
}

int rows_shown(const struct rows *r, struct place p)
{
	struct spot s;
	size_t folds;
	int at;

	if (!find(r, p, &s))
		return -1;
	at = spot_at(r, s);
	folds = folds_before(r, at);
	/* hidden by the fold before it? That tells how many rows it folds away */
	if (folds && at <= r->folds[folds - 1].at + hidden_by(r, folds) - hidden_by(r, folds - 1))
		at = r->folds[--folds].at;
	return at - hidden_by(r, folds);
}

int rows_at(const struct rows *r, unsigned id)
{
	int node = find_node(r, id);

	return node < 0 ? -1 : r->nodes[node].at;
}

int rows_listed(const struct rows *r, unsigned id)
{
	int node = find_node(r, id);

	return node > 0 ? node - 1 : -1;
}

unsigned rows_id(const struct rows *r, int at)
{
	return r->nodes[at + 1].id;
}

int rows_level(const struct rows *r, int at)
{
	int level = 0;

	for (int up = r->nodes[at + 1].up; up > 0; up = r->nodes[up].up)
		level++;
	return level;
}

int rows_below(const struct rows *r, const struct row *row, enum kind kind)
{
	struct row_tally from = tally_before(r, row->first), to = tally_before(r, row->last);
	bool itself = row->place.container == IN_ITSELF && row->up >= 0;
	enum kind own = site_id_kind(row->place.id);
	int groups = to.groups - from.groups - (itself && own == KIND_GROUP);
	int upses = to.upses - from.upses - (itself && own == KIND_UPS);

	return kind == KIND_GROUP ? groups : kind == KIND_UPS ? upses :
	    row->last - row->first - itself - groups - upses;
}

bool rows_folded(const struct rows *r, struct place p)
{
	return map_get(&r->folded, key(p)) != NULL;
}

bool rows_foldable(const struct row *row)
{
	return row->end > row->at + 1;
}

static bool fold_place(struct rows *r, struct place p, bool fold)
{
	if (rows_folded(r, p) == fold)
		return false;
	if (fold)
		map_put(&r->folded, key(p), (void *)key(p));
	else
		map_remove(&r->folded, key(p));
	return true;
}

void rows_fold(struct rows *r, struct place p, bool fold)
{
	if (rows_has(r, p) && fold_place(r, p, fold))
		show(r);
}

void rows_reveal(struct rows *r, struct place p)
{
	struct spot s;
	bool more = false;

	if (!find(r, p, &s))
		return;
	for (s = spot_up(r, s); s.node >= 0; s = spot_up(r, s))
		more |= fold_place(r, place_of(r, s), false);
	if (more)
		show(r);
}
