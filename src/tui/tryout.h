/*
 * tryout - the notifications of the selected terminal: its channels, how they are,
 * and a test through one of them.
 */
#ifndef AMC_TUI_TRYOUT_H
#define AMC_TUI_TRYOUT_H

#include "tui/view.h"

bool tryout_can(struct tui *, struct err *);
void tryout_open(struct tui *);

#endif
