/*
 * Many agents on a few sockets: each hears what is meant for it and nothing else,
 * whether an answer, a report of the network, or silence.
 */
#include "snmp/agent.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

enum { MANY = 300, WAIT_MS = 10000 };

/* Answers each request with its own bytes, made a response, from an address of its own. */
struct echo {
	int fd, port;
	int family;
	unsigned requests, deaf;	/* how many it does not hear */
	int delay_ms;			/* of each answer */
	size_t pad;			/* the answer's size; 0: as the request */
	bool elsewhere;			/* answers come from another port */
	bool twice;
	struct late {
		unsigned char bytes[2048];
		ssize_t len;
		struct sockaddr_storage to;
		socklen_t to_len;
		struct echo *echo;
		struct watch *timer;
	} late[8];
	unsigned lates;
};

static struct loop *loop;
static const char *const object[] = { "1.3.6.1.4.1.318.1.1.1.4.1.1.0" };

static void answer(struct echo *x, const unsigned char *bytes, ssize_t len,
    const struct sockaddr_storage *to, socklen_t to_len)
{
	static unsigned char big[60000];
	int fd = x->elsewhere ? socket(x->family, SOCK_DGRAM, 0) : x->fd;

	memcpy(big, bytes, (size_t)len);
	for (int i = 0; i <= x->twice; i++)
		sendto(fd, big, x->pad ? x->pad : (size_t)len, 0, (const struct sockaddr *)to, to_len);
	if (x->elsewhere)
		close(fd);
}

static void answer_late(void *arg)
{
	struct late *l = arg;

	answer(l->echo, l->bytes, l->len, &l->to, l->to_len);
}

static void asked(int fd, unsigned ready, void *arg)
{
	unsigned char p[2048];
	struct sockaddr_storage from;
	socklen_t size = sizeof from;
	struct echo *x = arg;
	ssize_t len = recvfrom(fd, p, sizeof p, 0, (struct sockaddr *)&from, &size);
	struct late *l;

	(void)ready;
	if (len < 15 || ++x->requests <= x->deaf)
		return;
	p[13] = 0xa2;		/* behind 30 len, 02 01 01, 04 06 public */
	if (!x->delay_ms) {
		answer(x, p, len, &from, size);
		return;
	}
	l = &x->late[x->lates++ % 8];
	memcpy(l->bytes, p, (size_t)len);
	l->len = len;
	l->to = from;
	l->to_len = size;
	l->echo = x;
	l->timer = loop_after(loop, x->delay_ms, answer_late, l);
}

static void open_echo(struct echo *x, const char *address)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	struct sockaddr_in6 a6 = { .sin6_family = AF_INET6 };
	socklen_t size = sizeof a, size6 = sizeof a6;

	x->family = strchr(address, ':') ? AF_INET6 : AF_INET;
	x->fd = socket(x->family, SOCK_DGRAM, 0);
	if (x->family == AF_INET) {
		inet_pton(AF_INET, address, &a.sin_addr);
		assert_return_code(bind(x->fd, (struct sockaddr *)&a, size), 0);
		getsockname(x->fd, (struct sockaddr *)&a, &size);
		x->port = ntohs(a.sin_port);
	} else {
		inet_pton(AF_INET6, address, &a6.sin6_addr);
		if (bind(x->fd, (struct sockaddr *)&a6, size6) < 0)
			skip();		/* no IPv6 on this host */
		getsockname(x->fd, (struct sockaddr *)&a6, &size6);
		x->port = ntohs(a6.sin6_port);
	}
	loop_fd(loop, x->fd, LOOP_READ, asked, x);
}

struct result {
	unsigned calls;
	bool answered;
	enum agent_status status;
	char words[600];
};

static void done(const struct agent_answer *a, const struct err *e, void *arg)
{
	struct result *r = arg;

	r->calls++;
	r->answered = a != NULL;
	if (a)
		r->status = a->status;
	else
		snprintf(r->words, sizeof r->words, "%s", e->text);
}

static struct agent *agent_at(const char *address, int port, int timeout_ms, int retries)
{
	return agent_new(loop, &(struct agent_target){ .name = address, .address = address,
	    .port = port, .version = 2, .community = "public", .timeout_ms = timeout_ms,
	    .retries = retries });
}

static void begin(struct agent *a, struct result *r)
{
	struct err e;

	*r = (struct result){ .calls = 0 };
	if (!agent_ask(a, AGENT_GET, object, 1, done, r, &e))
		fail_msg("%s", e.text);
}

static void wait_for(const struct result *r)
{
	int64_t end = loop_now() + WAIT_MS;

	while (!r->calls && loop_now() < end)
		loop_once(loop, 20);
	assert_int_equal(r->calls, 1);
}

/* Asks and waits; how long it took, ms. */
static int ask(struct agent *a, struct result *r)
{
	int64_t start = loop_now();

	begin(a, r);
	wait_for(r);
	return (int)(loop_now() - start);
}

static size_t open_files(void)
{
	size_t n = 0;

	for (int fd = 0; fd < 1024; fd++)
		n += lseek(fd, 0, SEEK_CUR) >= 0 || errno != EBADF;
	return n;
}

/* Every third lives, every third is a closed port, every third is silent. */
static void each_hears_its_own(void **state)
{
	struct agent *all[MANY];
	static struct result results[MANY];
	struct echo lives = { .fd = -1 }, silent = { .deaf = 1000000 }, gone = { .fd = -1 };
	size_t files;
	char address[32];

	(void)state;
	loop = loop_new();
	open_echo(&lives, "127.63.1.1");
	open_echo(&silent, "0.0.0.0");
	open_echo(&gone, "0.0.0.0");
	close(gone.fd);
	loop_free(loop);		/* its descriptor is closed */
	loop = loop_new();
	loop_fd(loop, lives.fd, LOOP_READ, asked, &lives);
	loop_fd(loop, silent.fd, LOOP_READ, asked, &silent);
	files = open_files();
	for (int i = 0; i < MANY; i++) {
		snprintf(address, sizeof address, "127.63.1.%d", i % 3 ? 1 + i % 250 : 1);
		all[i] = agent_at(address, i % 3 == 0 ? lives.port : i % 3 == 1 ? gone.port :
		    silent.port, 300, 0);
		begin(all[i], &results[i]);
	}
	for (int i = 0; i < MANY; i++)
		wait_for(&results[i]);
	assert_true(open_files() - files <= 8);
	for (int i = 0; i < MANY; i++) {
		assert_int_equal(results[i].answered, i % 3 == 0);
		if (i % 3 == 1)
			assert_non_null(strstr(results[i].words, "refuses"));
		if (i % 3 == 2)
			assert_non_null(strstr(results[i].words, "does not answer"));
		snprintf(address, sizeof address, "127.63.1.%d:", 1 + i % 250);
		if (i % 3)
			assert_non_null(strstr(results[i].words, address));
		agent_free(all[i]);
	}
	assert_int_equal(open_files(), files);
	loop_free(loop);
	close(lives.fd);
	close(silent.fd);
}

static void strangers_are_not_heard(void **state)
{
	struct echo x = { .elsewhere = true };
	struct result r;
	struct agent *a;

	(void)state;
	loop = loop_new();
	open_echo(&x, "127.63.1.1");
	a = agent_at("127.63.1.1", x.port, 100, 0);
	ask(a, &r);
	assert_false(r.answered);
	/* an answer that comes again is not one to the next question */
	x.elsewhere = false;
	x.twice = true;
	ask(a, &r);
	assert_true(r.answered);
	x.deaf = 1000;
	ask(a, &r);
	assert_false(r.answered);
	agent_free(a);
	loop_free(loop);
	close(x.fd);
}

/* The wait before a repetition follows the card; the patience at the end does not. */
static void waits_are_learned(void **state)
{
	struct echo x = { .fd = -1 };
	struct result r;
	struct agent *a;
	int ms;

	(void)state;
	loop = loop_new();
	open_echo(&x, "127.63.1.1");
	a = agent_at("127.63.1.1", x.port, 1000, 2);
	for (int i = 0; i < 5; i++)
		ask(a, &r);
	x.deaf = x.requests + 1;	/* one is lost: repeated long before a second */
	ms = ask(a, &r);
	assert_true(r.answered);
	assert_in_range(ms, 200, 800);
	x.deaf = 1000;			/* gone: as patient as it was set up */
	x.requests = 0;
	ms = ask(a, &r);
	assert_false(r.answered);
	assert_in_range(ms, 2990, 4000);
	assert_int_equal(x.requests, 3);
	agent_free(a);
	/* slower than the wait: its late answer to the first message counts and is learned */
	x = (struct echo){ .fd = x.fd, .port = x.port, .family = AF_INET, .delay_ms = 150 };
	a = agent_at("127.63.1.1", x.port, 100, 2);
	ms = ask(a, &r);
	assert_true(r.answered);
	assert_in_range(ms, 150, 500);
	assert_int_equal(x.requests, 2);
	for (int i = 0; i < 4; i++)
		ask(a, &r);
	x.requests = 0;
	ask(a, &r);
	assert_true(r.answered);
	assert_int_equal(x.requests, 1);
	agent_free(a);
	loop_free(loop);
	close(x.fd);
}

/* Longer than we have room for: it is asked for less, as if the card had said so. */
static void what_is_too_long_is_too_big(void **state)
{
	struct echo x = { .pad = 20000 };
	struct result r;
	struct agent *a;

	(void)state;
	loop = loop_new();
	open_echo(&x, "127.63.1.1");
	a = agent_at("127.63.1.1", x.port, 500, 0);
	ask(a, &r);
	assert_true(r.answered);
	assert_int_equal(r.status, AGENT_TOO_BIG);
	agent_free(a);
	loop_free(loop);
	close(x.fd);
}

static void six_is_spoken(void **state)
{
	struct echo x = { .fd = -1 };
	struct result r;
	struct agent *a, *bad;

	(void)state;
	loop = loop_new();
	open_echo(&x, "::1");
	a = agent_at("::1", x.port, 500, 0);
	ask(a, &r);
	assert_true(r.answered);
	assert_string_equal(agent_where(a) + strlen("[::1]"), strchr(agent_where(a), ']') + 1);
	agent_free(a);
	close(x.fd);
	loop_free(loop);
	loop = loop_new();
	bad = agent_at("::1", x.port, 5000, 0);
	assert_true(ask(bad, &r) < 3000);
	assert_non_null(strstr(r.words, "refuses"));
	agent_free(bad);
	loop_free(loop);
}

/* What our own host does not send is told at once, and hurts nobody else. */
static void what_cannot_be_sent(void **state)
{
	struct echo x = { .fd = -1 };
	struct result r, bad;
	struct agent *a, *b;

	(void)state;
	loop = loop_new();
	open_echo(&x, "127.63.1.1");
	a = agent_at("127.63.1.1", x.port, 500, 0);
	b = agent_at("255.255.255.255", 161, 5000, 0);	/* a broadcast, which is not allowed */
	begin(b, &bad);
	begin(a, &r);
	wait_for(&r);
	wait_for(&bad);
	assert_true(r.answered);
	assert_non_null(strstr(bad.words, "cannot be reached: Permission denied"));
	agent_free(a);
	agent_free(b);
	/* no address at all */
	b = agent_at("nonsense", 161, 5000, 0);
	struct err e;
	assert_false(agent_ask(b, AGENT_GET, object, 1, done, &bad, &e));
	assert_non_null(strstr(e.text, "cannot be reached"));
	agent_free(b);
	loop_free(loop);
	close(x.fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_hears_its_own),
		cmocka_unit_test(strangers_are_not_heard),
		cmocka_unit_test(waits_are_learned),
		cmocka_unit_test(what_is_too_long_is_too_big),
		cmocka_unit_test(six_is_spoken),
		cmocka_unit_test(what_cannot_be_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
