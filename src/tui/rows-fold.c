/* What is folded away, and which rows are shown; a part of rows */
#include "tui/rowing.h"

#include "base/mem.h"

#include <stdlib.h>

static uintptr_t key(struct place p)
{
	return (uintptr_t)p.id << 3 | p.container;
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

static int by_position(const void *x, const void *y)
{
	const struct fold *a = x, *b = y;

	return a->at - b->at;
}

/* What is folded and inside of something that is folded does not count. */
void rows_show(struct rows *r)
{
	int hidden = 0, end = 0;
	size_t i = 0, n = 0;
	struct spot s;
	uintptr_t k;

	r->folds_n = 0;
	while ((k = (uintptr_t)map_each(&r->folded, &i))) {
		if (!rows_spot(r, (struct place){ (unsigned)(k >> 3), k & 7 }, &s))
			continue;
		mem_grow(r->folds, r->folds_n, r->folds_cap);
		r->folds[r->folds_n++].at = rows_spot_at(r, s);
	}
	if (r->folds_n)
		qsort(r->folds, r->folds_n, sizeof *r->folds, by_position);
	for (i = 0; i < r->folds_n; i++) {
		int at = r->folds[i].at;

		if (at < end)
			continue;
		end = rows_spot_end(r, rows_spot_of(r, at));
		hidden += end - at - 1;
		r->folds[n++] = (struct fold){ at, hidden };
	}
	r->folds_n = n;
	r->shown_n = r->tree_n - (size_t)hidden;
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

int rows_shown(const struct rows *r, struct place p)
{
	struct spot s;
	size_t folds;
	int at;

	if (!rows_spot(r, p, &s))
		return -1;
	at = rows_spot_at(r, s);
	folds = folds_before(r, at);
	/* hidden by the fold before it? That tells how many rows it folds away */
	if (folds && at <= r->folds[folds - 1].at + hidden_by(r, folds) - hidden_by(r, folds - 1))
		at = r->folds[--folds].at;
	return at - hidden_by(r, folds);
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
		rows_show(r);
}

void rows_reveal(struct rows *r, struct place p)
{
	struct spot s;
	bool more = false;

	if (!rows_spot(r, p, &s))
		return;
	for (s = rows_spot_up(r, s); s.node >= 0; s = rows_spot_up(r, s))
		more |= fold_place(r, rows_place(r, s), false);
	if (more)
		rows_show(r);
}
