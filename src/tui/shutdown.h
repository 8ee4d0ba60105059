/*
 * shutdown - servers go down by an operator's order: the tagged ones, or the selected.
 */
#ifndef AMC_TUI_SHUTDOWN_H
#define AMC_TUI_SHUTDOWN_H

#include "tui/view.h"

bool shutdown_can(struct tui *, struct err *);
/* Asks for the password of the control terminal that passes it on, and then whether. */
void shutdown_open(struct tui *);

/* In the view that shows what became of it: those whose time has not come yet stay up. */
bool shutdown_can_call_off(struct tui *, struct err *);
void shutdown_call_off(struct tui *);

#endif
