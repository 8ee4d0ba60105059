/*
 * wake - starting servers by Wake-on-LAN: the tagged ones, or the selected.
 */
#ifndef AMC_TUI_WAKE_H
#define AMC_TUI_WAKE_H

#include "tui/view.h"

bool wake_can(struct tui *, struct err *);
/* Asks first. */
void wake_open(struct tui *);

#endif
