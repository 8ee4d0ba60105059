/*
 * problems - all findings of the rules, worst first; Enter goes to the field.
 */
#ifndef AMC_TUI_PROBLEMS_H
#define AMC_TUI_PROBLEMS_H

#include "tui/view.h"

void problems_open(struct tui *);

#endif
