#include "tui/shutting.h"

#include "app/operate.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "tui/ask.h"
#include "tui/draw.h"
#include "tui/mainview.h"
#include "tui/send.h"

#include <stdlib.h>
#include <string.h>

enum { UNKNOWN_MS = 60000 };	/* that one that did not answer may still go down */

static const char title[] = N_("Shut down server");

static void given_done(struct given *g)
{
	serverorder_free(g->order);
	transfer_free(g->transfer);
	g->order = NULL;
	g->transfer = NULL;
}

static void shutting_free(struct shutting *s)
{
	given_done(&s->down);
	given_done(&s->back);
	if (s->password)
		explicit_bzero(s->password, strlen(s->password));
	free(s->password);
	free(s->taken_at);
	free(s->ids);
	free(s);
}

static void free_view(struct view *v)
{
	shutting_free((struct shutting *)v);
}

/* What is known of it */

static const struct order_row *row_of(const struct given *g, unsigned id)
{
	size_t n = 0;
	const struct order_row *rows = g->order ? serverorder_rows(g->order, &n) : NULL;

	for (size_t i = 0; i < n; i++)
		if (rows[i].terminal == id)
			return &rows[i];
	return NULL;
}

const struct order_row *shutting_row(const struct shutting *s, size_t i)
{
	return row_of(&s->down, s->ids[i]);
}

const struct order_row *shutting_back(const struct shutting *s, size_t i)
{
	return row_of(&s->back, s->ids[i]);
}

static bool is_over(const struct given *g)
{
	return !g->order || serverorder_over(g->order);
}

bool shutting_is_over(const struct shutting *s)
{
	return !s->going_back && is_over(&s->down) && is_over(&s->back);
}

static bool is_called_off(const struct shutting *s, size_t i)
{
	const struct order_row *r = shutting_back(s, i);

	return r && r->end == ORDER_TAKEN;
}

int shutting_left(const struct shutting *s, size_t i)
{
	const struct order_row *r = shutting_row(s, i);
	int64_t left;

	if (!r || r->end != ORDER_TAKEN || r->in < 0 || is_called_off(s, i))
		return -1;
	left = r->in - (loop_now() - s->taken_at[i]) / 1000;
	return left > 0 ? (int)left : 0;
}

bool shutting_counts(const struct shutting *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (shutting_left(s, i) > 0)
			return true;
	return false;
}

/* The order */

static void heard(struct serverorder *o, const struct err *e, void *arg)
{
	struct shutting *s = arg;

	(void)o;
	for (size_t i = 0; i < s->n; i++) {
		const struct order_row *r = shutting_row(s, i);

		if (!r || r->end != ORDER_TAKEN || s->taken_at[i])
			continue;
		s->taken_at[i] = loop_now();
		watch_soon(s->view.tui->app, s->ids[i]);
	}
	if (e)
		text_show(s->down.error, sizeof s->down.error, e->text);
	tui_draw_soon(s->view.tui);
}

static void heard_back(struct serverorder *o, const struct err *e, void *arg)
{
	struct shutting *s = arg;

	(void)o;
	for (size_t i = 0; i < s->n; i++)
		if (is_called_off(s, i))
			watch_soon(s->view.tui->app, s->ids[i]);
	if (e)
		text_show(s->back.error, sizeof s->back.error, e->text);
	tui_draw_soon(s->view.tui);
}

static void met_again(struct transfer *x, const struct err *e, void *arg)
{
	struct shutting *s = arg;
	struct err why = { .text = "" };

	s->going_back = false;
	if (!e && transfer_pin_state(x) != PIN_KNOWN)
		err_set(&why, _("%s: its key is not the known one"), transfer_where(x));
	else if (!e)
		s->back.order = serverorder_start(s->view.tui->app, x, s->password, ORDER_CANCEL,
		    s->ids, s->n, 0, heard_back, s, &why);
	if (e || !s->back.order)
		text_show(s->back.error, sizeof s->back.error, e ? e->text : why.text);
	tui_draw_soon(s->view.tui);
}

static const struct view_type type;

static struct shutting *shutting(struct tui *t)
{
	return t->top->type == &type ? (struct shutting *)t->top : NULL;
}

/* Not the order may have been lost, but the answer to it. */
static bool may_have_it(const struct shutting *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct order_row *r = shutting_row(s, i);

		if (r && r->end == ORDER_UNREACHED && !is_called_off(s, i))
			return loop_now() - s->given_at < UNKNOWN_MS;
	}
	return false;
}

bool shutting_can_call_off(const struct shutting *s, struct err *e)
{
	if (s->going_back || !is_over(&s->back))
		return err_set(e, _("They are being told already."));
	return shutting_counts(s) || !is_over(&s->down) || may_have_it(s) ||
	    err_set(e, _("There is nothing to call off any more."));
}

bool shutdown_can_call_off(struct tui *t, struct err *e)
{
	const struct shutting *s = shutting(t);

	return s ? shutting_can_call_off(s, e) :
	    err_set(e, _("No order to servers is shown here."));
}

void shutdown_call_off(struct tui *t)
{
	struct shutting *s = shutting(t);
	struct err e;

	given_done(&s->back);
	*s->back.error = '\0';
	s->back.transfer = transfer_new(t->app, s->via, &e);
	if (!s->back.transfer) {
		text_show(s->back.error, sizeof s->back.error, e.text);
		return;
	}
	s->going_back = true;
	transfer_contact(s->back.transfer, met_again, s);
}

/* The view */

static void move(struct view *v, enum move move)
{
	struct shutting *s = (struct shutting *)v;
	int rows = shutting_list_rows(s);

	s->at = draw_step(s->at, (int)s->n, rows - 1, move);
	s->top = draw_window(s->top, s->at, rows, (int)s->n);
}

static void mouse(struct view *v, const struct mouse *m)
{
	struct shutting *s = (struct shutting *)v;

	if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN)
		move(v, m->what == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN);
	else if (m->what == MOUSE_PRESS && m->on.kind == TARGET_ROW && m->on.n < s->n)
		s->at = (int)m->on.n;
}

static void cancel(struct view *v)
{
	const struct shutting *s = (const struct shutting *)v;
	struct tui *t = v->tui;
	bool stays = shutting_counts(s) || !is_over(&s->down);

	tui_close(v);
	if (stays)
		tui_say(t, 2, "%s", _("What was sent stays sent: the servers go down. It was not called off."));
}

static const struct view_type type = {
	.name = "shutdown", .draw = shutting_draw, .move = move, .ok = cancel, .cancel = cancel,
	.mouse = mouse, .free = free_view, .linear = shutting_linear,
};

/* On the way to it */

static void confirmed(struct tui *t, int which, const char *text, void *arg)
{
	struct shutting *s = arg;
	struct err e;

	(void)text;
	if (which != 0) {
		shutting_free(s);
		return;
	}
	s->given_at = loop_now();
	tui_push(t, &s->view, &type);
	s->down.order = serverorder_start(t->app, s->down.transfer, s->password, ORDER_SHUTDOWN,
	    s->ids, s->n, ORDER_IN, heard, s, &e);
	if (s->down.order)
		return;
	tui_close(&s->view);
	ask_message(t, tr(title), e.text);
}

static void met(struct tui *t, struct transfer *x, const char *password, void *arg)
{
	struct shutting *s = arg;
	struct text words = { 0 };
	char *name;

	if (!x) {
		shutting_free(s);
		return;
	}
	s->down.transfer = x;
	s->password = mem_dup(password);
	/* the name is the tree's, which may change while it is asked */
	name = mem_dup(operate_name(t->app, s->ids, s->n));
	serverorder_words(t->app, s->ids, s->n, ORDER_IN, &words);
	ask_typed(t, tr(title), words.s ? words.s : "", name, confirmed, s);
	text_done(&words);
	free(name);
}

bool shutdown_can(struct tui *t, struct err *e)
{
	size_t n;

	if (!serverorder_allowed(t->app, ORDER_SHUTDOWN, e))
		return false;
	free(mainview_chosen(t, KIND_TERMINAL, &n));
	return (n > 0 || err_set(e, _("Select a server, or tag some."))) &&
	    serverorder_via(t->app, e) != 0;
}

void shutdown_open(struct tui *t)
{
	struct shutting *s = mem_new(struct shutting);
	struct err e;

	s->ids = mainview_chosen(t, KIND_TERMINAL, &s->n);
	s->taken_at = mem_zero(s->n + 1, sizeof *s->taken_at);
	s->via = serverorder_via(t->app, &e);
	send_meet(t, s->via, title, met, s);
}
