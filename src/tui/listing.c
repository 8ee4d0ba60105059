#include "tui/listing.h"

#include "app/watch.h"
#include "base/fold.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SORT_MS = 1000 };

void listing_done(struct listing *l)
{
	free(l->order);
	free(l->where);
	free(l->takes);
	free(l->taken);
	free(l->sorted);
	*l = (struct listing){ 0 };
}

static const struct node *node_at(const struct rows *r, int at)
{
	return site_find(r->site, rows_id(r, at));
}

static void make_room(struct listing *l, size_t n)
{
	if (l->room >= n + 1)
		return;
	l->room = n + 1;
	l->where = mem_realloc(l->where, l->room, sizeof *l->where);
	l->takes = mem_realloc(l->takes, l->room, sizeof *l->takes);
	l->taken = mem_realloc(l->taken, l->room, sizeof *l->taken);
	l->sorted = mem_realloc(l->sorted, l->room, sizeof *l->sorted);
	l->order = mem_realloc(l->order, l->room, sizeof *l->order);
}

/* True when it was asked anew. */
static bool ask_filter(struct listing *l, struct app *app, const struct rows *r,
    const struct wish *w, unsigned long live)
{
	int taken = 0;

	if (l->have_takes && l->filter_no == w->filter_no &&
	    (!w->filter || !filter_is_live(w->filter) || l->filter_live == live))
		return false;
	for (int i = 0; w->filter && i < (int)r->list_n; i++) {
		l->takes[i] = filter_takes(w->filter, app, node_at(r, i));
		l->taken[i] = taken;
		taken += l->takes[i];
	}
	if (w->filter)
		l->taken[r->list_n] = taken;
	l->have_takes = true;
	l->filter_no = w->filter_no;
	l->filter_live = live;
	return true;
}

struct sort_key {
	double rank;
	size_t text;		/* where its words begin */
	int at;
	bool empty;
};

static const char *sort_texts;
static int sort_sign;

/* Nothing to say comes last in both directions; what is alike in tree order. */
static int compare(const void *x, const void *y)
{
	const struct sort_key *a = x, *b = y;
	int c;

	if (a->empty != b->empty)
		return a->empty - b->empty;
	c = a->rank < b->rank ? -1 : a->rank > b->rank ? 1 :
	    strcmp(sort_texts + a->text, sort_texts + b->text);
	return c ? c * sort_sign : a->at - b->at;
}

static struct sort_key key_of(struct app *app, const struct node *n,
    const struct cell *by, struct text *texts)
{
	struct sort_key k = { .text = texts->len };
	char words[400] = "";
	enum role role;

	if (by->rank) {
		k.rank = by->rank(app, n);
		k.empty = isnan(k.rank);
		k.rank = k.empty ? 0 : k.rank;
	} else {
		by->text(app, n, words, sizeof words, &role);
		k.empty = !*words;
		fold_key(texts, words);
	}
	text_add_len(texts, "", 1);
	return k;
}

static bool sort(struct listing *l, struct app *app, const struct rows *r,
    const struct wish *w, unsigned long live)
{
	struct text texts = { 0 };
	struct sort_key *keys;
	bool same = l->have_sorted && l->by == w->by && l->reverse == w->reverse;

	if (!w->by) {
		bool was_sorted = l->by != NULL;

		l->by = NULL;
		return was_sorted;
	}
	if (same && (!w->by->live || l->sort_live == live ||
	    loop_now() - l->sorted_at < SORT_MS))
		return false;
	keys = mem_zero(r->list_n, sizeof *keys);
	for (int i = 0; i < (int)r->list_n; i++) {
		keys[i] = key_of(app, node_at(r, i), w->by, &texts);
		keys[i].at = i;
	}
	sort_texts = texts.s;
	sort_sign = w->reverse ? -1 : 1;
	qsort(keys, r->list_n, sizeof *keys, compare);
	for (size_t i = 0; i < r->list_n; i++)
		l->sorted[i] = keys[i].at;
	free(keys);
	text_done(&texts);
	l->have_sorted = true;
	l->by = w->by;
	l->reverse = w->reverse;
	l->sort_live = live;
	l->sorted_at = loop_now();
	return true;
}

static void lay_out(struct listing *l, const struct rows *r, const struct wish *w)
{
	memset(l->where, 0, r->list_n * sizeof *l->where);
	l->n = 0;
	for (int i = 0; i < (w->by ? (int)r->list_n : l->last - l->first); i++) {
		int at = w->by ? l->sorted[i] : l->first + i;

		if (at < l->first || at >= l->last || (w->filter && !l->takes[at]))
			continue;
		l->order[l->n++] = at;
		l->where[at] = l->n;
	}
}

/* An alarm is never hidden without a word. */
static size_t count_alarms(const struct listing *l)
{
	size_t n = 0;

	for (int i = 0; i < l->n; i++) {
		unsigned id = rows_id(l->rows, l->order[i]);

		n += site_id_kind(id) != KIND_GROUP && watch_severity(l->app, id) >= 2;
	}
	return n;
}

void listing_update(struct listing *l, struct app *app, const struct rows *r,
    int first, int last, const struct wish *w, unsigned long live)
{
	bool anew = l->rows != r || l->changes != r->changes;
	bool slice = l->first != first || l->last != last;

	if (anew)
		l->have_takes = l->have_sorted = false;
	l->app = app;
	l->rows = r;
	l->changes = r->changes;
	l->first = first;
	l->last = last;
	if (!w->filter && !w->by) {
		l->plain = true;
		l->have_takes = l->have_sorted = false;
		return;
	}
	anew |= l->plain;
	l->plain = false;
	make_room(l, r->list_n);
	anew |= ask_filter(l, app, r, w, live);
	anew |= sort(l, app, r, w, live);
	if (anew || slice)
		lay_out(l, r, w);
	if (w->filter && (anew || slice || l->alarms_live != live)) {
		l->alarms = count_alarms(l);
		l->alarms_live = live;
	}
}

int listing_count(const struct listing *l)
{
	return l->plain ? l->last - l->first : l->n;
}

int listing_at(const struct listing *l, int i)
{
	return l->plain ? l->first + i : l->order[i];
}

int listing_find(const struct listing *l, int at)
{
	if (l->plain)
		return at >= l->first && at < l->last ? at - l->first : -1;
	return at < 0 ? -1 : l->where[at] - 1;
}

size_t listing_hidden_alarms(const struct listing *l, struct place p)
{
	size_t all = watch_count_in(l->app, p.id, p.container, 2);

	return all > l->alarms ? all - l->alarms : 0;
}

bool listing_takes_any(const struct listing *l, int first, int last)
{
	return l->taken[last] > l->taken[first];
}
