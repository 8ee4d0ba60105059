/*
 * Any bytes as a message of SNMPv3: as the answer to a question of ours, and as a trap or
 * an inform. As nobody guesses a digest, the bytes also come signed and encrypted with the
 * right keys, as their scoped PDU; what is taken then must be what a card may say.
 *
 * The first byte says how: bits 0-1 the level, 2-4 the digest, 5-6 the cipher, 7 sealed.
 */
#include "base/mem.h"
#include "base/text.h"
#include "snmp/seal.h"
#include "snmp/trap-v3.h"
#include "snmp/usm.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROOM = 8192, NUMBER = 4711 };
static const unsigned char engine_id[] = { 0x80, 0, 0, 0, 5, 1, 2, 3, 4, 5, 6, 7, 8 };
static const char name[] = "user";

static void must(int ok, const char *words)
{
	if (ok)
		return;
	fprintf(stderr, "%s\n", words);
	abort();
}

static struct snmp_user user_of(uint8_t how)
{
	return (struct snmp_user){ .name = name, .level = (how & 3) % 3,
		.auth = (how >> 2 & 7) % 6, .priv = how >> 5 & 3,
		.auth_password = "auth-password", .priv_password = "priv-password" };
}

/* Made once: a passphrase takes some milliseconds. */
static void keep_secrets(void)
{
	static bool kept;

	for (int auth = 0; auth < 6 && !kept; auth++) {
		secret_take((enum snmp_auth)auth, "auth-password");
		secret_take((enum snmp_auth)auth, "priv-password");
	}
	kept = true;
}

/* The bytes as the contents of a scoped PDU from that engine, as its user would send it. */
static size_t seal(const struct snmp_user *u, const uint8_t *data, size_t size,
    unsigned char room[ROOM], unsigned char **start)
{
	struct ber_back b = { room, ROOM, 0 };
	struct message m = { .number = NUMBER, .boots = 1, .time = 0,
		.engine = { (unsigned char *)(size_t)engine_id, sizeof engine_id },
		.user = { (unsigned char *)(size_t)name, sizeof name - 1 } };
	struct seal s = { .level = u->level, .auth = u->auth, .priv = u->priv };
	struct secret *auth = secret_take(u->auth, u->auth_password);
	struct secret *priv = secret_take(u->auth, u->priv_password);

	ber_put(&b, data, size);
	ber_put_head(&b, BER_SEQUENCE, b.used);
	must(seal_keys(&s, auth, priv, engine_id, sizeof engine_id), "no keys");
	must(seal_message(&s, &b, &m), "not sealed");
	secret_leave(auth);
	secret_leave(priv);
	*start = ber_start(&b);
	return b.used;
}

static void as_trap(const struct snmp_user *u, struct engine *ours, unsigned char *bytes, size_t len)
{
	struct trap t;
	struct reply reply;

	if (!trap_decode(bytes, len, &t) || !t.sealed)
		return;
	if (trap_open(ours, bytes, len, u, 1, &t, &reply) == OPENED) {
		must(oid_valid(t.oid), "no object identifier");
		must(!t.sealed, "open and sealed");
		must(text_invalid(t.text, strlen(t.text)) < 0, "not a text");
		must(!t.inform == !reply.len, "an inform has an answer, a trap none");
	}
}

/* At the engine that it was signed for: what informs are; at another: what traps are. */
static void as_inform(const struct snmp_user *u, unsigned char *bytes, size_t len)
{
	static struct engine *ours;

	if (!ours)
		ours = engine_new(engine_id, sizeof engine_id, 1);
	as_trap(u, ours, bytes, len);
}

static void as_card_s_trap(const struct snmp_user *u, unsigned char *bytes, size_t len)
{
	struct engine *ours = engine_new((const unsigned char *)"another", 7, 1);

	as_trap(u, ours, bytes, len);
	engine_free(ours);
}

/* A coder that has found the engine out, and has a question out. */
static struct coder *asked(const struct snmp_user *u, struct bindings *b)
{
	static struct wire_answer answer;
	struct coder *c = usm_coder(u);
	unsigned char room[ROOM], *start;
	struct snmp_user nobody = { .name = name, .level = LEVEL_NONE,
		.auth_password = "auth-password", .priv_password = "priv-password" };
	/* a report of unknownEngineIDs: contextEngineID, contextName, PDU */
	static const uint8_t report[] = { 4, 0, 4, 0, 0xa8, 0x1e, 2, 2, 0x12, 0x67, 2, 1, 0, 2, 1, 0,
		0x30, 0x12, 0x30, 0x10, 6, 0x0a, 0x2b, 6, 1, 6, 3, 0x0f, 1, 1, 4, 0, 0x41, 2, 0, 1 };
	struct iovec pieces[2];
	struct err e;
	size_t len;

	must(c->type->encode(c, AGENT_GET, NUMBER, b, pieces, &e), "no search");
	len = seal(&nobody, report, sizeof report, room, &start);
	must(c->type->decode(c, start, len, b, &answer, &e) == WIRE_AGAIN, "no engine");
	must(c->type->encode(c, AGENT_GET, NUMBER, b, pieces, &e), "no question");
	return c;
}

static void as_answer(const struct snmp_user *u, unsigned char *bytes, size_t len)
{
	static const char *const oids[] = { "1.3.6.1.2.1.1.1.0" };
	static struct wire_answer answer;
	struct err e = { .text = "" };
	struct bindings *b = bindings_new(oids, 1, &e);
	struct coder *c = asked(u, b);

	if (c->type->decode(c, bytes, len, b, &answer, &e) == WIRE_REFUSED)
		must(*e.text, "refused without words");
	c->type->free(c);
	bindings_free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const as[])(const struct snmp_user *, unsigned char *, size_t) = {
		as_answer, as_inform, as_card_s_trap };
	unsigned char room[ROOM], *bytes;
	struct snmp_user u;
	size_t len = size ? size - 1 : 0;

	if (!size || size > ROOM / 2)
		return 0;
	keep_secrets();
	u = user_of(data[0]);
	if (data[0] & 0x80)
		len = seal(&u, data + 1, len, room, &bytes);
	else
		memcpy(bytes = room, data + 1, len);
	for (size_t i = 0; i < sizeof as / sizeof *as; i++) {	/* each reads a copy, of its length */
		unsigned char *copy = (unsigned char *)mem_ndup((const char *)bytes, len);

		as[i](&u, copy, len);
		free(copy);
	}
	return 0;
}
