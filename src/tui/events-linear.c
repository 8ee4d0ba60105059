/* events-linear - events as lines; a part of the events view */
#include "app/entry-words.h"
#include "base/i18n.h"
#include "tui/eventing.h"
#include "tui/linear.h"

enum { TELL = 20 };

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

static void go(struct view *v, int row)
{
	events_go((struct events *)v, row);
}

static void more(struct view *v)
{
	struct events *x = (struct events *)v;

	x->told = x->more;
	events_go(x, x->told);
}

void events_linear(struct view *v, struct linear *l)
{
	static const struct linear_word words[] = { { "m", N_("more"), more }, { 0 } };
	struct events *x = (struct events *)v;
	struct linear_view o = { .number = _("A number shows all of it"), .go = go,
	    .words = words };
	enum linear_turn turn;

	if (chronicle_busy(x->chronicle)) {
		if (!linear_wait(l))
			tui_close(v);
		return;
	}
	tell(x, l);
	x->more = x->told;
	x->told = 0;	/* whatever is done but "more" has them told from the first */
	o.rows = (int)chronicle_count(x->chronicle);
	turn = linear_turn(v, l, &o);
	if (turn == LINEAR_ROW)
		v->type->ok(v);
	else if (turn == LINEAR_BACK)
		tui_close(v);
}
