/*
 * broadcast - the site to many terminals at once: each succeeds or fails alone.
 *
 * The steps of a transfer (transfer.h), taken by all of them together: contact
 * when it is made, then look with the password that is the same on all, then
 * send. A terminal that falls out at one step is left alone from there on.
 */
#ifndef AMC_APP_BROADCAST_H
#define AMC_APP_BROADCAST_H

#include "app/app.h"

enum broadcast_state {
	BROADCAST_ASKING,	/* a step is under way */
	BROADCAST_MET,		/* it shows the key that we know */
	BROADCAST_READY,	/* we know what it holds */
	BROADCAST_ALIKE,	/* it holds this very site: nothing to send */
	BROADCAST_SENT,
	BROADCAST_FAILED,	/* words say why; what it held it holds */
};

struct broadcast_row {
	unsigned terminal;
	enum broadcast_state state;
	int held;		/* revision; 0: none */
	size_t changes;		/* lines of difference */
	char words[400];
};

struct broadcast;

/* To these n terminals. changed is called, from the loop, after each answer. */
struct broadcast *broadcast_new(struct app *, const unsigned *terminals, size_t n,
    loop_fn *changed, void *arg);
void broadcast_free(struct broadcast *);

const struct broadcast_row *broadcast_rows(const struct broadcast *, size_t *n);
/* Is a step still under way anywhere? The next one begins when not. */
bool broadcast_busy(const struct broadcast *);
/* How many are in a state. */
size_t broadcast_count(const struct broadcast *, enum broadcast_state);

/* What do those that were met hold? */
void broadcast_look(struct broadcast *, const char *password);
/* To all that are ready. */
void broadcast_send(struct broadcast *);

#endif
