#include "tui/mainview.h"

#include "base/mem.h"
#include "tui/draw.h"
#include "tui/find.h"
#include "tui/narrow.h"
#include "tui/pulldown.h"

#include <stdlib.h>
#include <string.h>

struct mainview *mainview(const struct tui *t)
{
	return (struct mainview *)t->main;
}

void mainview_boxes(const struct mainview *m, struct mainview_boxes *b)
{
	int rows = screen_rows() - 4;	/* title, lower border, alarm, keys */
	int cols = screen_cols();
	int tree = cols < 100 ? 22 : cols * 24 / 100 > 44 ? 44 : cols * 24 / 100;
	int split = prefs_number(m->view.tui->prefs, "split", 0, 1000, 0);
	int details = rows >= 34 ? 8 : rows >= 24 ? 6 : 4;

	if (split)
		tree = mainview_split_cols(split, cols);
	if (m->zoomed && m->at.focus == PANE_TREE)
		tree = cols - 2;
	else if (m->zoomed)
		tree = -1;
	b->tree = (struct pane_box){ 2, 1, rows - 1, tree };
	b->list = (struct pane_box){ 2, tree + 2, rows - 1, cols - tree - 3 };
	b->details = b->list;
	b->head = b->list.y - 1;
	if (m->zoomed && m->at.focus == PANE_TREE) {
		b->list.cols = b->details.cols = 0;
		return;
	}
	b->list.rows = rows - 2 - details;
	b->details.y = b->list.y + b->list.rows + 1;
	b->details.rows = details;
	if (m->wish.filter) {	/* its words have the frame, the titles a row below */
		b->head = b->list.y++;
		b->list.rows--;
	}
}

struct row mainview_shown_under(const struct mainview *m)
{
	struct row row = { 0 };

	/* of a single device: what stands beside it */
	if (rows_find(&m->rows, m->at.cursor, &row) && row.place.container == IN_ITSELF &&
	    site_id_kind(row.place.id) != KIND_GROUP &&
	    site_id_kind(row.place.id) != KIND_NETWORK)
		return rows_row(&m->rows, row.up);
	return row;
}

static void list_fresh(struct mainview *m)
{
	struct row row = mainview_shown_under(m);

	listing_update(&m->listing, m->view.tui->app, &m->rows, row.first, row.last, &m->wish,
	    m->live);
}

const struct marks *mainview_marks(struct mainview *m)
{
	const struct findings *found = app_check(m->view.tui->app);

	marks_update(&m->marks, &m->rows, found, app_findings_no(m->view.tui->app));
	return &m->marks;
}

/* Its node is gone, or the filter hides it now; not: it is somewhere else. */
static bool stays_in_place(const struct mainview *m)
{
	int was = rows_listed(&m->rows, m->at.listed);

	return m->at.listed &&
	    (was < 0 || (was >= m->listing.first && was < m->listing.last));
}

/* The list's cursor is inside what the list shows, if there is anything. */
static void settle_list(struct mainview *m, int rows)
{
	struct position *p = &m->at;
	int n, at;

	list_fresh(m);
	n = listing_count(&m->listing);
	if (n == 0) {
		p->listed = 0;
		p->focus = PANE_TREE;
		return;
	}
	at = listing_find(&m->listing, rows_listed(&m->rows, p->listed));
	if (at < 0)
		at = stays_in_place(m) ? (m->list_was < n ? m->list_was : n - 1) : 0;
	if (p->focus == PANE_TREE && p->cursor.container == IN_ITSELF) {
		int beside = listing_find(&m->listing, rows_listed(&m->rows, p->cursor.id));

		at = beside < 0 ? at : beside;
	}
	p->listed = rows_id(&m->rows, listing_at(&m->listing, at));
	m->list_was = at;
	m->list_top = draw_window(m->list_top, at, rows, n);
}

void mainview_settle(struct mainview *m)
{
	struct mainview_boxes b;

	mainview_boxes(m, &b);
	settle_list(m, b.list.rows);
	m->tree_was = rows_shown(&m->rows, m->at.cursor);
	m->tree_top = draw_window(m->tree_top, m->tree_was, b.tree.rows,
	    (int)m->rows.shown_n);
}

/* The rows as they are now; a cursor whose node is gone stays where it was. */
static void update(struct mainview *m)
{
	struct app *app = m->view.tui->app;

	if (!rows_update(&m->rows, app_site(app)))
		return;
	tags_drop_gone(&m->tags, app_site(app));
	if (!rows_has(&m->rows, m->at.cursor)) {
		int at = m->tree_was < (int)m->rows.shown_n ? m->tree_was :
		    (int)m->rows.shown_n - 1;

		m->at.cursor = rows_shown_row(&m->rows, at < 0 ? 0 : at).place;
	}
	mainview_settle(m);
}

void mainview_fresh(struct mainview *m)
{
	update(m);
	list_fresh(m);
}

static void changed(struct view *v)
{
	struct mainview *m = (struct mainview *)v;

	m->live++;
	update(m);
}

static void draw(struct view *v)
{
	struct mainview *m = (struct mainview *)v;
	struct mainview_boxes b;

	/* made when they are looked at, and not at each reading */
	list_fresh(m);
	mainview_marks(m);
	/* a filter of states may have hidden the cursor's node */
	if (listing_find(&m->listing, rows_listed(&m->rows, m->at.listed)) < 0)
		mainview_settle(m);
	mainview_boxes(m, &b);
	panes_draw(m, &b);
	details_draw(m, &b.details);
	panes_draw_over(m, &b);
}

static bool key(struct view *v, const char *name)
{
	const struct ui *ui = v->tui->ui;

	for (size_t i = 0; i < ui->menus_n; i++)
		if (strcmp(ui->menus[i].key, name) == 0) {
			pulldown_open(v->tui, i);
			return true;
		}
	return false;
}

static void ok(struct view *v)
{
	struct tui *t = v->tui;

	if (mainview_node(t))
		action_run(action_find("edit"), t);
	else
		mainview_toggle(t);
}

static void cancel(struct view *v)
{
	struct mainview *m = (struct mainview *)v;

	v->tui->said_at = 0;
	/* one step back at a time */
	if (m->found)
		find_clear(v->tui);
	else if (m->wish.filter)
		narrow_clear(v->tui);
	else if (m->zoomed)
		mainview_zoom(v->tui);
}

static void free_view(struct view *v)
{
	struct mainview *m = (struct mainview *)v;

	rows_done(&m->rows);
	marks_done(&m->marks);
	listing_done(&m->listing);
	tags_done(&m->tags);
	filter_free(m->wish.filter);
	free(m->filter_text);
	free(m);
}

static const struct view_type type = {
	.name = "main", .draw = draw, .move = mainview_move, .key = key, .ok = ok, .cancel = cancel,
	.changed = changed, .mouse = mainview_mouse, .copy = mainview_copy,
	.free = free_view,
};

void mainview_open(struct tui *t)
{
	struct mainview *m = mem_new(struct mainview);

	tui_push(t, &m->view, &type);
	t->main = &m->view;
	rows_update(&m->rows, app_site(t->app));
	m->at.cursor = rows_row(&m->rows, 0).place;
	mainview_order_kept(t);
	mainview_settle(m);
}

struct place mainview_place(const struct tui *t)
{
	const struct mainview *m = mainview(t);

	if (m->at.focus == PANE_LIST && m->at.listed)
		return (struct place){ m->at.listed, IN_ITSELF };
	return m->at.cursor;
}

const struct node *mainview_node(const struct tui *t)
{
	struct place p = mainview_place(t);

	return p.container == IN_ITSELF ? site_find(app_site(t->app), p.id) : NULL;
}

void mainview_go(struct tui *t, struct place p)
{
	struct mainview *m = mainview(t);

	mainview_fresh(m);
	if (m->at.focus == PANE_LIST && p.container == IN_ITSELF &&
	    listing_find(&m->listing, rows_listed(&m->rows, p.id)) >= 0) {
		m->at.listed = p.id;
	} else if (rows_has(&m->rows, p)) {
		rows_reveal(&m->rows, p);
		m->at.cursor = p;
		m->at.focus = PANE_TREE;
	}
	mainview_settle(m);
	tui_draw_soon(t);
}

void mainview_list(struct tui *t, unsigned node)
{
	mainview(t)->at.listed = node;
}

struct position mainview_position(const struct tui *t)
{
	return mainview(t)->at;
}

void mainview_return(struct tui *t, struct position p)
{
	struct mainview *m = mainview(t);

	update(m);
	if (rows_has(&m->rows, p.cursor))
		m->at = p;
	mainview_settle(m);
	tui_draw_soon(t);
}

void mainview_other_pane(struct tui *t)
{
	struct mainview *m = mainview(t);

	m->at.focus = m->at.focus == PANE_TREE && m->at.listed ? PANE_LIST : PANE_TREE;
	mainview_settle(m);
}

void mainview_zoom(struct tui *t)
{
	struct mainview *m = mainview(t);

	m->zoomed = !m->zoomed;
	mainview_settle(m);
}

void mainview_fold(struct tui *t, bool fold)
{
	struct mainview *m = mainview(t);

	if (m->at.focus == PANE_TREE)
		rows_fold(&m->rows, m->at.cursor, fold);
	mainview_settle(m);
}

void mainview_toggle(struct tui *t)
{
	struct mainview *m = mainview(t);

	mainview_fold(t, !rows_folded(&m->rows, m->at.cursor));
}
