/* client - requests to an amcd, without waiting; see client.h */
#include "peer/client.h"
#include "peer/answer.h"
#include "peer/failure.h"
#include "peer/idle.h"
#include "peer/request.h"
#include "peer/tls.h"
#include "peer/trust.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
	ASK_FIRST = 64 * 1024,		/* a longer body waits for "100 Continue", */
	CONTINUE_MS = 1000,		/* so long: not everybody says it (RFC 9110, 10.1.1) */
	RECORDS_AT_ONCE = 64,		/* then others have their turn */
};

struct client {
	struct loop *loop;
	struct idle *idle;
	struct exchange *all;
	char *key_path, *cert_path, *user;	/* NULL: none */
};

struct exchange {
	struct client *client;
	struct exchange *next, **link;
	client_done *done;
	void *arg;

	struct asked asked;
	struct watch *limit;
	struct lookup *lookup;
	char *address;		/* numeric; NULL: not known yet */

	struct tls *tls;
	struct watch *ready;
	unsigned events;	/* for which ready watches */
	bool shaken;
	bool kept;		/* the connection had another request before */
	bool ending;

	struct text head;	/* with the body, if that is short */
	size_t sent;		/* of head and body */
	struct watch *patience;	/* while the body waits; NULL: it may go */
	struct answer answer;
};

static void watch(struct exchange *x, unsigned events);

static void forget_connection(struct exchange *x)
{
	watch(x, 0);
	loop_remove(x->patience);
	x->patience = NULL;
	tls_free(x->tls);
	x->tls = NULL;
}

/* Off the client's list and the loop: nothing will call it any more. */
static void detach(struct exchange *x)
{
	*x->link = x->next;
	if (x->next)
		x->next->link = x->link;
	loop_remove(x->limit);
	loop_resolve_cancel(x->lookup);
	forget_connection(x);
}

static void exchange_free(struct exchange *x)
{
	asked_done(&x->asked);
	answer_done(&x->answer);
	if (x->head.s)
		explicit_bzero(x->head.s, x->head.len);
	text_done(&x->head);
	free(x->address);
	free(x);
}

/*
 * Tells the one who asked, and forgets the exchange. Nothing of the client may
 * be touched afterwards: it may be gone.
 */
static void finish(struct exchange *x, const struct response *r,
    const struct err *e)
{
	detach(x);
	x->ending = true;
	x->done(r, e, x->arg);
	exchange_free(x);
}

static void fail(struct exchange *x, enum failure failure)
{
	struct circumstances c = { .who = x->asked.who, .first = FIRST_UNKNOWN,
		.seconds = x->asked.timeout_ms / 1000.0, .shown = "",
		.pinned = x->asked.pin, .detail = "" };
	char shown[PIN_SIZE];
	struct err e;

	if (x->tls) {
		text_copy(shown, sizeof shown, tls_pin(x->tls));
		c.shown = shown;
		c.first = tls_first(x->tls);
		c.os_error = tls_os_error(x->tls);
		c.detail = tls_words(x->tls);
	}
	failure_words(failure, &c, &e);
	finish(x, NULL, &e);
}

static void out_of_time(void *arg)
{
	struct exchange *x = arg;

	fail(x, x->lookup ? FAILURE_NO_NAME : !tls_is_connected(x->tls) ? FAILURE_AWAY :
	    !x->answer.begun ? FAILURE_SILENT : FAILURE_SLOW);
}

static size_t all_of(const struct exchange *x)
{
	return x->head.len + (x->asked.body_len > ASK_FIRST ? x->asked.body_len : 0);
}

/* The answer is whole: the connection may serve once more. */
static void succeed(struct exchange *x)
{
	struct response r = { .status = x->answer.status,
		.body = x->answer.body.s ? x->answer.body.s : "", .body_len = x->answer.body.len,
		.etag = x->answer.etag, .who = x->asked.who,
		.retry_after = x->answer.retry_after };
	char pin[PIN_SIZE];

	text_copy(pin, sizeof pin, tls_pin(x->tls));
	r.pin = pin;
	if (x->asked.keep && *pin && x->answer.keeps && x->sent == all_of(x)) {
		watch(x, 0);
		idle_put(x->client->idle, x->tls, x->address, x->asked.port);
		x->tls = NULL;
	}
	finish(x, &r, NULL);
}

static bool pin_is_right(const struct exchange *x)
{
	const char *pin = tls_pin(x->tls);

	return !*x->asked.pin || strcmp(pin, x->asked.pin) == 0 ||
	    (*x->asked.pin_next && strcmp(pin, x->asked.pin_next) == 0);
}

/* What may go now is on its way, or it waits. */
static enum tls_step send_rest(struct exchange *x)
{
	enum tls_step step = TLS_DONE;
	size_t may = x->patience ? x->head.len : all_of(x), n;

	while (step == TLS_DONE && x->sent < may) {
		if (x->sent < x->head.len)
			step = tls_write(x->tls, x->head.s + x->sent, x->head.len - x->sent, &n);
		else
			step = tls_write(x->tls, x->asked.body + (x->sent - x->head.len),
			    may - x->sent, &n);
		x->sent += n;
	}
	return step;
}

static enum answer_result receive(struct exchange *x, enum tls_step *step)
{
	enum answer_result r = ANSWER_MORE;
	char bytes[TLS_READ_SIZE];
	size_t n;

	*step = TLS_DONE;
	for (int i = 0; i < RECORDS_AT_ONCE && r == ANSWER_MORE && *step == TLS_DONE; i++) {
		*step = tls_read(x->tls, bytes, sizeof bytes, &n);
		if (*step == TLS_DONE)
			r = answer_take(&x->answer, bytes, n);
	}
	return r;
}

static void begin(struct exchange *, bool anew);

/* The connection is gone, and no whole answer came over it. */
static void lost(struct exchange *x)
{
	if (x->kept && x->asked.again && !x->answer.begun) {
		/* the other side had closed it already: nothing was done, or it may be twice */
		forget_connection(x);
		begin(x, true);
	} else if (x->shaken) {
		fail(x, FAILURE_CUT_OFF);
	} else {
		fail(x, tls_is_connected(x->tls) ? FAILURE_NO_TLS : FAILURE_NO_CONNECTION);
	}
}

static void converse(struct exchange *x)
{
	enum tls_step reading, writing = TLS_DONE;
	enum answer_result r = receive(x, &reading);	/* an answer may come before all is said */

	if (x->patience && x->answer.goes_on) {
		loop_remove(x->patience);
		x->patience = NULL;
	}
	if (r == ANSWER_MORE && reading != TLS_ENDED && reading != TLS_FAILED)
		writing = send_rest(x);
	if (r == ANSWER_WHOLE || (reading == TLS_ENDED && answer_ends(&x->answer)))
		succeed(x);
	else if (r != ANSWER_MORE)
		fail(x, r == ANSWER_NO_HTTP ? FAILURE_NO_HTTP : FAILURE_TOO_LONG);
	else if (reading == TLS_ENDED || reading == TLS_FAILED)
		lost(x);
	else	/* also when no more can be said: it may have answered */
		watch(x, LOOP_READ | (writing == TLS_WAITS_WRITE || reading == TLS_WAITS_WRITE ?
		    LOOP_WRITE : 0u));
}

static void go_on(struct exchange *x)
{
	enum tls_step step = x->shaken ? TLS_DONE : tls_shake(x->tls);

	if (step == TLS_WAITS_READ || step == TLS_WAITS_WRITE) {
		watch(x, step == TLS_WAITS_READ ? LOOP_READ : LOOP_WRITE);
		return;
	}
	if (step != TLS_DONE) {
		lost(x);
		return;
	}
	x->shaken = true;
	if (pin_is_right(x))
		converse(x);
	else
		fail(x, FAILURE_KEY);
}

static void is_ready(int fd, unsigned ready, void *arg)
{
	(void)fd;
	(void)ready;
	go_on(arg);
}

static void watch(struct exchange *x, unsigned events)
{
	if (events == x->events)
		return;
	loop_remove(x->ready);
	x->ready = events ? loop_fd(x->client->loop, tls_fd(x->tls), events, is_ready, x) : NULL;
	x->events = events;
}

/* It says nothing to that: the body goes without. */
static void waited(void *arg)
{
	struct exchange *x = arg;

	loop_remove(x->patience);
	x->patience = NULL;
	go_on(x);
}

static void begin(struct exchange *x, bool anew)
{
	struct client *c = x->client;

	if (*x->asked.pin && !anew)
		x->tls = idle_take(c->idle, x->address, x->asked.port, x->asked.pin,
		    x->asked.pin_next);
	x->kept = x->shaken = x->tls != NULL;
	if (!x->tls)
		x->tls = tls_connect(x->address, x->asked.port, c->key_path, c->cert_path);
	x->sent = 0;
	if (x->asked.body_len > ASK_FIRST)
		x->patience = loop_after(c->loop, CONTINUE_MS, waited, x);
	go_on(x);
}

static void found(const char *address, const struct err *e, void *arg)
{
	struct exchange *x = arg;
	bool asks_first = x->asked.body_len > ASK_FIRST;

	x->lookup = NULL;
	if (!address) {
		finish(x, NULL, e);
		return;
	}
	x->address = mem_dup(address);
	x->answer.bare = strcmp(x->asked.method, "HEAD") == 0;
	asked_head(&x->asked, x->client->user, asks_first, &x->head);
	if (x->asked.body && !asks_first)
		text_add_len(&x->head, x->asked.body, x->asked.body_len);
	begin(x, false);
}

struct client *client_new(struct loop *loop, struct err *e)
{
	struct client *c;

	if (!tls_load(e))
		return NULL;
	c = mem_new(struct client);
	c->loop = loop;
	c->idle = idle_new(loop);
	return c;
}

void client_free(struct client *c)
{
	if (!c)
		return;
	while (c->all)
		client_cancel(c->all);
	client_identify(c, NULL, NULL);
	idle_free(c->idle);
	free(c->user);
	free(c);
}

void client_identify(struct client *c, const char *key_path, const char *cert_path)
{
	free(c->key_path);
	free(c->cert_path);
	c->key_path = key_path ? mem_dup(key_path) : NULL;
	c->cert_path = key_path ? mem_dup(cert_path) : NULL;
	idle_forget(c->idle);	/* over which it has proven itself with another */
}

void client_user(struct client *c, const char *name)
{
	char shown[64];

	text_show(shown, sizeof shown, name);
	free(c->user);
	c->user = *shown ? mem_dup(shown) : NULL;
}

struct exchange *client_ask(struct client *c, const struct request *q,
    client_done *done, void *arg, struct err *e)
{
	struct exchange *x = mem_new(struct exchange);

	if (!asked_copy(&x->asked, q, e)) {
		free(x);
		return NULL;
	}
	x->client = c;
	x->done = done;
	x->arg = arg;
	x->link = &c->all;
	x->next = c->all;
	if (x->next)
		x->next->link = &x->next;
	c->all = x;
	x->limit = loop_after(c->loop, x->asked.timeout_ms, out_of_time, x);
	x->lookup = loop_resolve(c->loop, x->asked.host, found, x);
	return x;
}

void client_cancel(struct exchange *x)
{
	if (!x || x->ending)	/* its done function is running: it ends anyway */
		return;
	detach(x);
	exchange_free(x);
}
