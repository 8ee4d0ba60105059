/*
 * grid - the cells of a screen as they are to be, and what of them is new.
 *
 * Drawing puts a whole screen into it, which costs little; only what is not as
 * at the last flush goes to the terminal then (paint.h). A cell is what stands
 * in it and its role; a wide character has two of them. It is four bytes, as all of
 * them are gone over at each key.
 */
#ifndef AMC_TUI_GRID_H
#define AMC_TUI_GRID_H

#include "tui/theme.h"

#include <stdbool.h>
#include <stdint.h>

#define GRID_MARKS 4	/* combining characters on one other: as many as ncurses takes */

struct grid_cell {
	uint32_t what : 24;	/* for grid_chars(); 0: the second half of a wide character */
	uint32_t role : 8;
};

/* Another size; all of it is new then. */
void grid_resize(int rows, int cols);
int grid_rows(void);
int grid_cols(void);
/* All of it is new. */
void grid_forget(void);
/* What was shown is gone: there are blanks of that role. */
void grid_blank(enum role);
void grid_done(void);

/* Blanks everywhere. */
void grid_clear(enum role);
/* One character of that width: 1, 2, or 0 for a mark on the cell before. */
void grid_put(int y, int x, enum role, uint32_t cp, int width);
/* N characters of one column each, printable ASCII: what stands on most of a screen. */
void grid_put_ascii(int y, int x, enum role, const char *text, int n);
void grid_fill(int y, int x, int cols, enum role);
/* N times one character of one column. */
void grid_repeat(int y, int x, int n, enum role, uint32_t cp);

/* So many old cells are sent again between new ones: to go past them takes as much. */
#define GRID_GAP 8
/*
 * The next cells of a row that are new, at or behind from: *n of them, from *x on; NULL
 * if none is. A wide character is in it with both halves. From then on they are old.
 */
const struct grid_cell *grid_changed(int y, int from, int *x, int *n);
/* The character of such a cell with the marks on it; 0 behind the last. */
void grid_chars(const struct grid_cell *, uint32_t chars[1 + GRID_MARKS]);

#endif
