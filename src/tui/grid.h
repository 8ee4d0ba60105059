/*
 * grid - the cells of a screen as they are to be, and what of them is new.
 *
 * Drawing puts a whole screen into it, which costs little; only the part of each
 * row that is not as at the last flush goes to ncurses then. A cell is what stands
 * in it and its role; a wide character has two of them.
 */
#ifndef AMC_TUI_GRID_H
#define AMC_TUI_GRID_H

#include "tui/theme.h"

#include <stdbool.h>
#include <stdint.h>

#define GRID_MARKS 4	/* combining characters on one other: as many as ncurses takes */

struct grid_cell {
	uint32_t chars[1 + GRID_MARKS];	/* 0 behind the last; all 0: the second half of a wide one */
	uint32_t role;
};

/* Another size; all of it is new then. */
void grid_resize(int rows, int cols);
/* All of it is new: the roles look otherwise now. */
void grid_forget(void);
void grid_done(void);

/* Blanks everywhere. */
void grid_clear(enum role);
/* One character of that width: 1, 2, or 0 for a mark on the cell before. */
void grid_put(int y, int x, enum role, uint32_t cp, int width);
/* N characters of one column each, printable ASCII: what stands on most of a screen. */
void grid_put_ascii(int y, int x, enum role, const char *text, int n);
void grid_fill(int y, int x, int cols, enum role);

/*
 * The cells of a row that are new, from *x on, and how many; NULL if none is. A
 * wide character is in it with both halves. From then on they are old.
 */
const struct grid_cell *grid_changed(int y, int *x, int *n);

#endif
