/*
 * send - the site to a terminal: who is there, its key, the password, the
 * difference, sent.
 */
#ifndef AMC_TUI_SEND_H
#define AMC_TUI_SEND_H

#include "tui/view.h"

void send_open(struct tui *, unsigned terminal);

#endif
