/*
 * columns - which columns the list has, and the dialog in which they are chosen.
 *
 * As ui/columns.xml has them, rank by rank as far as there is room; or as the
 * operator chose: from left to right as far as there is room.
 */
#ifndef AMC_TUI_COLUMNS_H
#define AMC_TUI_COLUMNS_H

#include "tui/view.h"

enum { COLUMNS_MAX = 16 };

/* How wide each of ui->columns is in so many columns, 0 if it is not shown. */
void columns_fit(const struct ui *, int cols, int width[COLUMNS_MAX]);

/* How many columns of characters the list has; without a screen, enough for all. */
int columns_room(const struct tui *);

/* The dialog. */
void columns_open(struct tui *);
/* columns-linear.c: the same in lines. */
void columns_linear(struct view *, struct linear *);
/* The row of the dialog that has the cursor. */
void columns_go(struct view *, int row);

/*
 * The choice as text, "name,state,-address": hidden ones with a hyphen; "" for
 * none. Yours to free. Of a text that is taken, what is no column is passed over,
 * and columns that it does not name come last, hidden.
 */
char *columns_choice(const struct ui *);
void columns_choose(struct ui *, const char *choice);

#endif
