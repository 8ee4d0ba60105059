/*
 * trap-v3 - traps and informs of SNMPv3, and our own engine that informs are for.
 *
 * A trap is signed with the keys of its user at the card's engine, an inform with
 * those at ours: its sender asks us first who we are, and is told (RFC 3414, section
 * 4). The users are those that the card is asked with. No I/O.
 */
#ifndef AMC_SNMP_TRAP_V3_H
#define AMC_SNMP_TRAP_V3_H

#include "snmp/trap.h"

struct engine;

/* id: 5 to 32 bytes, for ever the same; boots: more at each start (RFC 3414, 2.2). */
struct engine *engine_new(const unsigned char *id, size_t len, uint32_t boots);
void engine_free(struct engine *);		/* takes NULL */

/* What a message turned out to be. */
enum opened {
	OPENED_NOISE,		/* no trap, no inform, no question for our engine */
	OPENED_SEARCH,		/* somebody asks who we are, before an inform */
	OPENED,			/* read: the trap says what it is */
	/* not read, as: */
	OPENED_USER,		/* the card is not asked with this user */
	OPENED_LEVEL,		/* it is less secured than the card is asked */
	OPENED_DIGEST,		/* another authentication password or protocol */
	OPENED_CIPHER,		/* another privacy password or protocol */
	OPENED_OLD,		/* not in the time window: late, or sent once more */
};

/*
 * Opens a message of v3 that trap_decode() has called sealed, for one of these users.
 * What it carries goes into *t. *reply: what is to be sent back if the sender is a card of
 * ours, borrowed until the next call; of no length when nothing is.
 */
struct reply {
	const unsigned char *bytes;
	size_t len;
};
enum opened trap_open(struct engine *, unsigned char *bytes, size_t len,
    const struct snmp_user *users, size_t n, struct trap *t, struct reply *reply);

/* What is wrong with it, N_(); NULL of those that are read, or noise. */
const char *opened_words(enum opened);

#endif
