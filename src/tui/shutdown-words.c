/* What servers say that were told to go down, in words; a part of shutdown */
#include "tui/shutting.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/cell.h"
#include "tui/linear.h"

#include <stdio.h>

/* In lines others that are silent are waited for so long, when one could be called off. */
enum { LINEAR_MS = 2000 };

static void put(struct said *o, const char *mark, enum role role, const char *words)
{
	o->mark = mark;
	o->role = role;
	text_show(o->words, sizeof o->words, words);
}

static void put_why(struct said *o, const char *mark, const char *words, const char *why)
{
	char text[500];

	snprintf(text, sizeof text, *why ? "%s: %s" : "%s%s", words, why);
	put(o, mark, ROLE_ALARM, text);
}

/* It goes down. */
static void say_taken(const struct shutting *s, size_t i, struct said *o)
{
	const struct order_row *back = shutting_back(s, i);
	int left = shutting_left(s, i);
	char text[100];

	if (back && back->end != ORDER_PENDING) {
		put_why(o, "!", _("not called off"), back->why);
	} else if (left > 0) {
		snprintf(text, sizeof text, _("goes down in %d s"), left);
		put(o, "+", ROLE_WARNING, text);
	} else {
		put(o, "+", ROLE_WARNING, _("goes down"));
	}
}

void shutting_said(const struct shutting *s, size_t i, struct said *o)
{
	const struct order_row *r = shutting_row(s, i), *back = shutting_back(s, i);

	/* also of one whose answer to the order was lost */
	if (back && back->end == ORDER_TAKEN)
		put(o, "=", ROLE_GOOD, _("called off: it stays up"));
	else if (r && r->end == ORDER_TAKEN)
		say_taken(s, i, o);
	else if (r && r->end == ORDER_REFUSED)
		put_why(o, "!", tr(order_end_label(r->end)), r->why);
	else if (r && r->end == ORDER_UNREACHED)
		put_why(o, "-", tr(order_end_label(r->end)), r->why);
	else
		put(o, " ", ROLE_GREYED, tr(order_end_label(ORDER_PENDING)));
}

void shutting_details(const struct shutting *s, size_t i, struct text *t)
{
	const struct order_row *r = shutting_row(s, i), *back = shutting_back(s, i);
	struct said said;

	shutting_said(s, i, &said);
	text_add(t, said.words);
	if (!r || r->end != ORDER_TAKEN || (back && back->end == ORDER_TAKEN))
		return;
	if (*r->does)
		text_printf(t, _(" · it runs %s"), r->does);
	if (r->takes >= 0)
		text_printf(t, _(" · counts %d s for going down"), r->takes);
}

const char *shutting_error(const struct shutting *s)
{
	return *s->down.error ? s->down.error : s->back.error;
}

const char *shutting_hint(const struct shutting *s)
{
	struct err e;

	if (shutting_can_call_off(s, &e))
		return _("c calls it off. Esc closes; what was sent stays sent.");
	return shutting_is_over(s) ? _("Esc closes; what becomes of them shows in the list.") :
	    _("Esc closes; what was sent stays sent, and shows in the list.");
}

/* In lines */

static void linear_row(const struct shutting *s, size_t i, struct linear *l)
{
	struct app *app = s->view.tui->app;
	const struct node *n = site_find(app_site(app), s->ids[i]);
	enum role role = ROLE_TEXT;
	struct text words = { 0 };
	char state[200] = "";

	if (n)
		cell_state(app, n, state, sizeof state, &role);
	shutting_details(s, i, &words);
	linear_say(l, "%s: %s%s%s%s", n ? node_name(n) : "?", words.s, *state ? " (" : "", state,
	    *state ? ")" : "");
	text_done(&words);
}

void shutting_linear(struct view *v, struct linear *l)
{
	struct shutting *s = (struct shutting *)v;
	bool late = shutting_counts(s) && loop_now() - s->given_at > LINEAR_MS;

	if (s->going_back || (!shutting_is_over(s) && !late)) {
		if (!linear_wait(l))
			v->type->cancel(v);
		return;
	}
	for (size_t i = 0; i < s->n; i++)
		linear_row(s, i, l);
	if (*shutting_error(s))
		linear_say(l, "%s", shutting_error(s));
	if (linear_turn(v, l, &(struct linear_view){ 0 }) == LINEAR_BACK)
		v->type->cancel(v);
}
