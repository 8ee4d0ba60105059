/*
 * guard - who may: roles, passwords, and a halt for those who guess.
 */
#ifndef AMC_APP_GUARD_H
#define AMC_APP_GUARD_H

#include "peer/server.h"

enum role { ROLE_NOBODY, ROLE_VIEWER, ROLE_OPERATOR };

struct guard;

/* conf: amcd.conf, whose [passwords] are read at each request. */
struct guard *guard_new(const char *conf);
void guard_free(struct guard *);

/*
 * May this request be served to somebody of at least that role? If not the
 * reply is filled: 401, 403, or 429 with the time to wait.
 */
bool guard_admits(struct guard *, const struct server_request *, enum role least,
    struct server_reply *);

#endif
