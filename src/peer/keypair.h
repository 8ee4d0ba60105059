/*
 * keypair - a key and its certificate, in PEM. For peer/identity.c, which keeps them in
 * files; pins of them are in trust.h.
 */
#ifndef AMC_PEER_KEYPAIR_H
#define AMC_PEER_KEYPAIR_H

#include "peer/trust.h"

/* A new private key (ECDSA, P-256), yours to wipe and free; NULL and words. */
char *keypair_new(struct err *);
/* The pin of a private key: that of each certificate made from it. */
bool keypair_pin(const char *key_pem, char pin[PIN_SIZE], struct err *);
/* A certificate for it, signed by itself, that never expires; yours to free; NULL and words. */
char *keypair_certificate(const char *key_pem, const char *name, struct err *);

#endif
