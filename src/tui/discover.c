/* discover - the list of what a search for cards finds; see discover.h */
#include "tui/discover.h"
#include "tui/discovering.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/draw.h"
#include "tui/mainview.h"

#include <stdlib.h>
#include <string.h>

static const struct view_type type;

static struct searching *of(const struct tui *t)
{
	return t->top->type == &type ? (struct searching *)t->top : NULL;
}

const struct discovered *discovering_list(const struct searching *s, int *n)
{
	size_t count;
	const struct discovered *list = discover_found(s->discover, &count);

	*n = (int)count;
	return list;
}

int discovering_cursor(const struct searching *s)
{
	int n;
	const struct discovered *list = discovering_list(s, &n);

	for (int i = 0; i < n; i++)
		if (strcmp(list[i].address, s->at) == 0)
			return i;
	return 0;
}

size_t discovering_tick_of(const struct searching *s, const char *address)
{
	size_t i;

	for (i = 0; i < s->n_ticked && strcmp(s->ticked[i], address) != 0; i++)
		;
	return i;
}

bool discovering_can_tick(const struct discovered *x)
{
	return *x->profile && !x->registered;
}

static void changed(void *arg)
{
	struct searching *s = arg;

	tui_draw_soon(s->view.tui);
}

/* Moving and ticking */

static void go(struct searching *s, int at)
{
	int n;
	const struct discovered *list = discovering_list(s, &n);

	if (n == 0)
		return;
	at = at < 0 ? 0 : at >= n ? n - 1 : at;
	text_copy(s->at, sizeof s->at, list[at].address);
	s->top = draw_window(s->top, at, discovering_window(), n);
}

static void move(struct view *v, enum move move)
{
	struct searching *s = (struct searching *)v;
	int at = discovering_cursor(s), page = discovering_window() - 1;

	switch (move) {
	case MOVE_UP:		go(s, at - 1); break;
	case MOVE_DOWN:		go(s, at + 1); break;
	case MOVE_PAGE_UP:	go(s, at - page); break;
	case MOVE_PAGE_DOWN:	go(s, at + page); break;
	case MOVE_HOME:		go(s, 0); break;
	case MOVE_END:		go(s, 1 << 20); break;
	default:		break;
	}
}

void discovering_tick(struct searching *s, const struct discovered *x, bool on)
{
	size_t i = discovering_tick_of(s, x->address);

	if (on && i == s->n_ticked && discovering_can_tick(x)) {
		mem_grow(s->ticked, s->n_ticked, s->cap_ticked);
		text_copy(s->ticked[s->n_ticked++], sizeof *s->ticked, x->address);
	} else if (!on && i < s->n_ticked) {
		memmove(s->ticked[i], s->ticked[i + 1], (--s->n_ticked - i) * sizeof *s->ticked);
	}
}

bool discover_is_open(struct tui *t, struct err *e)
{
	return of(t) || err_set(e, _("This is for the list of found cards."));
}

static void nothing_to_tick(struct tui *t)
{
	screen_beep();
	tui_say(t, 1, _("There is no card to tick yet."));
}

void discover_tick(struct tui *t)
{
	struct searching *s = of(t);
	int n, at = discovering_cursor(s);
	const struct discovered *list = discovering_list(s, &n);

	if (n == 0) {
		nothing_to_tick(t);
		return;
	}
	if (!discovering_can_tick(&list[at])) {
		screen_beep();
		tui_say(t, 1, list[at].registered ? _("It is registered already.") :
		    _("It is no UPS that a profile knows."));
		return;
	}
	discovering_tick(s, &list[at], discovering_tick_of(s, list[at].address) == s->n_ticked);
	go(s, at + 1);
}

/* All that can be; if they all are, none. */
void discover_tick_all(struct tui *t)
{
	struct searching *s = of(t);
	int n, most = 0;
	const struct discovered *list = discovering_list(s, &n);
	bool on;

	for (int i = 0; i < n; i++)
		most += discovering_can_tick(&list[i]);
	if (!most)
		nothing_to_tick(t);
	on = (int)s->n_ticked < most;
	for (int i = 0; i < n; i++)
		discovering_tick(s, &list[i], on);
}

/* Registering */

static void register_in(struct searching *s, unsigned group)
{
	struct tui *t = s->view.tui;
	int n;
	const struct discovered *list = discovering_list(s, &n);
	size_t *which = mem_zero((size_t)n + 1, sizeof *which), count = 0, done;
	struct err e = { .text = "" };

	for (int i = 0; i < n; i++)
		if (discovering_tick_of(s, list[i].address) < s->n_ticked)
			which[count++] = (size_t)i;
	if (!discover_register(s->discover, group, which, count, &done, &e)) {
		ask_message(t, _("Nothing was registered"), e.text);
	} else {
		tui_close(&s->view);
		mainview_go(t, (struct place){ group, IN_POWER });
		tui_say(t, 0, ngettext("%zu card registered; u takes it back",
		    "%zu cards registered; u takes them back", (unsigned long)done), done);
	}
	free(which);
}

static void group_said(struct tui *t, int which, const char *text, void *arg)
{
	struct searching *s = arg;

	(void)t;
	(void)text;
	if (which >= 0)
		register_in(s, s->groups[which]);
}

/* The groups of the site, the one where the operator was first. */
void discovering_ask_group(struct searching *s)
{
	struct tui *t = s->view.tui;
	const struct site *site = app_site(t->app);
	const struct node *top = &site_network(site)->node, *n, *here;
	size_t count = site_count(site, KIND_GROUP);
	char **labels = mem_zero(count + 1, sizeof *labels);
	int k = 0, at = 0;

	here = site_find(site, mainview_place(t).id);
	while (here && here->kind != KIND_GROUP)
		here = here->parent;
	s->groups = mem_realloc(s->groups, count + 1, sizeof *s->groups);
	for (n = top; n; n = node_next(n, top)) {
		if (n->kind != KIND_GROUP)
			continue;
		at = n == here ? k : at;
		s->groups[k] = n->id;
		labels[k++] = node_path(n);
	}
	ask_choice(t, _("Register in which group?"), (const char *const *)labels, k, at,
	    group_said, s);
	while (k > 0)
		free(labels[--k]);
	free(labels);
}

static void ok(struct view *v)
{
	struct searching *s = (struct searching *)v;

	if (s->n_ticked == 0) {
		screen_beep();
		tui_say(v->tui, 1, _("Nothing is ticked: Space ticks a card, a all."));
	} else {
		discovering_ask_group(s);
	}
}

static void cancel(struct view *v)
{
	struct searching *s = (struct searching *)v;

	if (discover_busy(s->discover))
		discover_stop(s->discover);
	else
		tui_close(v);
}

static void mouse(struct view *v, const struct mouse *m)
{
	struct searching *s = (struct searching *)v;

	if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN)
		move(v, m->what == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN);
	else if (m->what == MOUSE_PRESS && m->on.kind == TARGET_ROW)
		go(s, (int)m->on.n);
	else if (m->what == MOUSE_DOUBLE && m->on.kind == TARGET_ROW)
		discover_tick(v->tui);
}

static void free_view(struct view *v)
{
	struct searching *s = (struct searching *)v;

	discover_free(s->discover);
	free(s->where);
	free(s->ticked);
	free(s->groups);
	free(s);
}

static const struct view_type type = {
	.name = "discover", .draw = discovering_draw, .move = move, .ok = ok, .cancel = cancel,
	.mouse = mouse, .free = free_view, .linear = discovering_linear,
};

bool discovering_open(struct tui *t, const struct discover_settings *o, struct err *e)
{
	struct searching *s = mem_new(struct searching);

	s->view.tui = t;
	s->discover = discover_start(t->app, o, changed, s, e);
	if (!s->discover) {
		free(s);
		return false;
	}
	s->where = mem_dup(o->where);
	tui_push(t, &s->view, &type);
	return true;
}
