/*
 * find - to a node by a part of its name, address or description.
 *
 * While it is typed the cursor is on the first match behind where it was; Esc
 * goes back there. In the list it looks through what the list shows, in its
 * order, else through the whole tree.
 */
#ifndef AMC_TUI_FIND_H
#define AMC_TUI_FIND_H

#include "tui/view.h"

void find_open(struct tui *);
bool find_can_go_on(struct tui *, struct err *);
void find_next(struct tui *);
void find_previous(struct tui *);
/* Nothing is marked any more. */
void find_clear(struct tui *);

#endif
