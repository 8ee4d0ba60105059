/*
 * sendall - sending the settings to all terminals: one row a terminal, each
 * succeeds or fails alone.
 */
#ifndef AMC_TUI_SENDALL_H
#define AMC_TUI_SENDALL_H

#include "tui/view.h"

void sendall_open(struct tui *);

#endif
