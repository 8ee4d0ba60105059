/*
 * Bytes of a card, good and bad: whatever comes, nothing is read behind its end
 * and what is taken of it is bounded. Run it under a sanitizer.
 */
#include "snmp/wire.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { NUMBER = 0x12345678, ROUNDS = 20000 };

static const struct agent_value values[] = {
	{ .oid = "1.3.6.1.4.1.318.1.1.1.5.2.3.0", .type = AGENT_INTEGER, .number = -5 },
	{ .oid = "1.3.6.1.4.1.318.1.1.1.5.2.4.0", .type = AGENT_UNSIGNED, .number = 4294967295 },
	{ .oid = "1.3.6.1.4.1.318.1.1.1.5.2.10.0", .type = AGENT_TICKS, .number = 18000 },
	{ .oid = "1.3.6.1.4.1.318.1.1.1.1.1.2.0", .type = AGENT_TEXT, .text = "UPS 1" },
	{ .oid = "1.3.6.1.4.1.318.2.1", .type = AGENT_OID, .text = "1.3.6.1.4294967295.0" },
	{ .oid = "1.3.6.1.4.1.318.2.2", .type = AGENT_IP, .text = "192.0.2.1" },
};
enum { VALUES = sizeof values / sizeof *values };

static struct coder *coder;
static struct bindings *bindings;
static struct wire_answer answer;

static int setup(void **state)
{
	(void)state;
	coder = wire_community(2, "public");
	bindings = wire_bindings(values, VALUES, NULL);
	assert_non_null(bindings);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	coder->type->free(coder);
	bindings_free(bindings);
	return 0;
}

/* The answer that repeats what was set; yours to free. */
static unsigned char *whole(size_t *len)
{
	struct iovec pieces[2];
	unsigned char *bytes;
	struct err e;

	assert_true(coder->type->encode(coder, AGENT_SET, NUMBER, bindings, pieces, &e));
	*len = pieces[0].iov_len + pieces[1].iov_len;
	bytes = mem_zero(*len, 1);
	memcpy(bytes, pieces[0].iov_base, pieces[0].iov_len);
	memcpy(bytes + pieces[0].iov_len, pieces[1].iov_base, pieces[1].iov_len);
	for (size_t i = 0; i < pieces[0].iov_len; i++)
		if (bytes[i] == 0xa3) {
			bytes[i] = 0xa2;
			break;
		}
	return bytes;
}

/* In a piece of memory of exactly that size. */
static enum wire_heard decode(const unsigned char *bytes, size_t len, bool *has_number)
{
	unsigned char *exact = mem_zero(len ? len : 1, 1);
	enum wire_heard heard;
	uint32_t number;
	struct err e;

	memcpy(exact, bytes, len);
	exact = mem_realloc(exact, len ? len : 1, 1);
	*has_number = wire_number(exact, len, &number);
	heard = coder->type->decode(coder, exact, len, bindings, &answer, &e);
	free(exact);
	return heard;
}

static void what_was_sent_comes_back(void **state)
{
	unsigned char *bytes;
	uint32_t number;
	bool has;
	size_t len;

	(void)state;
	bytes = whole(&len);
	assert_true(wire_number(bytes, len, &number));
	assert_int_equal(number, NUMBER);
	assert_int_equal(decode(bytes, len, &has), WIRE_ANSWER);
	assert_int_equal(answer.answer.n, VALUES);
	for (size_t i = 0; i < VALUES; i++) {
		assert_ptr_equal(answer.values[i].oid, values[i].oid);
		assert_int_equal(answer.values[i].type, values[i].type);
		assert_int_equal(answer.values[i].number, values[i].number);
		assert_string_equal(answer.values[i].text, values[i].text ? values[i].text : "");
	}
	free(bytes);
}

/* A datagram that ends anywhere is no answer, and has its number only if it is whole. */
static void what_is_cut_is_none(void **state)
{
	unsigned char *bytes;
	size_t len;
	bool has;

	(void)state;
	bytes = whole(&len);
	for (size_t cut = 0; cut < len; cut++)
		assert_int_equal(decode(bytes, cut, &has), WIRE_NOISE);
	free(bytes);
}

static uint32_t dice(void)
{
	static uint32_t x = 2463534242u;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return x;
}

static void bounded(void)
{
	assert_true(answer.answer.n <= AGENT_BATCH);
	for (size_t i = 0; i < answer.answer.n; i++) {
		const struct agent_value *v = &answer.values[i];

		assert_true(strlen(v->oid) < OID_SIZE);
		assert_true(strlen(v->text) < AGENT_TEXT_SIZE);
		for (const char *s = v->text; *s; s++)
			assert_true((unsigned char)*s >= 0x20 && *s != 0x7f);
		if (v->type == AGENT_INTEGER)
			assert_true(v->number >= INT32_MIN && v->number <= INT32_MAX);
		if (v->type == AGENT_UNSIGNED || v->type == AGENT_TICKS)
			assert_true(v->number >= 0 && v->number <= UINT32_MAX);
	}
}

static void what_is_spoilt_is_bounded(void **state)
{
	unsigned char *good, *bad;
	size_t len, size;
	unsigned taken = 0;
	bool has;

	(void)state;
	good = whole(&len);
	bad = mem_zero(len, 1);
	for (int round = 0; round < ROUNDS; round++) {
		memcpy(bad, good, len);
		for (uint32_t n = 1 + dice() % 4; n > 0; n--)
			bad[dice() % len] = (unsigned char)(dice() % 3 ? dice() :
			    (const unsigned char[]){ 0, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xff, 0x30 }
			    [dice() % 8]);
		size = dice() % 4 ? len : dice() % (len + 1);
		if (decode(bad, size, &has) == WIRE_ANSWER) {
			taken++;
			bounded();
		}
	}
	assert_in_range(taken, ROUNDS / 100, ROUNDS);
	free(good);
	free(bad);
}

/* Cards code numbers in all kinds of ways; what is not one is odd, the rest is taken. */
static void numbers_as_cards_send_them(void **state)
{
	static const struct {
		unsigned char bytes[14], len;
		enum agent_type type;
		int64_t number;
	} cases[] = {
		{ { 0x02, 1, 0xff }, 3, AGENT_INTEGER, -1 },
		{ { 0x02, 4, 0x80, 0, 0, 0 }, 6, AGENT_INTEGER, INT32_MIN },
		{ { 0x02, 0x81, 1, 7 }, 4, AGENT_INTEGER, 7 },
		{ { 0x42, 5, 0, 0xff, 0xff, 0xff, 0xff }, 7, AGENT_UNSIGNED, 4294967295 },
		{ { 0x42, 4, 0xff, 0xff, 0xff, 0xff }, 6, AGENT_UNSIGNED, 4294967295 },
		{ { 0x43, 2, 1, 0 }, 4, AGENT_TICKS, 256 },
		{ { 0x02, 0 }, 2, AGENT_ODD, 0 },
		{ { 0x02, 5, 1, 2, 3, 4, 5 }, 7, AGENT_ODD, 0 },
		{ { 0x43, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 11, AGENT_ODD, 0 },
		{ { 0x40, 3, 1, 2, 3 }, 5, AGENT_ODD, 0 },
		{ { 0x46, 2, 1, 0 }, 4, AGENT_ODD, 0 },	/* Counter64 */
		{ { 0x05, 0 }, 2, AGENT_ODD, 0 },
		{ { 0x80, 0 }, 2, AGENT_MISSING, 0 },
		{ { 0x81, 0 }, 2, AGENT_MISSING, 0 },
		{ { 0x82, 0 }, 2, AGENT_MISSING, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		unsigned char p[64] = { 0x30, 0, 2, 1, 1, 4, 0, 0xa2, 0, 2, 1, 1, 2, 1, 0, 2, 1, 0,
			0x30, 0, 0x30, 0, 6, 2, 0x2b, 6 };
		size_t n = cases[i].len;
		bool has;

		memcpy(p + 26, cases[i].bytes, n);
		p[21] = (unsigned char)(4 + n);
		p[19] = (unsigned char)(6 + n);
		p[8] = (unsigned char)(17 + n);
		p[1] = (unsigned char)(24 + n);
		if (decode(p, 26 + n, &has) != WIRE_ANSWER)
			fail_msg("case %zu: no answer", i);
		assert_int_equal(answer.answer.n, 1);
		assert_string_equal(answer.values[0].oid, "1.3.6");
		assert_int_equal(answer.values[0].type, cases[i].type);
		assert_int_equal(answer.values[0].number, cases[i].number);
	}
}

static void names_of_any_length(void **state)
{
	static const struct { const char *bytes; size_t len; const char *text; } cases[] = {
		{ "", 0, "0.0" },			/* 06 00, as some send it */
		{ "\x00", 1, "0.0" }, { "\x2b", 1, "1.3" }, { "\x50", 1, "2.0" },
		{ "\x88\x37", 2, "2.999" },
		{ "\x2b\x06\x8f\xff\xff\xff\x7f", 7, "1.3.6.4294967295" },
		{ "\x2b\x06\x90\x80\x80\x80\x00", 7, NULL },	/* 2^32 */
		{ "\x2b\x86", 2, NULL },				/* cut */
		{ "\x2b\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 11, NULL },
	};
	unsigned char most[1 + 127 * 5];
	char text[OID_LONG];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(oid_text(text, sizeof text, (const unsigned char *)cases[i].bytes,
		    cases[i].len), cases[i].text != NULL);
		assert_string_equal(text, cases[i].text ? cases[i].text : "");
	}
	most[0] = 0x2b;
	for (size_t i = 0; i < 127; i++)
		memcpy(most + 1 + 5 * i, "\x8f\xff\xff\xff\x7f", 5);
	assert_true(oid_text(text, sizeof text, most, 1 + 126 * 5));	/* 128 numbers */
	assert_true(oid_valid_long(text) && !oid_valid(text));
	assert_false(oid_text(text, sizeof text, most, sizeof most));
	assert_false(oid_text(text, OID_SIZE, most, 1 + 126 * 5));
	assert_string_equal(text, "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(what_was_sent_comes_back),
		TEST(what_is_cut_is_none),
		TEST(what_is_spoilt_is_bounded),
		TEST(numbers_as_cards_send_them),
		TEST(names_of_any_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
