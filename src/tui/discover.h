/*
 * discover - searching for cards: where, with which community names, then a list of
 * what answers, of which the ticked ones are registered in a group.
 */
#ifndef AMC_TUI_DISCOVER_H
#define AMC_TUI_DISCOVER_H

#include "tui/view.h"

bool discover_can_open(struct tui *, struct err *);
void discover_open(struct tui *);

/* In the list: the row at the cursor, or all that can be. */
bool discover_is_open(struct tui *, struct err *);
void discover_tick(struct tui *);
void discover_tick_all(struct tui *);

#endif
