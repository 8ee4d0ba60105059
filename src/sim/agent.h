/*
 * agent - answers SNMP at one UDP address with a set of objects.
 *
 * A request costs the same however many agents there are. A message that makes
 * no sense, or has a community that is not known, is met with silence, as are
 * all requests while the agent is dead.
 *
 * It may do worse than be dead: take its time, lose messages, and lie.
 */
#ifndef AMC_SIM_AGENT_H
#define AMC_SIM_AGENT_H

#include "base/err.h"
#include "base/loop.h"
#include "sim/access.h"
#include "sim/object.h"
#include "sim/post.h"
#include "sim/tlv.h"
#include "sim/user.h"

struct simagent;

/* Called before each request, to bring the objects up to now. */
typedef void simagent_wake(void *arg);
/* A message of its own (an inform) with this request-id was confirmed. */
typedef void simagent_confirmed(void *arg, int64_t number);

struct simagent_setup {
	const char *ipv4;
	int port;
	const struct objects *objects;	/* copied, not what they are of */
	const struct users *users;	/* of v3, borrowed; NULL: it speaks none */
	struct post *post;		/* borrowed; its end comes first */
	unsigned seed;			/* for what is left to chance */
	simagent_wake *wake;
	simagent_confirmed *confirmed;	/* may be NULL */
	void *arg;
};

/* NULL and words when the address cannot be had. It knows no community yet. */
struct simagent *simagent_new(struct loop *, const struct simagent_setup *,
    struct err *);
void simagent_free(struct simagent *);

/* What a message of len bytes is answered with; its length, 0 for silence. */
size_t simagent_answer(struct simagent *, const uint8_t *bytes, size_t len,
    uint8_t *out, size_t size);

/* Who may do what. Somebody who is logged in keeps others from writing. */
void simagent_set_access(struct simagent *, const char *community, enum access);
/* Whom it answers at all: "all", or addresses, as stations_read() takes them. */
void simagent_set_stations(struct simagent *, const char *text);
void simagent_set_login(struct simagent *, bool);

/* How it answers. */
enum lie {
	LIE_NONE,
	LIE_TYPE,		/* values of another type than they should have */
	LIE_RUBBISH,		/* the same bytes for ever, which are no message */
	LIE_NUMBER,		/* to another request-id than was asked with */
	LIE_CUT,		/* half of the message */
	LIE_SOURCE,		/* from another address */
	LIE_COUNT
};

void simagent_set_alive(struct simagent *, bool);
bool simagent_alive(const struct simagent *);
void simagent_set_latency(struct simagent *, double ms);
/* So much more or less than the latency, by chance. */
void simagent_set_jitter(struct simagent *, double ms);
/* Of what comes in, and again of what goes out. */
void simagent_set_loss(struct simagent *, double percent);
void simagent_set_lie(struct simagent *, enum lie);
/* Silent for so long; then an SNMPv3 engine that was started once more. */
void simagent_restart(struct simagent *, double ms);

/* Sends a message of its own, unless it is dead or the message is lost. */
void simagent_send(struct simagent *, const struct sockaddr_in *to, const uint8_t *bytes,
    size_t len);
/* Makes one of v3 of a PDU that stands from out->at to end; false when it has no v3. */
bool simagent_wrap(struct simagent *, const struct user *, int64_t number, struct tlv_out *,
    const uint8_t *end);

/* What came and what went, and how often it started as an engine (0: no v3). */
struct simagent_counts { unsigned long asked, answered; uint32_t boots; };
const struct simagent_counts *simagent_counts(const struct simagent *);

#endif
