/*
 * telling - what the parts of command share: what UPSs are told to do, from the choice
 * to the end; nobody else includes it.
 */
#ifndef AMC_TUI_TELLING_H
#define AMC_TUI_TELLING_H

#include "app/operate.h"
#include "tui/command.h"

/* One power device that is told to. */
struct told {
	struct telling *telling;
	unsigned id;
	struct operation *operation;	/* while it is under way */
	struct command_state state;
	char error[300];
};

/* The view is only open when something was sent. */
struct telling {
	struct view view;
	const struct command *command;
	int outlet;
	struct told *list;
	size_t n, at, top;
	const struct command *offered[64];	/* while it is chosen */
};

/* Nobody waits for the ends any more. NULL is none. */
void telling_free(struct telling *);

/* command-told.c: the view of a struct telling. */
extern const struct view_type command_told;

#endif
