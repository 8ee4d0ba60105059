/*
 * ber - type, length, contents: what the header of an SNMPv3 message is made of.
 *
 * Only what that needs of ITU-T X.690, and nothing is believed: a length that
 * leads out of what there is, is refused. Values of objects are wire.h's.
 */
#ifndef AMC_SNMP_BER_H
#define AMC_SNMP_BER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BER_INTEGER = 0x02, BER_OCTETS = 0x04, BER_SEQUENCE = 0x30 };

/* What is still to be read. */
struct ber {
	unsigned char *p;
	size_t n;
};

/* The contents of the next into *body; false when it is not of this type, or cut. */
bool ber_take(struct ber *, unsigned char type, struct ber *body);
/* An INTEGER between 0 and 2147483647: all that stand in a header are. */
bool ber_take_int(struct ber *, uint32_t *);

/* A buffer that is filled from its end; the caller made sure that there is room. */
struct ber_back {
	unsigned char *bytes;
	size_t size, used;
};

unsigned char *ber_start(const struct ber_back *);
/* Bytes as they are; with type and length in front; and those alone. */
void ber_put(struct ber_back *, const void *bytes, size_t n);
void ber_put_octets(struct ber_back *, const void *bytes, size_t n);
void ber_put_head(struct ber_back *, unsigned char type, size_t len);
/* At most 2147483647. */
void ber_put_int(struct ber_back *, uint32_t);

#endif
