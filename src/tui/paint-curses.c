/* ncurses sends what is new in the grid, where it does that better. */
#include "tui/painting.h"

#include "tui/grid.h"
#include "tui/rescue.h"

#include <curses.h>
#include <string.h>
#include <term.h>

static bool has(const char *name)
{
	return tigetflag(name) > 0;
}

/* Has what we send a pause in it, on a terminal that takes no NULs for one? */
static bool waits(void)
{
	static const char *const caps[] = { "cup", "sgr", "sgr0", "bold", "rev", "smul",
	    "setaf", "setab", "op", "civis", "cnorm" };

	for (size_t i = 0; has("npc") && i < sizeof caps / sizeof *caps; i++)
		if (paint_cap(caps[i]) && strstr(paint_cap(caps[i]), "$<"))
			return true;
	return false;
}

bool paint_by_curses(void)
{
	return has("xhp") || has("xt") || has("hz") || waits();
}

static void put_cell(const struct grid_cell *c, cchar_t *to)
{
	uint32_t from[1 + GRID_MARKS];
	wchar_t chars[2 + GRID_MARKS] = { 0 };
	unsigned attrs;
	short pair;

	grid_chars(c, from);
	for (int i = 0; i <= GRID_MARKS; i++)
		chars[i] = (wchar_t)from[i];
	paint_look_of(c->role, &attrs, &pair);
	setcchar(to, chars, attrs, pair, NULL);
}

static void put_row(int y)
{
	const struct grid_cell *c;
	int x = 0, n = 0;

	while (x + n < grid_cols() && (c = grid_changed(y, x + n, &x, &n))) {
		cchar_t cells[n];
		int used = 0;

		for (int i = 0; i < n; i++)
			if (c[i].what)
				put_cell(&c[i], &cells[used++]);
		mvadd_wchnstr(y, x, cells, used);
	}
}

void paint_curses_flush(bool all, int y, int x, bool visible)
{
	if (all) {
		clearok(curscr, TRUE);
		grid_forget();
	}
	for (int row = 0; row < grid_rows(); row++)
		put_row(row);
	curs_set(visible);
	move(y, x);
	rescue_writing(true);
	refresh();
	rescue_writing(false);
}
