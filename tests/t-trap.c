/*
 * Traps: what each version says, by hand-made bytes; that no other bytes pass for
 * one; under which name a profile knows it; and how much of a flood is looked at.
 */
#include "snmp/flood.h"
#include "snmp/trap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* BER from the end: each function puts something in front of what is there. */
struct ber {
	unsigned char bytes[2000];
	size_t used;
};

static unsigned char *start(struct ber *b)
{
	return b->bytes + sizeof b->bytes - b->used;
}

static void put(struct ber *b, const void *bytes, size_t len)
{
	b->used += len;
	memcpy(start(b), bytes, len);
}

/* Type and length in front of what was put since `since` bytes were there. */
static void wrap(struct ber *b, unsigned char type, size_t since)
{
	size_t len = b->used - since;
	unsigned char head[4] = { type, 0x82, (unsigned char)(len >> 8), (unsigned char)len };

	put(b, head, 4);
}

static void put_part(struct ber *b, unsigned char type, const void *bytes, size_t len)
{
	size_t since = b->used;

	put(b, bytes, len);
	wrap(b, type, since);
}

static void put_int(struct ber *b, int n)
{
	unsigned char bytes[4] = { (unsigned char)(n >> 24), (unsigned char)(n >> 16),
		(unsigned char)(n >> 8), (unsigned char)n };

	put_part(b, 2, bytes, 4);
}

static void put_oid(struct ber *b, const char *text)
{
	unsigned char bytes[200], one[10];
	size_t n = 1, k;
	char *at;
	unsigned long id = strtoul(text, &at, 10) * 40;

	bytes[0] = (unsigned char)(id + strtoul(at + 1, &at, 10));
	while (*at) {
		id = strtoul(at + 1, &at, 10);
		k = sizeof one;
		one[--k] = id & 0x7f;
		while (id >>= 7)
			one[--k] = (id & 0x7f) | 0x80;
		memcpy(bytes + n, one + k, sizeof one - k);
		n += sizeof one - k;
	}
	put_part(b, 6, bytes, n);
}

static void put_binding(struct ber *b, const char *oid, const char *text, const char *value_oid)
{
	size_t since = b->used;

	if (text)
		put_part(b, 4, text, strlen(text));
	else
		put_oid(b, value_oid);
	put_oid(b, oid);
	wrap(b, 0x30, since);
}

static void finish(struct ber *b, int version)
{
	put_part(b, 4, "public", 6);
	put_int(b, version);
	wrap(b, 0x30, 0);
}

static const char trap_oid[] = "1.3.6.1.6.3.1.1.4.1.0", args[] = "1.3.6.1.4.1.318.2.3.3.0";

static void make_v1(struct ber *b, const char *enterprise, int generic, int specific,
    const char *agent)
{
	b->used = 0;
	put_binding(b, args, "UPS: On battery power", NULL);
	wrap(b, 0x30, 0);
	put_part(b, 0x43, "\1\2", 2);
	put_int(b, specific);
	put_int(b, generic);
	put_part(b, 0x40, agent, 4);
	put_oid(b, enterprise);
	wrap(b, 0xa4, 0);
	finish(b, 0);
}

static void make_v2(struct ber *b, unsigned char pdu, const char *oid)
{
	b->used = 0;
	put_binding(b, args, "hi\x1b[2Jthere", NULL);
	put_binding(b, trap_oid, NULL, oid);
	wrap(b, 0x30, 0);
	put_int(b, 0);
	put_int(b, 0);
	put_int(b, 1234567);
	wrap(b, pdu, 0);
	finish(b, 1);
}

static void v1(void **state)
{
	struct ber b;
	struct trap t;

	(void)state;
	make_v1(&b, "1.3.6.1.4.1.318", 6, 5, "\x7f\0\1\1");
	assert_true(trap_decode(start(&b), b.used, &t));
	assert_int_equal(t.version, 1);
	assert_string_equal(t.oid, "1.3.6.1.4.1.318.0.5");
	assert_string_equal(t.agent, "127.0.1.1");
	assert_string_equal(t.text, "UPS: On battery power");
	assert_false(t.inform || t.sealed);
	assert_false(trap_answer(start(&b), b.used));

	/* a generic one; and an agent that does not say who it is */
	make_v1(&b, "1.3.6.1.4.1.318", 0, 0, "\0\0\0\0");
	assert_true(trap_decode(start(&b), b.used, &t));
	assert_string_equal(t.oid, "1.3.6.1.6.3.1.1.5.1");
	assert_string_equal(t.agent, "");

	make_v1(&b, "1.3.6.1.4.1.318", 7, 0, "\x7f\0\1\1");
	assert_false(trap_decode(start(&b), b.used, &t));
}

static void v2c(void **state)
{
	struct ber b;
	struct trap t;

	(void)state;
	make_v2(&b, 0xa7, "1.3.6.1.4.1.318.0.9");
	assert_true(trap_decode(start(&b), b.used, &t));
	assert_int_equal(t.version, 2);
	assert_string_equal(t.oid, "1.3.6.1.4.1.318.0.9");
	assert_string_equal(t.text, "hi?[2Jthere");	/* nothing that a terminal obeys */
	assert_false(t.inform);

	make_v2(&b, 0xa6, "1.3.6.1.4.1.318.0.9");
	assert_true(trap_decode(start(&b), b.used, &t));
	assert_true(t.inform);
	assert_true(trap_answer(start(&b), b.used));
	assert_false(trap_decode(start(&b), b.used, &t));	/* it is a response now */

	make_v2(&b, 0xa0, "1.3.6.1.4.1.318.0.9");		/* a question is no trap */
	assert_false(trap_decode(start(&b), b.used, &t));
	assert_false(trap_answer(start(&b), b.used));
}

/* Cut anywhere, and with each byte turned, it ends, and says nothing unfit for a log. */
static void spoilt(void **state)
{
	struct ber b;
	struct trap t;
	unsigned char *copy;

	(void)state;
	for (int kind = 0; kind < 2; kind++) {
		if (kind)
			make_v2(&b, 0xa7, "1.3.6.1.4.1.318.0.9");
		else
			make_v1(&b, "1.3.6.1.4.1.318", 6, 5, "\x7f\0\1\1");
		for (size_t len = 0; len < b.used; len++) {
			copy = malloc(len + 1);
			memcpy(copy, start(&b), len);
			assert_false(trap_decode(copy, len, &t));
			free(copy);
		}
		for (size_t i = 0; i < b.used; i++)
			for (int bit = 0; bit < 8; bit++) {
				copy = malloc(b.used);
				memcpy(copy, start(&b), b.used);
				copy[i] ^= (unsigned char)(1 << bit);
				if (trap_decode(copy, b.used, &t))
					assert_true(!*t.oid || oid_valid(t.oid));
				free(copy);
			}
	}
}

static void names(void **state)
{
	struct err e;
	struct profiles *all = profiles_load(NULL, &e);
	static const struct { const char *oid, *name; } cases[] = {
		{ "1.3.6.1.4.1.318.0.5", "upsOnBattery" },
		{ "1.3.6.1.4.1.318.0.50", "badVoltageCleared" },
		{ "1.3.6.1.2.1.33.2.1", "upsTrapOnBattery" },
		{ "1.3.6.1.2.1.33.2.0.1", "upsTrapOnBattery" },	/* through v1 */
		{ "1.3.6.1.6.3.1.1.5.5", "authenticationFailure" },
		{ "1.3.6.1.4.1.318.5", NULL }, { "1.3.6.1.4.1.318.0.9999", NULL },
		{ "", NULL }, { "1.3", NULL }, { "0.1", NULL }, { ".0.5", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct profile_trap *t = trap_find(all, cases[i].oid);

		if (!cases[i].name)
			assert_null(t);
		else
			assert_string_equal(t->name, cases[i].name);
	}
	assert_int_equal(trap_find(all, "1.3.6.1.4.1.318.0.5")->state, UPS_ON_BATTERY);
	assert_false(trap_find(all, "1.3.6.1.4.1.318.0.50")->tells_state);
	profiles_free(all);
}

static void bounded(void **state)
{
	struct flood *f = calloc(1, sizeof *f);
	int one = 0, other = 0, all = 0;

	(void)state;
	for (int i = 0; i < 1000; i++)
		one += flood_admits(f, 7, 1000);
	assert_int_equal(one, FLOOD_BURST);
	assert_int_equal(f->dropped, 1000 - FLOOD_BURST);
	/* another is none the worse for it; and a second later there is some again */
	assert_true(flood_admits(f, 8, 1000));
	for (int i = 0; i < 1000; i++)
		other += flood_admits(f, 7, 2000);
	assert_int_equal(other, FLOOD_RATE);
	/* each from somewhere else: all together have their bound */
	for (uint64_t i = 1; i <= 100000; i++)
		all += flood_admits(f, 1000 + i, 60000);
	assert_int_equal(all, FLOOD_BURST_ALL);
	free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(v1), cmocka_unit_test(v2c), cmocka_unit_test(spoilt),
		cmocka_unit_test(names), cmocka_unit_test(bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
