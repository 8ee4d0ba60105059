/*
 * help - what a view is for and its keys as they are now.
 */
#ifndef AMC_TUI_HELP_H
#define AMC_TUI_HELP_H

#include "tui/view.h"

/* Of the view on top. */
void help_open(struct tui *);
void help_about(struct tui *);
/* All topics, to choose from; the keys of all screens on one page. */
void help_contents(struct tui *);
void help_keys(struct tui *);
/* Looks for a word in the help that is on top. */
bool help_is_open(struct tui *, struct err *);
void help_find(struct tui *);
bool help_can_find_next(struct tui *, struct err *);
void help_find_next(struct tui *);

#endif
