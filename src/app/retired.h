/*
 * retired - keys that terminals have changed from.
 *
 * While a terminal changes its key the site has two (KeyPin, KeyPinNext), and either is
 * taken. Once it has shown the next one it has thrown the old one away: who shows that
 * again is not this terminal, but somebody who found or stole its key. So from then on this
 * program takes only the next one, as if the site had it alone already; the site itself says
 * so for others when an operator has it changed (amc trust, or sending to the terminal).
 *
 * amcd keeps that over a restart, in the file "retired" of its StateDirectory, which is
 * replaced whole: for as long as the site has both keys, and a year more for a revision that
 * is brought back; of those that it does not have, the last RETIRED_MAX.
 */
#ifndef AMC_APP_RETIRED_H
#define AMC_APP_RETIRED_H

#include "app/app.h"

enum { RETIRED_MAX = 200 };

/* What was kept in the folder holds, and what comes is kept there. */
void retired_keep(struct app *, const char *dir);
/* It has proven itself with this key. True when it has changed to it just now. */
bool retired_note(struct app *, const struct terminal *, const char *pin);
/* Has it changed from the key that the site has as its present one? */
bool retired_is(const struct app *, const struct terminal *);
/* The pin that is taken of it, and the one beside it or NULL; borrowed. "" when none is known. */
const char *retired_pins(const struct app *, const struct terminal *, const char **next);
/* For app_free(). */
void retired_forget(struct app *);

#endif
