/*
 * Searching for cards: which addresses are meant, that no other gets a datagram,
 * how fast they are asked, and that each is asked once with each key and try.
 */
#include "base/mem.h"
#include "model/ipv4.h"
#include "snmp/scan.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static void which(void **state)
{
	static const struct { const char *text; size_t count; const char *first, *last; } good[] = {
		{ "172.16.1.0/24", 254, "172.16.1.1", "172.16.1.254" },
		{ "172.16.1.77/29", 6, "172.16.1.73", "172.16.1.78" },
		{ "172.16.1.4/31", 2, "172.16.1.4", "172.16.1.5" },
		{ "172.16.1.4/32", 1, "172.16.1.4", "172.16.1.4" },
		{ "10.0.0.0/16", 65534, "10.0.0.1", "10.0.255.254" },
		{ "172.16.1.100-120", 21, "172.16.1.100", "172.16.1.120" },
		{ "172.16.1.250-172.16.2.5", 12, "172.16.1.250", "172.16.2.5" },
		{ "172.16.1.9, 172.16.1.3 172.16.1.9", 2, "172.16.1.3", "172.16.1.9" },
		{ "172.16.1.0/30,172.16.1.2-4,172.16.1.1", 4, "172.16.1.1", "172.16.1.4" },
	};
	static const struct { const char *text, *words; } bad[] = {
		{ "", "nothing" }, { "172.16.1.0/33", "not a network" },
		{ "172.16.1.0/", "not a network" }, { "172.16.1.0/-1", "not a network" },
		{ "172.16.1/24", "not a network" }, { "172.16.1.9-x", "not a network" },
		{ "172.16.1.9-256", "not a network" }, { "172.16.1.9-", "not a network" },
		{ "host", "not a network" }, { "fd00::1", "not a network" },
		{ "172.16.1.9-3", "ends before it begins" }, { "10.0.0.0/8", "at most" },
		{ "10.0.0.0-10.1.255.255", "at most" }, { "0.0.0.0/24", "no card" },
		{ "224.0.0.1", "no card" }, { "255.255.255.255", "no card" },
	};
	struct ranges r;
	struct err e;
	char text[16];

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(ranges_read(&r, good[i].text, &e));
		assert_int_equal(r.count, good[i].count);
		assert_string_equal(ipv4_text(ranges_at(&r, 0), text), good[i].first);
		assert_string_equal(ipv4_text(ranges_at(&r, r.count - 1), text), good[i].last);
		ranges_done(&r);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_false(ranges_read(&r, bad[i].text, &e));
		if (!strstr(e.text, bad[i].words))
			fail_msg("%s: %s", bad[i].text, e.text);
	}
}

/* Ears at the addresses .0 to .16 of a net of our own. */
enum { EARS = 17 };
struct ears {
	int fd[EARS], port;
	unsigned net;
};

static bool listen_all(struct ears *x)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t len = sizeof a;
	bool ok = true;

	x->net = 127u << 24 | 68u << 16 | (unsigned)(getpid() & 0xff) << 8;
	for (int i = 0; i < EARS; i++) {
		x->fd[i] = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		a.sin_addr.s_addr = htonl(x->net + (unsigned)i);
		ok = ok && bind(x->fd[i], (struct sockaddr *)&a, sizeof a) == 0;
		getsockname(x->fd[i], (struct sockaddr *)&a, &len);
		x->port = ntohs(a.sin_port);	/* the same for the rest */
	}
	return ok;
}

static unsigned heard(const struct ears *x, int i)
{
	char buf[2000];
	unsigned n = 0;

	while (recv(x->fd[i], buf, sizeof buf, 0) > 0)
		n++;
	return n;
}

static void none(const struct scan_found *f, void *arg)
{
	(void)arg;
	fail_msg("%s answers", f->address);
}

static void over(void *arg)
{
	*(bool *)arg = true;
}

static const struct scan_key keys[] = { { .version = 1, .community = "public" },
	{ .version = 2, .community = "private" } };

static void only_those(void **state)
{
	struct loop *loop = loop_new();
	struct err e;
	struct profiles *profiles = profiles_load(NULL, &e);
	struct ears x;
	struct ranges where;
	struct scan *s;
	struct scan_plan plan = { .where = &where, .keys = keys, .n_keys = 2, .timeout_ms = 50,
		.tries = 2, .rate = 2000, .parallel = 4 };
	char text[64], net[16];
	bool done = false;

	(void)state;
	if (!listen_all(&x))
		skip();
	plan.port = x.port;
	snprintf(text, sizeof text, "%s/28", ipv4_text(x.net, net));
	assert_true(ranges_read(&where, text, &e));
	s = scan_new(loop, profiles, &plan, none, over, &done);
	while (!done) {
		struct scan_progress p = scan_progress(s);

		assert_true(p.over <= p.questions);
		loop_once(loop, 1000);
	}
	assert_int_equal(scan_progress(s).questions, 14 * 4);
	assert_int_equal(scan_progress(s).over, 14 * 4);
	scan_free(s);
	for (int i = 0; i < EARS; i++) {
		assert_int_equal(heard(&x, i), i >= 1 && i <= 14 ? 4 : 0);
		close(x.fd[i]);
	}
	ranges_done(&where);
	profiles_free(profiles);
	loop_free(loop);
}

/* 100 a second: the burst of 6 and then one each 10 ms. Stopped in the middle, it sends no more. */
static void not_faster(void **state)
{
	struct loop *loop = loop_new();
	struct err e;
	struct profiles *profiles = profiles_load(NULL, &e);
	struct ears x;
	struct ranges where;
	struct scan *s;
	struct scan_plan plan = { .where = &where, .keys = keys, .n_keys = 1, .timeout_ms = 20,
		.tries = 30, .rate = 100, .parallel = 50 };
	char text[64], net[16];
	bool done = false;
	int64_t start, took;
	unsigned sent = 0;

	(void)state;
	if (!listen_all(&x))
		skip();
	plan.port = x.port;
	snprintf(text, sizeof text, "%s/28", ipv4_text(x.net, net));
	assert_true(ranges_read(&where, text, &e));
	start = loop_now();
	s = scan_new(loop, profiles, &plan, none, over, &done);
	while (loop_now() - start < 500)
		loop_once(loop, 20);
	took = loop_now() - start;
	scan_free(s);
	for (int i = 0; i < EARS; i++)
		sent += heard(&x, i);
	assert_in_range(sent, 10, 8 + took / 10);
	for (int i = 0; i < 5; i++)
		loop_once(loop, 20);
	for (int i = 0; i < EARS; i++) {
		assert_int_equal(heard(&x, i), 0);
		close(x.fd[i]);
	}
	ranges_done(&where);
	profiles_free(profiles);
	loop_free(loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(which), cmocka_unit_test(only_those),
		cmocka_unit_test(not_faster),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
