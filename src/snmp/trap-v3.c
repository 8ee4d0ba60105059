/* trap-v3 - traps and informs of SNMPv3; see trap-v3.h */
#include "snmp/trap-v3.h"
#include "snmp/seal.h"
#include "base/i18n.h"
#include "base/loop.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
	PDU_RESPONSE = 0xa2, PDU_REPORT = 0xa8, TYPE_COUNTER = 0x41,
	WINDOW = 150,		/* s, RFC 3414, section 2.2.3 */
	CLOCKS = 256,		/* engines whose time is remembered */
	ROOM = 66000,		/* a reply: as long as what it answers */
};

/* usmStats, RFC 3414, section 5: their names as they stand in a message. */
#define USM_STATS "\x2b\x06\x01\x06\x03\x0f\x01\x01"
static const char not_in_window[] = USM_STATS "\x02", unknown_engines[] = USM_STATS "\x04";

/* What is known of a card's engine: its messages do not go back in time. */
struct clock {
	unsigned char id[ENGINE_SIZE];
	size_t len;
	uint32_t boots, time;
	int64_t at;		/* loop_now() of that */
};

struct engine {
	unsigned char id[ENGINE_SIZE];
	size_t len;
	uint32_t boots, unknown, late;	/* the last two: the counters of reports */
	int64_t started;
	struct clock clocks[CLOCKS];
	unsigned char room[ROOM];
};

/* A message that is being opened. */
struct work {
	struct engine *engine;
	unsigned char *bytes;
	size_t len;
	struct message m;
	const struct snmp_user *user;
	struct seal seal;
	struct ber scoped;	/* as it was before it was encrypted */
	struct trap *trap;
	struct reply *reply;
};

struct engine *engine_new(const unsigned char *id, size_t len, uint32_t boots)
{
	struct engine *e = mem_new(struct engine);

	e->len = len < ENGINE_SIZE ? len : ENGINE_SIZE;
	memcpy(e->id, id, e->len);
	e->boots = boots;
	e->started = loop_now();
	return e;
}

void engine_free(struct engine *e)
{
	free(e);
}

static uint32_t seconds_since(int64_t at)
{
	return (uint32_t)((loop_now() - at) / 1000);
}

static bool is_ours(const struct work *w)
{
	return w->m.engine.n == w->engine->len &&
	    memcmp(w->m.engine.p, w->engine->id, w->engine->len) == 0;
}

/* Replies */

/* Around the scoped PDU at the end of the buffer: as secured as the seal is. */
static bool put_message(struct work *w, const struct seal *seal, struct ber_back *b, bool named)
{
	struct message m = { .number = w->m.number, .boots = w->engine->boots,
		.time = seconds_since(w->engine->started),
		.engine = { w->engine->id, w->engine->len } };

	if (named)
		m.user = w->m.user;
	if (!seal_message(seal, b, &m))
		return false;
	*w->reply = (struct reply){ ber_start(b), b->used };
	return true;
}

/* The number of a PDU, if it has one that can be read. */
static uint32_t number_of(struct ber pdu, unsigned char *type)
{
	struct ber body;
	uint32_t n = 0;

	*type = pdu.n ? pdu.p[0] : 0;
	return ber_take(&pdu, *type, &body) && ber_take_int(&body, &n) ? n : 0;
}

/* A report with one of the counters. */
static void report(struct work *w, const struct seal *seal, const char *name, size_t len,
    uint32_t counter, uint32_t number)
{
	struct ber_back b = { w->engine->room, ROOM, 0 };

	ber_put_int(&b, counter);
	*ber_start(&b) = TYPE_COUNTER;
	ber_put(&b, "\0", 1);			/* .0 of the object */
	ber_put(&b, name, len);
	ber_put_head(&b, 6, len + 1);
	ber_put_head(&b, BER_SEQUENCE, b.used);
	ber_put_head(&b, BER_SEQUENCE, b.used);
	ber_put_int(&b, 0);
	ber_put_int(&b, 0);
	ber_put_int(&b, number);
	ber_put_head(&b, PDU_REPORT, b.used);
	scoped_write(&b, w->engine->id, w->engine->len);
	put_message(w, seal, &b, seal->level > LEVEL_NONE);
}

/* The same PDU, in the same context, as a response (RFC 3416, 4.2.7). */
static void respond(struct work *w, struct ber pdu)
{
	struct ber_back b = { w->engine->room, ROOM, 0 };

	if (w->scoped.n + MESSAGE_ROOM + w->m.user.n + BLOCK > ROOM)
		return;
	*pdu.p = PDU_RESPONSE;
	ber_put(&b, w->scoped.p, w->scoped.n);
	ber_put_head(&b, BER_SEQUENCE, b.used);
	put_message(w, &w->seal, &b, true);
}

/* Opening */

static const struct snmp_user *find_user(const struct work *w, const struct snmp_user *users,
    size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (users[i].name && strlen(users[i].name) == w->m.user.n &&
		    memcmp(users[i].name, w->m.user.p, w->m.user.n) == 0)
			return &users[i];
	return NULL;
}

/* The keys at the engine of the message; the card's own conversation holds the secrets. */
static bool make_keys(struct work *w)
{
	const struct snmp_user *u = w->user;
	struct secret *auth = NULL, *priv = NULL;
	bool ok;

	w->seal = (struct seal){ .level = u->level, .auth = u->auth, .priv = u->priv };
	if (u->level > LEVEL_NONE)
		auth = secret_take(u->auth, u->auth_password ? u->auth_password : "");
	if (u->level > LEVEL_AUTH)
		priv = secret_take(u->auth, u->priv_password ? u->priv_password : "");
	ok = seal_keys(&w->seal, auth, priv, w->m.engine.p, w->m.engine.n);
	secret_leave(auth);
	secret_leave(priv);
	return ok;
}

/* RFC 3414, 3.2.7.b, of an engine that is not ours: its time as far as it was heard. */
static bool is_later(struct work *w)
{
	uint32_t hash = 0;
	struct clock *c;

	for (size_t i = 0; i < w->m.engine.n; i++)
		hash = hash * 31 + w->m.engine.p[i];
	c = &w->engine->clocks[hash % CLOCKS];
	if (c->len == w->m.engine.n && memcmp(c->id, w->m.engine.p, c->len) == 0 &&
	    (w->m.boots < c->boots || (w->m.boots == c->boots &&
	    (uint64_t)w->m.time + WINDOW < (uint64_t)c->time + seconds_since(c->at))))
		return false;
	memcpy(c->id, w->m.engine.p, w->m.engine.n);
	c->len = w->m.engine.n;
	c->boots = w->m.boots;
	c->time = w->m.time;
	c->at = loop_now();
	return true;
}

/* RFC 3414, 3.2.7.a: ours is the time that counts. */
static bool is_in_window(const struct work *w)
{
	uint32_t now = seconds_since(w->engine->started);
	uint32_t apart = now > w->m.time ? now - w->m.time : w->m.time - now;

	return w->m.boots == w->engine->boots && apart <= WINDOW;
}

/* What stands in it, now that it is known to be from where it says. */
static enum opened take(struct work *w)
{
	struct ber pdu;
	unsigned char type;
	uint32_t number;
	bool ours = is_ours(w);

	if (!scoped_read(w->scoped, &pdu))
		return OPENED_NOISE;
	number = number_of(pdu, &type);
	if (w->seal.level > LEVEL_NONE && !(ours ? is_in_window(w) : is_later(w))) {
		struct seal seal = w->seal;

		seal.level = LEVEL_AUTH;
		if (ours && w->m.flags & MESSAGE_REPORTABLE)
			report(w, &seal, not_in_window, sizeof not_in_window - 1,
			    ++w->engine->late, number);
		return OPENED_OLD;
	}
	if (!trap_take(pdu.p, pdu.n, w->trap) || w->trap->inform != ours)
		return OPENED_NOISE;
	if (w->trap->inform)
		respond(w, pdu);
	w->trap->sealed = false;
	return OPENED;
}

static enum opened unseal(struct work *w, unsigned char **plain)
{
	unsigned level = w->m.flags & MESSAGE_PRIV ? LEVEL_PRIV :
	    w->m.flags & MESSAGE_AUTH ? LEVEL_AUTH : LEVEL_NONE;

	if (level < w->user->level || !make_keys(w))
		return OPENED_LEVEL;
	/* as it is set up here: it may be more, where the card's users are */
	if (w->seal.level > LEVEL_NONE && !seal_check(&w->seal, &w->m, w->bytes, w->len))
		return OPENED_DIGEST;
	if (level == LEVEL_PRIV && w->seal.level < LEVEL_PRIV)
		return OPENED_CIPHER;
	w->scoped = w->m.scoped;
	if (level == LEVEL_PRIV && !seal_decrypt(&w->seal, &w->m, plain, &w->scoped))
		return OPENED_CIPHER;
	return take(w);
}

/* Nobody's question, with no engine: the answer is a report that has ours. */
static enum opened searched(struct work *w)
{
	struct seal open = { .level = LEVEL_NONE };
	struct ber pdu;
	unsigned char type;

	if (!(w->m.flags & MESSAGE_REPORTABLE) || w->m.flags & MESSAGE_PRIV ||
	    !scoped_read(w->m.scoped, &pdu))
		return OPENED_NOISE;
	report(w, &open, unknown_engines, sizeof unknown_engines - 1, ++w->engine->unknown,
	    number_of(pdu, &type));
	return OPENED_SEARCH;
}

enum opened trap_open(struct engine *e, unsigned char *bytes, size_t len,
    const struct snmp_user *users, size_t n, struct trap *t, struct reply *reply)
{
	struct work w = { .engine = e, .bytes = bytes, .len = len, .trap = t, .reply = reply };
	unsigned char *plain = NULL;
	enum opened how;

	*reply = (struct reply){ NULL, 0 };
	if (!message_read(&w.m, bytes, len))
		return OPENED_NOISE;
	if (w.m.engine.n == 0)
		return searched(&w);
	w.user = find_user(&w, users, n);
	if (!w.user)
		return OPENED_USER;
	how = unseal(&w, &plain);
	free(plain);
	explicit_bzero(&w.seal, sizeof w.seal);
	return how;
}

const char *opened_words(enum opened how)
{
	static const char *const words[] = {
		[OPENED_USER] = N_("the card is asked with another SNMP v3 user"),
		[OPENED_LEVEL] = N_("it is less secured than this power device is set up to be asked"),
		[OPENED_DIGEST] = N_("another authentication password or protocol"),
		[OPENED_CIPHER] = N_("another privacy password or protocol"),
		[OPENED_OLD] = N_("it is not in its time window: late, or sent once more"),
	};

	return how < sizeof words / sizeof *words ? words[how] : NULL;
}
