/*
 * guard - who a request is from, and may he: roles, passwords, terminals' keys,
 * and a halt for those who guess.
 *
 * A person proves himself with the password of a role. A terminal proves itself
 * with its key: it shows its certificate in the TLS handshake, and the pin of it
 * stands in the terminal's record of our own site. It may what a viewer may, and
 * what is for terminals alone.
 */
#ifndef AMC_APP_GUARD_H
#define AMC_APP_GUARD_H

#include "app/app.h"
#include "peer/server.h"

enum role { ROLE_NOBODY, ROLE_VIEWER, ROLE_OPERATOR };

struct caller {
	enum role role;		/* of the password; ROLE_NOBODY without one */
	/* By its key: borrowed until the site changes, NULL when it is none. */
	const struct terminal *terminal;
};

struct guard;

/*
 * conf: amcd.conf, whose [passwords] are read at each request. The terminals are
 * those of the app's site.
 */
struct guard *guard_new(const char *conf, struct app *);
void guard_free(struct guard *);

/* Told of each wrong password: how many by now from there, and how long it waits. */
typedef void guard_failed(const struct server_request *, unsigned failures, int wait_s,
    void *arg);
void guard_listen(struct guard *, guard_failed *, void *arg);

/*
 * Who is this request from? False, with the reply filled, only when it carries a
 * password that is wrong (401) or must wait (429); without one it may be nobody.
 */
bool guard_caller(struct guard *, const struct server_request *, struct caller *,
    struct server_reply *);

/*
 * May this request be served to somebody of at least that role? If not the
 * reply is filled: 401, 403, or 429 with the time to wait.
 */
bool guard_admits(struct guard *, const struct server_request *, enum role least,
    struct server_reply *);

/*
 * For routes that are for terminals only (for control terminals only): the one
 * that asks; NULL, with the reply filled (403), for anybody else, whatever
 * his password.
 */
const struct terminal *guard_terminal(struct guard *, const struct server_request *,
    bool control, struct server_reply *);

/* "operator", "viewer", "terminal", "nobody". */
const char *caller_word(const struct caller *);

#endif
