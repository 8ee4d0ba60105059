/*
 * problems - all findings of the rules, worst first; Enter goes to the field, f mends.
 */
#ifndef AMC_TUI_PROBLEMS_H
#define AMC_TUI_PROBLEMS_H

#include "tui/view.h"

void problems_open(struct tui *);
/* Makes the offered change of the selected finding. */
bool problems_can_fix(struct tui *, struct err *);
void problems_fix(struct tui *);

#endif
