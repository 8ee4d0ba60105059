/*
 * proof - that whoever says or asks something holds the site: an HMAC-SHA256 over it
 * with the SiteKey, as in beacons. It needs no password, so it serves only for what
 * the site's holder could know or forge anyway. It is only ever given to a terminal
 * whose key is known.
 */
#ifndef AMC_APP_PROOF_H
#define AMC_APP_PROOF_H

#include "model/site.h"

enum { PROOF_SIZE = 65 };	/* 64 hexadecimal digits */

/* The schema of GET /v1/hello, and the first line of the proof that may be asked with. */
#define PROOF_HELLO "amc.hello.v1"

/*
 * Over lines, ended by NULL, joined by line feeds: the first says what it is for, the
 * second is the time. False without a SiteKey.
 */
bool proof_make(const struct site *, const char *const *lines, char proof[PROOF_SIZE]);
/* Is it the one of these lines? In constant time. */
bool proof_fits(const struct site *, const char *const *lines, const char *proof);
/* Is that time not more than an hour off? Clocks differ. */
bool proof_is_fresh(const char *time);

#endif
