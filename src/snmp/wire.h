/*
 * wire - messages of SNMP as bytes: the door to net-snmp.
 *
 * Objects are coded once, as bindings, and asked for as often as one likes; an
 * answer is compared with them byte by byte. What stands around them (version,
 * community; or what v3 puts there) is the coder's, of which each agent has one.
 * Pure: bytes in, bytes out; who sends them is in agent.c.
 */
#ifndef AMC_SNMP_WIRE_H
#define AMC_SNMP_WIRE_H

#include "snmp/agent.h"

#include <sys/uio.h>

/*
 * Makes the bindings of values; those of AGENT_MISSING are to be asked for.
 * Their oid texts are borrowed until the bindings are freed. At most AGENT_BATCH.
 * NULL and words when one is no object or no value of its type.
 */
struct bindings *wire_bindings(const struct agent_value *, size_t n, struct err *);

/* For AGENT_BULK: how many that follow them are wanted. */
void wire_repeat(struct bindings *, int most);

/*
 * An answer, and room for what it refers to; raw refers to the message, or to what the
 * coder keeps of it until the next.
 */
struct wire_answer {
	struct agent_answer answer;
	struct agent_value values[AGENT_BATCH];
	struct agent_raw raw[AGENT_BATCH];
	char oids[AGENT_BATCH][OID_LONG], texts[AGENT_BATCH][AGENT_TEXT_SIZE];
};

/*
 * The number by which an answer finds its question: the request-id of v1 and
 * v2c, the msgID of v3. False when there is none.
 */
bool wire_number(unsigned char *bytes, size_t len, uint32_t *number);

/* What a datagram with the right number turned out to be. */
enum wire_heard {
	WIRE_NOISE,		/* nothing: go on waiting */
	WIRE_ANSWER,
	/* a report from which the coder learned: code the question again, with the
	   next number, and send it now */
	WIRE_AGAIN,
	WIRE_REFUSED,		/* words: asking again would not help */
};

/*
 * What stands around the bindings, and whatever has to be remembered of an agent
 * for it. That of SNMPv3 is in usm.h.
 */
struct coder {
	const struct coder_type *type;
};
struct coder_type {
	/*
	 * The message in two pieces that stay as they are until the next encode:
	 * bindings may be one of them. number: its request-id and msgID.
	 */
	bool (*encode)(struct coder *, enum agent_verb, uint32_t number,
	    const struct bindings *, struct iovec pieces[2], struct err *);
	/* bytes may be written to. bindings: those that were asked for. */
	enum wire_heard (*decode)(struct coder *, unsigned char *bytes, size_t len,
	    const struct bindings *, struct wire_answer *, struct err *);
	/* Nothing came: words (ERR_UNREACHABLE) that say what to check. */
	void (*silence)(struct coder *, const char *where, struct err *);
	void (*free)(struct coder *);
};

/* For v1 and v2c. */
struct coder *wire_community(int version, const char *community);

/*
 * For coders. The PDU without its bindings (type, length, number, 0, 0 or what
 * AGENT_BULK wants) to the end of a buffer; where it begins, or NULL. It counts with
 * the bindings.
 */
size_t wire_bindings_bytes(const struct bindings *, const unsigned char **bytes);
unsigned char *wire_pdu_head(unsigned char *buf, size_t size, enum agent_verb,
    uint32_t number, const struct bindings *);
/* A response PDU into an answer; false when it is none. type: as it was sent. */
bool wire_pdu_decode(unsigned char *bytes, size_t len, const struct bindings *,
    struct wire_answer *, unsigned char *type);

/*
 * For decoders of messages that nobody asked for (trap.c). Each steps over what
 * it takes; false when that is not there.
 */
bool wire_take_version(unsigned char **p, size_t *len, long *version);
bool wire_take_part(unsigned char **p, size_t *len, unsigned char *type,
    const unsigned char **body, size_t *size);
bool wire_take_int(unsigned char **p, size_t *len, long *n);
/* "" when it is too long for us. */
bool wire_take_oid(unsigned char **p, size_t *len, char oid[OID_SIZE]);
/* SEQUENCE OF VarBind; the first AGENT_BATCH of them into a->answer. */
bool wire_take_values(unsigned char *p, size_t len, struct wire_answer *a);

#endif
