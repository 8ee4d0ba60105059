/* engine - a card as an SNMPv3 engine; see engine.h */
#include "sim/engine.h"

#include "base/loop.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

enum { REPORTABLE = 4, USM = 3, WINDOW = 150, MAX_PLAIN = 32768, MAX_SIZE = 65507 };

/* The objects of reports: usmStats, numbered as in SNMP-USER-BASED-SM-MIB. */
enum fault {
	NO_FAULT, UNSUPPORTED_LEVEL, NOT_IN_TIME, UNKNOWN_USER, UNKNOWN_ENGINE,
	WRONG_DIGEST, NOT_DECRYPTED, UNKNOWN_CONTEXT, FAULTS
};

/* A user's keys here, made when they are first wanted. */
struct keys {
	bool made, good;
	struct secret_key auth, priv;
};

struct engine {
	uint8_t id[11];
	uint32_t boots;
	int64_t booted;			/* of loop_now() */
	uint64_t salt;
	uint32_t faults[FAULTS];
	const struct users *users;
	struct keys *keys;		/* one for each user */
};

/* A message, taken apart. */
struct message {
	int64_t number;			/* msgID */
	unsigned flags;
	struct tlv engine, user, digest, salt;
	int64_t boots, time;
	struct tlv_in data;		/* the scoped PDU, perhaps encrypted */
	const struct user *who;
	struct keys *keys;
	struct pdu pdu;
	bool has_pdu;
};

struct engine *engine_new(const char *ipv4, int port, const struct users *users)
{
	/* RFC 3411: bit 0, APC's number, 5 for octets: address and port */
	static const uint8_t begin[] = { 0x80, 0x00, 0x01, 0x3e, 0x05 };
	struct engine *n = mem_new(struct engine);

	memcpy(n->id, begin, sizeof begin);
	inet_pton(AF_INET, ipv4, n->id + 5);
	n->id[9] = port >> 8;
	n->id[10] = port;
	n->boots = 1;
	n->booted = loop_now();
	n->users = users;
	n->keys = mem_zero(users->n ? users->n : 1, sizeof *n->keys);
	return n;
}

void engine_free(struct engine *n)
{
	if (!n)
		return;
	free(n->keys);
	free(n);
}

void engine_restart(struct engine *n, int64_t ms)
{
	n->boots++;
	n->booted = loop_now() + ms;
}

uint32_t engine_boots(const struct engine *n)
{
	return n->boots;
}

static uint32_t engine_time(const struct engine *n)
{
	const int64_t ms = loop_now() - n->booted;

	return ms > 0 ? ms / 1000 : 0;
}

static struct keys *keys_of(struct engine *n, const struct user *u)
{
	struct keys *k = &n->keys[u - n->users->all];

	if (k->made)
		return k;
	k->made = true;
	k->good = (u->auth < 0 || secret_localize(u->auth, -1, &u->auth_key, n->id,
	    sizeof n->id, &k->auth)) &&
	    (u->priv < 0 || secret_localize(u->auth, u->priv, &u->priv_key, n->id,
	    sizeof n->id, &k->priv));
	return k;
}

static bool read_header(struct message *m, struct tlv_in *in)
{
	struct tlv_in global, outside, params;
	struct tlv flags, wrapped;
	int64_t size, model;

	if (!tlv_enter(in, TLV_SEQUENCE, &global) ||
	    !tlv_integer(&global, &m->number) || !tlv_integer(&global, &size) ||
	    !tlv_take(&global, VALUE_STRING, &flags) || flags.len != 1 ||
	    !tlv_integer(&global, &model) || model != USM)
		return false;
	m->flags = flags.bytes[0];
	if (!tlv_take(in, VALUE_STRING, &wrapped))
		return false;
	outside.at = wrapped.bytes;
	outside.end = wrapped.bytes + wrapped.len;
	m->data = *in;
	return tlv_enter(&outside, TLV_SEQUENCE, &params) &&
	    tlv_take(&params, VALUE_STRING, &m->engine) &&
	    tlv_integer(&params, &m->boots) && tlv_integer(&params, &m->time) &&
	    tlv_take(&params, VALUE_STRING, &m->user) &&
	    tlv_take(&params, VALUE_STRING, &m->digest) &&
	    tlv_take(&params, VALUE_STRING, &m->salt) &&
	    (m->flags & SECURE_PRIV) != 2;	/* privacy alone */
}

/* The scoped PDU; false if it is none. */
static bool read_scoped(struct message *m, struct tlv_in in, enum fault *fault)
{
	struct tlv_in inside;
	struct tlv engine, name;

	m->has_pdu = tlv_enter(&in, TLV_SEQUENCE, &inside) &&
	    tlv_take(&inside, VALUE_STRING, &engine) &&
	    tlv_take(&inside, VALUE_STRING, &name) && pdu_read(&inside, &m->pdu);
	if (m->has_pdu && name.len)
		*fault = UNKNOWN_CONTEXT;
	return m->has_pdu;
}

static bool has_digest(const struct message *m, const struct tlv_in *all)
{
	const size_t size = secret_digest_length(m->who->auth);
	const size_t len = all->end - all->at, at = m->digest.bytes - all->at;
	uint8_t *copy, digest[SECRET_DIGEST];
	bool good;

	if (m->digest.len != size)
		return false;
	copy = mem_zero(len, 1);
	memcpy(copy, all->at, len);
	memset(copy + at, 0, size);
	good = secret_digest(m->who->auth, &m->keys->auth, copy, len, digest) &&
	    memcmp(digest, m->digest.bytes, size) == 0;
	free(copy);
	return good;
}

static bool in_time(const struct engine *n, const struct message *m)
{
	const int64_t apart = m->time - engine_time(n);

	return m->boots == n->boots && apart >= -WINDOW && apart <= WINDOW;
}

/* The plain text stays until the next message. */
static bool decrypt(const struct message *m, struct tlv_in *plain)
{
	static uint8_t bytes[MAX_PLAIN];
	struct secret_salt salt = { m->boots, m->time, { 0 } };
	struct tlv_in data = m->data;
	struct tlv t;
	size_t len;

	if (m->salt.len != sizeof salt.bytes || !tlv_take(&data, VALUE_STRING, &t) ||
	    t.len > sizeof bytes)
		return false;
	memcpy(salt.bytes, m->salt.bytes, sizeof salt.bytes);
	len = secret_decrypt(m->who->priv, &m->keys->priv, &salt, t.bytes, t.len,
	    bytes, sizeof bytes);
	plain->at = bytes;
	plain->end = bytes + len;
	return len > 0;
}

/* RFC 3414 3.2, in its order. */
static enum fault look(struct engine *n, const struct tlv_in *all, struct message *m)
{
	const unsigned level = m->flags & SECURE_PRIV;
	enum fault fault = NO_FAULT;
	struct tlv_in plain = m->data;

	/* of what is not encrypted a report can tell the request-id */
	if (level != SECURE_PRIV)
		read_scoped(m, m->data, &fault);
	if (m->engine.len != sizeof n->id ||
	    memcmp(m->engine.bytes, n->id, sizeof n->id) != 0)
		return UNKNOWN_ENGINE;
	m->who = users_find(n->users, m->user.bytes, m->user.len);
	if (!m->who || m->who->access == ACCESS_DISABLED)
		return UNKNOWN_USER;
	m->keys = keys_of(n, m->who);
	if (level > m->who->level || !m->keys->good)
		return UNSUPPORTED_LEVEL;
	if (level >= SECURE_AUTH) {
		if (!has_digest(m, all))
			return WRONG_DIGEST;
		if (!in_time(n, m))
			return NOT_IN_TIME;
	}
	if (level == SECURE_PRIV && (!decrypt(m, &plain) ||
	    !read_scoped(m, plain, &fault)))
		return NOT_DECRYPTED;
	return fault;
}

static void put_security(struct engine *n, const struct message *m, unsigned level,
    const struct secret_salt *salt, struct tlv_out *out)
{
	static const uint8_t zeros[SECRET_DIGEST];
	const uint8_t *end = out->at;
	const struct user *u = m->who;

	tlv_bytes(out, VALUE_STRING, salt->bytes, level == SECURE_PRIV ? 8 : 0);
	tlv_bytes(out, VALUE_STRING, zeros, level ? secret_digest_length(u->auth) : 0);
	tlv_bytes(out, VALUE_STRING, m->user.bytes, m->user.len);
	tlv_put_number(out, VALUE_INTEGER, salt->time);
	tlv_put_number(out, VALUE_INTEGER, salt->boots);
	tlv_bytes(out, VALUE_STRING, n->id, sizeof n->id);
	tlv_wrap(out, TLV_SEQUENCE, end);
	tlv_wrap(out, VALUE_STRING, end);
}

/* The digest's place in a whole message that put_security() made. */
static uint8_t *digest_place(const struct tlv_out *out, const uint8_t *end)
{
	struct tlv_in all = { out->at, end }, in;
	struct message m;
	int64_t version;

	return tlv_enter(&all, TLV_SEQUENCE, &in) && tlv_integer(&in, &version) &&
	    read_header(&m, &in) ? out->at + (m.digest.bytes - out->at) : NULL;
}

static bool sign(const struct message *m, struct tlv_out *out, const uint8_t *end)
{
	uint8_t digest[SECRET_DIGEST], *place = digest_place(out, end);

	if (!place || !secret_digest(m->who->auth, &m->keys->auth, out->at,
	    end - out->at, digest))
		return false;
	memcpy(place, digest, secret_digest_length(m->who->auth));
	return true;
}

static bool encrypt(struct engine *n, const struct message *m,
    struct secret_salt *salt, struct tlv_out *out, const uint8_t *end)
{
	static uint8_t bytes[MAX_PLAIN];
	const uint64_t number = ++n->salt;
	size_t len;
	int i;

	for (i = 0; i < 8; i++)
		salt->bytes[i] = i < 4 ? n->boots >> (24 - 8 * i) :
		    number >> (56 - 8 * i);
	len = secret_encrypt(m->who->priv, &m->keys->priv, salt, out->at,
	    end - out->at, bytes, sizeof bytes);
	out->at += end - out->at;
	tlv_bytes(out, VALUE_STRING, bytes, len);
	return len > 0;
}

/* Everything around the PDU that stands from out->at to end. */
static bool wrap(struct engine *n, const struct message *m, unsigned level,
    unsigned reportable, struct tlv_out *out, const uint8_t *end)
{
	struct secret_salt salt = { n->boots, engine_time(n), { 0 } };
	const uint8_t flags = level | reportable;
	const uint8_t *mark;

	tlv_bytes(out, VALUE_STRING, NULL, 0);		/* the context's name */
	tlv_bytes(out, VALUE_STRING, n->id, sizeof n->id);
	tlv_wrap(out, TLV_SEQUENCE, end);
	if (out->full || (level == SECURE_PRIV && !encrypt(n, m, &salt, out, end)))
		return false;
	put_security(n, m, level, &salt, out);
	mark = out->at;
	tlv_put_number(out, VALUE_INTEGER, USM);
	tlv_bytes(out, VALUE_STRING, &flags, 1);
	tlv_put_number(out, VALUE_INTEGER, MAX_SIZE);
	tlv_put_number(out, VALUE_INTEGER, m->number);
	tlv_wrap(out, TLV_SEQUENCE, mark);
	tlv_put_number(out, VALUE_INTEGER, VERSION_3);
	tlv_wrap(out, TLV_SEQUENCE, end);
	return !out->full && (level == SECURE_NONE || sign(m, out, end));
}

static bool report(struct engine *n, const struct message *m, enum fault fault,
    struct tlv_out *out)
{
	struct oid o = { 11, { 1, 3, 6, 1, 6, 3, 15, 1, 1, fault, 0 } };
	struct value v = { .type = VALUE_COUNTER, .number = ++n->faults[fault] };
	const uint8_t *end = out->at;
	/* only who is authenticated gets a time that he can believe */
	const unsigned level = fault == NOT_IN_TIME ? SECURE_AUTH : SECURE_NONE;

	if (!(m->flags & REPORTABLE))
		return false;
	if (fault == UNKNOWN_CONTEXT)
		oid_parse(&o, "1.3.6.1.6.3.12.1.5.0");
	pdu_put_binding(out, &o, &v);
	pdu_wrap(out, end, PDU_REPORT, m->has_pdu ? m->pdu.id : 0, 0, 0);
	return wrap(n, m, level, 0, out, end);
}

/* With less than his level nobody is let in. */
static bool refuse(const struct pdu *p, struct tlv_out *out)
{
	enum { AUTHORIZATION_ERROR = 16 };
	const uint8_t *end = out->at;

	tlv_raw(out, p->bindings.at, p->bindings.end - p->bindings.at);
	pdu_wrap(out, end, PDU_RESPONSE, p->id, AUTHORIZATION_ERROR, 1);
	return true;
}

size_t engine_answer(struct engine *n, const struct tlv_in *all, struct tlv_in *in,
    engine_fn *fn, void *arg, struct tlv_out *out)
{
	struct message m = { 0 };
	const uint8_t *end = out->at;
	enum fault fault;
	unsigned level;
	bool done;

	if (!read_header(&m, in))
		return 0;
	fault = look(n, all, &m);
	if (fault) {
		done = report(n, &m, fault, out);
	} else if (!m.has_pdu) {
		return 0;
	} else {
		level = m.flags & SECURE_PRIV;
		done = (level < m.who->level ? refuse(&m.pdu, out) :
		    fn(arg, &m.pdu, m.who, out)) &&
		    wrap(n, &m, level, 0, out, end);
	}
	return done ? end - out->at : 0;
}

bool engine_wrap(struct engine *n, const struct user *u, int64_t number,
    struct tlv_out *out, const uint8_t *end)
{
	struct message m = { .number = number, .who = u, .keys = keys_of(n, u),
		.user = { VALUE_STRING, (const uint8_t *)u->name, u->len } };

	return m.keys->good && wrap(n, &m, u->level, 0, out, end);
}
