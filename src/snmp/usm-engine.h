/*
 * usm-engine - what the parts of usm share: what is known of an agent's engine, and what
 * it reports. Nobody else includes it.
 */
#ifndef AMC_SNMP_USM_ENGINE_H
#define AMC_SNMP_USM_ENGINE_H

#include "snmp/post.h"
#include "snmp/seal.h"
#include "snmp/usm.h"

/* What is known of the agent since it was silent last. */
enum known {
	KNOWN_NOTHING, KNOWN_ENGINE,
	KNOWN_FALSE,		/* something was heard that was not signed with our key */
	KNOWN_USER,		/* something authentic was heard */
	KNOWN_WELL,		/* it answered */
};

struct usm {
	struct coder coder;
	char *user;
	struct secret *auth_secret, *priv_secret;

	struct seal seal;		/* at the engine: */
	unsigned char engine[ENGINE_SIZE];
	size_t engine_len;		/* 0: not found yet */
	uint32_t boots, time;		/* of the engine, at: */
	int64_t since;
	bool trusted;			/* they came in an authentic message */
	enum known known;
	unsigned unanswered, resyncs;
	uint32_t searches[POST_TRIES];	/* the numbers of the last ones; a ring */
	unsigned searches_n;

	unsigned char *plain;		/* the last answer, decrypted: who asked refers to it */
	unsigned char *bytes;		/* of the message that is out */
	size_t size;
};

void usm_forget_engine(struct usm *);
/* Its boots and time, from a message of it. */
void usm_take_time(struct usm *, const struct message *, bool authentic);
/* Its ID too; false when the message has none. */
bool usm_learn_engine(struct usm *, const struct message *);
/* Is the message of the engine that is known? */
bool usm_is_engine(const struct usm *, const struct message *);
/* Seconds, as the engine counts them. */
uint32_t usm_time(const struct usm *);
/* RFC 3414, 3.2.7.b: old answers are not taken for new ones. */
bool usm_is_timely(const struct usm *, const struct message *);

/* usm-report.c: what comes of a report; words when it ends the question. */
enum wire_heard usm_report(struct usm *, const struct message *, const struct agent_answer *,
    bool authentic, struct err *);

#endif
