/*
 * painting - between paint.c, which sends cells, and paint-looks.c, what a role is in
 * bytes, and paint-curses.c, where ncurses sends them. The rest is in paint.h.
 */
#ifndef AMC_TUI_PAINTING_H
#define AMC_TUI_PAINTING_H

#include "base/text.h"
#include "tui/theme.h"

/* The terminal's capability of that name; NULL if it has none. */
const char *paint_cap(const char *name);

/* Other looks; none is made of them yet. */
void paint_looks_theme(const struct theme *);
/*
 * Makes them, with ground as the one on which roles without a colour, or with
 * attributes, stand. True if they are not those that were there.
 */
bool paint_looks_make(enum role ground);
/* Is there any that can be seen? Else the cursor has to show what is selected. */
bool paint_looks_seen(void);
void paint_looks_done(void);
/*
 * The bytes that switch a role on from the plain look, and back: with the terminal's
 * padding, which may be NULs.
 */
const struct text *paint_look_on(enum role);
const struct text *paint_look_off(enum role);
/* The same as ncurses has it: attributes and a pair of colours. */
void paint_look_of(enum role, unsigned *attrs, short *pair);

/*
 * Is the terminal one that paint.c does not do right? Then ncurses puts the cells there,
 * which knows of
 * - attributes that stay where a cell is written (xhp, xt),
 * - a tilde that is none (hz),
 * - time that is waited for where others are sent NULs (npc).
 */
bool paint_by_curses(void);
/* paint_flush() of such a terminal; all: clears it first. */
void paint_curses_flush(bool all, int y, int x, bool visible);

#endif
