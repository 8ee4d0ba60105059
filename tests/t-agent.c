/*
 * The conversation with an agent: whatever it answers, or not, a question ends
 * once, with what could be learned or with words.
 */
#include "snmp/card.h"
#include "snmp/profile.h"
#include "snmp/query.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

/*
 * An agent that turns each request around: the same bytes as a response, with
 * another error status, or spoilt. Its values are then NULL, or missing.
 */
struct fake {
	int fd, port;
	unsigned requests, silent;	/* how many it lets pass */
	size_t fits;			/* longer requests are too big; 0: none is */
	int status, index;		/* error to give */
	unsigned faults;		/* how many times */
	int exception;			/* tag in place of the NULLs, 0: as they are */
	enum { WHOLE, NOISE, CUT, OTHER_OIDS } spoil;
	size_t largest;			/* request that it took */
	unsigned type;			/* of its PDU */
};

static struct loop *loop;

/* Steps over a BER header; its contents' length. */
static size_t header(const unsigned char *p, size_t *at)
{
	size_t len = p[++*at];

	++*at;
	if (len & 0x80) {
		size_t n = len & 0x7f;

		for (len = 0; n > 0; n--)
			len = len << 8 | p[(*at)++];
	}
	return len;
}

static void turn_around(struct fake *f, unsigned char *p, size_t len)
{
	size_t at = 0, start;
	int status = 0;

	header(p, &at);				/* message */
	start = header(p, &at), at += start;	/* version */
	start = header(p, &at), at += start;	/* community */
	f->type = p[at];
	p[at] = 0xa2;
	header(p, &at);
	start = header(p, &at), at += start;	/* request id */
	if (f->fits && len > f->fits)
		status = 1;
	else if (f->faults > 0)
		f->faults--, status = f->status;
	p[at + 2] = (unsigned char)status;
	p[at + 5] = (unsigned char)(status > 1 ? f->index : 0);
	at += 6;
	if (!status && len > f->largest)
		f->largest = len;
	header(p, &at);				/* list of varbinds */
	while (at < len) {
		start = header(p, &at);
		if (f->spoil == OTHER_OIDS)
			p[at + p[at + 1] + 1] ^= 1;
		if (f->exception)
			p[at + start - 2] = (unsigned char)f->exception;
		at += start;
	}
}

static void asked(int fd, unsigned ready, void *arg)
{
	unsigned char p[4096];
	struct sockaddr_in from;
	socklen_t size = sizeof from;
	struct fake *f = arg;
	ssize_t len = recvfrom(fd, p, sizeof p, 0, (struct sockaddr *)&from, &size);

	(void)ready;
	f->requests++;
	if (len <= 0 || f->requests <= f->silent)
		return;
	turn_around(f, p, (size_t)len);
	if (f->spoil == NOISE)
		for (ssize_t i = 0; i < len; i++)
			p[i] = (unsigned char)(i * 37 + 11);
	if (f->spoil == CUT)
		len = len * 2 / 3;
	sendto(fd, p, (size_t)len, 0, (struct sockaddr *)&from, size);
}

static void fake_start(struct fake *f)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof a;

	f->fd = socket(AF_INET, SOCK_DGRAM, 0);
	assert_return_code(bind(f->fd, (struct sockaddr *)&a, size), 0);
	getsockname(f->fd, (struct sockaddr *)&a, &size);
	f->port = ntohs(a.sin_port);
	loop_fd(loop, f->fd, LOOP_READ, asked, f);
}

static struct agent *agent_for(int port, int version)
{
	return agent_new(loop, &(struct agent_target){ .name = "127.0.0.1",
	    .address = "127.0.0.1", .port = port, .version = version,
	    .community = "public", .timeout_ms = 250, .retries = 1 });
}

struct heard {
	unsigned calls;
	size_t n, missing, odd;
	struct err e;
	struct agent *free_it;
};

static void hear(const struct agent_value *v, size_t n, const struct err *e, void *arg)
{
	struct heard *h = arg;

	h->calls++;
	h->n = n;
	if (!v)
		h->e = *e;
	for (size_t i = 0; v && i < n; i++) {
		h->missing += v[i].type == AGENT_MISSING;
		h->odd += v[i].type == AGENT_ODD;
	}
	agent_free(h->free_it);
}

enum { OBJECTS = 20 };
static const char *objects[OBJECTS];

/* Asks for all objects and waits for the end. */
static struct heard get(struct fake *f, int version)
{
	struct agent *a;
	struct heard h = { .e.text = "" };
	int64_t end = loop_now() + 5000;

	loop = loop_new();
	fake_start(f);
	a = agent_for(f->port, version);
	assert_non_null(query_get(a, objects, OBJECTS, hear, &h, &h.e));
	while (!h.calls && loop_now() < end)
		loop_once(loop, 50);
	assert_int_equal(h.calls, 1);
	agent_free(a);
	loop_free(loop);
	close(f->fd);
	return h;
}

static void answers_are_taken(void **state)
{
	struct fake nulls = { .fd = -1 }, none = { .exception = 0x81 };
	struct fake other = { .spoil = OTHER_OIDS }, lost = { .silent = 1, .exception = 0x80 };
	struct heard h;

	(void)state;
	h = get(&nulls, 2);
	assert_int_equal(h.odd, OBJECTS);
	assert_int_equal(nulls.requests, 1);
	h = get(&none, 2);
	assert_int_equal(h.missing, OBJECTS);
	assert_int_equal(none.requests, 1);
	/* answers to what nobody asked are no answers */
	h = get(&other, 1);
	assert_int_equal(h.odd, OBJECTS);
	/* a lost message is sent again: no failure */
	h = get(&lost, 2);
	assert_int_equal(h.missing, OBJECTS);
	assert_int_equal(lost.requests, 2);
}

static void too_big_is_halved(void **state)
{
	struct fake small = { .fits = 150, .exception = 0x81 }, never = { .fits = 1 };
	struct heard h;

	(void)state;
	h = get(&small, 2);
	assert_int_equal(h.missing, OBJECTS);
	assert_in_range(small.largest, 60, 150);
	assert_in_range(small.requests, 3, 12);
	h = get(&never, 1);
	assert_int_equal(h.odd, OBJECTS);
}

static void errors_of_v1(void **state)
{
	struct fake third = { .status = 2, .index = 3, .faults = 1 };
	struct fake all = { .status = 2, .index = 1, .faults = 1000 };
	struct fake nowhere = { .status = 2, .index = 99, .faults = 1000 };
	struct fake zero = { .status = 2, .index = 0, .faults = 1 };
	struct fake general = { .status = 5, .index = 20, .faults = 2 };
	struct fake denied = { .status = 16, .index = 0, .faults = 1 };
	struct heard h;

	(void)state;
	h = get(&third, 1);
	assert_int_equal(h.missing, 1);
	assert_int_equal(h.odd, OBJECTS - 1);
	assert_int_equal(third.requests, 2);
	h = get(&all, 1);
	assert_int_equal(h.missing, OBJECTS);
	assert_int_equal(all.requests, OBJECTS);
	h = get(&nowhere, 1);
	assert_int_equal(h.missing, OBJECTS);
	h = get(&zero, 1);
	assert_int_equal(h.missing, 0);
	h = get(&general, 1);
	assert_int_equal(h.odd, OBJECTS);
	h = get(&denied, 2);
	assert_int_equal(h.e.kind, ERR_REFUSED);
	assert_non_null(strstr(h.e.text, "refuses to be read"));
}

static void silence_has_words(void **state)
{
	struct fake mute = { .silent = 1000 }, noise = { .spoil = NOISE }, cut = { .spoil = CUT };
	struct heard h;

	(void)state;
	h = get(&mute, 1);
	assert_int_equal(h.e.kind, ERR_UNREACHABLE);
	assert_int_equal(mute.requests, 2);
	assert_non_null(strstr(h.e.text, "does not answer SNMP v1; check the address"));
	h = get(&noise, 2);
	assert_int_equal(h.e.kind, ERR_UNREACHABLE);
	assert_non_null(strstr(h.e.text, "does not answer SNMP v2c"));
	h = get(&cut, 2);
	assert_int_equal(h.e.kind, ERR_UNREACHABLE);
}

static void a_closed_port_is_told_at_once(void **state)
{
	struct fake f = { .fd = -1 };
	struct heard h = { .e.text = "" };
	struct agent *a;
	int64_t begin;

	(void)state;
	loop = loop_new();
	fake_start(&f);
	close(f.fd);		/* a port where surely nobody listens */
	loop_free(loop);
	loop = loop_new();
	a = agent_new(loop, &(struct agent_target){ .name = "ups1", .address = "127.0.0.1",
	    .port = f.port, .version = 2, .community = "public", .timeout_ms = 10000,
	    .retries = 3 });
	begin = loop_now();
	assert_non_null(query_get(a, objects, 1, hear, &h, &h.e));
	while (!h.calls && loop_now() < begin + 5000)
		loop_once(loop, 50);
	assert_int_equal(h.e.kind, ERR_UNREACHABLE);
	assert_non_null(strstr(h.e.text, "ups1:"));
	assert_non_null(strstr(h.e.text, "refuses: nothing listens on UDP port"));
	agent_free(a);
	loop_free(loop);
}

static void freed_in_between(void **state)
{
	struct fake f = { .fd = -1 };
	struct heard h = { .e.text = "" };
	struct agent *a;
	struct query *q;
	struct err e;

	(void)state;
	loop = loop_new();
	fake_start(&f);
	/* in its own done */
	a = agent_for(f.port, 2);
	h.free_it = a;
	assert_non_null(query_get(a, objects, OBJECTS, hear, &h, &e));
	/* one question at a time */
	assert_null(query_get(a, objects, 1, hear, &h, &e));
	assert_non_null(strstr(e.text, "asked already"));
	while (!h.calls)
		loop_once(loop, 50);
	/* while it waits: done is never called */
	h = (struct heard){ .calls = 0 };
	a = agent_for(f.port, 2);
	q = query_get(a, objects, OBJECTS, hear, &h, &e);
	assert_non_null(q);
	agent_free(a);
	query_free(q);
	for (int i = 0; i < 5; i++)
		loop_once(loop, 20);
	assert_int_equal(h.calls, 0);
	/* nothing to ask, nonsense to ask */
	a = agent_for(f.port, 2);
	assert_null(query_get(a, objects, 0, hear, &h, &e));
	assert_null(query_get(a, (const char *const[]){ "1.x" }, 1, hear, &h, &e));
	assert_non_null(strstr(e.text, "not an object identifier: 1.x"));
	agent_free(a);
	loop_free(loop);
	close(f.fd);
}

static void tables_end(void **state)
{
	struct fake same = { .fd = -1 }, error = { .status = 2, .index = 1, .faults = 9 };
	struct fake *const fakes[] = { &same, &error };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct heard h = { .e.text = "" };
		struct agent *a;

		loop = loop_new();
		fake_start(fakes[i]);
		a = agent_for(fakes[i]->port, 1);
		assert_non_null(query_table(a, objects, 2, hear, &h, &h.e));
		while (!h.calls)
			loop_once(loop, 50);
		assert_int_equal(h.n, 0);
		assert_string_equal(h.e.text, "");
		agent_free(a);
		loop_free(loop);
		close(fakes[i]->fd);
	}
}

/* What a SET was answered with. */
struct told {
	unsigned calls;
	struct agent_answer answer;
	enum agent_type types[8];
	int64_t numbers[8];
	char texts[8][32], oids[8][64];
	struct err e;
};

static void tell(const struct agent_answer *answer, const struct err *e, void *arg)
{
	struct told *t = arg;

	t->calls++;
	if (!answer) {
		t->e = *e;
		return;
	}
	t->answer = *answer;
	for (size_t i = 0; i < answer->n && i < 8; i++) {
		t->types[i] = answer->values[i].type;
		t->numbers[i] = answer->values[i].number;
		snprintf(t->texts[i], sizeof t->texts[i], "%s", answer->values[i].text);
		snprintf(t->oids[i], sizeof t->oids[i], "%s", answer->values[i].oid);
	}
}

static const struct agent_value six[] = {
	{ .oid = "1.3.6.1.4.1.318.1.1.1.5.2.3.0", .type = AGENT_INTEGER, .number = -5 },
	{ .oid = "1.3.6.1.4.1.318.1.1.1.5.2.4.0", .type = AGENT_UNSIGNED,
	  .number = 4294967295 },
	{ .oid = "1.3.6.1.4.1.318.1.1.1.5.2.10.0", .type = AGENT_TICKS, .number = 18000 },
	{ .oid = "1.3.6.1.4.1.318.1.1.1.1.1.2.0", .type = AGENT_TEXT, .text = "UPS 1" },
	{ .oid = "1.3.6.1.4.1.318.2.1", .type = AGENT_OID, .text = "1.3.6.1.4294967295.0" },
	{ .oid = "1.3.6.1.4.1.318.2.2", .type = AGENT_IP, .text = "192.0.2.1" },
};

static struct told set(struct fake *f, const struct agent_value *values, size_t n, bool once)
{
	struct told t = { .calls = 0 };
	int64_t end = loop_now() + 5000;
	struct agent *a;

	loop = loop_new();
	fake_start(f);
	a = agent_for(f->port, 2);
	if (!agent_set(a, values, n, once, tell, &t, &t.e))
		t.calls++;
	while (!t.calls && loop_now() < end)
		loop_once(loop, 50);
	assert_int_equal(t.calls, 1);
	agent_free(a);
	loop_free(loop);
	close(f->fd);
	return t;
}

static void values_are_set(void **state)
{
	struct fake f = { .fd = -1 };
	struct told t = set(&f, six, 6, false);

	(void)state;
	assert_int_equal(f.type, 0xa3);
	assert_int_equal(t.answer.status, AGENT_DONE);
	assert_int_equal(t.answer.n, 6);
	for (size_t i = 0; i < 6; i++) {
		assert_int_equal(t.types[i], six[i].type);
		assert_int_equal(t.numbers[i], six[i].number);
		assert_string_equal(t.texts[i], six[i].text ? six[i].text : "");
		assert_string_equal(t.oids[i], six[i].oid);
	}
}

static void refusals_are_told(void **state)
{
	static const struct {
		int error;
		const char *word, *label;
	} cases[] = {
		{ 3, "badValue", "does not take this value" },
		{ 5, "genErr", "no reason" },
		{ 6, "noAccess", "access list" },
		{ 7, "wrongType", "wrong type" },
		{ 10, "wrongValue", "does not take this value" },
		{ 16, "authorizationError", "may not do that" },
		{ 17, "notWritable", "cannot be written" },
		{ 18, "inconsistentName", "no such object" },
		{ 99, "genErr", "no reason" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fake f = { .status = cases[i].error, .index = 2, .faults = 1 };
		struct told t = set(&f, six, 3, false);

		assert_int_equal(t.answer.status, cases[i].error == 16 ? AGENT_DENIED :
		    AGENT_FAULT);
		assert_int_equal(t.answer.error, cases[i].error);
		assert_int_equal(t.answer.index, 2);
		assert_string_equal(agent_error_word(t.answer.error), cases[i].word);
		assert_non_null(strstr(agent_error_label(t.answer.error), cases[i].label));
	}
}

/* A setting is set again when nothing comes back, a command is not. */
static void commands_are_sent_once(void **state)
{
	struct fake mute = { .silent = 1000 }, deaf = { .silent = 1000 };
	struct told t;

	(void)state;
	t = set(&mute, six, 1, false);
	assert_int_equal(mute.requests, 2);
	t = set(&deaf, six, 1, true);
	assert_int_equal(deaf.requests, 1);
	assert_non_null(strstr(t.e.text, "does not answer"));
}

static void what_cannot_be_set(void **state)
{
	static const struct {
		struct agent_value value;
		const char *words;
	} cases[] = {
		{ { .oid = "1.3", .type = AGENT_MISSING }, "127.0.0.1:" },
		{ { .oid = "1.3", .type = AGENT_ODD }, "cannot be sent" },
		{ { .oid = "1.3", .type = AGENT_INTEGER, .number = 2147483648 }, "cannot be sent" },
		{ { .oid = "1.3", .type = AGENT_TICKS, .number = -1 }, "cannot be sent" },
		{ { .oid = "1.3", .type = AGENT_IP, .text = "192.0.2" }, "cannot be sent" },
		{ { .oid = "1.3", .type = AGENT_OID, .text = "1..3" }, "cannot be sent" },
		{ { .oid = "1.x", .type = AGENT_INTEGER }, "not an object identifier: 1.x" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fake f = { .fd = -1 };
		struct told t = set(&f, &cases[i].value, 1, false);

		assert_non_null(strstr(t.e.text, cases[i].words));
		assert_int_equal(f.requests, 0);
	}
}

static void never_a_reading(const struct reading *r, const struct err *e, void *arg)
{
	(void)r;
	(void)e;
	(void)arg;
	fail_msg("called");
}

static void cards_that_cannot_be_asked(void **state)
{
	static const struct {
		int version;
		const char *profile, *words;
	} cases[] = {
		{ 2, "none", "there is no profile none" },
		{ 1, "nobody", "there is no profile nobody" },
	};
	struct profiles *all = profiles_load(NULL, NULL);

	(void)state;
	loop = loop_new();
	for (size_t i = 0; i < 2; i++) {
		struct err e;
		struct card *c = card_new(loop, all, &(struct card_target){
		    .host = "127.0.0.1", .port = 161, .version = cases[i].version,
		    .community = "public", .profile = cases[i].profile, .retries = -1 });

		assert_false(card_read(c, never_a_reading, NULL, &e));
		assert_non_null(strstr(e.text, cases[i].words));
		assert_null(card_profile(c));
		card_free(c);
	}
	profiles_free(all);
	loop_free(loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_taken),
		cmocka_unit_test(too_big_is_halved),
		cmocka_unit_test(errors_of_v1),
		cmocka_unit_test(silence_has_words),
		cmocka_unit_test(a_closed_port_is_told_at_once),
		cmocka_unit_test(freed_in_between),
		cmocka_unit_test(tables_end),
		cmocka_unit_test(values_are_set),
		cmocka_unit_test(refusals_are_told),
		cmocka_unit_test(commands_are_sent_once),
		cmocka_unit_test(what_cannot_be_set),
		cmocka_unit_test(cards_that_cannot_be_asked),
	};
	int failed;

	for (int i = 0; i < OBJECTS; i++)
		objects[i] = mem_printf("1.3.6.1.4.1.318.1.1.1.%d.2.0", 2 * i + 1);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	for (int i = 0; i < OBJECTS; i++)
		free((char *)(size_t)objects[i]);
	return failed;
}
