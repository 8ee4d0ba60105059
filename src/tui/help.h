/*
 * help - what a view is for and its keys as they are now.
 */
#ifndef AMC_TUI_HELP_H
#define AMC_TUI_HELP_H

#include "tui/view.h"

/* Of the view on top. */
void help_open(struct tui *);
void help_about(struct tui *);

#endif
