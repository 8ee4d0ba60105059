/*
 * sendall - sending the settings to all terminals: one row a terminal; all that are
 * there get it, or none.
 */
#ifndef AMC_TUI_SENDALL_H
#define AMC_TUI_SENDALL_H

#include "tui/view.h"

void sendall_open(struct tui *);
/* A sending of this site that was begun and not seen to its end is told. */
void sendall_remind(struct tui *);

#endif
