/*
 * trapport - the UDP port to which cards send their traps.
 *
 * What comes is bounded before it is understood (flood.h): a flood costs a bounded
 * part of the machine, and hides no more than itself.
 */
#ifndef AMC_SNMP_TRAPPORT_H
#define AMC_SNMP_TRAPPORT_H

#include "snmp/trap.h"

#define TRAP_PORT 162

struct trapport;

/*
 * from: numeric, of whoever sent the datagram. True
 * when it comes from a card that we know: an inform is answered then, and only then.
 */
typedef bool trapport_heard(const struct trap *, const char *from, void *arg);

/*
 * address: numeric; NULL: all, IPv6 and IPv4. NULL and words when the port cannot
 * be had; ERR_REFUSED when we are not permitted to or another program has it.
 */
struct trapport *trapport_new(struct loop *, const char *address, int port,
    trapport_heard *, void *arg, struct err *);
void trapport_free(struct trapport *);		/* takes NULL; not from heard */

/* Datagrams that were no traps, and that were dropped, since this was asked last. */
void trapport_lost(struct trapport *, unsigned long *bad, unsigned long *dropped);

#endif
