#include "tui/relocate.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/ask.h"
#include "tui/draw.h"
#include "tui/linear.h"
#include "tui/mainview.h"
#include "tui/tagging.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct goal {
	struct place place;
	int depth;
};

struct chooser {
	struct view view;
	unsigned *ids;		/* what moves */
	size_t ids_n;
	struct goal *list;
	int n, at, top;
	size_t cap;
};

/* May all of them hang there? The words are of the first that may not. */
static bool takes(const struct chooser *c, struct place p, struct err *e)
{
	const struct site *s = app_site(c->view.tui->app);
	const struct node *to = site_find(s, p.id);

	for (size_t i = 0; i < c->ids_n; i++) {
		const struct node *n = site_find(s, c->ids[i]);

		if (!n || !to)
			return err_set(e, _("the node is gone"));
		if (node_is_below(to, n))
			return err_set(e, _("%s cannot hang below itself"), node_name(n));
		if (!site_allows(to, p.container, n->kind, e))
			return false;
	}
	return true;
}

static bool is_there(const struct chooser *c, struct place p)
{
	const struct site *s = app_site(c->view.tui->app);

	for (size_t i = 0; i < c->ids_n; i++) {
		const struct node *n = site_find(s, c->ids[i]);

		if (!n || n->parent->id != p.id || n->container != p.container)
			return false;
	}
	return true;
}

/* Groups, their containers and the network: where anything can hang at all. */
static void collect(struct chooser *c, const struct rows *r)
{
	free(c->list);
	c->list = NULL;
	c->n = 0;
	c->cap = 0;
	for (size_t i = 0; i < r->tree_n; i++) {
		struct row row = rows_row(r, (int)i);
		enum kind k = site_id_kind(row.place.id);

		if (k != KIND_GROUP && k != KIND_NETWORK)
			continue;
		mem_grow(c->list, (size_t)c->n, c->cap);
		c->list[c->n++] = (struct goal){ row.place, row.depth };
	}
	if (c->at >= c->n)
		c->at = c->n - 1;
}

static int list_rows(const struct chooser *c)
{
	int most = screen_rows() - 10;

	return c->n < most ? c->n : most;
}

static void label(const struct chooser *c, const struct goal *to, char *buf, size_t size)
{
	const struct node *n = site_find(app_site(c->view.tui->app), to->place.id);
	const char *name = to->place.container != IN_ITSELF ?
	    tr(container_label(to->place.container)) : !n ? "" :
	    n->parent ? node_name(n) : _("network");

	snprintf(buf, size, "%*s%s%s", to->depth, "", name,
	    is_there(c, to->place) ? _(" (here now)") : "");
}

static void draw_target(const struct chooser *c, int i, int y, int x, int cols)
{
	bool can = takes(c, c->list[i].place, NULL);
	enum role role = i == c->at ? ROLE_SELECTED : can ? ROLE_DIALOG : ROLE_GREYED;
	char text[400];

	screen_fill(y, x, 1, cols, role);
	/* not by colour alone */
	screen_put(y, x, 1, role, can ? shape(SHAPE_CHANGED) : " ");
	label(c, &c->list[i], text, sizeof text);
	draw_cut(y, x + 2, cols - 2, role, text);
	if (i == c->at)
		screen_cursor(y, x, false);
}

static void draw(struct view *v)
{
	struct chooser *c = (struct chooser *)v;
	const struct node *one = site_find(app_site(v->tui->app), c->ids[0]);
	int rows = list_rows(c), cols = screen_cols() - 12, x, y;
	struct err why = { .text = "" };
	char title[200];

	cols = cols > 74 ? 74 : cols;
	if (c->ids_n == 1)
		snprintf(title, sizeof title, _("Move %s to"), one ? node_name(one) : "");
	else
		snprintf(title, sizeof title, ngettext("Move %zu node to",
		    "Move %zu nodes to", c->ids_n), c->ids_n);
	draw_dialog(rows + 5, cols + 4, title, &y, &x);
	for (int i = 0; i < rows && c->top + i < c->n; i++)
		draw_target(c, c->top + i, y + i, x, cols);
	takes(c, c->list[c->at].place, &why);
	if (why.text[0])
		draw_wrapped(y + rows + 1, x, 2, cols, ROLE_ERROR, why.text);
	else
		draw_wrapped(y + rows + 1, x, 2, cols, ROLE_HINT,
		    _("Enter moves it here. › marks where it can go; Tab goes to the next such place."));
}

/* The next place that takes them, around the end. */
static void next_that_takes(struct chooser *c, int by)
{
	for (int i = 1; i <= c->n; i++) {
		int at = ((c->at + i * by) % c->n + c->n) % c->n;

		if (takes(c, c->list[at].place, NULL)) {
			c->at = at;
			return;
		}
	}
}

static void move(struct view *v, enum move move)
{
	struct chooser *c = (struct chooser *)v;
	int page = list_rows(c) - 1;

	switch (move) {
	case MOVE_UP:		c->at--; break;
	case MOVE_DOWN:		c->at++; break;
	case MOVE_PAGE_UP:	c->at -= page; break;
	case MOVE_PAGE_DOWN:	c->at += page; break;
	case MOVE_HOME:		c->at = 0; break;
	case MOVE_END:		c->at = c->n - 1; break;
	case MOVE_NEXT:		next_that_takes(c, 1); break;
	case MOVE_PREVIOUS:	next_that_takes(c, -1); break;
	default:		break;
	}
	c->at = c->at >= c->n ? c->n - 1 : c->at < 0 ? 0 : c->at;
	c->top = draw_window(c->top, c->at, list_rows(c), c->n);
}

static bool move_all(struct chooser *c, struct place to, struct err *e)
{
	struct app *app = c->view.tui->app;

	app_act_begin(app, _("move"));
	for (size_t i = 0; i < c->ids_n; i++)
		if (!app_move(app, c->ids[i], to.id, to.container, e)) {
			app_act_abort(app);
			return false;
		}
	app_act_end(app);
	return true;
}

static void ok(struct view *v)
{
	struct chooser *c = (struct chooser *)v;
	struct tui *t = v->tui;
	struct place to = c->list[c->at].place;
	unsigned first = c->ids[0];
	size_t n = c->ids_n;
	struct err e;

	if (!takes(c, to, &e) || !move_all(c, to, &e)) {
		screen_beep();
		tui_say(t, 1, "%s", e.text);
		return;
	}
	tui_close(v);
	mainview_go(t, (struct place){ first, IN_ITSELF });
	tui_say(t, 0, ngettext("%zu node moved", "%zu nodes moved", n), n);
}

static void cancel(struct view *v)
{
	tui_close(v);
}

/* Only where it can go; what leads there tells one Linked terminals from another. */
static void linear(struct view *v, struct linear *l)
{
	struct chooser *c = (struct chooser *)v;
	const struct site *site = app_site(v->tui->app);
	int *at = mem_zero((size_t)c->n, sizeof *at), n = 0, chosen;
	char **labels = mem_zero((size_t)c->n, sizeof *labels);

	for (int i = 0; i < c->n; i++) {
		struct text words = { 0 };

		if (!takes(c, c->list[i].place, NULL))
			continue;
		linear_place(site, c->list[i].place, &words);
		linear_say(l, "%3d %s", n + 1, words.s);
		at[n] = i;
		labels[n++] = text_take(&words);
	}
	chosen = linear_choose(l, (const char *const *)labels, n, -1);
	while (n > 0)
		free(labels[--n]);
	free(labels);
	c->at = chosen < 0 ? c->at : at[chosen];
	free(at);
	if (chosen < 0)
		cancel(v);
	else
		ok(v);
}

static void changed(struct view *v)
{
	struct mainview *m = mainview(v->tui);

	mainview_fresh(m);
	collect((struct chooser *)v, &m->rows);
}

static void free_view(struct view *v)
{
	struct chooser *c = (struct chooser *)v;

	free(c->ids);
	free(c->list);
	free(c);
}

static const struct view_type type = {
	.name = "move", .draw = draw, .move = move, .ok = ok, .cancel = cancel,
	.changed = changed, .free = free_view, .linear = linear,
};

bool relocate_can(struct tui *t, struct err *e)
{
	size_t n;

	free(tagging_meant(t, true, &n));
	if (!n)
		return err_set(e, _("Select a group, a power device or a terminal: this row stays where it is."));
	return app_writable(t->app, e);
}

void relocate_open(struct tui *t)
{
	struct chooser *c = mem_new(struct chooser);

	c->view.tui = t;
	c->ids = tagging_meant(t, true, &c->ids_n);
	collect(c, &mainview(t)->rows);
	for (int i = 0; i < c->n; i++)
		if (is_there(c, c->list[i].place))
			c->at = i;
	tui_push(t, &c->view, &type);
	c->top = draw_window(0, c->at, list_rows(c), c->n);
}
