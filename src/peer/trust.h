/*
 * trust - keys, pins and passwords.
 *
 * A terminal has one key; its pin "sha256//BASE64" is the SHA-256 of
 * its public key (the same that curl --pinnedpubkey takes). A person proves
 * himself with a password whose yescrypt hash stands in amcd.conf.
 */
#ifndef AMC_PEER_TRUST_H
#define AMC_PEER_TRUST_H

#include "base/err.h"

#include <stddef.h>

#define PIN_SIZE 64		/* room for a pin and its NUL */

struct identity {
	char *key_pem, *cert_pem;
	char pin[PIN_SIZE];
};

/*
 * The key and certificate in dir (key.pem 0600, cert.pem), made there when they
 * are missing; name goes into the certificate. Nothing is replaced.
 */
bool identity_open(struct identity *, const char *dir, const char *name,
    struct err *);
void identity_done(struct identity *);

/*
 * The key that it is going to have (next-key.pem, next-cert.pem): made when it is
 * missing and `make`; else its pin is "" when there is none.
 */
bool identity_next(struct identity *, const char *dir, const char *name, bool make,
    struct err *);
/* The next key becomes the key; the one before is gone. */
bool identity_switch(const char *dir, const char *name, struct err *);
void identity_forget_next(const char *dir);

/* The pin of a certificate in PEM. */
bool pin_of_cert(const char *cert_pem, char pin[PIN_SIZE], struct err *);
bool pin_is_valid(const char *);
/*
 * The pin of the key that the other side of a TLS session (GnuTLS's) has proven to
 * have; "" when it has shown none.
 */
void pin_of_peer(void *session, char pin[PIN_SIZE]);

/* The yescrypt hash of a password, yours to free; NULL when it is too short. */
char *password_hash(const char *password, struct err *);
/*
 * In constant time for a given hash; "" and broken hashes match nothing, and that
 * takes as long. About 25 ms of CPU and 16 MiB.
 */
bool password_matches(const char *password, const char *hash);

/* Hexadecimal SHA-256. */
void sha256_hex(const void *bytes, size_t len, char hex[65]);
void hmac_sha256(const void *key, size_t key_len, const void *bytes, size_t len,
    unsigned char mac[32]);
/* n random bytes as 2n hexadecimal digits and a NUL. */
void random_hex(char *hex, size_t n);

/*
 * Pins met without a site file: a small file of "HOST:PORT PIN [NEXT]" lines,
 * $XDG_STATE_HOME/amc/pins; next is of the key that it is going to have. "" where
 * there is none.
 */
bool known_pin(const char *path, const char *host, int port, char pin[PIN_SIZE],
    char next[PIN_SIZE], struct err *);
bool known_pin_keep(const char *path, const char *host, int port, const char *pin,
    const char *next, struct err *);

#endif
