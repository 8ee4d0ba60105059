/*
 * trap - what a card sends unasked: v1 traps, v2c notifications, informs. Pure.
 *
 * A trap is a hint and never the truth: anybody can send one, and the network
 * may lose it. It says who should be asked, and gives what happened a name.
 */
#ifndef AMC_SNMP_TRAP_H
#define AMC_SNMP_TRAP_H

#include "snmp/agent.h"
#include "snmp/profile.h"

struct trap {
	int version;		/* 1, 2 (v2c), 3 */
	bool inform;		/* its sender waits for an answer */
	bool sealed;		/* v3, as it came: what it says is not known (trap-v3.h) */
	const char *why;	/* N_(): ... and why it could not be read; or NULL */
	char oid[OID_SIZE];	/* snmpTrapOID; of v1 as RFC 3584 3.1 makes one; or "" */
	char agent[16];		/* agent-addr of v1, snmpTrapAddress behind a proxy; or "" */
	char text[AGENT_TEXT_SIZE];	/* the first text that it carries, made safe; or "" */
};

/* The bytes may be written to. False: it is no trap. */
bool trap_decode(unsigned char *bytes, size_t len, struct trap *);

/* The PDU of a trap or inform of v2c or v3; false: it is none. */
bool trap_take(unsigned char *pdu, size_t len, struct trap *);

/*
 * Makes the answer of an inform of v2c from it, in place: the same message with
 * a response as its PDU (RFC 3416 4.2.7). False when it is none.
 */
bool trap_answer(unsigned char *bytes, size_t len);

/* What a profile calls it; NULL when none knows it. */
const struct profile_trap *trap_find(const struct profiles *, const char *oid);

#endif
