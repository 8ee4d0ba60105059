/*
 * watch-tally - how bad it is and where; a part of watch. Each group and
 * container has a tally of what is below it, kept as states change, so that a
 * screen asks for a row and not for a subtree.
 */
#include "app/context.h"
#include "app/watching.h"
#include "base/mem.h"

#include <stdlib.h>

enum { SEVERITIES = 4, SILENCE_MS = 1000 };

struct tally {
	unsigned count[SEVERITIES];	/* that of the well ones stays 0 */
	unsigned worst;		/* the first of the worst, if it is known; 0: not */
};

static int terminal_severity(const struct terminal_status *s)
{
	if (!s)
		return 0;
	return s->differs && !terminal_state_severity(s->state) ? 2 :
	    terminal_state_severity(s->state);
}

static int ups_severity(const struct app *a, unsigned id)
{
	const struct ups_status *s = watch_ups(a, id);
	int severity;

	if (!s)
		return 0;
	severity = state_severity(watch_ups_state(a, id));
	if (severity < 1 && (s->silent_since || watch_ups_replaced(a, id)))
		severity = 1;
	if (severity < 2 && s->known && watching_trouble(&s->reading))
		severity = 2;
	return severity;
}

static int own_severity(const struct watched *x)
{
	const struct app *a = x->watching->app;

	return site_id_kind(x->id) == KIND_UPS ? ups_severity(a, x->id) :
	    terminal_severity(watch_terminal(a, x->id));
}

/*
 * What is to be told first: an outage, which runs against time, goes before
 * whatever only cannot be reached.
 */
static int urgency(const struct watched *x, int severity)
{
	const struct ups_status *s = watch_ups(x->watching->app, x->id);

	if (s && s->known && s->reading.state == UPS_LOW_BATTERY)
		return severity + 20;
	if (s && s->known && s->reading.state == UPS_ON_BATTERY)
		return severity + 10;
	return severity;
}

/* IN_ITSELF stands for the node with all its containers. */
static uintptr_t key(unsigned id, enum container c)
{
	return (uintptr_t)id << 3 | c;
}

static void count_in(struct watching *w, uintptr_t k, int severity, int by)
{
	struct tally *t = map_get(&w->tallies, k);

	if (!t) {
		t = mem_new(struct tally);
		map_put(&w->tallies, k, t);
	}
	t->count[severity] += (unsigned)by;
	t->worst = 0;
}

/* Those that are well are not counted: nobody asks, and with many it takes a while. */
static void count(struct watching *w, const struct node *n, int severity, int by)
{
	if (severity == 0)
		return;
	for (; n->parent; n = n->parent) {
		if (n->container != IN_ITSELF)
			count_in(w, key(n->parent->id, n->container), severity, by);
		count_in(w, key(n->parent->id, IN_ITSELF), severity, by);
	}
}

static void forget(struct watching *w)
{
	struct tally *t;
	size_t i = 0;

	while ((t = map_each(&w->tallies, &i)))
		free(t);
	map_done(&w->tallies);
	w->alarm_known = false;
}

void watching_tally_done(struct watching *w)
{
	forget(w);
	loop_remove(w->silence);
	loop_remove(w->drift);
}

/* Silent, but not yet for so long that it counts as lost. */
static bool may_be_lost(const struct watched *x)
{
	const struct ups_status *s = watch_ups(x->watching->app, x->id);

	return s && s->silent_since &&
	    watch_ups_state(x->watching->app, x->id) != UPS_COMM_LOST;
}

/* Time alone makes a silent card a lost one. */
static void silence(void *arg)
{
	struct watching *w = arg;
	struct watched *x;
	size_t i = 0;
	int before;

	while ((x = watching_each(w, &i))) {
		before = x->severity;
		if (watch_ups(w->app, x->id))
			watching_judge(x);
		if (x->severity != before)
			app_changed(w->app);
	}
}

static void mind_silence(struct watched *x)
{
	struct watching *w = x->watching;

	if (!may_be_lost(x))
		return;
	if (!w->silence)
		w->silence = loop_after(w->app->loop, SILENCE_MS, silence, w);
	else
		loop_again(w->silence, SILENCE_MS);
}

/* As it is, also while the screen stands still: an outage is told all the same. */
static int urgency_now(struct watched *x)
{
	struct watching *w = x->watching;
	bool paused = w->paused;
	int urgent;

	w->paused = false;
	urgent = urgency(x, own_severity(x));
	mind_silence(x);
	w->paused = paused;
	return urgent;
}

/* Of those that are as urgent the first in the tree is told. */
static bool goes_before(const struct watched *x, const struct watched *told)
{
	const struct site *s = app_site(x->watching->app);
	const struct node *a = site_find(s, x->id), *b = told ? site_find(s, told->id) : NULL;

	return a && (!b || x->urgency > told->urgency ||
	    (x->urgency == told->urgency && node_is_before(a, b)));
}

/* Only when the one that is told falls, all are looked through for the next one. */
static void note_urgency(struct watched *x, int urgent)
{
	struct watching *w = x->watching;
	const struct watched *told = w->alarm ? watching_find(w, w->alarm) : NULL;
	bool falls = urgent < x->urgency;

	if (urgent == x->urgency)
		return;
	w->urgent[x->urgency]--;
	w->urgent[urgent]++;
	x->urgency = (unsigned char)urgent;
	if (x == told)
		w->alarm_known &= !falls;
	else if (w->alarm_known && urgent > 0 && goes_before(x, told))
		w->alarm = x->id;
}

void watching_judge(struct watched *x)
{
	struct watching *w = x->watching;
	const struct node *n = site_find(app_site(w->app), x->id);
	int severity = own_severity(x), urgent = urgency_now(x);

	if (w->tallied == site_changes(app_site(w->app)) + 1 && n &&
	    severity != x->severity) {
		count(w, n, x->severity, -1);
		count(w, n, severity, 1);
	}
	x->severity = (unsigned char)severity;
	note_urgency(x, urgent);
}

/* The tallies of the site as it is now; NULL while nothing is watched. */
struct watching *watching_tallied(const struct app *a)
{
	struct watching *w = a->watching;
	const struct site *s = app_site(a);
	struct watched *x;
	size_t i = 0;

	if (!w || w->tallied == site_changes(s) + 1)
		return w;
	forget(w);
	while ((x = watching_each(w, &i))) {
		const struct node *n = site_find(s, x->id);

		watching_judge(x);	/* its group may now say another time */
		if (n)
			count(w, n, x->severity, 1);
	}
	w->tallied = site_changes(s) + 1;
	return w;
}

static struct tally *tally_of(const struct app *a, unsigned id, enum container c)
{
	struct watching *w = watching_tallied(a);

	return w ? map_get(&w->tallies, key(id, c)) : NULL;
}

static int worst_in(const struct tally *t)
{
	int severity = SEVERITIES - 1;

	while (t && severity > 0 && !t->count[severity])
		severity--;
	return t ? severity : 0;
}

int watch_severity(const struct app *a, unsigned id)
{
	struct watching *w = watching_tallied(a);
	const struct watched *x = w ? watching_find(w, id) : NULL;

	return x ? x->severity : watch_severity_in(a, id, IN_ITSELF);
}

int watch_severity_in(const struct app *a, unsigned id, enum container c)
{
	return worst_in(tally_of(a, id, c));
}

size_t watch_count_in(const struct app *a, unsigned id, enum container c, int severity)
{
	const struct tally *t = tally_of(a, id, c);
	size_t n = 0;

	for (; t && severity < SEVERITIES; severity++)
		n += t->count[severity];
	return n;
}

/* Down the branches whose tally has one of that severity. */
static unsigned first_in(const struct app *a, const struct node *n, enum container c,
    int severity)
{
	int from = c == IN_ITSELF ? 0 : (int)c, to = c == IN_ITSELF ? IN_COUNT : (int)c + 1;

	for (int i = from; i < to; i++)
		for (const struct node *child = node_first(n, i); child; child = child->next) {
			if (watch_severity(a, child->id) != severity)
				continue;
			return child->kind == KIND_GROUP ?
			    watch_worst(a, child->id, IN_ITSELF) : child->id;
		}
	return 0;
}

unsigned watch_worst(const struct app *a, unsigned id, enum container c)
{
	struct tally *t = tally_of(a, id, c);
	const struct node *n = site_find(app_site(a), id);
	int severity = worst_in(t);

	if (!n || severity == 0)
		return 0;
	if (!t->worst)
		t->worst = first_in(a, n, c, severity);
	return t->worst;
}
