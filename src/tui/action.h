/*
 * action - everything a key or a menu entry can do: a row each.
 *
 * Menus, the key bar, help and ui/keys.xml all read this table. An action that
 * cannot be used now says why.
 */
#ifndef AMC_TUI_ACTION_H
#define AMC_TUI_ACTION_H

#include "base/err.h"

#include <stddef.h>

struct tui;

struct action {
	const char *name;	/* as ui/ has it */
	const char *label;	/* N_(): menus, help */
	const char *brief;	/* N_(): the key bar */
	bool (*usable)(struct tui *, struct err *);	/* NULL: always */
	void (*run)(struct tui *);
};

/* NULL if there is none. */
const struct action *action_find(const char *name);
/* The i-th of the table; NULL behind the last. */
const struct action *action_each(size_t i);

/* Can it be used now? If not, the words say why. */
bool action_usable(const struct action *, struct tui *, struct err *);
/* Does it, or says why not. */
void action_run(const struct action *, struct tui *);

#endif
