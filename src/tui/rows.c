#include "tui/rowing.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { TALLY_EVERY = 64 };	/* so many nodes of the list */

/* How many stand before every 64th of the list. */
struct row_tally {
	int groups, upses;
};

/* Where a node is kept, or would be: a slot that is free has -1. */
static int *slot(const struct rows *r, unsigned id)
{
	size_t i = (id * UINT64_C(0x9e3779b97f4a7c15)) >> 32 & (r->slots_cap - 1);

	while (r->slots[i] >= 0 && r->nodes[r->slots[i]].id != id)
		i = (i + 1) & (r->slots_cap - 1);
	return &r->slots[i];
}

int rows_node(const struct rows *r, unsigned id)
{
	return r->slots_cap ? *slot(r, id) : -1;
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
	rows_show(r);
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
	struct row row = { .place = rows_place(r, s), .at = rows_spot_at(r, s),
	    .end = rows_spot_end(r, s) };
	struct spot up = rows_spot_up(r, s);

	row.up = up.node < 0 ? -1 : rows_spot_at(r, up);
	row.first = rows_listed_before(r, row.at);
	row.last = rows_listed_before(r, row.end);
	for (; up.node >= 0; up = rows_spot_up(r, up))
		row.depth++;
	row.folded = rows_folded(r, row.place);
	return row;
}

struct row rows_row(const struct rows *r, int at)
{
	return row_of(r, rows_spot_of(r, at));
}

bool rows_has(const struct rows *r, struct place p)
{
	struct spot s;

	return rows_spot(r, p, &s);
}

bool rows_find(const struct rows *r, struct place p, struct row *row)
{
	struct spot s;

	if (!rows_spot(r, p, &s))
		return false;
	*row = row_of(r, s);
	return true;
}

bool rows_above(const struct rows *r, struct place p, struct row *row)
{
	struct spot s;

	if (!rows_spot(r, p, &s))
		return false;
	s = rows_spot_up(r, s);
	if (s.node < 0)
		return false;
	*row = row_of(r, s);
	return true;
}

int rows_at(const struct rows *r, unsigned id)
{
	int node = rows_node(r, id);

	return node < 0 ? -1 : r->nodes[node].at;
}

int rows_listed(const struct rows *r, unsigned id)
{
	int node = rows_node(r, id);

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
