/*
 * scan - who answers SNMP at many addresses, and what is it?
 *
 * Each address is asked one small question for each key, one key after the other,
 * then all again `tries` times; what answers is identified by the profiles and asked
 * for its names. One that answers that a key may not (authorizationError) is asked
 * with the next. Never more than `parallel` questions are out, and never more than
 * `rate` begin in a second. Nothing is sent to any other address.
 */
#ifndef AMC_SNMP_SCAN_H
#define AMC_SNMP_SCAN_H

#include "base/loop.h"
#include "model/ranges.h"
#include "model/reading.h"
#include "snmp/agent.h"
#include "snmp/profile.h"

/* What to ask with. */
struct scan_key {
	int version;			/* enum snmp_version */
	const char *community;		/* v1, v2c */
	struct snmp_user user;		/* v3 */
};

/*
 * The ranges and keys are copied. A key of v3 is two questions where somebody answers:
 * for the engine first.
 */
struct scan_plan {
	const struct ranges *where;
	int port;
	const struct scan_key *keys;
	size_t n_keys;
	int timeout_ms, tries;		/* of one question to one address */
	int rate, parallel;
};

/* Somebody answered, and lets us in. Borrowed. */
struct scan_found {
	const char *address;
	size_t key;			/* of the keys: with which it answers */
	const struct profile *profile;	/* NULL: no UPS that a profile knows */
	struct reading ident;		/* model, serial, firmware; "" where not known */
	char name[64];			/* sysName */
	char what[AGENT_TEXT_SIZE];	/* sysDescr */
	char sysoid[OID_SIZE];
};

struct scan;

/*
 * found is called for each that answers, done once at the end; both from the loop,
 * and not after scan_free(). They may free it.
 */
struct scan *scan_new(struct loop *, const struct profiles *, const struct scan_plan *,
    void (*found)(const struct scan_found *, void *arg), loop_fn *done, void *arg);
void scan_free(struct scan *);		/* takes NULL */

struct scan_progress {
	size_t questions;		/* addresses, times keys, times tries */
	size_t over;			/* of them: asked, or not needed any more */
	size_t answers;			/* addresses that answered */
};
struct scan_progress scan_progress(const struct scan *);

#endif
