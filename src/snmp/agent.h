/*
 * agent - one SNMP agent to ask, v1 or v2c; the door to net-snmp.
 *
 * One message at a time: agent_ask() sends it, repeats it when nothing comes
 * back, and calls done once, from the loop. Reads no configuration of the host
 * and no MIBs, blocks nowhere, takes any number of descriptors. What a card
 * sends is bounded and made safe here; what it means is for the callers.
 * Splitting and repeating of questions is in query.h.
 */
#ifndef AMC_SNMP_AGENT_H
#define AMC_SNMP_AGENT_H

#include "base/err.h"
#include "base/loop.h"
#include "snmp/oid.h"

struct agent;

/* The strings are copied. */
struct agent_target {
	const char *name;	/* for the words of errors: as the operator wrote it */
	const char *address;	/* numeric, IPv4 or IPv6 */
	int port;
	int version;		/* 1 or 2 (v2c) */
	const char *community;
	int timeout_ms, retries;
};

enum agent_type {
	AGENT_MISSING,		/* the agent has no such object */
	AGENT_ODD,		/* it has, but gives nothing that we can use */
	AGENT_INTEGER, AGENT_UNSIGNED, AGENT_TICKS,	/* number */
	AGENT_TEXT,		/* text: UTF-8 without control characters */
	AGENT_OID,		/* text: "1.3.6.1" */
};

struct agent_value {
	char oid[OID_SIZE];
	enum agent_type type;
	int64_t number;
	char text[256];
};

enum agent_status {
	AGENT_DONE,		/* values has what was answered */
	AGENT_NO_SUCH,		/* v1: the object at index is not there */
	AGENT_TOO_BIG,		/* the answer does not fit into a message */
	AGENT_DENIED,		/* authorizationError */
	AGENT_FAULT,		/* any other error, at index */
};

/* n need not be what was asked for: cards answer more, less, or other things. */
struct agent_answer {
	enum agent_status status;
	size_t index;		/* from 1, as sent by the card; may be nonsense */
	const struct agent_value *values;
	size_t n;
};

/*
 * answer is NULL when none came; the words (ERR_UNREACHABLE) say what to check.
 * Both are borrowed. The agent may be freed in it, or be asked again.
 */
typedef void agent_done(const struct agent_answer *answer, const struct err *,
    void *arg);

struct agent *agent_new(struct loop *, const struct agent_target *);
/* Takes NULL. done is not called any more. */
void agent_free(struct agent *);

enum agent_verb { AGENT_GET, AGENT_NEXT };

/* The most objects in one message; what it took is remembered. */
#define AGENT_BATCH 64
size_t agent_batch(const struct agent *);
void agent_limit_batch(struct agent *, size_t);

/* n is at most AGENT_BATCH. False when it cannot be sent at all. */
bool agent_ask(struct agent *, enum agent_verb, const char *const *oids, size_t n,
    agent_done *, void *arg, struct err *);

/* "192.0.2.1:161", as errors name it. */
const char *agent_where(const struct agent *);

#endif
