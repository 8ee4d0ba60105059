/*
 * pdu - what an SNMP message asks for, done with a set of objects.
 *
 * GET, GETNEXT, GETBULK and SET as RFC 3416 has them, and as RFC 1157 for v1.
 * A SET is checked whole before any of it is done. The same for every version
 * of the message around it.
 */
#ifndef AMC_SIM_PDU_H
#define AMC_SIM_PDU_H

#include "sim/object.h"
#include "sim/tlv.h"

enum pdu_command {
	PDU_GET = 0xa0, PDU_NEXT = 0xa1, PDU_RESPONSE = 0xa2, PDU_SET = 0xa3,
	PDU_TRAP1 = 0xa4, PDU_BULK = 0xa5, PDU_INFORM = 0xa6, PDU_TRAP2 = 0xa7,
	PDU_REPORT = 0xa8,
};

enum { VERSION_1 = 0, VERSION_2C = 1, VERSION_3 = 3 };

struct pdu {
	uint8_t command;
	int64_t id, status, index;	/* of GETBULK: non-repeaters, repetitions */
	struct tlv_in bindings;
};

/* The next PDU of a message; false if that is none. */
bool pdu_read(struct tlv_in *, struct pdu *);

/* How it is answered. */
struct pdu_terms {
	int version;
	bool may_write;
	bool wrong_types;		/* each value has another type than it should */
};

/*
 * The answer's PDU. It is written to the end of a buffer, so that what comes
 * before it can be put there. False when there is no answer to this.
 */
bool pdu_answer(const struct pdu *, const struct objects *, const struct pdu_terms *,
    struct tlv_out *);

/* Around bindings that stand from out->at to end. */
void pdu_wrap(struct tlv_out *, const uint8_t *end, uint8_t command, int64_t id,
    int64_t status, int64_t index);
void pdu_put_binding(struct tlv_out *, const struct oid *, const struct value *);

#endif
