/*
 * SNMPv3: every level and protocol against net-snmp's agent, a card that restarts
 * or is replaced, and words that tell apart why it does not answer.
 */
#include "snmp/cipher.h"
#include "snmp/usm.h"
#include "base/mem.h"
#include "snmpd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define AUTH "auth passphrase"
#define PRIV "priv passphrase"
#define DESCRIPTION "1.3.6.1.2.1.1.1.0"

static struct loop *loop;
static struct program card = { 0 }, other = { 0 };

static struct snmp_user user(const char *name, enum snmp_level level, enum snmp_auth auth,
    enum snmp_priv priv)
{
	return (struct snmp_user){ name, level, auth, priv, AUTH, PRIV };
}

static struct agent *agent_at(int port, const struct snmp_user *u)
{
	return agent_new(loop, &(struct agent_target){ .name = "127.0.0.1",
	    .address = "127.0.0.1", .port = port, .version = SNMP_V3, .user = *u,
	    .timeout_ms = 400, .retries = 2 });
}

struct heard {
	unsigned calls, after;
	enum agent_status status;
	char text[AGENT_TEXT_SIZE];
	struct err e;
};

static unsigned heard_in_all, waiting;

static void heard(const struct agent_answer *answer, const struct err *e, void *arg)
{
	struct heard *h = arg;

	h->calls++;
	h->after = heard_in_all++;
	if (answer) {
		h->status = answer->status;
		snprintf(h->text, sizeof h->text, "%s",
		    answer->n ? answer->values[0].text : "");
	} else {
		h->e = *e;
	}
	if (--waiting == 0)
		loop_stop(loop);
}

static void begin(struct agent *a, struct heard *h)
{
	static const char *const oids[] = { DESCRIPTION };

	*h = (struct heard){ 0 };
	waiting++;
	if (!agent_ask(a, AGENT_GET, oids, 1, heard, h, &h->e))
		waiting--;
}

static void ask(struct agent *a, struct heard *h)
{
	begin(a, h);
	if (waiting)
		loop_run(loop);
}

static void answered(const struct heard *h)
{
	if (strcmp(h->text, "a card of v3") != 0)
		fail_msg("no answer: %s", h->e.text);
}

static void refused(const struct heard *h, enum err_kind kind, const char *words)
{
	if (*h->text)
		fail_msg("answered, but not: %s", words);
	if (!strstr(h->e.text, words))
		fail_msg("\"%s\" lacks \"%s\"", h->e.text, words);
	assert_int_equal(h->e.kind, kind);
}

static void every_level_and_protocol(void **state)
{
	(void)state;
	for (int a = 0; a < 6; a++)
		for (int p = 0; p < 4; p++)
			for (int level = 0; level < 3; level++) {
				char name[32];
				struct snmp_user u;
				struct agent *agent;
				struct heard h;

				if (level < LEVEL_PRIV && p > 0)
					continue;
				snprintf(name, sizeof name, "%s %s", snmpd_auths[a],
				    snmpd_privs[p]);
				u = user(name, (enum snmp_level)level, (enum snmp_auth)a,
				    (enum snmp_priv)p);
				agent = agent_at(card.port, &u);
				for (int times = 0; times < 2; times++) {
					ask(agent, &h);
					answered(&h);
				}
				agent_free(agent);
			}
}

static void why_it_does_not_answer(void **state)
{
	static const struct {
		struct snmp_user user;
		enum err_kind kind;
		const char *words;
	} cases[] = {
		{ { "nobody", LEVEL_PRIV, AUTH_SHA, PRIV_AES, AUTH, PRIV }, ERR_REFUSED,
		  "has no SNMP v3 user \"nobody\"" },
		{ { "sha aes", LEVEL_AUTH, AUTH_SHA, PRIV_AES, AUTH, PRIV }, ERR_REFUSED,
		  "capitals and blanks count" },
		{ { "SHA AES", LEVEL_AUTH, AUTH_SHA, PRIV_AES, "not this one", PRIV }, ERR_REFUSED,
		  "the authentication password of SNMP v3 user \"SHA AES\" is wrong" },
		{ { "SHA AES", LEVEL_PRIV, AUTH_MD5, PRIV_AES, AUTH, PRIV }, ERR_REFUSED,
		  "and the authentication protocol" },
		{ { "SHA DES", LEVEL_PRIV, AUTH_SHA, PRIV_DES, AUTH, "not this one" },
		  ERR_FAILED, "privacy password" },
		{ { "SHA AES", LEVEL_PRIV, AUTH_SHA, PRIV_AES, AUTH, "not this one" },
		  ERR_FAILED, "privacy password" },
		{ { "SHA AES", LEVEL_PRIV, AUTH_SHA, PRIV_AES256, AUTH, PRIV },
		  ERR_FAILED, "privacy protocol" },
		{ { "signs", LEVEL_PRIV, AUTH_SHA, PRIV_AES, AUTH, PRIV }, ERR_REFUSED,
		  "does not have this level for its user \"signs\"" },
		{ { "plain", LEVEL_AUTH, AUTH_SHA, PRIV_AES, AUTH, PRIV }, ERR_REFUSED,
		  "check the SNMP v3 level" },
		{ { "", LEVEL_NONE, 0, 0, "", "" }, ERR_FAILED, "needs a user name" },
		{ { "signs", LEVEL_AUTH, AUTH_SHA, 0, "short", "" }, ERR_FAILED,
		  "needs the authentication password" },
		{ { "SHA AES", LEVEL_PRIV, AUTH_SHA, 0, AUTH, "" }, ERR_FAILED,
		  "needs the privacy password" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct agent *agent = agent_at(card.port, &cases[i].user);
		struct heard h;

		ask(agent, &h);
		/* wrong privacy: some agents report it, others are silent */
		refused(&h, cases[i].kind != ERR_FAILED || !h.calls ? cases[i].kind : h.e.kind,
		    cases[i].words);
		agent_free(agent);
	}
}

/* It answers, but what it answers is a refusal. */
static void level_that_may_read_nothing(void **state)
{
	struct snmp_user u = user("signs", LEVEL_NONE, 0, 0);
	struct agent *agent = agent_at(card.port, &u);
	struct heard h;

	(void)state;
	ask(agent, &h);
	assert_int_equal(h.calls, 1);
	assert_int_equal(h.status, AGENT_DENIED);
	agent_free(agent);
}

/* Writes "engineBoots N" over what it has. */
static void set_boots(const struct program *s, int boots)
{
	char command[128];

	snprintf(command, sizeof command,
	    "sed -i 's/^engineBoots .*/engineBoots %d/' %s/memory/snmpd.conf", boots, s->folder);
	assert_int_equal(system(command), 0);
}

static void card_that_restarts(void **state)
{
	struct snmp_user u = user("SHA-256 AES", LEVEL_PRIV, AUTH_SHA256, PRIV_AES);
	struct agent *agent = agent_at(card.port, &u);
	static const int boots[] = { 0, 0, 50, 3 };	/* 0: it counts itself */
	struct heard h;

	(void)state;
	ask(agent, &h);
	answered(&h);
	for (size_t i = 0; i < sizeof boots / sizeof *boots; i++) {
		program_stop(&card);
		if (boots[i])
			set_boots(&card, boots[i]);
		assert_true(snmpd_run(&card));
		ask(agent, &h);
		answered(&h);
	}
	agent_free(agent);
}

static void go_on(void *arg)
{
	(void)arg;
	kill(card.pid, SIGCONT);
}

/* It answers all that was sent meanwhile: the search, and its repetitions. */
static void card_that_was_busy(void **state)
{
	struct snmp_user u = user("SHA AES", LEVEL_PRIV, AUTH_SHA, PRIV_AES);
	struct agent *agent = agent_at(card.port, &u);
	struct heard h;

	(void)state;
	kill(card.pid, SIGSTOP);
	loop_after(loop, 600, go_on, NULL);
	ask(agent, &h);
	answered(&h);
	agent_free(agent);
}

static void card_that_is_replaced(void **state)
{
	struct snmp_user u = user("MD5 DES", LEVEL_PRIV, AUTH_MD5, PRIV_DES);
	struct agent *agent = agent_at(card.port, &u);
	struct heard h;
	char command[64];

	(void)state;
	ask(agent, &h);
	answered(&h);
	program_stop(&card);
	snprintf(command, sizeof command, "rm -r %s/memory", card.folder);
	assert_int_equal(system(command), 0);
	assert_true(snmpd_run(&card));
	ask(agent, &h);
	answered(&h);
	agent_free(agent);
}

/* net-snmp itself would take the keys of the first for both. */
static void same_name_other_passwords(void **state)
{
	struct snmp_user u = user("SHA AES", LEVEL_PRIV, AUTH_SHA, PRIV_AES), v = u;
	struct agent *one = agent_at(card.port, &u), *two;
	struct heard h, g;

	(void)state;
	v.auth_password = "of the other card";
	v.priv_password = "its privacy password";
	two = agent_at(other.port, &v);
	begin(one, &h);
	begin(two, &g);
	loop_run(loop);
	answered(&h);
	answered(&g);
	agent_free(one);
	agent_free(two);
	two = agent_at(other.port, &u);
	ask(two, &h);
	refused(&h, ERR_REFUSED, "is wrong (wrongDigests)");
	agent_free(two);
}

/* A passphrase is hashed when a card has answered, not when a site is opened. */
static void many_passphrases_cost_nothing_yet(void **state)
{
	enum { CARDS = 300 };
	static struct agent *agents[CARDS];
	static char phrases[CARDS][32];
	struct snmp_user u = user("SHA AES", LEVEL_PRIV, AUTH_SHA512, PRIV_AES);
	clock_t one, all;
	struct secret *s;
	struct key k;

	(void)state;
	s = secret_take(AUTH_SHA512, "one that nobody has");
	one = clock();
	assert_true(key_localise(&k, s, (const unsigned char *)"engine", 6));
	one = clock() - one;
	secret_leave(s);
	all = clock();
	for (int i = 0; i < CARDS; i++) {
		snprintf(phrases[i], sizeof phrases[i], "passphrase %d", i);
		u.auth_password = u.priv_password = phrases[i];
		agents[i] = agent_at(card.port, &u);
	}
	all = clock() - all;
	for (int i = 0; i < CARDS; i++)
		agent_free(agents[i]);
	if (all >= CARDS / 3 * one)
		fail_msg("%d agents: %ld, one key: %ld us", CARDS, (long)all, (long)one);
	assert_null(secret_take(AUTH_SHA, "seven77"));
}

static void silent_one_delays_nobody(void **state)
{
	struct snmp_user u = user("SHA AES", LEVEL_PRIV, AUTH_SHA, PRIV_AES);
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof a;
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	struct agent *silent, *live = agent_at(card.port, &u);
	struct heard h, g;
	int64_t start;

	(void)state;
	assert_return_code(bind(fd, (struct sockaddr *)&a, size), 0);
	getsockname(fd, (struct sockaddr *)&a, &size);
	silent = agent_at(ntohs(a.sin_port), &u);
	begin(silent, &h);
	start = loop_now();
	begin(live, &g);
	assert_true(loop_now() - start < 400);
	loop_run(loop);
	answered(&g);
	assert_true(g.after < h.after);
	refused(&h, ERR_UNREACHABLE, "does not answer SNMP v3");
	agent_free(silent);
	agent_free(live);
	close(fd);
}

/* Answers of the real agent, spoilt in every bit and cut everywhere. */

static size_t exchange(int fd, struct coder *c, uint32_t number, const struct bindings *b,
    unsigned char *answer, size_t size)
{
	struct iovec pieces[2];
	struct msghdr m = { .msg_iov = pieces, .msg_iovlen = 2 };
	struct err e;
	ssize_t n;

	assert_true(c->type->encode(c, AGENT_GET, number, b, pieces, &e));
	assert_true(sendmsg(fd, &m, 0) > 0);
	n = recv(fd, answer, size, 0);
	assert_true(n > 0);
	return (size_t)n;
}

static enum wire_heard decode(struct coder *c, const unsigned char *bytes, size_t len,
    const struct bindings *b)
{
	static struct wire_answer answer;
	unsigned char *exact = mem_zero(len ? len : 1, 1);	/* sanitizers see its end */
	struct err e;
	enum wire_heard heard;

	memcpy(exact, bytes, len);
	heard = c->type->decode(c, exact, len, b, &answer, &e);
	free(exact);
	return heard;
}

/* strict: none of them is taken for anything. */
static void spoil(struct coder *c, unsigned char *bytes, size_t len,
    const struct bindings *b, bool strict)
{
	for (size_t i = 0; i < len * 8; i++) {
		enum wire_heard heard;

		bytes[i / 8] ^= (unsigned char)(1 << i % 8);
		heard = decode(c, bytes, len, b);
		bytes[i / 8] ^= (unsigned char)(1 << i % 8);
		if (strict && heard != WIRE_NOISE)
			fail_msg("bit %zu of byte %zu makes it %d", i % 8, i / 8, heard);
	}
	for (size_t n = 0; n < len; n++)
		assert_int_equal(decode(c, bytes, n, b), WIRE_NOISE);
}

static void spoilt_answers(void **state)
{
	static const char *const oids[] = { DESCRIPTION };
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)card.port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	struct bindings *b = bindings_new(oids, 1, NULL);

	(void)state;
	assert_return_code(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
	for (int level = 0; level < 3; level++) {
		struct snmp_user u = user("SHA AES", (enum snmp_level)level, AUTH_SHA, PRIV_AES);
		struct coder *c = usm_coder(&u), *fresh = usm_coder(&u);
		unsigned char bytes[2048];
		size_t len = exchange(fd, c, 0x1000001, b, bytes, sizeof bytes);

		spoil(fresh, bytes, len, b, false);
		fresh->type->free(fresh);
		assert_int_equal(decode(c, bytes, len, b), WIRE_AGAIN);
		len = exchange(fd, c, 0x1000002, b, bytes, sizeof bytes);
		spoil(c, bytes, len, b, level > LEVEL_NONE);
		if (level > LEVEL_NONE)
			assert_int_equal(decode(c, bytes, len, b), WIRE_ANSWER);
		c->type->free(c);
	}
	bindings_free(b);
	close(fd);
}

static int start(void **state)
{
	(void)state;
	loop = loop_new();
	return snmpd_configure(&card, AUTH, PRIV) && snmpd_run(&card) &&
	    snmpd_configure(&other, "of the other card", "its privacy password") &&
	    snmpd_run(&other) ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	program_done(&card);
	program_done(&other);
	loop_free(loop);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_level_and_protocol),
		cmocka_unit_test(why_it_does_not_answer),
		cmocka_unit_test(level_that_may_read_nothing),
		cmocka_unit_test(same_name_other_passwords),
		cmocka_unit_test(many_passphrases_cost_nothing_yet),
		cmocka_unit_test(silent_one_delays_nobody),
		cmocka_unit_test(spoilt_answers),
		cmocka_unit_test(card_that_restarts),
		cmocka_unit_test(card_that_was_busy),
		cmocka_unit_test(card_that_is_replaced),
	};

	if (!program_is_there("snmpd"))
		return 77;
	return cmocka_run_group_tests(tests, start, end);
}
