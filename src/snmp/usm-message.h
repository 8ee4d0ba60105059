/*
 * usm-message - an SNMPv3 message with the User-based Security Model, as bytes.
 *
 * RFC 3412, section 6, and RFC 3414, section 2.4: pure, and without a memory of
 * the agent; that is in usm.c.
 */
#ifndef AMC_SNMP_USM_MESSAGE_H
#define AMC_SNMP_USM_MESSAGE_H

#include "snmp/ber.h"
#include "snmp/cipher.h"

/* msgFlags */
enum { MESSAGE_AUTH = 1, MESSAGE_PRIV = 2, MESSAGE_REPORTABLE = 4 };

/* What stands in the header. Read, all of it is borrowed from the message's bytes. */
struct message {
	uint32_t number;		/* msgID */
	unsigned flags;
	struct ber engine, user, mac, salt;
	uint32_t boots, time;
	struct ber scoped;		/* contents of the scoped PDU, or what it is encrypted to */
};

/* False when it is no message of v3 with this model. */
bool message_read(struct message *, unsigned char *bytes, size_t len);

/* Context and PDU, out of the contents of a scoped PDU that is not, or no more, encrypted. */
bool scoped_read(struct ber scoped, struct ber *pdu);
/* The type and length that an encrypted one begins with, after decrypting. */
bool scoped_open(unsigned char *bytes, size_t len, struct ber *scoped);

/* Room that the headers of a message and its PDU need at most, besides the user's name. */
enum { MESSAGE_ROOM = 320 };
/* In front of a PDU, at the end of the buffer: the context and the sequence. */
void scoped_write(struct ber_back *, const unsigned char *engine, size_t len);
/*
 * In front of what is at the end of the buffer: a scoped PDU, or one that is
 * encrypted. With mac.n zeros for the digest, whose place is then in mac.p.
 */
void message_write(struct ber_back *, struct message *);

#endif
