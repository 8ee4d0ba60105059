/*
 * card - the conversation with one UPS card: who it is, how it is, how it is set.
 *
 * A card is identified once (sysObjectID, then probing) and then read through
 * its profile, all readings in one GET. Nothing here waits: each question has
 * a done function that is called exactly once, from the loop, unless the card
 * is freed first. One question at a time; asking while one runs is an error.
 */
#ifndef AMC_SNMP_CARD_H
#define AMC_SNMP_CARD_H

#include "base/err.h"
#include "base/loop.h"
#include "model/reading.h"
#include "snmp/user.h"

struct card;
struct profiles;		/* snmp/profile.h */

/* How to reach a card. The strings are copied. */
struct card_target {
	const char *host;	/* address or host name */
	int port;		/* UDP */
	int version;		/* enum snmp_version */
	const char *community;	/* v1, v2c */
	struct snmp_user user;	/* v3 */
	const char *profile;	/* a profile's id, or "auto" */
	int timeout_ms;		/* of one try; 0: 1000 */
	int retries;		/* -1: 2 */
};

struct card *card_new(struct loop *, const struct profiles *,
    const struct card_target *);
/* Takes NULL. Its done function is not called any more. */
void card_free(struct card *);

/* Is this how it is reached? But for timeout_ms and retries. */
bool card_is_at(const struct card *, const struct card_target *);

/* The id of its profile once identified, else NULL. */
const char *card_profile(const struct card *);
/*
 * How often another serial number was read than the time before; *before is the
 * one that was there before the last time. It was then identified anew.
 */
unsigned card_replaced(const struct card *, const char **before);

/* Where it was asked last; NULL while it is not known. */
struct udp_address;
const struct udp_address *card_address(const struct card *);

/* NULL and words (ERR_UNREACHABLE when it is silent) when there is no reading. */
typedef void card_read_done(const struct reading *, const struct err *, void *arg);
bool card_read(struct card *, card_read_done *, void *arg, struct err *);

/* A setting kept in the UPS, as the card has it now. */
struct card_setting {
	const char *field;	/* the ini key: "GraceSeconds" */
	char value[64];		/* as in the file, in the field's unit; "" when not supported */
	char allowed[128];	/* "20,180,300,600": what the card takes; "" when it does not say */
};
typedef void card_settings_done(const struct card_setting *, size_t n,
    const struct reading *ident, const struct err *, void *arg);
/* All settings; ident has model, serial and firmware. */
bool card_read_settings(struct card *, card_settings_done *, void *arg,
    struct err *);

/*
 * Who it is, and how to talk to it: for what is no reading (writing.h, ordering.h).
 * The agent is the card's, and good until the card is next asked something, or
 * freed. NULL and words when the card cannot be reached. done may be called at
 * once, from inside.
 */
struct agent;
struct profile;
typedef void card_reach_done(struct agent *, const struct profile *, const struct err *,
    void *arg);
bool card_reach(struct card *, card_reach_done *, void *arg, struct err *);

#endif
