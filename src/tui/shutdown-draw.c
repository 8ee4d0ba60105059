/* How it looks what servers say that were told to go down; a part of shutdown */
#include "tui/shutting.h"

#include "base/i18n.h"
#include "tui/cell.h"
#include "tui/draw.h"

#include <stdio.h>

enum {
	NAME = 15, STATE = 23,	/* columns, with the blank behind */
	DETAILS = 4,		/* rows below the list */
	AROUND = 9,		/* all other rows of the box */
};

int shutting_list_rows(const struct shutting *s)
{
	int most = screen_rows() - 4 - AROUND - DETAILS;

	most = most < 1 ? 1 : most;
	return (int)s->n < most ? (int)s->n : most;
}

static void draw_row(const struct shutting *s, int i, int y, int x, int cols)
{
	struct app *app = s->view.tui->app;
	const struct node *n = site_find(app_site(app), s->ids[i]);
	bool here = i == s->at && s->n > 1;
	enum role role = ROLE_TEXT;
	char state[200] = "";
	struct said said;

	shutting_said(s, (size_t)i, &said);
	if (n)
		cell_state_in(app, n, STATE - 1, state, sizeof state);
	if (here) {
		screen_fill(y, x, 1, cols, ROLE_SELECTED);
		screen_cursor(y, x, false);
		role = said.role = ROLE_SELECTED;
	} else {
		role = ROLE_DIALOG;
	}
	target_add(y, x, 1, cols, TARGET_ROW, (unsigned)i);
	draw_label(y, x, NAME - 1, role, n ? node_name(n) : "?");
	draw_label(y, x + NAME, STATE - 1, role, state);
	screen_put(y, x + NAME + STATE, 1, said.role, said.mark);
	draw_cut(y, x + NAME + STATE + 2, cols - NAME - STATE - 2, said.role, said.words);
}

void shutting_draw(struct view *v)
{
	const struct shutting *s = (const struct shutting *)v;
	int rows = shutting_list_rows(s), cols = screen_cols() - 8, x, y;
	int top = draw_window(s->top, s->at, rows, (int)s->n);
	struct text words = { 0 };
	struct said said;

	cols = cols > 100 ? 100 : cols;
	draw_dialog(rows + DETAILS + 6, cols + 4, _("Shut down server"), &y, &x);
	text_printf(&words, _("Ordered over %s"), transfer_where(s->down.transfer));
	draw_cut(y, x, cols, ROLE_LABEL, words.s);
	text_done(&words);
	y += 2;
	for (int i = 0; i < rows; i++)
		draw_row(s, top + i, y + i, x, cols);
	draw_more(y, x + cols, rows, top, (int)s->n);
	y += rows + 1;
	shutting_said(s, (size_t)s->at, &said);
	shutting_details(s, (size_t)s->at, &words);
	if (*shutting_error(s))
		draw_wrapped(y, x, DETAILS, cols, ROLE_ERROR, shutting_error(s));
	else
		draw_wrapped(y, x, DETAILS, cols, said.role, words.s);
	text_done(&words);
	draw_cut(y + DETAILS, x, cols, ROLE_HINT, shutting_hint(s));
}
