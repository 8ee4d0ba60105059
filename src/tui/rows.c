#include "tui/rows.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { TALLY_EVERY = 64 };	/* so many nodes of the list */

struct kept_row {
	unsigned id : 29;	/* SITE_NUMBER and its kind have room */
	unsigned container : 3;
	int up, end;
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

static struct place place_of(const struct rows *r, int at)
{
	return (struct place){ r->tree[at].id, r->tree[at].container };
}

/* Where the position of a node is kept, or would be: one that is free has -1. */
static int *slot(const struct rows *r, unsigned id)
{
	size_t i = (id * UINT64_C(0x9e3779b97f4a7c15)) >> 32 & (r->slots_cap - 1);

	while (r->slots[i] >= 0 && (r->tree[r->slots[i]].id != id ||
	    r->tree[r->slots[i]].container != IN_ITSELF))
		i = (i + 1) & (r->slots_cap - 1);
	return &r->slots[i];
}

static int find_node(const struct rows *r, unsigned id)
{
	return r->slots_cap ? *slot(r, id) : -1;
}

static int find(const struct rows *r, struct place p)
{
	int at = find_node(r, p.id), end;

	if (at < 0 || p.container == IN_ITSELF)
		return at;
	/* its containers follow it, each behind what is in the one before */
	end = r->tree[at].end;
	for (at++; at < end && r->tree[at].id == p.id; at = r->tree[at].end)
		if (r->tree[at].container == p.container)
			return at;
	return -1;
}

/* How many nodes of the list are before a row. */
static int listed_before(const struct rows *r, int at)
{
	int from = 0, to = (int)r->list_n;

	while (from < to) {
		int middle = from + (to - from) / 2;

		if (r->list[middle] < at)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
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

static int add_row(struct rows *r, unsigned id, enum container c, int up)
{
	r->tree[r->tree_n] = (struct kept_row){ .container = c & 7, .up = up };
	r->tree[r->tree_n].id = id & 0x1fffffff;
	return (int)r->tree_n++;
}

static void add_node(struct rows *r, const struct node *n, int up)
{
	int at = add_row(r, n->id, IN_ITSELF, up);

	*slot(r, n->id) = at;
	if (n->parent)
		r->list[r->list_n++] = at;
	for (int c = 0; c < IN_COUNT; c++) {
		bool own = n->kind == KIND_GROUP && c != IN_ITSELF;
		int box = own ? add_row(r, n->id, c, at) : at;

		for (const struct node *i = node_first(n, c); i; i = i->next)
			add_node(r, i, box);
		if (own)
			r->tree[box].end = (int)r->tree_n;
	}
	r->tree[at].end = (int)r->tree_n;
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
	uintptr_t k;

	r->folds_n = 0;
	while ((k = (uintptr_t)map_each(&r->folded, &i))) {
		int at = find(r, (struct place){ (unsigned)(k >> 3), k & 7 });

		if (at < 0 || r->tree[at].end == at + 1)
			continue;
		mem_grow(r->folds, r->folds_n, r->folds_cap);
		r->folds[r->folds_n++].at = at;
	}
	if (r->folds_n)
		qsort(r->folds, r->folds_n, sizeof *r->folds, by_position);
	for (i = 0; i < r->folds_n; i++) {
		int at = r->folds[i].at;

		if (at < end)
			continue;
		end = r->tree[at].end;
		hidden += end - at - 1;
		r->folds[n++] = (struct fold){ at, hidden };
	}
	r->folds_n = n;
	r->shown_n = r->tree_n - (size_t)hidden;
}

/* Room for all of it at once. */
static void make_room(struct rows *r)
{
	size_t nodes = 0, groups = site_count(r->site, KIND_GROUP);

	for (int k = 0; k < KIND_COUNT; k++)
		nodes += site_count(r->site, k);
	if (nodes + 4 * groups > r->tree_cap) {
		r->tree_cap = nodes + 4 * groups;
		r->tree = mem_realloc(r->tree, r->tree_cap, sizeof *r->tree);
	}
	if (nodes > r->list_cap) {
		r->list_cap = nodes;
		r->list = mem_realloc(r->list, nodes, sizeof *r->list);
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
	r->tree_n = r->list_n = 0;
	make_room(r);
	add_node(r, (const struct node *)site_network(site), -1);
	make_tallies(r);
	show(r);
	return true;
}

void rows_done(struct rows *r)
{
	free(r->tree);
	free(r->list);
	free(r->tallies);
	free(r->slots);
	free(r->folds);
	map_done(&r->folded);
	*r = (struct rows){ 0 };
}

size_t rows_bytes(const struct rows *r)
{
	return r->tree_cap * sizeof *r->tree + r->list_cap * sizeof *r->list +
	    (r->list_cap / TALLY_EVERY + 1) * sizeof *r->tallies +
	    r->slots_cap * sizeof *r->slots + r->folds_cap * sizeof *r->folds;
}

struct row rows_row(const struct rows *r, int at)
{
	struct row row = { .place = place_of(r, at), .at = at, .up = r->tree[at].up,
		.end = r->tree[at].end };

	row.first = listed_before(r, at);
	row.last = listed_before(r, row.end);
	for (int up = row.up; up >= 0; up = r->tree[up].up)
		row.depth++;
	row.folded = rows_folded(r, row.place);
	return row;
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
	return find(r, p) >= 0;
}

bool rows_find(const struct rows *r, struct place p, struct row *row)
{
	int at = find(r, p);

	if (at >= 0)
		*row = rows_row(r, at);
	return at >= 0;
}

bool rows_above(const struct rows *r, struct place p, struct row *row)
{
	int at = find(r, p);

	if (at < 0 || r->tree[at].up < 0)
		return false;
	*row = rows_row(r, r->tree[at].up);
	return true;
}

int rows_shown(const struct rows *r, struct place p)
{
	int at = find(r, p);
	size_t folds;

	if (at < 0)
		return -1;
	folds = folds_before(r, at);
	if (folds && at < r->tree[r->folds[folds - 1].at].end)
		at = r->folds[--folds].at;
	return at - hidden_by(r, folds);
}

int rows_at(const struct rows *r, unsigned id)
{
	return find_node(r, id);
}

int rows_listed(const struct rows *r, unsigned id)
{
	int at = find_node(r, id);

	return at > 0 ? listed_before(r, at) : -1;
}

unsigned rows_id(const struct rows *r, int at)
{
	return r->tree[r->list[at]].id;
}

int rows_level(const struct rows *r, int at)
{
	int level = 0;

	for (int up = r->tree[r->list[at]].up; up > 0; up = r->tree[up].up)
		level += r->tree[up].container == IN_ITSELF;
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
	if (find(r, p) >= 0 && fold_place(r, p, fold))
		show(r);
}

void rows_reveal(struct rows *r, struct place p)
{
	int at = find(r, p);
	bool more = false;

	for (int up = at < 0 ? -1 : r->tree[at].up; up >= 0; up = r->tree[up].up)
		more |= fold_place(r, place_of(r, up), false);
	if (more)
		show(r);
}
