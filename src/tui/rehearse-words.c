/* A rehearsal in words, and as lines where there is no screen; a part of rehearse */
#include "tui/rehearsing.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/linear.h"

#include <stdio.h>

void rehearsing_title(const struct rehearsing *r, struct text *t)
{
	size_t all = site_count(app_site(r->view.tui->app), KIND_UPS);

	text_printf(t, ngettext("Rehearsal: %zu of %zu power device fails",
	    "Rehearsal: %zu of %zu power devices fail", all), r->outage.failed.n, all);
}

const char *rehearsing_mark(enum rehearsal_end end, enum role *role)
{
	static const struct { const char *mark; enum role role; } marks[] = {
		[REHEARSAL_PENDING] = { " ", ROLE_GREYED },
		[REHEARSAL_GOOD] = { "=", ROLE_GOOD },
		[REHEARSAL_DOUBTFUL] = { "~", ROLE_WARNING },
		[REHEARSAL_FAILS] = { "!", ROLE_ALARM },
	};

	*role = marks[end].role;
	return marks[end].mark;
}

enum role rehearsing_totals(const struct rehearsing *r, struct text *t)
{
	size_t n, count[REHEARSAL_FAILS + 1] = { 0 };
	const struct rehearsal_row *rows = rehearsal_rows(r->rehearsal, &n);
	enum role role = ROLE_GREYED;

	for (size_t i = 0; i < n; i++)
		count[rows[i].end]++;
	text_printf(t, ngettext("%zu order", "%zu orders", n), n);
	for (int end = REHEARSAL_GOOD; end <= REHEARSAL_FAILS; end++)
		if (count[end]) {
			text_printf(t, " · %s: %zu", tr(rehearsal_end_label(end)), count[end]);
			rehearsing_mark(end, &role);
		}
	if (count[REHEARSAL_PENDING])
		text_printf(t, " · %s: %zu", tr(rehearsal_end_label(REHEARSAL_PENDING)),
		    count[REHEARSAL_PENDING]);
	return role;
}

const char *rehearsing_note(const struct rehearsing *r, struct text *t)
{
	const struct err *e = rehearsal_error(r->rehearsal);

	if (e)
		text_add(t, e->text);
	else if (rehearsal_note(r->rehearsal))
		text_printf(t, _("Nothing is switched. %s"), rehearsal_note(r->rehearsal));
	else
		text_printf(t, _("Nothing is switched. Servers are asked over %s."),
		    transfer_where(r->transfer));
	return t->s;
}

void rehearsing_seconds(const struct rehearsal_row *row, char *buf, size_t size)
{
	if (row->at.earliest == row->at.latest)
		snprintf(buf, size, "%d", row->at.latest);
	else
		snprintf(buf, size, "%d-%d", row->at.earliest, row->at.latest);
}

void rehearsing_words(const struct rehearsing *r, const struct rehearsal_row *row,
    struct text *t)
{
	const struct node *n = site_find(app_site(r->view.tui->app), row->node);
	char seconds[32];

	rehearsing_seconds(row, seconds, sizeof seconds);
	text_printf(t, "%s, %s %s %s: %s", n ? node_name(n) : "?", tr(step_label(row->step)),
	    seconds, _("s"), tr(rehearsal_end_label(row->end)));
	if (*row->words)
		text_printf(t, " · %s", row->words);
}

/* In lines */

static void tell(const struct rehearsing *r, struct linear *l)
{
	size_t n;
	const struct rehearsal_row *rows = rehearsal_rows(r->rehearsal, &n);
	struct text t = { 0 };

	rehearsing_title(r, &t);
	linear_say(l, "%s", t.s);
	text_done(&t);
	linear_say(l, "%s", rehearsing_note(r, &t));
	text_done(&t);
	for (size_t i = 0; i < n; i++) {
		enum role role;

		rehearsing_words(r, &rows[i], &t);
		linear_say(l, "%3zu %s %s", i + 1, rehearsing_mark(rows[i].end, &role), t.s);
		text_done(&t);
	}
	rehearsing_totals(r, &t);
	linear_say(l, "%s", t.s);
	text_done(&t);
}

static void go(struct view *v, int row)
{
	((struct rehearsing *)v)->at = row;
}

void rehearsing_linear(struct view *v, struct linear *l)
{
	struct rehearsing *r = (struct rehearsing *)v;
	struct linear_view o = { .number = _("A number goes there"), .go = go };
	enum linear_turn turn;
	size_t n;

	if (!rehearsal_over(r->rehearsal)) {
		if (!linear_wait(l))
			v->type->cancel(v);
		return;
	}
	tell(r, l);
	rehearsal_rows(r->rehearsal, &n);
	o.rows = (int)n;
	turn = linear_turn(v, l, &o);
	if (turn == LINEAR_ROW)
		v->type->ok(v);
	else if (turn == LINEAR_BACK)
		v->type->cancel(v);
}
