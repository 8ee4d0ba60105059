/*
 * https - what the parts of the server share; for them alone: the door to libmicrohttpd.
 *
 *   server.c           the library on the loop, with one key or for a while with two
 *   server-link.c      a connection's life: its place among the others, its time, its end
 *   server-request.c   a request as it comes in: headers, body, who asks
 *   server-answer.c    what goes out
 */
#ifndef AMC_PEER_HTTPS_H
#define AMC_PEER_HTTPS_H

#include "peer/server.h"

#include <microhttpd.h>
#include <stdint.h>

/*
 * The library with one key. When the key changes there are two for a while: the
 * new one accepts, the old one ends what it has begun.
 */
struct engine {
	struct server *server;
	struct MHD_Daemon *daemon;
	struct watch *ready, *timer;
	unsigned links;
};

struct server {
	struct loop *loop;
	struct engine *engine, *old;	/* old: NULL mostly */
	struct watch *sweep;
	struct link *links;
	int max_connections, taken;	/* taken: not given up */
	int answering;			/* of the links */
	unsigned eager;			/* how often the library would go on at once, and nothing came */
	server_handler *handler;
	server_admit *admit;
	void *arg;
	size_t max_body, held;		/* held: bytes of all bodies under way */
	int timeout_s, port, listener;
	int64_t end;			/* of loop_now(), for all, once drained is set */
	loop_fn *drained;
	void *drained_arg;
	char words[300];		/* what the library said last */
};

/* One connection. It ends when its deadline has passed. */
struct link {
	struct server *server;
	struct engine *engine;
	struct link *next, **link;
	int64_t since, deadline;	/* of loop_now() */
	int fd;
	unsigned char from[16];		/* IPv4 mapped; of IPv6 its /64 */
	bool admitted, leaving;
	bool idle;			/* answered, and nothing asked since */
	bool answering;			/* an answer is on its way out */
};

struct link *https_link_of(struct MHD_Connection *);
/* It has from since on the server's time, and more for so many bytes. */
void https_patience(struct link *, int64_t since, size_t bytes);
void https_answering(struct link *, bool);
/* Told by the library when one comes and goes; arg is the engine. */
void https_link_changed(void *arg, struct MHD_Connection *, void **context,
    enum MHD_ConnectionNotificationCode);
/* The server's own time; arg is the server. */
void https_sweep(void *arg);

/*
 * Called by the library with the headers, then with each piece of the body, then at
 * its end; arg is the server.
 */
enum MHD_Result https_requested(void *arg, struct MHD_Connection *, const char *path,
    const char *method, const char *version, const char *bytes, size_t *len, void **state);
void https_completed(void *arg, struct MHD_Connection *, void **state,
    enum MHD_RequestTerminationCode);
/*
 * Paths are compared, not opened: they stay as they were sent. The library asks here
 * for arguments, too: server_argument() decodes them.
 */
size_t https_as_sent(void *arg, struct MHD_Connection *, char *);

/* Takes over the reply's body. */
enum MHD_Result https_answer(struct MHD_Connection *, struct server_reply *);

#endif
