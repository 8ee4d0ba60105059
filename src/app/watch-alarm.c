/* watch-alarm - what is to be told first; a part of watch */
#include "app/context.h"
#include "app/watching.h"
#include "base/i18n.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

unsigned watching_trouble(const struct reading *r)
{
	static const unsigned bad[] = { FLAG_NO_BATTERY, FLAG_BATTERY_FAULT,
		FLAG_OVERLOAD, FLAG_OVERHEATED, FLAG_REPLACE_BATTERY };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (r->flags & bad[i])
			return bad[i];
	return 0;
}

/* "14:03:12", of a loop_now() in the past. */
static const char *clock_at(int64_t at, char buf[16])
{
	time_t t = time(NULL) - (time_t)((loop_now() - at) / 1000);
	struct tm tm;

	strftime(buf, 16, "%H:%M:%S", localtime_r(&t, &tm));
	return buf;
}

int64_t watch_on_battery(const struct ups_status *u)
{
	double told = u->reading.on_battery_seconds;

	return isnan(told) ? (loop_now() - u->state_since) / 1000 :
	    (int64_t)told + (loop_now() - u->at) / 1000;
}

/* What comes next: the outage is confirmed (R29), then the battery is empty. */
static void describe_outage(const struct node *n, const struct ups_status *u,
    enum ups_state state, const char *since, struct alarm *alarm)
{
	int64_t confirmed = node_ups(n)->set->confirm - watch_on_battery(u);
	double left = u->reading.runtime_seconds - (double)((loop_now() - u->at) / 1000);
	int len = snprintf(alarm->text, sizeof alarm->text, _("%s %s since %s"), node_name(n),
	    tr(state_label(state)), since);
	char *end = alarm->text + len;
	size_t room = sizeof alarm->text - (size_t)len;

	if (len < 0 || (size_t)len >= sizeof alarm->text)
		return;
	if (state == UPS_ON_BATTERY && confirmed > 0)
		snprintf(end, room, _(", outage in %d s"), (int)confirmed);
	else if (left >= 120)
		snprintf(end, room, _(", empty in %d min"), (int)(left / 60));
	else if (left >= 0)	/* nor not told */
		snprintf(end, room, _(", empty in %d s"), (int)left);
}

static void describe(const struct app *a, const struct node *n,
    struct alarm *alarm)
{
	const struct ups_status *u = watch_ups(a, n->id);
	const struct terminal_status *t = watch_terminal(a, n->id);
	enum ups_state state = watch_ups_state(a, n->id);
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
	else if (u && state_severity(u->reading.state) < 2 && watching_trouble(&u->reading))
		snprintf(alarm->text, sizeof alarm->text, "%s: %s", node_name(n),
		    tr(flag_label(watching_trouble(&u->reading))));
	else if (u && state_severity(u->reading.state) < 1 && watch_ups_replaced(a, n->id))
		snprintf(alarm->text, sizeof alarm->text,
		    _("%s is another UPS since %s: serial number %s, it was %s"),
		    node_name(n), clock_at(u->replaced_at, since), u->reading.serial,
		    u->replaced);
	else if (u && (state == UPS_ON_BATTERY || state == UPS_LOW_BATTERY))
		describe_outage(n, u, state, clock_at(u->state_since, since), alarm);
	else if (u)
		snprintf(alarm->text, sizeof alarm->text, _("%s %s since %s"),
		    node_name(n), tr(state_label(state)), clock_at(u->state_since, since));
	else if (t && !terminal_state_severity(t->state) && t->revision == t->others)
		snprintf(alarm->text, sizeof alarm->text,
		    _("%s holds revision %d with other content than the others since %s"),
		    node_name(n), t->revision, clock_at(t->differs_since, since));
	else if (t && !terminal_state_severity(t->state))
		snprintf(alarm->text, sizeof alarm->text,
		    _("%s holds revision %d, others %d, since %s"), node_name(n),
		    t->revision, t->others, clock_at(t->differs_since, since));
	else if (t)
		snprintf(alarm->text, sizeof alarm->text, _("%s %s since %s"),
		    node_name(n), tr(terminal_state_label(t->state)),
		    clock_at(t->silent_since, since));
}

static const struct watched *find(const struct watching *w, unsigned id)
{
	return watching_find(w, id);
}

/* Of those that are alike, the first in the tree; it is looked for no further. */
static unsigned most_urgent(const struct watching *w)
{
	const struct node *top = &site_network(app_site(w->app))->node, *n;
	int most = WATCH_URGENCIES - 1;

	while (most > 0 && !w->urgent[most])
		most--;
	for (n = most ? top : NULL; n; n = node_next(n, top)) {
		const struct watched *x = find(w, n->id);

		if (x && x->urgency == most)
			return n->id;
	}
	return 0;
}

bool watch_alarm(const struct app *a, struct alarm *alarm)
{
	struct watching *w = watching_tallied(a);
	const struct node *n;
	bool paused;

	*alarm = (struct alarm){ 0 };
	if (!w)
		return false;
	if (!w->alarm_known) {
		w->alarm = most_urgent(w);
		w->alarm_known = true;
	}
	n = site_find(app_site(a), w->alarm);
	if (!n)
		return false;
	alarm->node = n->id;
	alarm->severity = find(w, n->id)->urgency % 10;
	/* an outage is told though the screen stands still */
	paused = w->paused;
	w->paused = false;
	describe(a, n, alarm);
	w->paused = paused;
	return true;
}
