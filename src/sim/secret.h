/*
 * secret - keys, digests and encryption of SNMPv3's users (RFC 3414, 3826, 7860).
 *
 * The door to net-snmp for upssim: what it can do, users can have. Not the
 * library's table of users, of which there is one in a process, but its
 * functions below that, as each card has an engine of its own.
 */
#ifndef AMC_SIM_SECRET_H
#define AMC_SIM_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SECRET_KEY = 64, SECRET_DIGEST = 48 };

struct secret_key { uint8_t bytes[SECRET_KEY]; size_t len; };

/* "SHA-256", "AES"...; -1 if there is none of this name. */
int secret_auth_protocol(const char *name);
int secret_priv_protocol(const char *name);

/* A passphrase (8 bytes at least) as a key; a million bytes are hashed for it. */
bool secret_from_phrase(int auth, const char *phrase, struct secret_key *);
/* That key for one engine; priv as well (-1: it is to authenticate with). */
bool secret_localize(int auth, int priv, const struct secret_key *, const uint8_t *engine,
    size_t len, struct secret_key *);

/* How long a digest is in a message. */
size_t secret_digest_length(int auth);
bool secret_digest(int auth, const struct secret_key *, const uint8_t *bytes, size_t len,
    uint8_t digest[SECRET_DIGEST]);

/* What both sides know of a message that is encrypted. */
struct secret_salt { uint32_t boots, time; uint8_t bytes[8]; };
/* Of size bytes there; how many were made, 0 if it cannot be done. */
size_t secret_encrypt(int priv, const struct secret_key *, const struct secret_salt *,
    const uint8_t *bytes, size_t len, uint8_t *to, size_t size);
size_t secret_decrypt(int priv, const struct secret_key *, const struct secret_salt *,
    const uint8_t *bytes, size_t len, uint8_t *to, size_t size);

#endif
