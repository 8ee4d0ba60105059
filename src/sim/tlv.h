/*
 * tlv - the bytes of SNMP: tag, length, value (BER as RFC 3417 section 8 has it).
 *
 * Reading takes any bytes: what does not fit into its end is no value. Writing
 * goes from the end of a buffer to its beginning, so that lengths are known when
 * they are written; what is put last stands first. Nothing is allocated.
 */
#ifndef AMC_SIM_TLV_H
#define AMC_SIM_TLV_H

#include "sim/object.h"

enum { TLV_SEQUENCE = 0x30 };

/* What is still to be read. */
struct tlv_in { const uint8_t *at, *end; };

struct tlv {
	uint8_t tag;
	const uint8_t *bytes;
	size_t len;
};

bool tlv_next(struct tlv_in *, struct tlv *);
/* Only if it has this tag. */
bool tlv_take(struct tlv_in *, uint8_t tag, struct tlv *);
/* Into a constructed one: what is in it; in goes on behind it. */
bool tlv_enter(struct tlv_in *in, uint8_t tag, struct tlv_in *inside);
/* An INTEGER of at most eight bytes. */
bool tlv_integer(struct tlv_in *, int64_t *);
/* The number in a value, with sign or without. */
bool tlv_number(const struct tlv *, bool with_sign, int64_t *);
bool tlv_oid(const struct tlv *, struct oid *);

/* From end down to start; at is where the last that was put begins. */
struct tlv_out {
	uint8_t *start, *at;
	bool full;			/* something did not fit; what is there is useless */
};

void tlv_raw(struct tlv_out *, const void *bytes, size_t len);
/* Tag and length before what stands from at to end. */
void tlv_wrap(struct tlv_out *, uint8_t tag, const uint8_t *end);
void tlv_bytes(struct tlv_out *, uint8_t tag, const void *bytes, size_t len);
/* Negative numbers with their sign; others get a zero byte before a first bit that is set. */
void tlv_put_number(struct tlv_out *, uint8_t tag, int64_t);
void tlv_put_unsigned(struct tlv_out *, uint8_t tag, uint64_t);
void tlv_put_oid(struct tlv_out *, const struct oid *);
/* A value as object.h has it. */
void tlv_put_value(struct tlv_out *, const struct value *);

#endif
