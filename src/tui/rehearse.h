/*
 * rehearse - an outage whose orders are only asked about: who would obey them.
 *
 * Of the outage of the plan that is open, else of what is selected in the main screen.
 */
#ifndef AMC_TUI_REHEARSE_H
#define AMC_TUI_REHEARSE_H

#include "tui/view.h"

bool rehearse_can(struct tui *, struct err *);
/* Asks for the password of the control terminal first; in its own view it asks all again. */
void rehearse_open(struct tui *);

#endif
