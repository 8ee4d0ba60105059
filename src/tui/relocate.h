/*
 * relocate - to another place of the tree, or another rank among what stands in
 * the same. Moves the tagged nodes, or the selected one.
 */
#ifndef AMC_TUI_RELOCATE_H
#define AMC_TUI_RELOCATE_H

#include "tui/view.h"

/* All places as a tree; where they cannot go is greyed and says why. */
bool relocate_can(struct tui *, struct err *);
void relocate_open(struct tui *);

/* Before the one before it, behind the one behind it. */
bool relocate_can_up(struct tui *, struct err *);
void relocate_up(struct tui *);
bool relocate_can_down(struct tui *, struct err *);
void relocate_down(struct tui *);

#endif
