/*
 * passwd - a new password for a role, if it is one that cannot be guessed at once.
 *
 * At least 8 characters (peer/trust.h), besides the name of a role, the user, the
 * host or the terminal if one of them is in it; at least 4 different ones; no row
 * like 12345678; not the old one, and not the other role's: who has that would have
 * both. Longer is better, and no mixture of kinds is asked for.
 */
#ifndef AMC_APP_PASSWD_H
#define AMC_APP_PASSWD_H

#include "base/err.h"

/* Is there such a role? Else words. */
bool passwd_knows(const char *role, struct err *);

/* names ends with NULL; "" are skipped. */
bool passwd_allows(const char *password, const char *const *names, struct err *);

/*
 * Writes its hash into conf (amcd.conf), which is made if it is not there, and tells
 * it to the audit log. role: "viewer" or "operator".
 */
bool passwd_set(const char *conf, const char *role, const char *password, struct err *);

#endif
