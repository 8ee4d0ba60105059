/*
 * planview-words - the outage plan in words: what stands beside its bars, and all
 * of it where there is no screen; a part of planview
 */
#include "tui/planview.h"

#include "base/i18n.h"
#include "tui/linear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void planview_title(const struct planview *p, struct text *t)
{
	size_t all = site_count(app_site(p->view.tui->app), KIND_UPS);

	text_printf(t, p->outage.parallel ?
	    ngettext("Outage plan: %zu of %zu power device fails, orders at once",
		    "Outage plan: %zu of %zu power devices fail, orders at once", all) :
	    ngettext("Outage plan: %zu of %zu power device fails",
		    "Outage plan: %zu of %zu power devices fail", all), p->plan->failed, all);
}

void planview_summary(const struct planview *p, struct text *t)
{
	const struct plan *plan = p->plan;

	if (!plan->failed) {
		text_add(t, _("Nothing fails. Space: the power device under the cursor, a: all of them."));
		return;
	}
	text_printf(t, _("Servers down: %zu of %zu"), plan->down, plan->terminals);
	if (plan->control_seconds)
		text_printf(t, _(" · control terminals must live %d s"),
		    plan->control_seconds);
	if (plan->verdicts.n)
		text_printf(t, _(" · problems: %zu"), plan->verdicts.n);
}

const char *planview_fate(const struct plan_node *n)
{
	bool terminal = site_id_kind(n->id) == KIND_TERMINAL;

	switch (n->fate) {
	case FATE_UNTOUCHED:
		return terminal ? _("stays up") : "";
	case FATE_SPARED:
		return terminal ? _("stays up: enough UPSs left") : NULL;
	case FATE_UNWATCHED:
		return _("not watched: gets no order");
	default:
		return NULL;
	}
}

static void add_steps(struct text *t, const struct plan_node *n)
{
	size_t before = t->len;
	int step;

	for (step = 0; step < STEP_COUNT; step++) {
		if (!plan_happens(n, step) || step == STEP_POWER_FAILED)
			continue;
		text_printf(t, "%s%s %d", t->len > before ? " · " : "",
		    tr(step_label(step)), n->at[step].earliest);
		if (n->at[step].latest != n->at[step].earliest)
			text_printf(t, "-%d", n->at[step].latest);
		text_printf(t, " %s", _("s"));
	}
}

void planview_words(const struct planview *p, const struct plan_node *n, struct text *t)
{
	const struct node *cause = site_find(app_site(p->view.tui->app), n->cause);
	bool ups = site_id_kind(n->id) == KIND_UPS;

	add_steps(t, n);
	if (n->fate == FATE_SPARED && ups)
		text_printf(t, " · %s",
		    _("switched off by nobody: on until its battery is empty"));
	if (n->fate == FATE_DOWN && cause)
		text_printf(t, _(" · because of %s"), node_name(cause));
	if (n->fate == FATE_DOWN && ups && !n->failed)
		text_printf(t, " · %s", _("has its mains, goes off with its servers"));
}

/* A row a line: its number, what fails, and when what happens to it. */
static void tell_node(const struct planview *p, int row, struct linear *l)
{
	const struct plan_node *n = planview_node(p, row);
	const struct node *node = site_find(app_site(p->view.tui->app), n->id);
	const char *fate = planview_fate(n);
	struct text t = { 0 };

	if (fate)
		text_add(&t, fate);
	else
		planview_words(p, n, &t);
	if (n->required)
		text_printf(&t, _(" · must last %d s"), n->required);
	if (n->required && !isnan(n->runtime))
		text_printf(&t, _(", holds %.0f s"), n->runtime);
	linear_say(l, "%3d %s%s%s%s", row + 1, node ? node_name(node) : "",
	    n->failed ? _(", without mains") : "", t.len ? ": " : "", t.len ? t.s : "");
	text_done(&t);
}

static void tell(const struct planview *p, struct linear *l)
{
	struct text t = { 0 };

	planview_title(p, &t);
	linear_say(l, "%s", t.s);
	text_done(&t);
	if (p->plan->failed) {
		planview_summary(p, &t);
		linear_say(l, "%s", t.s);
		text_done(&t);
	}
	for (int i = 0; i < p->n; i++) {
		const struct finding *f = planview_verdict(p, i);

		if (f)
			linear_say(l, "%3d %s %s %s", i + 1, tr(severity_word(f->severity)),
			    f->rule, f->message);
		else
			tell_node(p, i, l);
	}
}

static void go(struct view *v, int row)
{
	((struct planview *)v)->at = row;
}

static void toggle(struct view *v)
{
	planview_toggle(v->tui);
}

void planview_linear(struct view *v, struct linear *l)
{
	static const struct linear_word words[] = {
		{ "x", N_("and a number lets it fail or not"), toggle }, { 0 },
	};
	struct planview *p = (struct planview *)v;
	struct linear_view o = { .number = _("A number goes there"), .go = go, .words = words };
	enum linear_turn turn;

	v->type->changed(v);
	tell(p, l);
	o.rows = p->n;
	turn = linear_turn(v, l, &o);
	if (turn == LINEAR_ROW)
		v->type->ok(v);
	else if (turn == LINEAR_BACK)
		v->type->cancel(v);
}
