/* events-linear - events as lines; a part of the events view */
#include "app/records.h"
#include "base/i18n.h"
#include "tui/eventing.h"
#include "tui/linear.h"

#include <stdlib.h>
#include <string.h>

enum { TELL = 20 };

static const struct {
	char letter;
	const char *action;
} letters[] = {
	{ 'o', "events-this-node" }, { 's', "events-severity" }, { 'w', "events-waiting" },
	{ 't', "events-kind" }, { 'p', "events-period" }, { 'c', "events-unfilter" },
	{ 'l', "events-log-in" }, { 'r', "events-reload" }, { 'A', "events-acknowledge-all" },
	{ 'x', "events-acknowledge" },
};

static void tell_row(const struct events *x, int i, struct linear *l)
{
	struct happening h = chronicle_at(x->chronicle, (size_t)i);
	struct text t = { 0 };
	char when[40];

	text_printf(&t, "%3d %s, %s, ", i + 1, events_time(h.entry->at, when, sizeof when),
	    tr(entry_severity_label(h.entry->severity)));
	entry_text(h.entry, &t);
	events_add_seen(&h, &t);
	linear_say(l, "%s", t.s);
	text_done(&t);
}

static void tell(struct events *x, struct linear *l)
{
	int n = (int)chronicle_count(x->chronicle), to = x->told + TELL;
	struct text t = { 0 };

	text_printf(&t, _("Events: %zu%s"), (size_t)n, "");
	events_filter_words(x, &t);
	linear_say(l, "%s", t.s);
	text_done(&t);
	events_source_words(x, &t);
	if (t.s)
		linear_say(l, "%s", t.s);
	text_done(&t);
	for (int i = x->told; i < to && i < n; i++)
		tell_row(x, i, l);
	x->told = to < n ? to : n;
	if (!n)
		linear_say(l, "%s", _("No event is known that the filter takes."));
}

static bool run_letter(struct events *x, const char *line)
{
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (line[0] == letters[i].letter && !line[1]) {
			x->told = 0;
			action_run(action_find(letters[i].action), x->view.tui);
			return true;
		}
	return false;
}

void events_linear(struct view *v, struct linear *l)
{
	struct events *x = (struct events *)v;
	char *line;
	int at;

	if (chronicle_busy(x->chronicle)) {
		if (!linear_wait(l))
			tui_close(v);
		return;
	}
	tell(x, l);
	line = linear_ask(l, _("A number shows all of it; m more, o its node only, s severity, w not acknowledged, t kind, p period, c all again, x acknowledge it, A all, l log in, r anew; nothing goes back: "), 0);
	at = line && *line ? atoi(line) : 0;
	if (!line || !*line) {
		tui_close(v);
	} else if (strcmp(line, "m") == 0) {
		events_go(x, x->told);
	} else if (run_letter(x, line)) {
		;	/* what comes of it is told the next time round */
	} else if (at < 1 || at > (int)chronicle_count(x->chronicle)) {
		linear_say(l, _("%s: not one of 1 to %d."), line, (int)chronicle_count(x->chronicle));
	} else {
		x->told = 0;
		events_go(x, at - 1);
		v->type->ok(v);
	}
	free(line);
}
