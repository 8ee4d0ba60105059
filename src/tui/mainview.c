#include "tui/mainview.h"

#include "base/mem.h"
#include "tui/draw.h"
#include "tui/pulldown.h"

#include <stdlib.h>
#include <string.h>

static struct mainview *mainview(const struct tui *t)
{
	return (struct mainview *)t->main;
}

void mainview_boxes(const struct mainview *m, struct mainview_boxes *b)
{
	int rows = screen_rows() - 4;	/* title, lower border, alarm, keys */
	int cols = screen_cols();
	int tree = cols < 100 ? 22 : cols * 29 / 100 > 44 ? 44 : cols * 29 / 100;
	int split = prefs_number(m->view.tui->prefs, "split", 0, 1000, 0);
	int details = rows >= 34 ? 8 : rows >= 24 ? 6 : 4;

	if (split)
		tree = mainview_split_cols(split, cols);
	if (m->zoomed && m->focus == PANE_TREE)
		tree = cols - 2;
	else if (m->zoomed)
		tree = -1;
	b->tree = (struct pane_box){ 2, 1, rows - 1, tree };
	b->list = (struct pane_box){ 2, tree + 2, rows - 1, cols - tree - 3 };
	b->details = b->list;
	if (m->zoomed && m->focus == PANE_TREE) {
		b->list.cols = b->details.cols = 0;
		return;
	}
	b->list.rows = rows - 2 - details;
	b->details.y = b->list.y + b->list.rows + 1;
	b->details.rows = details;
}

void mainview_slice(const struct mainview *m, int *first, int *last)
{
	const struct row *row = rows_find(&m->rows, m->cursor);

	*first = *last = 0;
	if (!row)
		return;
	/* of a single device: what stands beside it */
	if (row->last - row->first == 1 && row->place.container == IN_ITSELF &&
	    site_id_kind(row->place.id) != KIND_GROUP &&
	    site_id_kind(row->place.id) != KIND_NETWORK)
		row = rows_above(&m->rows, m->cursor);
	if (!row)
		return;
	*first = row->first;
	*last = row->last;
}

/* The list's cursor is inside what the list shows, if there is anything. */
static void settle(struct mainview *m)
{
	struct mainview_boxes b;
	int first, last, at = rows_listed(&m->rows, m->listed);

	mainview_boxes(m, &b);
	mainview_slice(m, &first, &last);
	if (last > first) {
		if (at < first || at >= last)
			at = m->listed && at < 0 && first + m->list_was < last ?
			    first + m->list_was : first;
		if (m->focus == PANE_TREE && m->cursor.container == IN_ITSELF &&
		    rows_listed(&m->rows, m->cursor.id) >= first)
			at = rows_listed(&m->rows, m->cursor.id);
		m->listed = m->rows.list[at].id;
		m->list_was = at - first;
		m->list_top = draw_window(m->list_top, at - first, b.list.rows, last - first);
	} else {
		m->listed = 0;
	}
	m->tree_was = rows_shown(&m->rows, m->cursor);
	m->tree_top = draw_window(m->tree_top, m->tree_was, b.tree.rows,
	    (int)m->rows.shown_n);
}

/* The rows as they are now; a cursor whose node is gone stays where it was. */
static void update(struct mainview *m)
{
	struct app *app = m->view.tui->app;

	if (!rows_update(&m->rows, app_site(app)))
		return;
	if (!rows_find(&m->rows, m->cursor)) {
		int at = m->tree_was < (int)m->rows.shown_n ? m->tree_was :
		    (int)m->rows.shown_n - 1;

		m->cursor = m->rows.tree[m->rows.shown[at < 0 ? 0 : at]].place;
	}
	settle(m);
}

static void changed(struct view *v)
{
	update((struct mainview *)v);
}

static void draw(struct view *v)
{
	struct mainview *m = (struct mainview *)v;
	struct mainview_boxes b;

	mainview_boxes(m, &b);
	panes_draw(m, &b);
	details_draw(m, &b.details);
}

static int stepped(int at, int n, int page, enum move move)
{
	switch (move) {
	case MOVE_UP:		at--; break;
	case MOVE_DOWN:		at++; break;
	case MOVE_PAGE_UP:	at -= page; break;
	case MOVE_PAGE_DOWN:	at += page; break;
	case MOVE_HOME:		at = 0; break;
	case MOVE_END:		at = n - 1; break;
	default:		break;
	}
	return at >= n ? n - 1 : at < 0 ? 0 : at;
}

static void move_tree(struct mainview *m, enum move move, int page)
{
	int at = rows_shown(&m->rows, m->cursor);
	const struct row *row = rows_find(&m->rows, m->cursor);
	const struct row *up = rows_above(&m->rows, m->cursor);
	bool open = rows_foldable(row, &m->rows) && !rows_folded(&m->rows, m->cursor);

	if (move == MOVE_LEFT && open && up)
		rows_fold(&m->rows, m->cursor, true);
	else if (move == MOVE_LEFT && up)
		m->cursor = up->place;
	else if (move == MOVE_RIGHT && rows_folded(&m->rows, m->cursor))
		rows_fold(&m->rows, m->cursor, false);
	else if (move == MOVE_RIGHT && open)
		m->cursor = row[1].place;
	else
		m->cursor = m->rows.tree[m->rows.shown[stepped(at,
		    (int)m->rows.shown_n, page, move)]].place;
}

static void move_list(struct mainview *m, enum move move, int page)
{
	int first, last;

	mainview_slice(m, &first, &last);
	if (last == first)
		return;
	m->listed = m->rows.list[first + stepped(rows_listed(&m->rows, m->listed) - first,
	    last - first, page, move)].id;
}

static void move(struct view *v, enum move where)
{
	struct mainview *m = (struct mainview *)v;
	struct mainview_boxes b;

	mainview_boxes(m, &b);
	if (where == MOVE_NEXT || where == MOVE_PREVIOUS)
		mainview_other_pane(v->tui);
	else if (m->focus == PANE_TREE)
		move_tree(m, where, b.tree.rows - 1);
	else
		move_list(m, where, b.list.rows - 1);
	settle(m);
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

	if (m->zoomed)
		mainview_zoom(v->tui);
	v->tui->said_at = 0;
}

static void free_view(struct view *v)
{
	struct mainview *m = (struct mainview *)v;

	rows_done(&m->rows);
	free(m);
}

static const struct view_type type = {
	.name = "main", .draw = draw, .move = move, .key = key, .ok = ok, .cancel = cancel,
	.changed = changed, .mouse = mainview_mouse, .copy = mainview_copy,
	.free = free_view,
};

void mainview_open(struct tui *t)
{
	struct mainview *m = mem_new(struct mainview);

	tui_push(t, &m->view, &type);
	t->main = &m->view;
	rows_update(&m->rows, app_site(t->app));
	m->cursor = m->rows.tree[0].place;
	settle(m);
}

struct place mainview_place(const struct tui *t)
{
	const struct mainview *m = mainview(t);

	if (m->focus == PANE_LIST && m->listed)
		return (struct place){ m->listed, IN_ITSELF };
	return m->cursor;
}

const struct node *mainview_node(const struct tui *t)
{
	struct place p = mainview_place(t);

	return p.container == IN_ITSELF ? site_find(app_site(t->app), p.id) : NULL;
}

unsigned *mainview_chosen(const struct tui *t, enum kind kind, size_t *n)
{
	const struct node *node = mainview_node(t);
	unsigned *ids = mem_zero(1, sizeof *ids);

	*n = node && (enum kind)node->kind == kind;
	if (*n)
		ids[0] = node->id;
	return ids;
}

void mainview_go(struct tui *t, struct place p)
{
	struct mainview *m = mainview(t);
	int first, last, at;

	update(m);
	at = rows_listed(&m->rows, p.id);
	mainview_slice(m, &first, &last);
	if (m->focus == PANE_LIST && p.container == IN_ITSELF && at >= first && at < last) {
		m->listed = p.id;
	} else if (rows_find(&m->rows, p)) {
		rows_reveal(&m->rows, p);
		m->cursor = p;
		m->focus = PANE_TREE;
	}
	settle(m);
	tui_draw_soon(t);
}

void mainview_other_pane(struct tui *t)
{
	struct mainview *m = mainview(t);

	m->focus = m->focus == PANE_TREE && m->listed ? PANE_LIST : PANE_TREE;
	settle(m);
}

void mainview_zoom(struct tui *t)
{
	struct mainview *m = mainview(t);

	m->zoomed = !m->zoomed;
	settle(m);
}

void mainview_fold(struct tui *t, bool fold)
{
	struct mainview *m = mainview(t);

	if (m->focus == PANE_TREE)
		rows_fold(&m->rows, m->cursor, fold);
	settle(m);
}

void mainview_toggle(struct tui *t)
{
	struct mainview *m = mainview(t);

	mainview_fold(t, !rows_folded(&m->rows, m->cursor));
}
