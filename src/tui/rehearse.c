#include "tui/rehearsing.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/draw.h"
#include "tui/mainview.h"
#include "tui/planview.h"
#include "tui/send.h"

#include <stdlib.h>
#include <string.h>

static const char title[] = N_("Rehearse outage");

static int count(const struct rehearsing *r)
{
	size_t n = 0;

	if (r->rehearsal)
		rehearsal_rows(r->rehearsal, &n);
	return (int)n;
}

const struct rehearsal_row *rehearsing_row(const struct rehearsing *r)
{
	size_t n = 0;
	const struct rehearsal_row *rows = r->rehearsal ? rehearsal_rows(r->rehearsal, &n) : NULL;

	return r->at < (int)n ? &rows[r->at] : NULL;
}

static void keep_window(struct rehearsing *r)
{
	r->top = draw_window(r->top, r->at, rehearsing_list_rows(), count(r));
}

static void move(struct view *v, enum move move)
{
	struct rehearsing *r = (struct rehearsing *)v;

	r->at = draw_step(r->at, count(r), rehearsing_list_rows() - 1, move);
	keep_window(r);
}

static void cancel(struct view *v)
{
	tui_close(v);
}

/* To the node, past the plan that it was opened from. */
static void ok(struct view *v)
{
	struct tui *t = v->tui;
	const struct rehearsal_row *row = rehearsing_row((struct rehearsing *)v);
	unsigned id = row ? row->node : 0;

	if (!site_find(app_site(t->app), id))
		return;
	while (t->top != t->main)
		tui_close(t->top);
	mainview_go(t, (struct place){ id, IN_ITSELF });
}

static void mouse(struct view *v, const struct mouse *m)
{
	struct rehearsing *r = (struct rehearsing *)v;

	if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN)
		move(v, m->what == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN);
	if (m->on.kind != TARGET_ROW || (int)m->on.n >= count(r))
		return;
	if (m->what == MOUSE_PRESS)
		r->at = (int)m->on.n;
	else if (m->what == MOUSE_DOUBLE)
		ok(v);
}

/* The row in words. */
static char *copy(struct view *v, struct err *e)
{
	const struct rehearsing *r = (const struct rehearsing *)v;
	const struct rehearsal_row *row = rehearsing_row(r);
	struct text words = { 0 };

	if (row)
		rehearsing_words(r, row, &words);
	else
		err_set(e, _("no row is selected"));
	return row ? text_take(&words) : NULL;
}

static void rehearsing_free(struct rehearsing *r)
{
	rehearsal_free(r->rehearsal);
	transfer_free(r->transfer);
	outage_done(&r->outage);
	if (r->password)
		explicit_bzero(r->password, strlen(r->password));
	free(r->password);
	free(r);
}

static void free_view(struct view *v)
{
	rehearsing_free((struct rehearsing *)v);
}

static const struct view_type type = {
	.name = "rehearsal", .draw = rehearsing_draw, .move = move, .ok = ok, .cancel = cancel,
	.mouse = mouse, .copy = copy, .free = free_view, .linear = rehearsing_linear,
};

static void told(struct rehearsal *x, void *arg)
{
	struct rehearsing *r = arg;

	(void)x;
	tui_draw_soon(r->view.tui);
}

/* In place of the one before, which is over. */
static void start(struct tui *t, struct rehearsing *r)
{
	struct err e;

	rehearsal_free(r->rehearsal);
	r->rehearsal = NULL;
	r->rehearsal = rehearsal_start(t->app, &r->outage, r->transfer, r->password, told, r, &e);
	if (r->rehearsal) {
		if (r->at >= count(r))
			r->at = 0;
		keep_window(r);
		return;
	}
	tui_close(&r->view);
	ask_message(t, tr(title), e.text);
}

static void met(struct tui *t, struct transfer *x, const char *password, void *arg)
{
	struct rehearsing *r = arg;

	if (!x) {
		rehearsing_free(r);
		return;
	}
	r->transfer = x;
	r->password = mem_dup(password);
	tui_push(t, &r->view, &type);
	start(t, r);
}

/* What fails: in the plan on top, else by what is selected. How many there are. */
static size_t take_outage(struct tui *t, struct outage *o)
{
	const struct outage *planned = planview_outage(t);
	struct place place = mainview_place(t);
	const struct node *n = site_find(app_site(t->app), place.id);

	if (planned)
		outage_copy(o, planned);
	else if (n)
		outage_add(o, n, place.container);
	return o->failed.n;
}

bool rehearse_can(struct tui *t, struct err *e)
{
	struct outage o = { 0 };
	size_t fails;

	if (t->top->type == &type)
		return rehearsal_over(((struct rehearsing *)t->top)->rehearsal) ||
		    err_set(e, _("They are still being asked."));
	if (!serverorder_allowed(t->app, ORDER_REHEARSE, e))
		return false;
	fails = take_outage(t, &o);
	outage_done(&o);
	if (!fails)
		return err_set(e, "%s", planview_outage(t) ?
		    _("Nothing fails. Space: the power device under the cursor, a: all of them.") :
		    _("Nothing would fail: select power devices, or what needs them."));
	return serverorder_via(t->app, e) != 0;
}

void rehearse_open(struct tui *t)
{
	struct rehearsing *r;
	struct err e;

	if (t->top->type == &type) {
		start(t, (struct rehearsing *)t->top);
		return;
	}
	r = mem_new(struct rehearsing);
	take_outage(t, &r->outage);
	send_meet(t, serverorder_via(t->app, &e), title, met, r);
}
