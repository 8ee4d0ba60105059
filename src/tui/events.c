#include "tui/events.h"

#include "app/archive.h"
#include "app/entry-words.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "tui/ask.h"
#include "tui/draw.h"
#include "tui/eventing.h"
#include "tui/login.h"
#include "tui/mainview.h"

#include <stdlib.h>
#include <string.h>

enum { AHEAD = 20 };		/* rows before the last where older ones are asked for */

void events_go(struct events *x, int at)
{
	int n = (int)chronicle_count(x->chronicle);

	x->at = at < 0 || !n ? 0 : at >= n ? n - 1 : at;
	x->top = draw_window(x->top, x->at, events_list_rows(), n);
	if (n)
		x->here = chronicle_key(x->chronicle, (size_t)x->at);
	if (x->at + AHEAD >= n || x->top + events_list_rows() >= n)
		chronicle_more(x->chronicle);
}

/* The cursor stays on its event; at the first row it stays with what is new. */
static void settle(struct events *x)
{
	int at = x->at > 0 ? chronicle_find(x->chronicle, x->here) : 0;
	int by = at - x->at;

	if (at > 0 && x->top > 0)
		x->top += by;
	events_go(x, at >= 0 ? at : x->at);
}

static void heard(void *arg)
{
	struct events *x = arg;

	settle(x);
	tui_draw_soon(x->view.tui);
}

static void changed(struct view *v)
{
	struct events *x = (struct events *)v;

	chronicle_follow(x->chronicle);
	settle(x);
}

void events_load(struct events *x)
{
	x->at = x->top = 0;
	x->told = 0;
	chronicle_load(x->chronicle, &x->filter);
}

static void move(struct view *v, enum move move)
{
	struct events *x = (struct events *)v;

	events_go(x, draw_step(x->at, (int)chronicle_count(x->chronicle), events_list_rows() - 1,
	    move));
}

static void cancel(struct view *v)
{
	tui_close(v);
}

static const struct node *named(const struct site *s, const char *name)
{
	const struct node *top = &site_network(s)->node, *n;

	for (n = *name ? node_next(top, top) : NULL; n; n = node_next(n, top))
		if (strcmp(node_name(n), name) == 0)
			return n;
	return NULL;
}

static void all_said(struct tui *t, int which, const char *text, void *arg)
{
	struct events *x = events_on_top(t);
	const struct node *n;
	int at;

	(void)text;
	(void)arg;
	at = x ? chronicle_find(x->chronicle, x->here) : -1;
	if (at < 0)
		return;
	if (which == 0) {
		n = named(app_site(t->app), chronicle_at(x->chronicle, (size_t)at).entry->name);
		if (!n) {
			tui_say(t, 1, _("The site has no node of that name."));
			return;
		}
		tui_close(&x->view);
		mainview_go(t, (struct place){ n->id, IN_ITSELF });
	} else if (which == 1) {
		action_run(action_find("events-acknowledge"), t);
	}
}

static void ok(struct view *v)
{
	static const char *const labels[] = { N_("Go to the node"), N_("Acknowledge"), N_("Close") };
	struct events *x = (struct events *)v;
	struct text words = { 0 };
	struct happening h;

	if (!chronicle_count(x->chronicle))
		return;
	x->here = chronicle_key(x->chronicle, (size_t)x->at);
	h = chronicle_at(x->chronicle, (size_t)x->at);
	events_all_words(x, &h, &words);
	ask_buttons(v->tui, _("Event"), words.s, labels, 3, *h.entry->name ? 0 : 2, all_said, NULL);
	text_done(&words);
}

static void mouse(struct view *v, const struct mouse *m)
{
	struct events *x = (struct events *)v;

	if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN)
		move(v, m->what == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN);
	else if (m->on.kind == TARGET_ROW && m->what == MOUSE_PRESS)
		events_go(x, (int)m->on.n);
	else if (m->on.kind == TARGET_ROW && m->what == MOUSE_DOUBLE)
		ok(v);
}

static char *copy(struct view *v, struct err *e)
{
	const struct events *x = (const struct events *)v;
	struct text words = { 0 };
	struct happening h;
	char when[40];

	if (!chronicle_count(x->chronicle)) {
		err_set(e, _("no row is selected"));
		return NULL;
	}
	h = chronicle_at(x->chronicle, (size_t)x->at);
	text_printf(&words, "%s ", events_time(h.entry->at, when, sizeof when));
	entry_text(h.entry, &words);
	return text_take(&words);
}

static void free_view(struct view *v)
{
	struct events *x = (struct events *)v;

	chronicle_free(x->chronicle);
	free(x->tags);
	free(x->acked);
	free(x->find);
	free(x);
}

static const struct view_type type = {
	.name = "events", .draw = events_draw, .move = move, .ok = ok, .cancel = cancel,
	.changed = changed, .mouse = mouse, .copy = copy, .free = free_view,
	.linear = events_linear,
};

struct events *events_on_top(struct tui *t)
{
	return t->top->type == &type ? (struct events *)t->top : NULL;
}

static void logged_in(struct tui *t)
{
	events_load(events_on_top(t));
}

void events_log_in(struct tui *t)
{
	static struct login login = { .then = logged_in };

	login_open(t, &login);
}

static void open_for(struct tui *t, const struct node *n)
{
	struct events *x = mem_new(struct events);

	x->chronicle = chronicle_new(t->app, heard, x);
	if (n)
		text_copy(x->filter.node, sizeof x->filter.node, node_name(n));
	tui_push(t, &x->view, &type);
	events_load(x);
	if (!archive_role(t->app) && login_can(t, &(struct err){ .kind = 0 }))
		events_log_in(t);
}

void events_open(struct tui *t)
{
	open_for(t, NULL);
}

bool events_can_open_here(struct tui *t, struct err *e)
{
	const struct node *n = mainview_node(t);

	return (n && n->parent) || err_set(e, _("Select the node whose events are to be shown."));
}

void events_open_here(struct tui *t)
{
	open_for(t, mainview_node(t));
}

bool events_is_open(struct tui *t, struct err *e)
{
	return events_on_top(t) || err_set(e, _("Open the events first."));
}

bool events_can_log_in(struct tui *t, struct err *e)
{
	return events_is_open(t, e) && login_can(t, e);
}

void events_reload(struct tui *t)
{
	events_load(events_on_top(t));
}
