/*
 * command - telling UPSs to do something: which, the question that names who is
 * hit, and what is seen of it.
 */
#ifndef AMC_TUI_COMMAND_H
#define AMC_TUI_COMMAND_H

#include "tui/view.h"

/* Is a power device or a group of them meant, and the site not read-only? */
bool command_can(struct tui *, struct err *);
/* The same for what switches: the site must be armed. */
bool command_can_switch(struct tui *, struct err *);

/* One of all that the cards can do. */
void command_open(struct tui *);
/* Straight to one, or to a choice of those of its kind. */
void command_test(struct tui *);
void command_on(struct tui *);
void command_off(struct tui *);
void command_reboot(struct tui *);

#endif
