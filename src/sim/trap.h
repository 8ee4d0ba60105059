/*
 * trap - traps and informs on their way to whoever is to hear of them.
 *
 * One for a farm. A trap of PowerNet has a number and a text; v1 says it as an
 * enterprise specific trap of 1.3.6.1.4.1.318, v2c and v3 as the notification
 * 1.3.6.1.4.1.318.0.NUMBER, both with mtrapargsString. An inform is said again
 * each second, three times in all, until it is confirmed.
 */
#ifndef AMC_SIM_TRAP_H
#define AMC_SIM_TRAP_H

#include "base/loop.h"
#include "sim/agent.h"

struct traps;

struct traps *traps_new(struct loop *);
void traps_free(struct traps *);		/* takes NULL */

/*
 * "ADDRESS:PORT[,v1|v2c|inform[,COMMUNITY]]" or "ADDRESS:PORT,v3,USER". It is v2c
 * and public otherwise. False and words.
 */
bool traps_add(struct traps *, const char *receiver, const struct users *, struct err *);
bool traps_any(const struct traps *);

struct trap {
	const char *ipv4;		/* the card's */
	int64_t uptime;			/* ms */
	int number;			/* 0: coldStart */
	const char *text;
};
/* To all receivers, from that agent's address. A dead one sends nothing. */
void traps_send(struct traps *, struct simagent *, const struct trap *);
/* An inform was confirmed. */
void traps_confirmed(struct traps *, int64_t number);

#endif
