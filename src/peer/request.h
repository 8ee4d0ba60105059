/*
 * request - a request of ours while it is under way. For peer/client.c alone.
 */
#ifndef AMC_PEER_REQUEST_H
#define AMC_PEER_REQUEST_H

#include "peer/client.h"
#include "peer/trust.h"

/* A copy of what was asked; its secrets are wiped at the end. */
struct asked {
	char *method, *host, *path;
	char *role, *password, *if_match, *body;	/* NULL: none */
	size_t body_len;
	char pin[PIN_SIZE], pin_next[PIN_SIZE];	/* "" for any, for none */
	char *who;		/* "HOST:PORT" */
	int port, timeout_ms;
};

/* False and words, and nothing to be done, if it must not be asked at all. */
bool asked_copy(struct asked *, const struct request *, struct err *);
void asked_done(struct asked *);

/* "https://[fe80::1%25eth0]:4000/v1/hello" for a numeric address; yours to free. */
char *asked_url(const struct asked *, const char *address);

/*
 * If this line of an answer is the header of that name: its value, without the
 * blanks around it, "" if it is longer than any of ours.
 */
bool header_value(const char *line, size_t len, const char *name, char *out,
    size_t size);

#endif
