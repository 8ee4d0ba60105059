/* agent - one SNMP agent to talk to; see agent.h */
#include "snmp/agent.h"
#include "snmp/post.h"
#include "snmp/usm.h"
#include "snmp/wire.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/*
 * The wait before a message is repeated follows RFC 6298, section 2, with bounds
 * that suit a card: a busy one is silent for a moment, and gets no second message
 * for that.
 */
enum { WAIT_MIN = 250, WAIT_MAX = 8000, AGAIN_MOST = 4 };
_Static_assert(1 + AGENT_RETRIES + AGAIN_MOST <= POST_TRIES, "each sending has its number");

struct agent {
	struct parcel parcel;
	struct coder *coder;
	char *where;
	int port, timeout_ms, retries;
	size_t batch;
	int smooth, varies;		/* ms: SRTT and RTTVAR; 0: nothing learned yet */

	/* the message that is out */
	agent_done *done;		/* NULL: none */
	void *arg;
	enum agent_verb verb;
	const struct bindings *bindings;
	struct bindings *own;		/* the same, to be freed; or NULL */
	int64_t first, sent[POST_TRIES];	/* when */
	unsigned sendings;		/* of them so far: */
	unsigned tries, again;		/* because of silence, and of what was learned */
	bool once;
};

static struct agent *of(struct parcel *p)
{
	return (struct agent *)(void *)((char *)p - offsetof(struct agent, parcel));
}

static void heard(struct parcel *, unsigned char *, size_t, bool cut, unsigned try);
static void failed(struct parcel *, int error);
static void late(struct parcel *);

struct agent *agent_new(struct loop *loop, const struct agent_target *t)
{
	static const struct parcel_type type = { heard, failed, late };
	struct agent *a = mem_new(struct agent);

	a->parcel.type = &type;
	a->parcel.post = post_of(loop);
	udp_address(&a->parcel.to, t->address, t->port);	/* agent_ask() tells if not */
	a->coder = t->version == SNMP_V3 ? usm_coder(&t->user) :
	    wire_community(t->version, t->community);
	a->where = mem_printf(strchr(t->name, ':') ? "[%s]:%d" : "%s:%d", t->name,
	    t->port);
	a->port = t->port;
	a->timeout_ms = t->timeout_ms;
	a->retries = t->retries < AGENT_RETRIES ? t->retries : AGENT_RETRIES;
	a->batch = AGENT_BATCH;
	return a;
}

void agent_free(struct agent *a)
{
	if (!a)
		return;
	post_take_back(&a->parcel);
	post_leave(a->parcel.post);
	a->coder->type->free(a->coder);
	bindings_free(a->own);
	free(a->where);
	free(a);
}

const char *agent_where(const struct agent *a)
{
	return a->where;
}

const struct udp_address *agent_address(const struct agent *a)
{
	return &a->parcel.to;
}

size_t agent_batch(const struct agent *a)
{
	return a->batch;
}

void agent_limit_batch(struct agent *a, size_t n)
{
	a->batch = n < 1 ? 1 : n < AGENT_BATCH ? n : AGENT_BATCH;
}

/* Calls done, as the last thing: the agent may be gone afterwards. */
static void finish(struct agent *a, const struct agent_answer *answer, const struct err *e)
{
	struct bindings *own = a->own;
	agent_done *done = a->done;

	post_take_back(&a->parcel);
	a->done = NULL;
	a->own = NULL;
	done(answer, e, a->arg);
	bindings_free(own);
}

/* Waiting */

/* How long until the message is repeated. */
static int patience(const struct agent *a)
{
	int ms = a->smooth + 4 * a->varies;

	if (!a->smooth)
		return a->timeout_ms;
	return ms < WAIT_MIN ? WAIT_MIN : ms > WAIT_MAX ? WAIT_MAX : ms;
}

/* How long at all: never less than was set up, and more for a slow one. */
static int all_patience(const struct agent *a)
{
	int ms = patience(a) > a->timeout_ms ? patience(a) : a->timeout_ms;

	return ms * (a->retries + 1);
}

/* As each sending has its own number, also an answer to a repeated one tells the time. */
static void learn(struct agent *a, unsigned try)
{
	int took;

	if (try >= a->sendings)
		return;
	took = (int)(loop_now() - a->sent[try]) + 1;
	if (!a->smooth) {
		a->smooth = took;
		a->varies = took / 2;
	} else {
		a->varies += (abs(took - a->smooth) - a->varies) / 4;
		a->smooth += (took - a->smooth) / 8;
	}
}

/* The last repetition waits for all that is left. */
static int wait_for(const struct agent *a)
{
	int left = (int)(a->first + all_patience(a) - loop_now());
	int ms = patience(a) << (a->smooth ? a->tries - 1 : 0);

	if (a->once || (int)a->tries > a->retries || ms > left)
		ms = left;
	return ms > 1 ? ms : 1;
}

/* Sending */

static bool transmit(struct agent *a, struct err *e)
{
	uint32_t number = post_number(&a->parcel, a->sendings);

	if (!a->coder->type->encode(a->coder, a->verb, number, a->bindings,
	    a->parcel.pieces, e))
		return err_at(e, "%s", a->where);
	a->sent[a->sendings++] = loop_now();
	a->tries++;
	post_send(&a->parcel, wait_for(a));
	return true;
}

static bool start(struct agent *a, enum agent_verb verb, const struct bindings *b,
    agent_done *done, void *arg, struct err *e)
{
	if (a->done)
		return err_set(e, _("%s: a question is being asked already"), a->where);
	if (!a->parcel.to.u.any.sa_family)
		return err_kind(e, ERR_UNREACHABLE, _("%s cannot be reached: %s; check the "
		    "address and the network"), a->where, strerror(EADDRNOTAVAIL));
	a->verb = verb;
	a->bindings = b;
	a->first = loop_now();
	a->sendings = a->tries = a->again = 0;
	if (!transmit(a, e)) {
		post_take_back(&a->parcel);
		return false;
	}
	a->done = done;
	a->arg = arg;
	return true;
}

bool agent_ask_again(struct agent *a, enum agent_verb verb, const struct bindings *b,
    agent_done *done, void *arg, struct err *e)
{
	a->once = false;
	return start(a, verb, b, done, arg, e);
}

/* The agent keeps the bindings if it can begin; b may be NULL, with words. */
static bool start_with(struct agent *a, enum agent_verb verb, struct bindings *b,
    agent_done *done, void *arg, struct err *e)
{
	if (!b)
		return err_at(e, "%s", a->where);
	if (!start(a, verb, b, done, arg, e)) {
		bindings_free(b);
		return false;
	}
	a->own = b;
	return true;
}

static bool start_own(struct agent *a, enum agent_verb verb,
    const struct agent_value *values, size_t n, agent_done *done, void *arg, struct err *e)
{
	return start_with(a, verb, wire_bindings(values, n, e), done, arg, e);
}

/* What is asked for has no value. */
static size_t questions(struct agent_value *values, const char *const *oids, size_t n)
{
	for (size_t i = 0; i < n && i < AGENT_BATCH; i++)
		values[i] = (struct agent_value){ .oid = oids[i], .type = AGENT_MISSING,
			.text = "" };
	return n;
}

struct bindings *bindings_new(const char *const *oids, size_t n, struct err *e)
{
	struct agent_value values[AGENT_BATCH];

	return wire_bindings(values, questions(values, oids, n), e);
}

bool agent_ask(struct agent *a, enum agent_verb verb, const char *const *oids,
    size_t n, agent_done *done, void *arg, struct err *e)
{
	struct agent_value values[AGENT_BATCH];

	a->once = false;
	return start_own(a, verb, values, questions(values, oids, n), done, arg, e);
}

bool agent_bulk(struct agent *a, const char *oid, int most, agent_done *done, void *arg,
    struct err *e)
{
	struct bindings *b = bindings_new(&oid, 1, e);

	a->once = false;
	if (b)
		wire_repeat(b, most);
	return start_with(a, AGENT_BULK, b, done, arg, e);
}

bool agent_set(struct agent *a, const struct agent_value *values, size_t n, bool once,
    agent_done *done, void *arg, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (values[i].type == AGENT_MISSING)
			return err_set(e, _("%s: %s: no value to set"), a->where,
			    values[i].oid);
	if (a->done)
		return err_set(e, _("%s: a question is being asked already"), a->where);
	a->once = once;
	return start_own(a, AGENT_SET, values, n, done, arg, e);
}

/* Hearing */

/* A report told the coder what it did not know: now the question itself. */
static void ask_after_report(struct agent *a)
{
	struct err e;

	a->tries--;
	if (!transmit(a, &e))
		finish(a, NULL, &e);
}

static void heard(struct parcel *p, unsigned char *bytes, size_t len, bool cut,
    unsigned try)
{
	static struct wire_answer answer;	/* there is one at a time: done returns first */
	struct agent *a = of(p);
	struct err e;

	if (cut) {
		learn(a, try);
		finish(a, &(struct agent_answer){ .status = AGENT_TOO_BIG, .error = 1 }, NULL);
		return;
	}
	switch (a->coder->type->decode(a->coder, bytes, len, a->bindings, &answer, &e)) {
	case WIRE_NOISE:
		break;
	case WIRE_ANSWER:
		learn(a, try);
		finish(a, &answer.answer, NULL);
		break;
	case WIRE_AGAIN:
		if (++a->again <= AGAIN_MOST)
			ask_after_report(a);
		break;
	case WIRE_REFUSED:
		err_at(&e, "%s", a->where);
		finish(a, NULL, &e);
		break;
	}
}

/* The network says that it does not get there. */
static void failed(struct parcel *p, int error)
{
	struct agent *a = of(p);
	struct err e;

	if (error == ECONNREFUSED)
		err_kind(&e, ERR_UNREACHABLE, _("%s refuses: nothing listens on UDP port %d; "
		    "check the address, the port and that SNMP is enabled on the card"),
		    a->where, a->port);
	else
		err_kind(&e, ERR_UNREACHABLE, _("%s cannot be reached: %s; check the "
		    "address and the network"), a->where, strerror(error));
	finish(a, NULL, &e);
}

static void late(struct parcel *p)
{
	struct agent *a = of(p);
	struct err e;

	if (!a->once && (int)a->tries <= a->retries &&
	    loop_now() < a->first + all_patience(a)) {
		if (!transmit(a, &e))
			finish(a, NULL, &e);
		return;
	}
	a->coder->type->silence(a->coder, a->where, &e);
	finish(a, NULL, &e);
}

/* RFC 3416, section 3, error-status */
static const struct {
	const char *word, *label;
} errors[] = {
	{ "noError", N_("no error") },
	{ "tooBig", N_("the answer does not fit into a message") },
	{ "noSuchName", N_("there is no such object, or it cannot be written") },
	{ "badValue", N_("the card does not take this value") },
	{ "readOnly", N_("it can only be read") },
	{ "genErr", N_("the card gives no reason") },
	{ "noAccess", N_("the card does not let us get at it: check its access list") },
	{ "wrongType", N_("the value is of the wrong type") },
	{ "wrongLength", N_("the value is too long or too short") },
	{ "wrongEncoding", N_("the value is coded wrongly") },
	{ "wrongValue", N_("the card does not take this value") },
	{ "noCreation", N_("there is no such object, and it cannot be made") },
	{ "inconsistentValue", N_("the card does not take this value now") },
	{ "resourceUnavailable", N_("the card lacks what it needs for that") },
	{ "commitFailed", N_("the card could not carry it out") },
	{ "undoFailed", N_("the card could not carry it out, nor undo it") },
	{ "authorizationError", N_("the community or user may not do that") },
	{ "notWritable", N_("it cannot be written, or not with this community or user") },
	{ "inconsistentName", N_("there is no such object now") },
};

static size_t known_error(int error)
{
	return error >= 0 && (size_t)error < sizeof errors / sizeof *errors ?
	    (size_t)error : 5;		/* genErr */
}

const char *agent_error_word(int error)
{
	return errors[known_error(error)].word;
}

const char *agent_error_label(int error)
{
	return errors[known_error(error)].label;
}
