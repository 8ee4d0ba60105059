/*
 * agent - answers SNMP v1 and v2c at one UDP address with a set of objects.
 *
 * The door to net-snmp for upssim: the library reads and writes the messages,
 * as it does for snmptrapd; what they mean is done here. No MIB files and no
 * settings of the host are read. A request costs the same however many agents
 * there are.
 *
 * GET, GETNEXT, GETBULK, SET. A SET is checked whole before any of it is done.
 * A request with another community than it takes is met with silence, as are
 * all requests while the agent is dead.
 */
#ifndef AMC_SIM_AGENT_H
#define AMC_SIM_AGENT_H

#include "base/err.h"
#include "base/loop.h"
#include "sim/object.h"

struct simagent;

/* Borrowed: it outlives the agent. */
struct simagent_terms {
	const char *read, *write;	/* communities; write may read as well */
};

/* Called before each request, to bring the objects up to now. */
typedef void simagent_wake(void *arg);

/* NULL and words when the address cannot be had. The objects are copied, not what they are of. */
struct simagent *simagent_new(struct loop *, const char *ipv4, int port,
    const struct objects *, const struct simagent_terms *, simagent_wake *,
    void *arg, struct err *);
void simagent_free(struct simagent *);

void simagent_set_alive(struct simagent *, bool);
bool simagent_alive(const struct simagent *);

#endif
