/*
 * keys - which key does what in which view: ui/keys.xml, and an operator's own.
 *
 * A view's keys are those of its context; a context may be based on another
 * whose keys count where it has none of its own. In a context with fields to
 * type into (text="yes") no character can be a key.
 */
#ifndef AMC_TUI_KEYS_H
#define AMC_TUI_KEYS_H

#include "base/xml.h"
#include "tui/action.h"

struct keys;

struct binding {
	const char *key;		/* "F1", "Ctrl-S" */
	const struct action *action;	/* NULL: none, though a base may have one */
	bool bar;			/* is it shown in the key bar? */
	const struct xml *doc;		/* where it stands */
	const struct xml_node *at;
};

/*
 * Strings belong to the document. Refused with words: a key bound twice in a
 * context, an action that there is not, a key that no terminal sends.
 */
struct keys *keys_read(const struct xml *, struct err *);
/*
 * The same from another document on top, for contexts that there are. A key
 * that was bound there does what it says here; action "none" takes one away.
 * After a fault the keys are good for nothing but keys_free().
 */
bool keys_add(struct keys *, const struct xml *, struct err *);
void keys_free(struct keys *);

/* What a key does in a context; NULL if nothing. */
const struct binding *keys_find(const struct keys *, const char *context,
    const char *key);
const struct action *keys_action(const struct keys *, const char *context,
    const char *key);
/* The first key of an action in a context, as shown in menus; NULL if none. */
const char *keys_of(const struct keys *, const char *context,
    const struct action *);
/* The i-th binding of a context, own ones first; NULL behind the last. */
const struct binding *keys_each(const struct keys *, const char *context, size_t i);
bool keys_context(const struct keys *, const char *context);
/* Has it fields to type into? */
bool keys_text(const struct keys *, const char *context);

#endif
