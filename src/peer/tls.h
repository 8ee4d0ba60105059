/*
 * tls - a TLS 1.3 connection to a server, without waiting. With identity.c it is the
 * door to GnuTLS.
 *
 * No certificate authority is asked: that the other side has the key that it shows is
 * a part of the handshake, and whose key that is the caller knows by its pin.
 */
#ifndef AMC_PEER_TLS_H
#define AMC_PEER_TLS_H

#include "base/err.h"

#include <stddef.h>

struct tls;

/* What both sides speak. */
#define TLS_PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3"

enum tls_step {
	TLS_DONE,
	TLS_WAITS_READ,		/* once more when the socket can be read, */
	TLS_WAITS_WRITE,	/* or written */
	TLS_ENDED,		/* the other side has said that no more will come */
	TLS_FAILED,		/* see tls_words(); nothing more can be done with it */
};

/* False and words when GnuTLS cannot be loaded. */
bool tls_load(struct err *);
/*
 * To a numeric address ("192.0.2.1", "fe80::1%eth0"). It is only begun: what goes wrong
 * is told by the first steps. With a key (PEM files) it proves itself, if it is asked to.
 */
struct tls *tls_connect(const char *address, int port, const char *key_path,
    const char *cert_path);
/* Says that no more will come, and closes. Takes NULL. */
void tls_free(struct tls *);

/* The first steps, until TLS_DONE: it is connected, and tls_pin() is proven. */
enum tls_step tls_shake(struct tls *);
/* Some of the bytes are on their way, *n of them; when it waits: the same bytes again. */
enum tls_step tls_write(struct tls *, const char *bytes, size_t len, size_t *n);
/* At most size bytes came, *n of them. With TLS_READ_SIZE nothing stays behind unread. */
enum { TLS_READ_SIZE = 16384 };
enum tls_step tls_read(struct tls *, char *bytes, size_t size, size_t *n);

int tls_fd(const struct tls *);			/* -1: there is none */
bool tls_is_connected(const struct tls *);	/* somebody has accepted */
const char *tls_pin(const struct tls *);	/* of the key that it showed; "" */
int tls_first(const struct tls *);		/* what came first: see failure.h */
int tls_os_error(const struct tls *);		/* why it is not connected; 0: not known */
const char *tls_words(const struct tls *);	/* what failed last */

#endif
