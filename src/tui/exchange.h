/*
 * exchange - export and import: questions, a look at what changes, done.
 */
#ifndef AMC_TUI_EXCHANGE_H
#define AMC_TUI_EXCHANGE_H

#include "tui/view.h"

void exchange_export(struct tui *);
bool exchange_can_import(struct tui *, struct err *);
void exchange_import(struct tui *);

#endif
