/*
 * terminals - all terminals of the site: state, revision, age.
 */
#ifndef AMC_TUI_TERMINALS_H
#define AMC_TUI_TERMINALS_H

#include "tui/view.h"

void terminals_open(struct tui *);
/* The terminal that is selected when the view is on top, else NULL. */
const struct node *terminals_node(const struct tui *);

#endif
