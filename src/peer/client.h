/*
 * client - requests to an amcd: HTTPS without waiting.
 *
 * TLS 1.3 only. A server is known by its pin, the hash of
 * its public key; no certificate authority is asked. A request that carries a
 * password is only ever sent over a pinned connection.
 *
 * A request without a pin has a connection of its own: which key is shown now is the
 * question. With `keep` the connection stays for a few seconds after the answer, for
 * those with the pin that it has shown. If the other side has closed it just then, a
 * request that comes to the same when it is done twice is asked once more over a new
 * one; any other has failed, as nobody knows whether it was done.
 */
#ifndef AMC_PEER_CLIENT_H
#define AMC_PEER_CLIENT_H

#include "base/err.h"
#include "base/loop.h"

#include <stddef.h>

struct client;
struct exchange;		/* a request under way */

struct request {
	const char *method;	/* "GET", "PUT" */
	const char *host;	/* address or host name */
	int port;
	const char *path;	/* "/v1/site" */
	const char *pin;	/* "sha256//..."; NULL: any key, only without password */
	const char *pin_next;	/* is as good: a key that it is going to have; NULL: none */
	const char *role, *password;	/* NULL: none */
	const char *if_match;	/* an ETag with its quotes, or NULL */
	const char *body;	/* copied; NULL: none */
	size_t body_len;
	int timeout_ms;		/* for the whole exchange; 0: 10000 */
	bool keep;		/* more will be asked there soon: see below */
	bool again;		/* comes to the same when it is done twice; GET does always */
};

struct response {
	int status;		/* 200, 412, ... */
	const char *body;	/* with a NUL behind it */
	size_t body_len;
	const char *etag;	/* "" if none */
	const char *pin;	/* of the key the server showed, "" if not known */
	const char *who;	/* "HOST:PORT", for words */
	int retry_after;	/* seconds, of a 429; 0: not said */
};

/*
 * Called once, from the loop and never from inside client_ask(): with an answer, whatever its status, or with
 * words and a kind: ERR_UNREACHABLE (nobody there, silence, no TLS), ERR_REFUSED
 * (another key than the pinned one), ERR_FAILED (an answer of more than 64 MiB).
 * Both are borrowed for the call. It may ask, cancel, and free the client.
 */
typedef void client_done(const struct response *, const struct err *, void *arg);

struct client *client_new(struct loop *, struct err *);
/* Ends what is under way; their done functions are not called. */
void client_free(struct client *);

/*
 * From now on it proves itself to servers with this key (files in PEM), as terminals
 * do to each other; NULL: it does not. Which key it is can change at any time.
 */
void client_identify(struct client *, const char *key_path, const char *cert_path);
/* Whom it says it is for, in each request: a claim for the other's audit log. */
void client_user(struct client *, const char *name);

/* NULL and words when it is not even tried: a wrong pin, a password without one. */
struct exchange *client_ask(struct client *, const struct request *, client_done *,
    void *arg, struct err *);
/* done is not called any more. Takes NULL. */
void client_cancel(struct exchange *);

/*
 * The kind of error that a status means, with the words of the server's answer
 * ({"error": "..."}) behind "HOST:PORT: "; true when the status is 2xx.
 */
bool response_ok(const struct response *, struct err *);

#endif
