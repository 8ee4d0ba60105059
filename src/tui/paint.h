/*
 * paint - what is new in the grid, as bytes for the terminal.
 *
 * ncurses takes the terminal, knows it, and reads its keys; what is put on the screen
 * does not go through it: it keeps a screen of its own, compares every cell of each row
 * that changed, and tries eight ways to a cell, which took half of the time of a key.
 * What ncurses believes to be there stays blank. One screen a process, as screen.h.
 */
#ifndef AMC_TUI_PAINT_H
#define AMC_TUI_PAINT_H

#include "tui/theme.h"

#include <stdbool.h>

/* ncurses has the terminal: what is to be sent for its abilities. */
void paint_open(void);
void paint_done(void);
/* Other looks; all is painted again. */
void paint_theme(const struct theme *);
/* The next flush clears the terminal and sends every cell. */
void paint_again(void);
/*
 * Sends what is new, then puts the cursor there. ground is what the grid was cleared
 * with: roles without a colour, or with attributes, stand on it.
 */
void paint_flush(enum role ground, int y, int x, bool visible);

/* Bytes past the cells, as a title; in one piece, with no padding. */
void paint_send(const char *, size_t len);

#endif
