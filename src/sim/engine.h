/*
 * engine - a card as an SNMPv3 engine: messages in, answers or reports out.
 *
 * The user-based security model as RFC 3414 section 3.2 has it, on the side
 * that is authoritative: who does not know this engine, its time, or a secret
 * is told so with a report, and what is wrong is counted.
 */
#ifndef AMC_SIM_ENGINE_H
#define AMC_SIM_ENGINE_H

#include "sim/pdu.h"
#include "sim/user.h"

struct engine;

/* Its id is made of the address; users are borrowed. */
struct engine *engine_new(const char *ipv4, int port, const struct users *);
void engine_free(struct engine *);		/* takes NULL */
/* It begins anew in ms: its time at 0, with one boot more. */
void engine_restart(struct engine *, int64_t ms);

uint32_t engine_boots(const struct engine *);

/* What a PDU is to be answered with; false: nothing. */
typedef bool engine_fn(void *arg, const struct pdu *, const struct user *,
    struct tlv_out *);

/*
 * The answer to a message, behind its version. It is written to the end of the
 * buffer; its length, 0 for silence. all: the message from its first byte.
 */
size_t engine_answer(struct engine *, const struct tlv_in *all, struct tlv_in *,
    engine_fn *, void *arg, struct tlv_out *);

/* Around a PDU of its own (a trap) that stands from out->at to end. */
bool engine_wrap(struct engine *, const struct user *, int64_t number,
    struct tlv_out *, const uint8_t *end);

#endif
