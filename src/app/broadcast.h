/*
 * broadcast - the site to many terminals: all that can be reached get it, or none.
 *
 * The steps of a transfer (transfer.h), taken by all of them together: contact
 * when it is made, then look with the password that is the same on all, then send:
 * each stages and checks it, and only when all have, each is told that it counts
 * (man 7 amc-protocol, Sending to many). One that refuses stops all. One that is away
 * stops nobody; it may have it from the others later. Nor does one whose key is not
 * the one we know: it may be anybody, and is asked nothing.
 */
#ifndef AMC_APP_BROADCAST_H
#define AMC_APP_BROADCAST_H

#include "app/transfer.h"

enum broadcast_state {
	BROADCAST_ASKING,	/* a step is under way */
	BROADCAST_AWAY,		/* nobody answers */
	BROADCAST_STRANGER,	/* another key than the one we know, or a first contact */
	BROADCAST_MET,		/* it shows the key that we know */
	BROADCAST_READY,	/* we know what it holds */
	BROADCAST_ALIKE,	/* it holds this very site: nothing to send */
	BROADCAST_STAGED,	/* it has it, and it does not count yet */
	BROADCAST_SENT,
	BROADCAST_SPARED,	/* it holds what it held, as another one refused */
	BROADCAST_FAILED,	/* words say why; what it held it holds, unless they say else */
};

struct broadcast_row {
	unsigned terminal;
	enum broadcast_state state;
	enum err_kind kind;	/* of what stopped it; 0: nothing */
	int held;		/* revision; 0: none */
	size_t changes;		/* lines of difference */
	char words[600];
};

struct broadcast;

/* To these n terminals. changed is called, from the loop, after each answer. */
struct broadcast *broadcast_new(struct app *, const unsigned *terminals, size_t n,
    int timeout_ms, loop_fn *changed, void *arg);	/* 0: that of transfer.h */
/* What is staged and not activated goes by itself. Takes NULL. */
void broadcast_free(struct broadcast *);

const struct broadcast_row *broadcast_rows(const struct broadcast *, size_t *n);
/* The transfer of a row, for its words; NULL if it has none. */
struct transfer *broadcast_transfer(const struct broadcast *, size_t row);
/* Is a step still under way anywhere? The next one begins when not. */
bool broadcast_busy(const struct broadcast *);
/* How many are in a state. */
size_t broadcast_count(const struct broadcast *, enum broadcast_state);

/* The operator has accepted the key of a first contact: it is met. */
void broadcast_trust(struct broadcast *, size_t row);
/* What do those hold that were met, and those that will be? */
void broadcast_look(struct broadcast *, const char *password);
/*
 * To all that are ready; later: those who are away may have it from the others when
 * they come back. False and words when it is not even begun: the site cannot be sent,
 * or one refuses already, or nobody is there.
 */
bool broadcast_send(struct broadcast *, bool later, struct err *);

#endif
