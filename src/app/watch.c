/* watch - the live state of the site; see watch.h */
#include "app/watch.h"
#include "app/context.h"
#include "app/watching.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/mem.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void watching_tell(struct watching *w, const char *fmt, ...)
{
	char *text = w->news[w->told++ % WATCH_NEWS];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, WATCH_NEWS_SIZE, fmt, ap);
	va_end(ap);
}

bool watch_news(const struct app *a, unsigned long *seen, char *text, size_t size)
{
	const struct watching *w = a->watching;

	if (!w || *seen >= w->told)
		return false;
	if (w->told - *seen > WATCH_NEWS)	/* the oldest are gone */
		*seen = w->told - WATCH_NEWS;
	snprintf(text, size, "%s", w->news[(*seen)++ % WATCH_NEWS]);
	return true;
}

int watching_interval(unsigned failures, bool urgent)
{
	static const int ms[] = { WATCH_MS, WATCH_MS, 2 * WATCH_MS,
		4 * WATCH_MS, WATCH_SILENT_MS };

	return urgent && failures == 0 ? WATCH_BATTERY_MS : ms[failures < 4 ? failures : 4];
}

void watched_again(struct watched *x, int ms)
{
	if (site_id_kind(x->id) == KIND_UPS)
		loop_again(x->next.timer, ms);
	else
		deadline_set(x->watching->terminals, &x->next.wait, ms);
}

/* 0 to most; any spread will do (xorshift). */
static int dice(struct watching *w, int most)
{
	w->dice ^= w->dice << 13;
	w->dice ^= w->dice >> 17;
	w->dice ^= w->dice << 5;
	return (int)(w->dice % ((uint32_t)most + 1));
}

static const struct watched_kind *kind_of(const struct watched *x)
{
	return site_id_kind(x->id) == KIND_UPS ? &watched_ups_kind : &watched_terminal_kind;
}

static unsigned number_at(const void *room, unsigned place)
{
	return site_id_number(((const struct watched *)shelf_at(room, place))->id);
}

struct watched *watching_find(const struct watching *w, unsigned id)
{
	unsigned place;

	if (site_id_kind(id) == KIND_UPS)
		return map_get(&w->upses, id);
	place = site_id_kind(id) == KIND_TERMINAL ?
	    index_find(&w->terminals_at, site_id_number(id)) : 0;
	return place ? shelf_at(&w->room, place) : NULL;
}

struct watched *watching_each(const struct watching *w, size_t *i)
{
	struct watched *x = *i <= w->upses.cap ? map_each(&w->upses, i) : NULL;
	unsigned place;
	size_t more;

	if (x)
		return x;
	/* the map is at its end: i goes on from there */
	more = *i - w->upses.cap;
	place = index_each(&w->terminals_at, &more);
	*i = w->upses.cap + more;
	return place ? shelf_at(&w->room, place) : NULL;
}

/*
 * All are asked together at first. So that they do not come together for ever,
 * the next time is anywhere in the interval, and later ones a little before its
 * end: never after it. It counts from question to question.
 */
static void ask_next(struct watched *x, bool urgent)
{
	struct watching *w = x->watching;
	int most = watching_interval(x->failures, urgent), ms;

	ms = most - dice(w, x->spread ? most / 8 : most * 3 / 4);
	if (x->soon)
		ms = 0;
	ms -= (int)(loop_now() - x->asked_at);
	x->spread = true;
	watched_again(x, ms > WATCH_LEAST_MS ? ms : WATCH_LEAST_MS);
}

static void slice(void *arg);

/* From here on so many may be asked until the slice ends. */
static void begin_slice(struct watching *w)
{
	if (!w->slice)
		w->slice = loop_after(w->app->loop, WATCH_SLICE_MS, slice, w);
	else if (!w->in_slice)
		loop_again(w->slice, WATCH_SLICE_MS);
	w->in_slice = true;
}

static unsigned slice_most(const struct watching *w)
{
	return w->typed_at && loop_now() - w->typed_at < WATCH_TYPED_MS ?
	    WATCH_SLICE_TYPED : WATCH_SLICE_TERMINALS;
}

static bool has_turn(const struct watching *w)
{
	return w->asked < WATCH_TERMINALS &&
	    (!w->at_leisure || w->slice_asked < slice_most(w));
}

/*
 * A terminal waits for its turn when many are asked already: libcurl's work for
 * one grows with those beside it.
 */
static void due(void *arg)
{
	struct watched *x = arg;
	struct watching *w = x->watching;

	x->asked_at = loop_now();
	x->soon = false;
	if (site_id_kind(x->id) != KIND_TERMINAL) {
		kind_of(x)->ask(x);
		return;
	}
	if (w->at_leisure)
		begin_slice(w);
	if (has_turn(w)) {
		x->counted = true;
		w->asked++;
		w->slice_asked++;
		kind_of(x)->ask(x);
	} else if (!x->queued) {
		x->queued = true;
		mem_grow(w->queue, w->queue_n, w->queue_cap);
		w->queue[w->queue_n++] = x->id;
	}
}

static void terminal_due(struct deadline *d)
{
	due((char *)d - offsetof(struct watched, next.wait));
}

/* So many places are free; those that went meanwhile are passed over. */
static void next_in_turn(struct watching *w, unsigned places)
{
	struct watched *x;

	while (w->queue_at < w->queue_n && places > 0) {
		x = watching_find(w, w->queue[w->queue_at++]);
		if (x && x->queued) {
			x->queued = false;
			watched_again(x, 0);
			places--;
		}
	}
	if (w->queue_at == w->queue_n)
		w->queue_at = w->queue_n = 0;
}

static void slice(void *arg)
{
	struct watching *w = arg;
	unsigned places = WATCH_TERMINALS - w->asked, most = slice_most(w);

	w->in_slice = false;
	w->slice_asked = 0;
	next_in_turn(w, places < most ? places : most);
	if (w->queue_n)
		begin_slice(w);
}

static void answered_or_gone(struct watched *x)
{
	struct watching *w = x->watching;

	w->asked -= x->counted;
	x->counted = false;
	if (!w->at_leisure)
		next_in_turn(w, w->asked < WATCH_TERMINALS);
}

static void watched_free(struct watched *x)
{
	if (site_id_kind(x->id) == KIND_UPS)
		loop_remove(x->next.timer);
	else
		deadline_clear(&x->next.wait);
	free(map_remove(&x->watching->frozen, x->id));
	kind_of(x)->drop(x);
}

static void drop(struct watching *w, struct watched *x)
{
	if (site_id_kind(x->id) == KIND_UPS)
		map_remove(&w->upses, x->id);
	else
		index_remove(&w->terminals_at, site_id_number(x->id));
	w->urgent[x->urgency]--;
	w->alarm_known &= x->id != w->alarm;
	answered_or_gone(x);
	watched_free(x);
}

/* Nodes that went, came, or are to be asked elsewhere. */
static void sync(void *arg)
{
	struct watching *w = arg;
	struct app *a = w->app;
	const struct node *top, *n;
	struct watched *x;
	size_t i = 0, gone_n = 0;
	struct watched **gone;

	loop_pause(w->syncing);
	if (w->site != app_site(a))
		w->tallied = 0;
	w->site = app_site(a);
	gone = mem_zero(w->upses.n + w->terminals_at.n, sizeof *gone);
	while ((x = watching_each(w, &i))) {
		n = site_find(app_site(a), x->id);
		if (!n || !kind_of(x)->same_target(x, n))
			gone[gone_n++] = x;
	}
	while (gone_n > 0)
		drop(w, gone[--gone_n]);
	free(gone);
	top = &site_network(app_site(a))->node;
	for (n = top; n; n = node_next(n, top)) {
		if ((n->kind != KIND_UPS && n->kind != KIND_TERMINAL) ||
		    watching_find(w, n->id))
			continue;
		x = n->kind == KIND_UPS ? watched_ups_new(w, node_ups(n)) :
		    watched_terminal_new(w, node_terminal(n));
		if (n->kind == KIND_UPS)
			map_put(&w->upses, n->id, x);
		else
			index_put(&w->terminals_at, site_id_number(n->id), x->place);
		w->urgent[x->urgency]++;
		if (n->kind == KIND_UPS)
			x->next.timer = loop_after(a->loop, 0, due, x);
		else
			watched_again(x, 0);
	}
}

/* Edits come in numbers: the watching follows them once, from the loop. */
void watch_sync(struct app *a)
{
	struct watching *w = a->watching;

	if (!w || !a->file)
		return;
	if (w->site != app_site(a))
		sync(w);
	else
		loop_again(w->syncing, 0);
}

void watch_start(struct app *a)
{
	if (a->watching)
		return;
	a->watching = mem_new(struct watching);
	a->watching->app = a;
	a->watching->terminals_at = (struct index){ .number = number_at,
		.keeper = &a->watching->room };
	a->watching->dice = (uint32_t)loop_now() | 1;
	a->watching->terminals = deadlines_new(a->loop, terminal_due);
	a->watching->syncing = loop_after(a->loop, 0, sync, a->watching);
	watch_sync(a);
}

void watch_at_leisure(struct app *a)
{
	if (a->watching)
		a->watching->at_leisure = true;
}

void watch_typed(struct app *a)
{
	if (a->watching)
		a->watching->typed_at = loop_now();
}

void watch_stop(struct app *a)
{
	struct watched *x;
	size_t i = 0;

	if (!a->watching)
		return;
	while ((x = watching_each(a->watching, &i)))
		watched_free(x);
	deadlines_free(a->watching->terminals);
	loop_remove(a->watching->syncing);
	loop_remove(a->watching->slice);
	watching_tally_done(a->watching);
	map_done(&a->watching->upses);
	map_done(&a->watching->frozen);
	index_done(&a->watching->terminals_at);
	shelf_done(&a->watching->room);
	free(a->watching->queue);
	free(a->watching);
	a->watching = NULL;
}

void watch_refresh(struct app *a)
{
	struct watched *x;
	size_t i = 0;

	while (a->watching && (x = watching_each(a->watching, &i)))
		if (!x->asking)
			watched_again(x, 0);
}

bool watch_settled(const struct app *a)
{
	struct watched *x;
	size_t i = 0;

	while (a->watching && (x = watching_each(a->watching, &i)))
		if (!x->heard)
			return false;
	return true;
}

int64_t watch_last(const struct app *a)
{
	return a->watching ? a->watching->last : 0;
}

void watched_heard(struct watched *x, bool answered, bool urgent)
{
	struct watching *w = x->watching;
	/* nothing is known of a terminal while it is silent (known.c) */
	bool known = site_id_kind(x->id) == KIND_UPS || answered || (x->heard && !x->failures);

	x->asking = false;
	x->heard = true;
	x->failures = answered ? 0 : x->failures + 1;
	w->last = loop_now();
	answered_or_gone(x);
	ask_next(x, urgent);
	watching_judge(x);
	if (known)
		app_changed(w->app);
	else
		app_looks_changed(w->app);
}

void watch_soon(struct app *a, unsigned id)
{
	struct watched *x = a->watching ? watching_find(a->watching, id) : NULL;
	int ms;

	if (!x || x->soon)
		return;
	x->soon = true;
	ms = (int)(x->asked_at + WATCH_LEAST_MS - loop_now());
	if (!x->asking)
		watched_again(x, ms > 0 ? ms : 0);
}

static const struct watched *find(const struct app *a, unsigned id, enum kind k)
{
	return a->watching && site_id_kind(id) == k ?
	    watching_find(a->watching, id) : NULL;
}

const struct ups_status *watch_ups(const struct app *a, unsigned id)
{
	const struct watched *x = find(a, id, KIND_UPS);

	if (x && a->watching->paused)
		return map_get(&a->watching->frozen, id);
	return x && x->heard ? watched_ups_status(x) : NULL;
}

const struct terminal_status *watch_terminal(const struct app *a, unsigned id)
{
	const struct watched *x = find(a, id, KIND_TERMINAL);

	if (x && a->watching->paused)
		return map_get(&a->watching->frozen, id);
	return x && x->heard ? watched_terminal_status(x) : NULL;
}

unsigned watch_each_asked(const struct app *a, size_t *i)
{
	const struct watched *x;

	while (a->watching && (x = watching_each(a->watching, i)))
		if (x->heard)
			return x->id;
	return 0;
}

void watch_beacon(struct app *a, unsigned id, int state, int revision, double clock_ahead)
{
	struct watched *x = a->watching && site_id_kind(id) == KIND_TERMINAL ?
	    watching_find(a->watching, id) : NULL;

	if (x && !x->asking)
		watched_terminal_beacon(x, state, revision, clock_ahead);
}

/* How long a card may be silent before it counts as lost; its group says. */
static int64_t lost_after(const struct app *a, unsigned id)
{
	const struct node *n = site_find(app_site(a), id);
	const struct group *g = n ? node_group(n->parent) : NULL;

	return (g ? g->set->snmp_fail_confirm : 50) * INT64_C(1000);
}

enum ups_state watch_ups_state(const struct app *a, unsigned id)
{
	const struct ups_status *s = watch_ups(a, id);

	if (!s)
		return UPS_UNKNOWN;
	if (!s->known)
		return UPS_COMM_LOST;
	if (s->silent_since && loop_now() - s->silent_since > lost_after(a, id))
		return UPS_COMM_LOST;
	return s->reading.state;
}

bool watch_ups_replaced(const struct app *a, unsigned id)
{
	const struct ups_status *s = watch_ups(a, id);

	return s && s->replaced_at && loop_now() - s->replaced_at < WATCH_REPLACED_MS;
}

bool watch_ups_stale(const struct app *a, unsigned id)
{
	const struct ups_status *s = watch_ups(a, id);

	return s && (!s->known || loop_now() - s->at > 2 * s->interval);
}
