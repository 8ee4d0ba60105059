/* Where the arrow keys go in the main screen. */
#include "tui/draw.h"
#include "tui/mainview.h"

static void move_tree(struct mainview *m, enum move move, int page)
{
	int at = rows_shown(&m->rows, m->at.cursor);
	struct row row, up;
	bool open = rows_find(&m->rows, m->at.cursor, &row) && rows_foldable(&row) && !row.folded;
	bool below = rows_above(&m->rows, m->at.cursor, &up);

	if (move == MOVE_LEFT && open && below)
		rows_fold(&m->rows, m->at.cursor, true);
	else if (move == MOVE_LEFT && below)
		m->at.cursor = up.place;
	else if (move == MOVE_RIGHT && rows_folded(&m->rows, m->at.cursor))
		rows_fold(&m->rows, m->at.cursor, false);
	else if (move == MOVE_RIGHT && open)
		m->at.cursor = rows_row(&m->rows, row.at + 1).place;
	else
		m->at.cursor = rows_shown_row(&m->rows,
		    draw_step(at, (int)m->rows.shown_n, page, move)).place;
}

static void move_list(struct mainview *m, enum move move, int page)
{
	int n, at;

	mainview_fresh(m);
	n = listing_count(&m->listing);
	at = listing_find(&m->listing, rows_listed(&m->rows, m->at.listed));
	if (n > 0)
		m->at.listed = rows_id(&m->rows,
		    listing_at(&m->listing, draw_step(at, n, page, move)));
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
