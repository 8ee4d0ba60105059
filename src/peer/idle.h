/*
 * idle - connections between two requests, so that the next one need not shake hands
 * anew. For peer/client.c alone.
 *
 * One that the other side ends, or that says anything unasked, is closed at once; each
 * is after IDLE_MS, long before an amcd would do it (30 s): so it is not closed there
 * while a request is on its way.
 */
#ifndef AMC_PEER_IDLE_H
#define AMC_PEER_IDLE_H

#include "base/loop.h"
#include "peer/tls.h"

enum { IDLE_MS = 20000, IDLE_MOST = 256 };

struct idle;

struct idle *idle_new(struct loop *);
void idle_free(struct idle *);		/* closes them all */
void idle_forget(struct idle *);	/* the same, but goes on */

/* Takes the connection over; nothing is under way on it. */
void idle_put(struct idle *, struct tls *, const char *address, int port);
/* One to there whose key has one of these pins, the caller's again; NULL: there is none. */
struct tls *idle_take(struct idle *, const char *address, int port, const char *pin,
    const char *pin_next);

#endif
