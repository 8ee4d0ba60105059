/* Where the arrow keys go in the main screen. */
#include "tui/draw.h"
#include "tui/mainview.h"

static void move_tree(struct mainview *m, enum move move, int page)
{
	int at = rows_shown(&m->rows, m->at.cursor);
	const struct row *row = rows_find(&m->rows, m->at.cursor);
	const struct row *up = rows_above(&m->rows, m->at.cursor);
	bool open = rows_foldable(row, &m->rows) && !rows_folded(&m->rows, m->at.cursor);

	if (move == MOVE_LEFT && open && up)
		rows_fold(&m->rows, m->at.cursor, true);
	else if (move == MOVE_LEFT && up)
		m->at.cursor = up->place;
	else if (move == MOVE_RIGHT && rows_folded(&m->rows, m->at.cursor))
		rows_fold(&m->rows, m->at.cursor, false);
	else if (move == MOVE_RIGHT && open)
		m->at.cursor = row[1].place;
	else
		m->at.cursor = m->rows.tree[m->rows.shown[draw_step(at,
		    (int)m->rows.shown_n, page, move)]].place;
}

static void move_list(struct mainview *m, enum move move, int page)
{
	int n, at;

	mainview_fresh(m);
	n = listing_count(&m->listing);
	at = listing_find(&m->listing, rows_listed(&m->rows, m->at.listed));
	if (n > 0)
		m->at.listed = m->rows.list[listing_at(&m->listing,
		    draw_step(at, n, page, move))].id;
}

void mainview_move(struct view *v, enum move where)
{
	struct mainview *m = (struct mainview *)v;
	struct mainview_boxes b;

	mainview_boxes(m, &b);
	if (where == MOVE_NEXT || where == MOVE_PREVIOUS)
		mainview_other_pane(v->tui);
	else if (m->at.focus == PANE_TREE)
		move_tree(m, where, b.tree.rows - 1);
	else
		move_list(m, where, b.list.rows - 1);
	mainview_settle(m);
}
