/*
 * post - what all agents of a loop share: sockets, numbers, timeouts.
 *
 * Whoever talks to an agent has a struct parcel for the one message that it has
 * out. What comes back finds its parcel by the number in the message and by the
 * address it comes from; the same with what the network reports. What is sent
 * from one round of the loop leaves together.
 */
#ifndef AMC_SNMP_POST_H
#define AMC_SNMP_POST_H

#include "base/deadlines.h"
#include "snmp/udp.h"

struct post;
struct parcel;

/* Called from the loop, with the parcel still out; it may be freed in each. */
struct parcel_type {
	/* try: of which sending it is the answer, from 0 (post_number) */
	void (*heard)(struct parcel *, unsigned char *bytes, size_t len, bool cut,
	    unsigned try);
	void (*failed)(struct parcel *, int error);	/* errno */
	void (*late)(struct parcel *);			/* the time is over */
};

/* { 0 } with type, to and post set is one that is not out. */
struct parcel {
	const struct parcel_type *type;
	struct udp_address to;
	struct post *post;
	uint32_t number;		/* 0: not out */
	struct iovec pieces[2];		/* of the message; kept until the loop goes round */
	struct deadline deadline;
	struct parcel *next, **link;	/* waiting to leave */
};

/* The one of this loop. As often as it is taken it must be left. */
struct post *post_of(struct loop *);
void post_leave(struct post *);

/*
 * The number for the next sending of the parcel's message: what a request-id or
 * msgID must be. They differ in each sending, and answers to all are taken.
 */
#define POST_TRIES 8
uint32_t post_number(struct parcel *, unsigned try);
/* Sends parcel->pieces, and calls late after ms unless it is set anew or taken back. */
void post_send(struct parcel *, int ms);
/* It is no longer waited for. */
void post_take_back(struct parcel *);

#endif
