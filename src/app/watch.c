/* watch - the live state of the site; see watch.h */
#include "app/watch.h"
#include "app/context.h"
#include "app/watching.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

/* A waiting time that grows with the tries that failed; none below the last. */
int watching_pause(unsigned failures)
{
	static const int ms[] = { WATCH_MS, WATCH_MS, 2 * WATCH_MS,
		4 * WATCH_MS, 60000 };

	return ms[failures < 4 ? failures : 4];
}

static void drop(struct watching *w, struct watched *x)
{
	map_remove(&w->nodes, x->id);
	loop_remove(x->timer);
	if (x->drop)
		x->drop(x);
	free(x->frozen);
	free(x);
}

/* Nodes that went, came, or are to be asked elsewhere. */
void watch_sync(struct app *a)
{
	struct watching *w = a->watching;
	const struct node *top, *n;
	struct watched *x;
	size_t i = 0, gone_n = 0;
	struct watched **gone;

	if (!w || !a->file)
		return;
	gone = mem_zero(w->nodes.n, sizeof *gone);
	while ((x = map_each(&w->nodes, &i))) {
		n = site_find(app_site(a), x->id);
		if (!n || !x->same_target(x, n))
			gone[gone_n++] = x;
	}
	while (gone_n > 0)
		drop(w, gone[--gone_n]);
	free(gone);
	top = &site_network(app_site(a))->node;
	for (n = top; n; n = node_next(n, top)) {
		if ((n->kind != KIND_UPS && n->kind != KIND_TERMINAL) ||
		    map_get(&w->nodes, n->id))
			continue;
		x = n->kind == KIND_UPS ? watched_ups_new(w, node_ups(n)) :
		    watched_terminal_new(w, node_terminal(n));
		x->id = n->id;
		map_put(&w->nodes, n->id, x);
		x->timer = loop_after(a->loop, 0, x->ask, x);
	}
}

void watch_start(struct app *a)
{
	if (a->watching)
		return;
	a->watching = mem_new(struct watching);
	a->watching->app = a;
	watch_sync(a);
}

void watch_stop(struct app *a)
{
	struct watched *x;
	size_t i = 0;

	if (!a->watching)
		return;
	while ((x = map_each(&a->watching->nodes, &i))) {
		loop_remove(x->timer);
		if (x->drop)
			x->drop(x);
		free(x->frozen);
		free(x);
	}
	map_done(&a->watching->nodes);
	free(a->watching);
	a->watching = NULL;
}

void watch_refresh(struct app *a)
{
	struct watched *x;
	size_t i = 0;

	while (a->watching && (x = map_each(&a->watching->nodes, &i)))
		if (!x->asking)
			loop_again(x->timer, 0);
}

bool watch_settled(const struct app *a)
{
	struct watched *x;
	size_t i = 0;

	while (a->watching && (x = map_each(&a->watching->nodes, &i)))
		if (!x->heard)
			return false;
	return true;
}

int64_t watch_last(const struct app *a)
{
	return a->watching ? a->watching->last : 0;
}

void watched_heard(struct watched *x, bool answered)
{
	struct watching *w = x->watching;

	x->asking = false;
	x->heard = true;
	x->failures = answered ? 0 : x->failures + 1;
	w->last = loop_now();
	app_changed(w->app);
}

static const struct watched *find(const struct app *a, unsigned id, enum kind k)
{
	return a->watching && site_id_kind(id) == k ?
	    map_get(&a->watching->nodes, id) : NULL;
}

const struct ups_status *watch_ups(const struct app *a, unsigned id)
{
	const struct watched *x = find(a, id, KIND_UPS);

	if (x && a->watching->paused)
		return x->frozen;
	return x && x->heard ? watched_ups_status(x) : NULL;
}

const struct terminal_status *watch_terminal(const struct app *a, unsigned id)
{
	const struct watched *x = find(a, id, KIND_TERMINAL);

	if (x && a->watching->paused)
		return x->frozen;
	return x && x->heard ? watched_terminal_status(x) : NULL;
}

/* How long a card may be silent before it counts as lost; its group says. */
static int64_t lost_after(const struct app *a, unsigned id)
{
	const struct node *n = site_find(app_site(a), id);
	const struct group *g = n ? node_group(n->parent) : NULL;

	return (g ? g->snmp_fail_confirm : 50) * INT64_C(1000);
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

bool watch_ups_stale(const struct app *a, unsigned id)
{
	const struct ups_status *s = watch_ups(a, id);

	return s && (!s->known || loop_now() - s->at > 2 * WATCH_MS);
}

static int terminal_severity(const struct terminal_status *s)
{
	if (!s)
		return 0;
	return s->state == TERMINAL_REFUSED ? 3 :
	    s->state == TERMINAL_NO_ANSWER ? 2 : 0;
}

/* What is wrong with a UPS that is in its normal state otherwise, or 0. */
static unsigned trouble(const struct reading *r)
{
	static const unsigned bad[] = { FLAG_NO_BATTERY, FLAG_BATTERY_FAULT,
		FLAG_OVERLOAD, FLAG_OVERHEATED, FLAG_REPLACE_BATTERY };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (r->flags & bad[i])
			return bad[i];
	return 0;
}

static int ups_severity(const struct app *a, unsigned id)
{
	const struct ups_status *s = watch_ups(a, id);
	int severity;

	if (!s)
		return 0;
	severity = state_severity(watch_ups_state(a, id));
	if (severity < 1 && s->silent_since)
		severity = 1;
	if (severity < 2 && s->known && trouble(&s->reading))
		severity = 2;
	return severity;
}

static int own_severity(const struct app *a, const struct node *n)
{
	if (n->kind == KIND_UPS)
		return ups_severity(a, n->id);
	if (n->kind == KIND_TERMINAL)
		return terminal_severity(watch_terminal(a, n->id));
	return 0;
}

int watch_severity(const struct app *a, unsigned id)
{
	const struct node *top = site_find(app_site(a), id), *n;
	int worst = 0, one;

	for (n = top; a->watching && n; n = node_next(n, top)) {
		one = own_severity(a, n);
		if (one > worst)
			worst = one;
	}
	return worst;
}

/* "14:03:12", of a loop_now() in the past. */
static const char *clock_at(int64_t at, char buf[16])
{
	time_t t = time(NULL) - (time_t)((loop_now() - at) / 1000);
	struct tm tm;

	strftime(buf, 16, "%H:%M:%S", localtime_r(&t, &tm));
	return buf;
}

static void describe(const struct app *a, const struct node *n,
    struct alarm *alarm)
{
	const struct ups_status *u = watch_ups(a, n->id);
	const struct terminal_status *t = watch_terminal(a, n->id);
	char since[16];

	if (u && u->silent_since && u->known && state_severity(u->reading.state) >= 2)
		snprintf(alarm->text, sizeof alarm->text,
		    _("%s %s, no answer since %s"), node_name(n),
		    tr(state_label(u->reading.state)),
		    clock_at(u->silent_since, since));
	else if (u && u->silent_since)
		snprintf(alarm->text, sizeof alarm->text,
		    _("%s no answer since %s"), node_name(n),
		    clock_at(u->silent_since, since));
	else if (u && state_severity(u->reading.state) < 2 && trouble(&u->reading))
		snprintf(alarm->text, sizeof alarm->text, "%s: %s", node_name(n),
		    tr(flag_label(trouble(&u->reading))));
	else if (u)
		snprintf(alarm->text, sizeof alarm->text, _("%s %s since %s"),
		    node_name(n), tr(state_label(watch_ups_state(a, n->id))),
		    clock_at(u->state_since, since));
	else if (t)
		snprintf(alarm->text, sizeof alarm->text, _("%s %s since %s"),
		    node_name(n), tr(terminal_state_label(t->state)),
		    clock_at(t->silent_since, since));
}

/*
 * What is to be told first: an outage, which runs against time, goes before
 * whatever only cannot be reached.
 */
static int urgency(const struct app *a, const struct node *n)
{
	const struct ups_status *s = watch_ups(a, n->id);
	int severity = own_severity(a, n);

	if (s && s->known && s->reading.state == UPS_LOW_BATTERY)
		return severity + 20;
	if (s && s->known && s->reading.state == UPS_ON_BATTERY)
		return severity + 10;
	return severity;
}

static bool alarm_of(const struct app *a, struct alarm *alarm)
{
	const struct node *top, *n;
	int one, most = 0;

	top = &site_network(app_site(a))->node;
	for (n = top; n; n = node_next(n, top)) {
		one = urgency(a, n);
		if (one > most) {
			most = one;
			alarm->severity = own_severity(a, n);
			alarm->node = n->id;
		}
	}
	if (!alarm->node)
		return false;
	describe(a, site_find(app_site(a), alarm->node), alarm);
	return true;
}

bool watch_alarm(const struct app *a, struct alarm *alarm)
{
	struct watching *w = a->watching;
	bool paused, found;

	*alarm = (struct alarm){ 0 };
	if (!w)
		return false;
	/* an outage is told though the screen stands still */
	paused = w->paused;
	w->paused = false;
	found = alarm_of(a, alarm);
	w->paused = paused;
	return found;
}
