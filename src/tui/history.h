/*
 * history - the revisions of the open file: what each was, how it differs from
 * now, back to it.
 */
#ifndef AMC_TUI_HISTORY_H
#define AMC_TUI_HISTORY_H

#include "tui/view.h"

bool history_can_open(struct tui *, struct err *);
void history_open(struct tui *);

#endif
