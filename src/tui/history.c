#include "tui/history.h"

#include "app/history.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/changes.h"
#include "tui/draw.h"
#include "tui/linear.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct history {
	struct view view;
	struct revisions revisions;
	size_t looked;		/* so many of them have been read */
	struct watch *reader;	/* reads the next when nothing else is to do */
	int at, top;
};

static int list_rows(void)
{
	return screen_rows() - 9;
}

/* One a turn of the loop: large files keep nobody waiting. */
static void read_next(void *arg)
{
	struct history *h = arg;

	if (h->looked >= h->revisions.n)
		return;
	revisions_look(&h->revisions, h->looked++);
	tui_draw_soon(h->view.tui);
	loop_again(h->reader, 0);
}

/* "2026-11-21T03:42:00Z" without what nobody reads. */
static const char *when(const struct revision *one, char buf[24])
{
	text_copy(buf, 24, one->saved);
	if (strlen(buf) >= 16) {
		buf[10] = ' ';
		buf[16] = '\0';
	}
	return buf;
}

static void draw_row(const struct history *h, int i, int y, int cols)
{
	const struct revision *one = &h->revisions.list[i];
	enum role role = i == h->at ? ROLE_SELECTED : ROLE_TEXT;
	char text[200], at[24];

	if (i == h->at) {
		screen_fill(y, 1, 1, cols, ROLE_SELECTED);
		screen_cursor(y, 1, false);
	}
	screen_put(y, 2, 10, role, one->name);
	if (!one->looked) {
		screen_put(y, 13, cols - 13, role, shape(SHAPE_MORE));
		return;
	}
	screen_put(y, 13, 16, role, when(one, at));
	draw_cut(y, 31, 12, role, one->by);
	snprintf(text, sizeof text, "%lld", one->size);
	screen_right(y, 43, 7, role, text);
	draw_cut(y, 52, cols - 51, role, one->current ? _("the file now") :
	    revision_word(one, text, sizeof text));
}

static void draw(struct view *v)
{
	const struct history *h = (const struct history *)v;
	int rows = list_rows(), cols = screen_cols() - 2;
	int n = (int)h->revisions.n, top = draw_window(h->top, h->at, rows, n);
	char title[300];

	snprintf(title, sizeof title, _("History of %s"), file_name(app_path(v->tui->app)));
	screen_fill(1, 0, screen_rows() - 3, screen_cols(), ROLE_TEXT);
	screen_box(1, 0, screen_rows() - 3, screen_cols(), ROLE_FOCUS, title);
	screen_put(2, 2, 10, ROLE_HEAD, _("Revision"));
	screen_put(2, 13, 16, ROLE_HEAD, _("saved (UTC)"));
	screen_put(2, 31, 12, ROLE_HEAD, _("by"));
	screen_right(2, 43, 7, ROLE_HEAD, _("bytes"));
	screen_put(2, 52, cols - 51, ROLE_HEAD, _("what the next one changed"));
	for (int i = 0; i < rows && top + i < n; i++)
		draw_row(h, top + i, 3 + i, cols);
	screen_hline(3 + rows, 1, cols, ROLE_BORDER);
	draw_wrapped(4 + rows, 2, 2, cols - 2, ROLE_HINT,
	    _("Enter shows how a revision differs from the site as it is now, and goes back to it if you say so."));
}

static void move(struct view *v, enum move move)
{
	struct history *h = (struct history *)v;
	int n = (int)h->revisions.n;

	h->at = draw_step(h->at, n, list_rows() - 1, move);
	h->top = draw_window(h->top, h->at, list_rows(), n);
}

static void cancel(struct view *v)
{
	tui_close(v);
}

/* What is proposed, while it is looked at. */
struct going_back {
	struct proposal proposal;
	char *name;
};

static void drop(void *arg)
{
	struct going_back *g = arg;

	proposal_done(&g->proposal);
	free(g->name);
	free(g);
}

static void said(struct tui *t, int which, const char *text, void *arg)
{
	struct going_back *g = arg;
	struct err e;
	char *label;

	(void)text;
	if (which != 0)
		return;
	label = mem_printf(_("back to revision %s"), g->name);
	if (app_take(t->app, label, &g->proposal, &e)) {
		cancel(t->top);	/* the list: what it says of now is old */
		tui_say(t, 0, _("The site is as in revision %s, not saved yet; u takes it back"),
		    g->name);
	} else {
		ask_message(t, _("History"), e.text);
	}
	free(label);
}

static void ok(struct view *v)
{
	static const char *const labels[] = { N_("Go back to it"), N_("Close") };
	struct history *h = (struct history *)v;
	const struct revision *one = &h->revisions.list[h->at];
	struct going_back *g;
	struct text lines = { 0 };
	struct err e;
	char title[100];

	if (one->current) {
		tui_say(v->tui, 0, _("That is the file as it is now; Reload reads it"));
		return;
	}
	g = mem_new(struct going_back);
	if (!revision_propose(v->tui->app, one->name, &g->proposal, &e)) {
		drop(g);
		ask_message(v->tui, _("History"), e.text);
		return;
	}
	g->name = mem_dup(one->name);
	changes_show(&g->proposal.changes, &lines);
	snprintf(title, sizeof title, _("Revision %s"), one->name);
	changes_open(v->tui, &(struct changes_ask){ .title = title,
	    .text = _("Going back makes these changes. Its comments and order come back, too; nothing is saved yet."),
	    .lines = lines.s ? lines.s : "", .labels = labels, .n = 2, .at = 1,
	    .done = said, .arg = g, .drop = drop });
	text_done(&lines);
}

static void linear_row(struct history *h, int i, struct linear *l)
{
	const struct revision *one = &h->revisions.list[i];
	char text[200], at[24];

	linear_say(l, "%3d %s, %s, %s, %s", i + 1, one->name, when(one, at), one->by,
	    one->current ? _("the file now") : revision_word(one, text, sizeof text));
}

static void linear_go(struct view *v, int row)
{
	((struct history *)v)->at = row;
}

static void linear(struct view *v, struct linear *l)
{
	struct history *h = (struct history *)v;
	struct linear_view o = { .number = _("A number shows how it differs from now"),
	    .rows = (int)h->revisions.n, .go = linear_go };
	enum linear_turn turn;

	while (h->looked < h->revisions.n)
		revisions_look(&h->revisions, h->looked++);
	for (int i = 0; i < o.rows; i++)
		linear_row(h, i, l);
	turn = linear_turn(v, l, &o);
	if (turn == LINEAR_ROW)
		ok(v);
	else if (turn == LINEAR_BACK)
		cancel(v);
}

static void free_view(struct view *v)
{
	struct history *h = (struct history *)v;

	loop_remove(h->reader);
	revisions_done(&h->revisions);
	free(h);
}

static const struct view_type type = {
	.name = "history", .draw = draw, .move = move, .ok = ok, .cancel = cancel,
	.free = free_view, .linear = linear,
};

bool history_can_open(struct tui *t, struct err *e)
{
	struct revisions r = { 0 };
	bool ok = revisions_list(&r, app_path(t->app), NULL);

	revisions_done(&r);
	return ok || err_set(e, _("There is no file yet: the site was never saved."));
}

void history_open(struct tui *t)
{
	struct history *h = mem_new(struct history);

	revisions_list(&h->revisions, app_path(t->app), NULL);
	h->reader = loop_after(t->loop, 0, read_next, h);
	tui_push(t, &h->view, &type);
}
