/*
 * trapport - the UDP port to which cards send their traps.
 *
 * What comes is bounded before it is understood (flood.h): a flood costs a bounded
 * part of the machine, and hides no more than itself.
 */
#ifndef AMC_SNMP_TRAPPORT_H
#define AMC_SNMP_TRAPPORT_H

#include "snmp/trap-v3.h"

#define TRAP_PORT 162

struct trapport;

/*
 * from: numeric, of whoever sent the datagram. True
 * when it comes from a card that we know: an inform is answered then, and only then.
 */
typedef bool trapport_heard(const struct trap *, const char *from, void *arg);

/*
 * The users of SNMPv3 that the cards at this address are asked with, at most max; how
 * many. Their strings are borrowed.
 */
#define TRAP_USERS 8
typedef size_t trapport_users(const char *from, struct snmp_user *list, size_t max, void *arg);

/*
 * The engine, which informs of v3 are for, is taken over.
 * address: numeric; NULL: all, IPv6 and IPv4. NULL and words when the port cannot
 * be had; ERR_REFUSED when we are not permitted to or another program has it.
 */
struct trapport *trapport_new(struct loop *, const char *address, int port, struct engine *,
    trapport_heard *, trapport_users *, void *arg, struct err *);
void trapport_free(struct trapport *);		/* takes NULL; not from heard */

/* Datagrams that were no traps, and that were dropped, since this was asked last. */
void trapport_lost(struct trapport *, unsigned long *bad, unsigned long *dropped);

#endif
