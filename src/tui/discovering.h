/* discovering - the list of the dialog that searches for cards; a part of discover */
#ifndef AMC_TUI_DISCOVERING_H
#define AMC_TUI_DISCOVERING_H

#include "app/discover.h"
#include "tui/view.h"

/* Starts the search; false and words when it cannot be. */
bool discovering_open(struct tui *, const struct discover_settings *, struct err *);

#endif
