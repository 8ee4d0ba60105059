/* t-sim-agent - what a simulated card makes of bytes: numbers, names, noise. */
#include "base/loop.h"
#include "sim/agent.h"
#include "sim/model.h"
#include "sim/pdu.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define U "1.3.6.1.4.1.318.1.1.1."

static void numbers_there_and_back(void **state)
{
	const int64_t numbers[] = { 0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, 32768,
		INT32_MAX, INT32_MIN, UINT32_MAX, INT64_MAX, INT64_MIN };
	uint8_t bytes[32];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct tlv_out out = { bytes, bytes + sizeof bytes, false };
		struct tlv_in in;
		int64_t n = 4711;

		tlv_put_number(&out, VALUE_INTEGER, numbers[i]);
		in = (struct tlv_in){ out.at, bytes + sizeof bytes };
		assert_true(tlv_integer(&in, &n));
		assert_true(n == numbers[i]);
		assert_ptr_equal(in.at, in.end);
	}
}

static void unsigned_numbers(void **state)
{
	const uint64_t numbers[] = { 0, 127, 128, UINT32_MAX, INT64_MAX, UINT64_MAX };
	uint8_t bytes[32];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct tlv_out out = { bytes, bytes + sizeof bytes, false };
		struct tlv_in in;
		struct tlv t;
		int64_t n;

		tlv_put_unsigned(&out, VALUE_COUNTER64, numbers[i]);
		in = (struct tlv_in){ out.at, bytes + sizeof bytes };
		assert_true(tlv_next(&in, &t));
		assert_true(tlv_number(&t, false, &n));
		assert_true((uint64_t)n == numbers[i]);
	}
}

static void names_there_and_back(void **state)
{
	static const char *const names[] = { "0.0", "1.3", "2.5", "2.999.3",
		"1.3.6.1.4.1.318.1.1.1.5.2.16.1.3.9", "2.4294967295.4294967295" };
	uint8_t bytes[64];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof names / sizeof *names; i++) {
		struct tlv_out out = { bytes, bytes + sizeof bytes, false };
		struct tlv_in in;
		struct oid o, back;
		struct tlv t;

		assert_true(oid_parse(&o, names[i]));
		tlv_put_oid(&out, &o);
		in = (struct tlv_in){ out.at, bytes + sizeof bytes };
		assert_true(tlv_take(&in, VALUE_OID, &t));
		assert_true(tlv_oid(&t, &back));
		assert_int_equal(oid_compare(&o, &back), 0);
	}
}

static void what_does_not_fit(void **state)
{
	uint8_t bytes[8];
	struct tlv_out out = { bytes, bytes + sizeof bytes, false };
	const uint8_t too_long[] = { 0x30, 0x05, 1 }, endless[] = { 0x30, 0x80, 0, 0 };
	struct tlv_in in = { too_long, too_long + sizeof too_long };
	struct tlv t;

	(void)state;
	tlv_bytes(&out, VALUE_STRING, "too long for it", 15);
	assert_true(out.full);
	assert_ptr_equal(out.at, bytes + sizeof bytes);
	assert_false(tlv_next(&in, &t));
	in = (struct tlv_in){ endless, endless + sizeof endless };
	assert_false(tlv_next(&in, &t));
}

static void wake(void *arg)
{
	(void)arg;
}

/* A card of each model at some port, with users. */
struct fixture {
	struct loop *loop;
	struct post *post;
	struct users users;
	struct simcard *card;
	struct objects objects;
	struct simagent *agent;
};

static void set_up(struct fixture *f, enum model model)
{
	char path[] = "/tmp/t-sim-agent.XXXXXX";
	static const char users[] = "nobody write+\n"
		"\"some body\" write+ SHA \"passphrase 1\" AES \"passphrase 2\"\n";
	int fd = mkstemp(path), port;
	struct err e = { 0 };

	assert_true(fd >= 0);
	assert_true(write(fd, users, sizeof users - 1) == sizeof users - 1);
	close(fd);
	memset(f, 0, sizeof *f);
	assert_true(users_read(&f->users, path, &e));
	unlink(path);
	f->loop = loop_new();
	f->post = post_new(f->loop);
	f->card = simcard_new("UPS1", 1, 1);
	model_objects(model, &f->objects, f->card);
	for (port = 20000 + getpid() % 20000; !f->agent && port < 60000; port++) {
		const struct simagent_setup setup = { .ipv4 = "127.67.9.1",
			.port = port, .objects = &f->objects, .users = &f->users,
			.post = f->post, .seed = 1, .wake = wake };

		f->agent = simagent_new(f->loop, &setup, &e);
	}
	assert_non_null(f->agent);
	simagent_set_access(f->agent, "public", ACCESS_WRITE_ALWAYS);
}

static void tear_down(struct fixture *f, enum model model)
{
	simagent_free(f->agent);
	model_done(model, &f->objects);
	simcard_free(f->card);
	post_free(f->post);
	loop_free(f->loop);
	users_done(&f->users);
}

/* A question for two names; of v3 as somebody asks who knows nothing yet. */
static size_t question(uint8_t *to, size_t size, int version, int command, int rows)
{
	struct tlv_out out = { to, to + size, false };
	const uint8_t *end = out.at;
	struct value v = { .type = command == PDU_SET ? VALUE_INTEGER : VALUE_NULL,
		.number = 2 };
	struct oid o;
	size_t len;

	oid_parse(&o, U "6.2.4.0");
	pdu_put_binding(&out, &o, &v);
	oid_parse(&o, command == PDU_BULK ? "1.3" : U "5.2.2.0");
	v.number = 110;
	pdu_put_binding(&out, &o, &v);
	pdu_wrap(&out, end, command, 4711, command == PDU_BULK ? 1 : 0,
	    command == PDU_BULK ? rows : 0);
	if (version == VERSION_3) {
		const uint8_t flags = 4, *mark;

		tlv_bytes(&out, VALUE_STRING, "", 0);
		tlv_bytes(&out, VALUE_STRING, "", 0);
		tlv_wrap(&out, TLV_SEQUENCE, end);
		mark = out.at;
		tlv_bytes(&out, VALUE_STRING, "", 0);
		tlv_bytes(&out, VALUE_STRING, "", 0);
		tlv_bytes(&out, VALUE_STRING, "nobody", 6);
		tlv_put_number(&out, VALUE_INTEGER, 0);
		tlv_put_number(&out, VALUE_INTEGER, 0);
		tlv_bytes(&out, VALUE_STRING, "", 0);
		tlv_wrap(&out, TLV_SEQUENCE, mark);
		tlv_wrap(&out, VALUE_STRING, mark);
		mark = out.at;
		tlv_put_number(&out, VALUE_INTEGER, 3);
		tlv_bytes(&out, VALUE_STRING, &flags, 1);
		tlv_put_number(&out, VALUE_INTEGER, 65507);
		tlv_put_number(&out, VALUE_INTEGER, 17);
		tlv_wrap(&out, TLV_SEQUENCE, mark);
	} else {
		tlv_bytes(&out, VALUE_STRING, "public", 6);
	}
	tlv_put_number(&out, VALUE_INTEGER, version);
	tlv_wrap(&out, TLV_SEQUENCE, end);
	len = end - out.at;
	memmove(to, out.at, len);
	return len;
}

static const struct { int version, command; } questions[] = {
	{ VERSION_1, PDU_GET }, { VERSION_2C, PDU_NEXT }, { VERSION_2C, PDU_BULK },
	{ VERSION_2C, PDU_SET }, { VERSION_3, PDU_GET },
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

static void every_question_is_answered(void **state)
{
	uint8_t in[2048], out[65536];
	struct fixture f;
	size_t i, len;

	(void)state;
	set_up(&f, MODEL_SYMMETRA);
	for (i = 0; i < QUESTIONS; i++) {
		len = question(in, sizeof in, questions[i].version, questions[i].command,
		    1000000);
		len = simagent_answer(f.agent, in, len, out, sizeof out);
		assert_in_range(len, 30, 1472);		/* one datagram without fragments */
	}
	tear_down(&f, MODEL_SYMMETRA);
}

/* Whatever is done to a question: nothing breaks, and no answer is a long one. */
static void noise(void **state)
{
	enum { ROUNDS = 20000 };
	static uint8_t good[2048], in[2048], out[65536];
	struct fixture f;
	unsigned seed = 1;
	size_t len, n, i;
	int round, model;

	(void)state;
	for (model = 0; model < MODELS; model++) {
		set_up(&f, model);
		for (round = 0; round < ROUNDS; round++) {
			i = round % QUESTIONS;
			len = question(good, sizeof good, questions[i].version,
			    questions[i].command, rand_r(&seed) % 100);
			memcpy(in, good, len);
			for (n = rand_r(&seed) % 4 + 1; n > 0; n--)
				in[rand_r(&seed) % len] = rand_r(&seed);
			if (rand_r(&seed) % 8 == 0)
				len = rand_r(&seed) % (len + 1);
			simagent_set_lie(f.agent, rand_r(&seed) % LIE_COUNT);
			n = simagent_answer(f.agent, in, len, out, sizeof out);
			assert_true(n <= sizeof in);
		}
		tear_down(&f, model);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_there_and_back),
		cmocka_unit_test(unsigned_numbers),
		cmocka_unit_test(names_there_and_back),
		cmocka_unit_test(what_does_not_fit),
		cmocka_unit_test(every_question_is_answered),
		cmocka_unit_test(noise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
