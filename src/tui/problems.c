#include "tui/problems.h"

#include "app/known.h"
#include "app/mend.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/draw.h"
#include "tui/linear.h"
#include "tui/mainview.h"
#include "tui/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct view_type type;

struct problems {
	struct view view;
	size_t *order;		/* of the findings, worst first */
	int n, at, top;
};

/* Findings come in tree order, and keep it within a severity. */
static void sort(struct problems *p)
{
	const struct findings *f = app_check(p->view.tui->app);
	int n = 0;

	p->order = mem_realloc(p->order, f->n + 1, sizeof *p->order);
	for (int severity = SEVERITY_ERROR; severity <= SEVERITY_NOTE; severity++)
		for (size_t i = 0; i < f->n; i++)
			if ((int)f->list[i].severity == severity)
				p->order[n++] = i;
	p->n = n;
	if (p->at >= n)
		p->at = n ? n - 1 : 0;
}

static void changed(struct view *v)
{
	sort((struct problems *)v);
}

static const struct finding *finding(const struct problems *p, int i)
{
	const struct findings *f = app_check(p->view.tui->app);

	return p->order[i] < f->n ? &f->list[p->order[i]] : NULL;
}

static enum role role_of(const struct finding *f)
{
	return f->severity == SEVERITY_ERROR ? ROLE_ALARM :
	    f->severity == SEVERITY_WARNING ? ROLE_WARNING : ROLE_NOTE;
}

static int list_rows(void)
{
	return screen_rows() - 10;
}

static void draw_row(const struct problems *p, int i, int y, int x, int cols)
{
	const struct finding *f = finding(p, i);
	const struct node *n;
	char text[700];

	if (!f)
		return;
	n = site_find(app_site(p->view.tui->app), f->node);
	target_add(y, x, 1, cols, TARGET_ROW, (unsigned)i);
	if (i == p->at)
		screen_fill(y, x, 1, cols, ROLE_SELECTED);
	snprintf(text, sizeof text, "%-8s", tr(severity_word(f->severity)));
	screen_put(y, x, 8, i == p->at ? ROLE_SELECTED : role_of(f), text);
	screen_put(y, x + 9, 4, i == p->at ? ROLE_SELECTED : ROLE_TEXT, f->rule);
	draw_cut(y, x + 14, 14, i == p->at ? ROLE_SELECTED : ROLE_GROUP,
	    n ? node_name(n) : "");
	draw_cut(y, x + 29, cols - 29, i == p->at ? ROLE_SELECTED : ROLE_TEXT, f->message);
	if (i == p->at)
		screen_cursor(y, x, false);
}

static void draw(struct view *v)
{
	const struct problems *p = (const struct problems *)v;
	int rows = list_rows(), cols = screen_cols() - 2;
	int top = draw_window(p->top, p->at, rows, p->n);
	const struct finding *f = p->n ? finding(p, p->at) : NULL;
	char title[100];

	snprintf(title, sizeof title, _("Problems: %d"), p->n);
	screen_fill(1, 0, screen_rows() - 3, screen_cols(), ROLE_TEXT);
	screen_box(1, 0, screen_rows() - 3, screen_cols(), ROLE_FOCUS, title);
	for (int i = 0; i < rows && top + i < p->n; i++)
		draw_row(p, top + i, 2 + i, 1, cols);
	screen_hline(2 + rows, 1, cols, ROLE_BORDER);
	if (!f) {
		screen_put(2, 2, cols, ROLE_GOOD, _("No rule is broken."));
		return;
	}
	draw_wrapped(3 + rows, 2, 3, cols - 2, ROLE_TEXT, f->message);
	if (finding_is_mendable(f)) {
		struct text words = { 0 };

		text_add(&words, _("Mended by: "));
		mend_show(app_site(v->tui->app), f, &words);
		screen_put(6 + rows, 2, cols - 2, ROLE_HINT, words.s);
		text_done(&words);
	}
}

static void move(struct view *v, enum move move)
{
	struct problems *p = (struct problems *)v;

	p->at = draw_step(p->at, p->n, list_rows() - 1, move);
	p->top = draw_window(p->top, p->at, list_rows(), p->n);
}

static void cancel(struct view *v)
{
	tui_close(v);
}

/* To the node, and into its form when it is one of its fields. */
static void ok(struct view *v)
{
	struct problems *p = (struct problems *)v;
	struct tui *t = v->tui;
	const struct finding *f = p->n ? finding(p, p->at) : NULL;
	unsigned node = f ? f->node : 0;
	const struct field *field = f ? f->field : NULL;

	tui_close(v);
	if (!site_find(app_site(t->app), node))
		return;
	mainview_go(t, (struct place){ node, IN_ITSELF });
	if (field && !(field->flags & FIELD_OURS) && !app_read_only(t->app))
		sheet_edit_field(t, node, field);
}

bool problems_can_fix(struct tui *t, struct err *e)
{
	const struct problems *p = (const struct problems *)t->top;
	const struct finding *f = p->view.type == &type && p->n ? finding(p, p->at) : NULL;

	if (!f || !finding_is_mendable(f))
		return err_set(e, _("No change is known that mends this; Enter goes to it."));
	return app_writable(t->app, e);
}

void problems_fix(struct tui *t)
{
	const struct problems *p = (const struct problems *)t->top;
	const struct finding *f = finding(p, p->at);
	struct err e;

	if (app_mend(t->app, f, &e))
		tui_say(t, 0, _("Mended: %s (u undoes it)"), app_undo_label(t->app));
	else
		tui_say(t, 1, "%s", e.text);
}

static void linear_list(const struct problems *p, struct linear *l)
{
	for (int i = 0; i < p->n; i++) {
		const struct finding *f = finding(p, i);
		const struct node *n = site_find(app_site(p->view.tui->app), f->node);
		struct text words = { 0 };

		linear_say(l, "%3d %s %s %s: %s", i + 1, tr(severity_word(f->severity)), f->rule,
		    n ? node_name(n) : "", f->message);
		mend_show(app_site(p->view.tui->app), f, &words);
		if (words.s)
			linear_say(l, "    %s%s", _("Mended by: "), words.s);
		text_done(&words);
	}
}

static void linear_go(struct view *v, int row)
{
	((struct problems *)v)->at = row;
}

static void linear(struct view *v, struct linear *l)
{
	struct problems *p = (struct problems *)v;
	struct linear_view o = { .number = _("A number goes there"), .go = linear_go };
	enum linear_turn turn;

	sort(p);
	linear_list(p, l);
	if (!p->n) {
		linear_say(l, "%s", _("No rule is broken."));
		cancel(v);
		return;
	}
	o.rows = p->n;
	turn = linear_turn(v, l, &o);
	if (turn == LINEAR_ROW)
		ok(v);
	else if (turn == LINEAR_BACK)
		cancel(v);
}

static void mouse(struct view *v, const struct mouse *m)
{
	struct problems *p = (struct problems *)v;

	if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN)
		move(v, m->what == MOUSE_WHEEL_UP ? MOVE_UP : MOVE_DOWN);
	else if (m->on.kind == TARGET_ROW && m->what == MOUSE_PRESS)
		p->at = (int)m->on.n;
	else if (m->on.kind == TARGET_ROW && m->what == MOUSE_DOUBLE)
		ok(v);
}

static char *copy(struct view *v, struct err *e)
{
	const struct problems *p = (const struct problems *)v;
	const struct finding *f = p->n ? finding(p, p->at) : NULL;

	if (!f) {
		err_set(e, _("no row is selected"));
		return NULL;
	}
	return mem_printf("%s: %s", f->rule, f->message);
}

static void free_view(struct view *v)
{
	free(((struct problems *)v)->order);
	free(v);
}

static const struct view_type type = {
	.name = "problems", .draw = draw, .move = move, .ok = ok, .cancel = cancel,
	.changed = changed, .mouse = mouse, .copy = copy, .free = free_view, .linear = linear,
};

void problems_open(struct tui *t)
{
	struct problems *p = mem_new(struct problems);

	p->view.tui = t;
	known_ask(t->app);
	sort(p);
	tui_push(t, &p->view, &type);
}
