/*
 * cipher - keys, digests and ciphers of SNMPv3: the door to net-snmp's.
 *
 * RFC 3414 (MD5, SHA, DES), RFC 7860 (SHA-224 to SHA-512), RFC 3826 (AES), and for
 * AES-192 and AES-256 the longer key of draft-blumenthal-aes-usm-04, as net-snmp
 * and the cards have it. net-snmp's own list of users is not used: it keeps the
 * first keys that it saw of a user name for the whole process, and cards whose
 * users have the same name may have other passwords.
 */
#ifndef AMC_SNMP_CIPHER_H
#define AMC_SNMP_CIPHER_H

#include "model/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	ENGINE_SIZE = 32,	/* of an engine ID, RFC 3411 */
	KEY_SIZE = 64, MAC_SIZE = 48, SALT_SIZE = 8,
	BLOCK = 8,		/* what DES fills up to */
};

/*
 * A passphrase's key, before it is an engine's (RFC 3414, A.2): it hashes a megabyte, a
 * millisecond or two. So it is made when the first engine wants one of it, which is when
 * a card has answered, and not for all cards of a site when that is opened; once for all
 * cards that have it; and the last few that nobody has any more stay for a while.
 * NULL when the passphrase is shorter than 8 characters.
 */
struct secret;
struct secret *secret_take(enum snmp_auth, const char *passphrase);
void secret_leave(struct secret *);		/* takes NULL */

/* Localised for an engine. */
struct key {
	size_t len;
	unsigned char bytes[KEY_SIZE];
};
/* The longest is made that a cipher may want. False for an engine ID of no length. */
bool key_localise(struct key *, struct secret *, const unsigned char *engine, size_t len);

/* How long the digest in a message is, and the digest. */
size_t mac_size(enum snmp_auth);
bool mac_make(enum snmp_auth, const struct key *, const unsigned char *bytes, size_t len,
    unsigned char mac[MAC_SIZE]);

/* What a message is encrypted with besides the key. */
struct salting {
	uint32_t boots, time;
	unsigned char salt[SALT_SIZE];	/* as it travels */
};
/* A salt that was not used before. */
void salting_make(struct salting *, enum snmp_priv);
/* out: room for len, and with DES up to BLOCK - 1 more. Its length, or 0. */
size_t cipher_encrypt(enum snmp_priv, const struct key *, const struct salting *,
    const unsigned char *in, size_t len, unsigned char *out);
/* out: room for len. Its length, or 0. */
size_t cipher_decrypt(enum snmp_priv, const struct key *, const struct salting *,
    unsigned char *in, size_t len, unsigned char *out);

#endif
