/*
 * pulldown - the menus of the menu bar.
 */
#ifndef AMC_TUI_PULLDOWN_H
#define AMC_TUI_PULLDOWN_H

#include "tui/view.h"

/* Opens menu i, the first one as well when there is no such. */
void pulldown_open(struct tui *, size_t i);
/* Another menu if one is open; the same one closes it. */
void pulldown_switch(struct tui *, size_t i);

#endif
