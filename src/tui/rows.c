#include "tui/rows.h"

#include "base/mem.h"

#include <stdlib.h>

static uintptr_t key(struct place p)
{
	return (uintptr_t)p.id << 3 | p.container;
}

static void put_at(struct map *m, uintptr_t k, size_t at)
{
	map_put(m, k, (void *)(at + 1));
}

static int get_at(const struct map *m, uintptr_t k)
{
	return (int)((uintptr_t)map_get(m, k)) - 1;
}

static size_t add_row(struct rows *r, unsigned id, enum container c, int depth)
{
	struct row row = { .place = { id, c }, .depth = depth, .first = (int)r->list_n };

	mem_grow(r->tree, r->tree_n, r->tree_cap);
	put_at(&r->tree_at, key(row.place), r->tree_n);
	r->tree[r->tree_n] = row;
	return r->tree_n++;
}

static void end_row(struct rows *r, size_t at)
{
	r->tree[at].end = (int)r->tree_n;
	r->tree[at].last = (int)r->list_n;
}

static void add_node(struct rows *r, const struct node *n, int depth, int level)
{
	size_t at = add_row(r, n->id, IN_ITSELF, depth);

	if (n->parent) {
		mem_grow(r->list, r->list_n, r->list_cap);
		put_at(&r->list_at, n->id, r->list_n);
		r->list[r->list_n++] = (struct item){ n->id, level };
	}
	for (int c = 0; c < IN_COUNT; c++) {
		bool own = n->kind == KIND_GROUP && c != IN_ITSELF;
		size_t box = own ? add_row(r, n->id, c, depth + 1) : 0;

		for (const struct node *i = node_first(n, c); i; i = i->next)
			add_node(r, i, depth + 1 + own, level + 1);
		if (own)
			end_row(r, box);
	}
	end_row(r, at);
}

static void show(struct rows *r)
{
	r->shown_n = 0;
	map_done(&r->shown_at);
	for (size_t i = 0; i < r->tree_n;) {
		const struct row *row = &r->tree[i];

		mem_grow(r->shown, r->shown_n, r->shown_cap);
		put_at(&r->shown_at, key(row->place), r->shown_n);
		r->shown[r->shown_n++] = (int)i;
		i = rows_folded(r, row->place) ? (size_t)row->end : i + 1;
	}
}

bool rows_update(struct rows *r, const struct site *site)
{
	if (r->site == site && r->changes == site_changes(site))
		return false;
	r->site = site;
	r->changes = site_changes(site);
	r->tree_n = r->list_n = 0;
	map_done(&r->tree_at);
	map_done(&r->list_at);
	add_node(r, (const struct node *)site_network(site), 0, -1);
	show(r);
	return true;
}

void rows_done(struct rows *r)
{
	free(r->tree);
	free(r->shown);
	free(r->list);
	map_done(&r->tree_at);
	map_done(&r->list_at);
	map_done(&r->shown_at);
	map_done(&r->folded);
	*r = (struct rows){ 0 };
}

const struct row *rows_find(const struct rows *r, struct place p)
{
	int at = get_at(&r->tree_at, key(p));

	return at < 0 ? NULL : &r->tree[at];
}

const struct row *rows_above(const struct rows *r, struct place p)
{
	const struct row *row = rows_find(r, p);

	for (const struct row *up = row; up && up-- > r->tree;)
		if (up->depth < row->depth)
			return up;
	return NULL;
}

int rows_shown(const struct rows *r, struct place p)
{
	int at = get_at(&r->shown_at, key(p));

	while (at < 0) {
		const struct row *up = rows_above(r, p);

		if (!up)
			return -1;
		p = up->place;
		at = get_at(&r->shown_at, key(p));
	}
	return at;
}

int rows_listed(const struct rows *r, unsigned id)
{
	return get_at(&r->list_at, id);
}

bool rows_folded(const struct rows *r, struct place p)
{
	return map_get(&r->folded, key(p)) != NULL;
}

bool rows_foldable(const struct row *row, const struct rows *r)
{
	return row->end > (int)(row - r->tree) + 1;
}

void rows_fold(struct rows *r, struct place p, bool fold)
{
	if (rows_folded(r, p) == fold)
		return;
	if (fold)
		map_put(&r->folded, key(p), r);
	else
		map_remove(&r->folded, key(p));
	show(r);
}

void rows_reveal(struct rows *r, struct place p)
{
	const struct row *up;

	while ((up = rows_above(r, p))) {
		p = up->place;
		rows_fold(r, p, false);
	}
}
