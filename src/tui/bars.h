/*
 * bars - the lines that are always there: menus and title above, the alarm
 * line and the keys below.
 */
#ifndef AMC_TUI_BARS_H
#define AMC_TUI_BARS_H

#include "tui/view.h"

void bars_draw(struct tui *);
/* A title opens its menu, a key does what it does when it is pressed. */
void bars_mouse(struct tui *, const struct mouse *);
/* Where the title of menu i begins. */
int bars_menu_x(const struct tui *, size_t i);

#endif
