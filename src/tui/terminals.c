#include "tui/terminals.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/cell.h"
#include "tui/draw.h"
#include "tui/linear.h"
#include "tui/mainview.h"

#include <stdio.h>
#include <stdlib.h>

struct terminals {
	struct view view;
	unsigned *ids;		/* in tree order */
	int n, at, top;
};

enum { WRONG_ROWS = 5 };

/* The list anew; the cursor stays on its terminal, or on the row it had. */
static void changed(struct view *v)
{
	struct terminals *x = (struct terminals *)v;
	const struct site *site = app_site(v->tui->app);
	const struct node *top = (const struct node *)site_network(site), *n;
	unsigned was = x->n ? x->ids[x->at] : 0;

	x->ids = mem_realloc(x->ids, site_count(site, KIND_TERMINAL) + 1, sizeof *x->ids);
	x->n = 0;
	for (n = top; n; n = node_next(n, top))
		if (n->kind == KIND_TERMINAL) {
			if (n->id == was)
				x->at = x->n;
			x->ids[x->n++] = n->id;
		}
	if (x->at >= x->n)
		x->at = x->n ? x->n - 1 : 0;
}

/* What is wrong with a terminal, and what to do. */
static const char *wrong_words(const struct terminal_status *s)
{
	return s->error[0] ? s->error : s->differs ?
	    _("It has held another site than the others for more than a minute: = compares, s sends this one.") : "";
}

/* Lines that stand below the facts of the selected one. */
static int wrong_rows(const struct terminals *t)
{
	const struct terminal_status *s = t->n ? watch_terminal(t->view.tui->app, t->ids[t->at]) : NULL;
	int rows = s ? draw_wrapped(0, 0, 0, screen_cols() - 4, ROLE_WARNING, wrong_words(s)) : 0;

	return rows < 2 ? 2 : rows > WRONG_ROWS ? WRONG_ROWS : rows;
}

/* The head and the rows. */
static int list_rows(const struct terminals *t)
{
	return screen_rows() - 6 - wrong_rows(t);
}

/* The columns: where each begins, and its title. */
static const struct { int part; const char *title; } columns[] = {
	{ 0, N_("Name") }, { 19, N_("IP address") }, { 40, N_("State") },
	{ 62, N_("Revision") }, { 79, N_("Digest") }, { 90, N_("Version") },
};
enum { COLUMNS = sizeof columns / sizeof *columns, PARTS = 100 };

static int column_x(int i, int cols)
{
	return i < COLUMNS ? columns[i].part * cols / PARTS : cols;
}

static void put(int y, int x, int cols, int column, enum role role, const char *text)
{
	int at = column_x(column, cols);

	draw_label(y, x + at, column_x(column + 1, cols) - at - 1, role, text);
}

/* What it holds, beside what we have. */
static enum role revision(const struct app *a, const struct terminal_status *s, char *buf,
    size_t size)
{
	enum drift drift = watch_drift(a, s);

	buf[0] = '\0';
	switch (drift) {
	case DRIFT_SAME:
		snprintf(buf, size, "= %d", s->revision);
		break;
	case DRIFT_BEHIND:
		snprintf(buf, size, _("%d behind"), s->revision);
		break;
	case DRIFT_AHEAD:
		snprintf(buf, size, _("%d ahead"), s->revision);
		break;
	case DRIFT_DIFFERENT:
		snprintf(buf, size, _("%d different"), s->revision);
		break;
	case DRIFT_UNKNOWN:
		return ROLE_TEXT;
	}
	return drift == DRIFT_SAME ? ROLE_GOOD : s->differs ? ROLE_ERROR : ROLE_WARNING;
}

/* The beginning of its digest, by which two that are not the same are told apart. */
static const char *digest(const struct terminal_status *s, char *buf)
{
	snprintf(buf, 16, "%07x", (unsigned)(s && s->digest ? s->digest >> 36 : 0));
	return s && s->digest ? buf : "";
}

static void draw_row(const struct terminals *t, int i, int y, int x, int cols)
{
	struct app *app = t->view.tui->app;
	const struct node *n = site_find(app_site(app), t->ids[i]);
	const struct terminal_status *s = watch_terminal(app, t->ids[i]);
	enum role role = ROLE_TEXT, now = ROLE_SELECTED;
	bool here = i == t->at;
	char text[400] = "";

	if (!n)
		return;
	if (here) {
		screen_fill(y, x, 1, cols, now);
		screen_cursor(y, x, false);
	}
	put(y, x, cols, 0, here ? now : ROLE_GROUP, node_name(n));
	put(y, x, cols, 1, here ? now : ROLE_TEXT, node_address(n));
	cell_state(app, n, text, sizeof text, &role);
	if (text_width(text) > column_x(3, cols) - column_x(2, cols) - 1)
		cell_state_in(app, n, column_x(3, cols) - column_x(2, cols) - 1, text, sizeof text);
	put(y, x, cols, 2, here ? now : role, text);
	role = revision(app, s, text, sizeof text);
	put(y, x, cols, 3, here ? now : role, text);
	put(y, x, cols, 4, here ? now : ROLE_TEXT, digest(s, text));
	put(y, x, cols, 5, here ? now : ROLE_TEXT, s ? s->version : "");
}

/* Of the one under the cursor: its whole state, which its column may cut, and its facts. */
static void draw_facts(const struct terminals *t, int y, int cols)
{
	struct app *app = t->view.tui->app;
	const struct node *n = site_find(app_site(app), t->ids[t->at]);
	enum role role = ROLE_TEXT, of_state = ROLE_TEXT;
	struct text facts = { 0 };
	char state[300] = "";
	int used;

	cell_state(app, n, state, sizeof state, &of_state);
	used = draw_cut(y, 2, cols, of_state, state) + 2;
	cell_terminal_facts(app, n, &facts, &role);
	if (facts.len && used < cols)
		draw_cut(y, 2 + used, cols - used, role, facts.s);
	text_done(&facts);
}

static void draw(struct view *v)
{
	const struct terminals *t = (const struct terminals *)v;
	int wrong = wrong_rows(t), rows = list_rows(t), cols = screen_cols() - 4;
	int bottom = screen_rows() - 3 - wrong;
	int top = draw_window(t->top, t->at, rows, t->n);
	const struct terminal_status *s = t->n ? watch_terminal(v->tui->app, t->ids[t->at]) : NULL;
	char title[100];

	snprintf(title, sizeof title, _("Terminals: %d; this site is revision %d"), t->n,
	    site_network(app_site(v->tui->app))->revision);
	screen_fill(1, 0, screen_rows() - 3, screen_cols(), ROLE_TEXT);
	screen_box(1, 0, screen_rows() - 3, screen_cols(), ROLE_FOCUS, title);
	for (int i = 0; i < COLUMNS; i++)
		put(2, 2, cols, i, ROLE_HEAD, tr(columns[i].title));
	for (int i = 0; i < rows - 1 && top + i < t->n; i++)
		draw_row(t, top + i, 3 + i, 2, cols);
	if (!s)
		return;
	draw_facts(t, bottom - 1, cols);
	draw_wrapped(bottom, 2, wrong, cols, ROLE_WARNING, wrong_words(s));
}

static void move(struct view *v, enum move move)
{
	struct terminals *t = (struct terminals *)v;

	t->at = draw_step(t->at, t->n, list_rows(t) - 2, move);
	t->top = draw_window(t->top, t->at, list_rows(t) - 1, t->n);
}

static void cancel(struct view *v)
{
	tui_close(v);
}

static void ok(struct view *v)
{
	struct terminals *x = (struct terminals *)v;
	struct tui *t = v->tui;
	unsigned id = x->n ? x->ids[x->at] : 0;

	tui_close(v);
	if (site_find(app_site(t->app), id))
		mainview_go(t, (struct place){ id, IN_ITSELF });
}

static void linear_row(const struct terminals *x, int i, struct linear *l)
{
	struct app *app = x->view.tui->app;
	const struct node *n = site_find(app_site(app), x->ids[i]);
	const struct terminal_status *s = watch_terminal(app, x->ids[i]);
	enum role role = ROLE_TEXT;
	char state[300] = "", held[100];
	struct text facts = { 0 };

	cell_state(app, n, state, sizeof state, &role);
	revision(app, s, held, sizeof held);
	linear_say(l, "%3d %s, %s, %s%s%s%s%s", i + 1, node_name(n), node_address(n), state,
	    *held ? ", " : "", held, s && *s->version ? ", amcd " : "", s ? s->version : "");
	if (s && s->error[0])
		linear_say(l, "    %s", s->error);
	cell_terminal_facts(app, n, &facts, &role);
	if (facts.len)
		linear_say(l, "    %s", facts.s);
	text_done(&facts);
}

static void linear_go(struct view *v, int row)
{
	((struct terminals *)v)->at = row;
}

static void linear(struct view *v, struct linear *l)
{
	struct terminals *x = (struct terminals *)v;
	struct linear_view o = { .number = _("A number goes there"), .go = linear_go };
	enum linear_turn turn;

	changed(v);
	for (int i = 0; i < x->n; i++)
		linear_row(x, i, l);
	o.rows = x->n;
	turn = linear_turn(v, l, &o);
	if (turn == LINEAR_ROW)
		ok(v);
	else if (turn == LINEAR_BACK)
		cancel(v);
}

static void free_view(struct view *v)
{
	free(((struct terminals *)v)->ids);
	free(v);
}

static const struct view_type type = {
	.name = "terminals", .draw = draw, .move = move, .ok = ok, .cancel = cancel,
	.changed = changed, .free = free_view, .linear = linear,
};

void terminals_open(struct tui *t)
{
	struct terminals *x = mem_new(struct terminals);

	x->view.tui = t;
	changed(&x->view);
	tui_push(t, &x->view, &type);
}

const struct node *terminals_node(const struct tui *t)
{
	const struct terminals *x = (const struct terminals *)t->top;

	return x->view.type == &type && x->n ? site_find(app_site(t->app), x->ids[x->at]) : NULL;
}
