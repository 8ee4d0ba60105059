/*
 * prefs - what an operator has set up for himself, kept over the end of the
 * console: theme, language, mouse, the border between tree and list, columns,
 * sorting.
 *
 * A key is a word ("theme", "list-columns": small letters, digits, hyphens),
 * its value one line of text of at most PREFS_VALUE bytes, where each of the
 * few characters that an ini file cannot hold counts three; what it means is
 * its user's, who takes one that he does not understand as not there. They
 * stand in [console] of $XDG_STATE_HOME/amc/console.conf (~/.local/state if
 * that is not set). A line is written when it has changed and all others are
 * left as they are, so that of two consoles the last one to change a thing
 * wins, for that thing. Neither a missing file nor a folder that cannot be
 * written keeps the console from working.
 */
#ifndef AMC_TUI_PREFS_H
#define AMC_TUI_PREFS_H

#include "base/err.h"

#define PREFS_VALUE 900	/* an ini line has at most 1000 */

struct prefs;

/*
 * Never NULL. When there is a file that cannot be read e->text has words and
 * nothing is set; else it is "".
 */
struct prefs *prefs_new(struct err *e);
/* Without saving. */
void prefs_free(struct prefs *);

/* Borrowed until the key is set again; NULL if it is not set. */
const char *prefs_get(const struct prefs *, const char *key);
/* A whole number between least and most; initial if the key has no such value. */
int prefs_number(const struct prefs *, const char *key, int least, int most, int initial);

/* The value is copied; one that is too long or has more than one line is not taken. */
void prefs_set(struct prefs *, const char *key, const char *value);
void prefs_set_number(struct prefs *, const char *key, int value);

/*
 * Writes what has been set since the last time; the console calls it some time
 * after a change and at its end. False and words once when it cannot, then true
 * until something else is set: it is told, not repeated.
 */
bool prefs_save(struct prefs *, struct err *);

#endif
