/* events-filter - which events are shown; a part of the events view */
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utc.h"
#include "tui/ask.h"
#include "tui/eventing.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const struct {
	const char *label;	/* N_() */
	int64_t s;
} periods[] = {
	[PERIOD_ALL] = { N_("all there are"), 0 },
	[PERIOD_HOUR] = { N_("last hour"), 3600 },
	[PERIOD_DAY] = { N_("last day"), 86400 },
	[PERIOD_WEEK] = { N_("last week"), 7 * 86400 },
	[PERIOD_MONTH] = { N_("last month"), 31 * 86400 },
	[PERIOD_TYPED] = { N_("from … to …"), 0 },
};
enum { PERIODS = sizeof periods / sizeof *periods };

void events_filter_words(const struct events *x, struct text *t)
{
	const struct chronicle_filter *f = &x->filter;

	if (*f->node)
		text_printf(t, " · %s", f->node);
	if (f->severity >= 3)
		text_printf(t, " · %s", _("alarms"));
	else if (f->severity == 2)
		text_printf(t, " · %s", _("warnings and alarms"));
	for (enum entry_kind k = 0; k < ENTRY_KINDS; k++)
		if (f->kinds & 1u << k)
			text_printf(t, " · %s", tr(entry_kind_label(k)));
	if (x->period != PERIOD_ALL)
		text_printf(t, " · %s", x->period == PERIOD_TYPED ? x->typed :
		    tr(periods[x->period].label));
	if (f->waiting)
		text_printf(t, " · %s", _("not acknowledged"));
}

void events_this_node(struct tui *t)
{
	struct events *x = events_on_top(t);
	const char *name = chronicle_count(x->chronicle) ?
	    chronicle_at(x->chronicle, (size_t)x->at).entry->name : "";

	if (*x->filter.node)
		*x->filter.node = '\0';
	else if (*name)
		text_copy(x->filter.node, sizeof x->filter.node, name);
	else
		tui_say(t, 1, _("This event is of no node."));
	events_load(x);
}

void events_severity(struct tui *t)
{
	struct events *x = events_on_top(t);

	x->filter.severity = x->filter.severity == 0 ? 2 : x->filter.severity == 2 ? 3 : 0;
	events_load(x);
}

void events_waiting(struct tui *t)
{
	struct events *x = events_on_top(t);

	x->filter.waiting = !x->filter.waiting;
	events_load(x);
}

static void kind_said(struct tui *t, int which, const char *text, void *arg)
{
	struct events *x = events_on_top(t);

	(void)text;
	(void)arg;
	if (which < 0 || !x)
		return;
	x->filter.kinds = which == 0 ? 0 : 1u << (which - 1);
	events_load(x);
}

void events_kind(struct tui *t)
{
	struct events *x = events_on_top(t);
	const char *labels[ENTRY_KINDS + 1];
	int at = 0;

	labels[0] = _("all kinds");
	for (int k = 0; k < ENTRY_KINDS; k++) {
		labels[k + 1] = tr(entry_kind_label((enum entry_kind)k));
		if (x->filter.kinds == 1u << k)
			at = k + 1;
	}
	ask_choice(t, _("Which events?"), labels, ENTRY_KINDS + 1, at, kind_said, NULL);
}

/* A date is the beginning of that day here; anything else as utc_parse() has it. */
static bool parse_time(const char *s, int64_t *ms)
{
	struct tm tm = { .tm_isdst = -1 };
	int n = 0;

	if (sscanf(s, "%4d-%2d-%2d%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &n) == 3 && !s[n]) {
		if (tm.tm_mon < 1 || tm.tm_mon > 12 || tm.tm_mday < 1 || tm.tm_mday > 31)
			return false;
		tm.tm_year -= 1900;
		tm.tm_mon--;
		*ms = (int64_t)mktime(&tm) * 1000;
		return true;
	}
	return utc_parse(s, utc_now(), ms);
}

static bool parse_period(const char *text, int64_t *since, int64_t *until, struct err *e)
{
	char from[100] = "", to[100] = "", more[2];
	int n = sscanf(text, "%99s %99s %1s", from, to, more);

	*since = *until = 0;
	return (n >= 1 && n <= 2 && parse_time(from, since) && (n == 1 || parse_time(to, until)) &&
	    (n == 1 || *since < *until)) ||
	    err_set(e, _("%s: a time, or two of which the first is earlier, like 2026-11-01, 2026-11-01T03:42:00Z or -2h"), text);
}

static void typed_said(struct tui *t, int which, const char *text, void *arg)
{
	struct events *x = events_on_top(t);
	int64_t since, until;
	struct err e;

	(void)arg;
	if (which != 0 || !x)
		return;
	if (!parse_period(text, &since, &until, &e)) {
		ask_message(t, _("From when to when?"), e.text);
		return;
	}
	x->period = PERIOD_TYPED;
	text_copy(x->typed, sizeof x->typed, text);
	x->filter.since = since;
	x->filter.until = until;
	events_load(x);
}

static void period_said(struct tui *t, int which, const char *text, void *arg)
{
	struct events *x = events_on_top(t);

	(void)text;
	(void)arg;
	if (which < 0 || !x)
		return;
	if (which == PERIOD_TYPED) {
		ask_text(t, _("From when to when?"),
		    _("Two times, or one to begin with: 2026-11-01 is that day's beginning, -2h two hours ago."),
		    x->typed, false, typed_said, NULL);
		return;
	}
	x->period = (enum period)which;
	x->filter.since = periods[which].s ? utc_now() - periods[which].s * 1000 : 0;
	x->filter.until = 0;
	events_load(x);
}

void events_period(struct tui *t)
{
	const char *labels[PERIODS];

	for (int i = 0; i < PERIODS; i++)
		labels[i] = tr(periods[i].label);
	ask_choice(t, _("Of which time?"), labels, PERIODS, events_on_top(t)->period, period_said,
	    NULL);
}

void events_unfilter(struct tui *t)
{
	struct events *x = events_on_top(t);

	x->filter = (struct chronicle_filter){ 0 };
	x->period = PERIOD_ALL;
	events_load(x);
}
