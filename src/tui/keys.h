/*
 * keys - which key does what in which view: ui/keys.xml.
 *
 * A view's keys are those of its context; a context may be based on another
 * whose keys count where it has none of its own.
 */
#ifndef AMC_TUI_KEYS_H
#define AMC_TUI_KEYS_H

#include "base/xml.h"
#include "tui/action.h"

struct keys;

struct binding {
	const char *key;		/* "F1", "Ctrl-S" */
	const struct action *action;
	bool bar;			/* is it shown in the key bar? */
};

/* Strings belong to the document. A key bound twice in a context is refused. */
struct keys *keys_read(const struct xml *, struct err *);
void keys_free(struct keys *);

/* What a key does in a context; NULL if nothing. */
const struct action *keys_action(const struct keys *, const char *context,
    const char *key);
/* The first key of an action in a context, as shown in menus; NULL if none. */
const char *keys_of(const struct keys *, const char *context,
    const struct action *);
/* The i-th binding of a context, own ones first; NULL behind the last. */
const struct binding *keys_each(const struct keys *, const char *context, size_t i);
bool keys_context(const struct keys *, const char *context);

#endif
