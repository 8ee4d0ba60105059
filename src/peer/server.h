/*
 * server - HTTPS for amcd, on its loop.
 *
 * TLS 1.3 only; bodies, headers, connections and time are bounded. A client is asked
 * for a certificate, and need not have one. Who comes when all places are taken gets
 * one: of his own address, if that has many, or else the oldest is given up, but none
 * whose body was admitted. So no crowd keeps others out. The server knows nothing of
 * sites: a handler answers each whole request.
 */
#ifndef AMC_PEER_SERVER_H
#define AMC_PEER_SERVER_H

#include "base/err.h"
#include "base/loop.h"

#include <stddef.h>

struct server;

/* The header in which a client says who sits before it. */
#define SERVER_USER "Amc-User"

struct server_request {
	const char *method;
	const char *path;		/* as it was sent: %XX stays; without "?..." */
	const char *from;		/* the client's address, numeric */
	const char *if_match;		/* "" if none */
	const char *role, *password;	/* of HTTP basic authentication; "" if none */
	const char *pin;		/* of the key that the client has proven; "" if none */
	const char *user;		/* who it says it is for: a claim; "" if it does not */
	const char *body;		/* with a NUL behind it */
	size_t body_len;
	void *connection;		/* the server's own */
};

/*
 * The value of NAME= in what stood behind the "?", decoded, "" of a bare NAME; NULL if
 * there is none. It lives as long as the handler runs.
 */
const char *server_argument(const struct server_request *, const char *name);

struct server_reply {
	int status;
	const char *type;		/* NULL: application/json */
	char *body;			/* taken over; NULL: none */
	size_t body_len;
	char etag[80];			/* with its quotes; "" if none */
	char allow[40];			/* for 405 */
	int retry_after;		/* seconds, for 429; 0: none */
};

/*
 * Called once for each request that came whole, whatever its method. What it
 * does not set in the reply stays zero. It must not free the server.
 */
typedef void server_handler(const struct server_request *, struct server_reply *,
    void *arg);

/*
 * Asked before the body of a request comes: may it? If not, it fills the reply,
 * and the body is never held. So who has no password costs no memory. It may
 * lower most, the bytes that the body may have.
 */
typedef bool server_admit(const struct server_request *, size_t *most,
    struct server_reply *, void *arg);

struct server_settings {
	const char *address;		/* numeric; NULL: all */
	int port;			/* 0: any that is free, see server_port() */
	const char *key_pem, *cert_pem;
	size_t max_body;		/* a longer one is answered with 413 */
	int max_connections;		/* half of them for one address, of IPv6: a /64 */
	int timeout_s;			/* of an idle or slow connection */
	server_admit *admit;		/* gets the handler's arg; NULL: all may */
	const int *inherited;		/* sockets: one that listens there is taken over */
	size_t n_inherited;
};

struct server *server_new(struct loop *, const struct server_settings *,
    server_handler *, void *arg, struct err *);
/*
 * From the next connection on with another key; those under way end with the old
 * one, and none is refused in between. False and words: all is as it was.
 */
bool server_rekey(struct server *, const char *key_pem, const char *cert_pem, struct err *);
/* Requests under way are cut off. Takes NULL. */
void server_free(struct server *);
int server_port(const struct server *);
/* How many are connected now. */
int server_connections(const struct server *);
/* The listening socket; it stays the server's. */
int server_listener(const struct server *);

/*
 * Takes no more connections: they wait in the listening socket, for whoever has a
 * copy of it. Who is connected is still answered, once, within SERVER_DRAIN_MS; idle
 * connections are closed. done is called from the loop when nobody is left. Once.
 */
#define SERVER_DRAIN_MS 10000
void server_drain(struct server *, loop_fn *done, void *arg);

/* Fills a reply with {"error": words}. */
void server_refuse(struct server_reply *, int status, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
