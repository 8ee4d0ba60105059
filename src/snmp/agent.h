/*
 * agent - one SNMP agent to talk to, v1, v2c or v3.
 *
 * One message at a time: agent_ask() sends it, repeats it when nothing comes
 * back, and calls done once, from the loop. How soon it is repeated is learned
 * from how fast the agent answers; how long it is waited for in all is not: as
 * long as timeout_ms and retries say, or longer for one that is known to be slow.
 * Blocks nowhere, and has no socket of its own (post.h). What a card sends is
 * bounded and made safe (wire.h); what it means is for the callers. Splitting
 * and repeating of questions is in query.h.
 */
#ifndef AMC_SNMP_AGENT_H
#define AMC_SNMP_AGENT_H

#include "base/err.h"
#include "base/loop.h"
#include "snmp/oid.h"
#include "snmp/user.h"

struct agent;

/* The strings are copied. */
struct agent_target {
	const char *name;	/* for the words of errors: as the operator wrote it */
	const char *address;	/* numeric, IPv4 or IPv6 */
	int port;
	int version;		/* enum snmp_version */
	const char *community;	/* v1, v2c */
	struct snmp_user user;	/* v3 */
	int timeout_ms;		/* until it is repeated, as long as nothing is learned */
	int retries;		/* at most AGENT_RETRIES */
};
#define AGENT_RETRIES 3

enum agent_type {
	AGENT_MISSING,		/* the agent has no such object */
	AGENT_ODD,		/* it has, but gives nothing that we can use */
	AGENT_INTEGER, AGENT_UNSIGNED, AGENT_TICKS,	/* number */
	AGENT_TEXT,		/* text: UTF-8 without control characters */
	AGENT_OID,		/* text: "1.3.6.1" */
	AGENT_IP,		/* text: "192.0.2.1" */
};

/*
 * The texts are borrowed, and "" where there is none. In an answer they live as
 * long as it: until done returns; an oid that was asked for is the asker's pointer.
 */
#define AGENT_TEXT_SIZE 256
struct agent_value {
	const char *oid;
	enum agent_type type;
	int64_t number;
	const char *text;
};

/* The same as it stood in the message: its type in BER (tag) and contents. */
struct agent_raw {
	unsigned char tag;
	const unsigned char *bytes;
	size_t size;
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
	int error;		/* error-status as it was sent: agent_error_word() */
	size_t index;		/* from 1, as sent by the card; may be nonsense */
	const struct agent_value *values;
	const struct agent_raw *raw;	/* of each value; NULL when n is 0 */
	size_t n;
};

/*
 * answer is NULL when none came; the words (ERR_UNREACHABLE; ERR_REFUSED when an
 * agent of v3 gives the reason) say what to check.
 * Both are borrowed. The agent may be freed in it, or be asked again.
 */
typedef void agent_done(const struct agent_answer *answer, const struct err *,
    void *arg);

struct agent *agent_new(struct loop *, const struct agent_target *);
/* Takes NULL. done is not called any more. */
void agent_free(struct agent *);

enum agent_verb { AGENT_GET, AGENT_NEXT, AGENT_SET, AGENT_BULK };

/* The most objects in one message; what it took is remembered. */
#define AGENT_BATCH 64
size_t agent_batch(const struct agent *);
void agent_limit_batch(struct agent *, size_t);

/*
 * Objects coded to be asked for, by any agent and any number of times. The texts
 * (not the array) are borrowed until it is freed. n is at most AGENT_BATCH; NULL
 * and words when one is no object identifier.
 */
struct bindings;
struct bindings *bindings_new(const char *const *oids, size_t n, struct err *);
void bindings_free(struct bindings *);		/* takes NULL */

/* verb: AGENT_GET or AGENT_NEXT. False when it cannot be sent at all. */
bool agent_ask(struct agent *, enum agent_verb, const char *const *oids, size_t n,
    agent_done *, void *arg, struct err *);
/* The bindings must live until done, or until the agent is freed. */
bool agent_ask_again(struct agent *, enum agent_verb, const struct bindings *,
    agent_done *, void *arg, struct err *);

/* What follows an object, at most `most` of them (AGENT_BATCH), in one answer: not for v1. */
bool agent_bulk(struct agent *, const char *oid, int most, agent_done *, void *arg,
    struct err *);

/*
 * SET, all or nothing as the agent sees it. Each value has oid and type: INTEGER,
 * UNSIGNED, TICKS (number), TEXT, OID or IP (text). The oid texts must live until
 * done. once: it is not repeated when no answer comes, as it may have been carried
 * out: for commands. An AGENT_DONE whose values are AGENT_MISSING is a refusal, too.
 */
bool agent_set(struct agent *, const struct agent_value *, size_t n, bool once,
    agent_done *, void *arg, struct err *);

/*
 * What an agent means by an error-status: its name ("notWritable"; "badValue" in
 * v1), and what that says to a person, N_().
 */
const char *agent_error_word(int error);
const char *agent_error_label(int error);

/* "192.0.2.1:161", as errors name it. */
const char *agent_where(const struct agent *);
/* Where it is asked. */
struct udp_address;
const struct udp_address *agent_address(const struct agent *);

#endif
