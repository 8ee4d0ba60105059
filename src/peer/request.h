/*
 * request - a request of ours while it is under way. For peer/client.c alone.
 */
#ifndef AMC_PEER_REQUEST_H
#define AMC_PEER_REQUEST_H

#include "peer/client.h"
#include "peer/trust.h"
#include "base/text.h"

/* A copy of what was asked; its secrets are wiped at the end. */
struct asked {
	char *method, *host, *path;
	char *role, *password, *if_match, *body;	/* NULL: none */
	size_t body_len;
	char pin[PIN_SIZE], pin_next[PIN_SIZE];	/* "" for any, for none */
	char *who;		/* "HOST:PORT" */
	int port, timeout_ms;
	bool keep, again;
};

/* False and words, and nothing to be done, if it must not be asked at all. */
bool asked_copy(struct asked *, const struct request *, struct err *);
void asked_done(struct asked *);

/*
 * What stands before the body, into an empty text; it has the password in it. asks_first:
 * the body comes when the other side says that it may. user: for whom it is, or NULL.
 */
void asked_head(const struct asked *, const char *user, bool asks_first, struct text *);

#endif
