/*
 * The HTTPS server and client on one loop, and the client against servers that
 * misbehave: silent, slow, no TLS, an old TLS, another key, cut off. Each
 * failure has its own words, for they tell the operator where to look.
 */
#include "peer.h"

static void get_and_put(void **state)
{
	struct request q = get("/v1/hello?x=%41");
	struct outcome o = ask(&q);
	char who[50];

	(void)state;
	assert_true(o.ok);
	assert_string_equal(o.body.s,
	    "GET /v1/hello from 127.0.0.1 match  role  password  body 0 ");
	assert_string_equal(o.etag, "\"7-abc\"");
	assert_string_equal(o.pin, id.pin);
	snprintf(who, sizeof who, "127.0.0.1:%d", server_port(server));
	assert_string_equal(o.who, who);
	text_done(&o.body);

	q = get("/v1/%73ite/../%00x");
	q.method = "PUT";
	q.if_match = "\"7-abc\"";
	q.role = "operator";
	q.password = "日本: \"p\"";
	q.body = "a\0b\xff";
	q.body_len = 4;
	o = ask(&q);
	assert_true(o.ok);
	assert_memory_equal(o.body.s, "PUT /v1/%73ite/../%00x from 127.0.0.1 match \"7-abc\" role operator password 日本: \"p\" body 4 a\0b\xff", o.body.len);
	text_done(&o.body);

	q.body = "";	/* an empty body is a body */
	q.body_len = 0;
	o = ask(&q);
	assert_true(o.ok);
	text_done(&o.body);
	assert_int_equal(handled, 3);
}

static void first_contact(void **state)
{
	struct request q = get("/v1/hello");
	struct outcome o;
	struct err e;

	(void)state;
	q.pin = NULL;
	o = ask(&q);
	assert_true(o.ok);
	assert_string_equal(o.pin, id.pin);
	text_done(&o.body);

	q.role = "viewer";
	q.password = "secret words";
	assert_null(client_ask(client, &q, came, &o, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_non_null(strstr(e.text, "no password is sent there"));
	q.pin = "/etc/hostname";
	assert_null(client_ask(client, &q, came, &o, &e));
	assert_non_null(strstr(e.text, "/etc/hostname is no pin"));
	assert_int_equal(handled, 1);
}

static void another_key(void **state)
{
	struct request q = get("/v1/site");
	char words[300];

	(void)state;
	q.pin = other_pin;
	q.role = "operator";
	q.password = "secret words";
	snprintf(words, sizeof words,
	    "shows the key %s, pinned is %s: refused. Either", id.pin, other_pin);
	says(ask(&q), ERR_REFUSED, words);
	assert_int_equal(handled, 0);
}

static void long_bodies(void **state)
{
	char *body = mem_zero(70 * 1024 * 1024, 1);
	struct request q = get("/v1/site");
	struct outcome o;

	(void)state;
	memset(body, 'x', 70 * 1024 * 1024);
	q.method = "PUT";
	q.body = body;
	q.body_len = MAX_BODY;
	o = ask(&q);
	assert_true(o.ok);
	assert_non_null(strstr(o.body.s, " body 300000 xxxx"));
	text_done(&o.body);
	q.body_len = MAX_BODY + 1;
	says(ask(&q), ERR_FAILED, "too long; at most 300000 bytes");
	q.body_len = 70 * 1024 * 1024;
	says(ask(&q), ERR_FAILED, "too long; at most 300000 bytes");
	assert_int_equal(handled, 1);
	free(body);

	q = get("/big");
	o = ask(&q);
	assert_true(o.ok);
	assert_int_equal(o.body.len, 20 * 1024 * 1024);
	text_done(&o.body);
}

static void statuses(void **state)
{
	static const struct {
		const char *path;
		enum err_kind kind;
		const char *words;
	} cases[] = {
		{ "/status/400", ERR_FAILED, ": so be \"it\"  [2J" },
		{ "/status/401", ERR_REFUSED, "so be" },
		{ "/status/403", ERR_REFUSED, "so be" },
		{ "/status/409", ERR_REFUSED, "so be" },
		{ "/status/412", ERR_REFUSED, "so be" },
		{ "/status/422", ERR_SITE, "so be" },
		{ "/status/423", ERR_REFUSED, "so be" },
		{ "/status/428", ERR_REFUSED, "so be" },
		{ "/status/429", ERR_REFUSED, "; try again in 7 s" },
		{ "/status/500", ERR_FAILED, "so be" },
		{ "/status/302", ERR_FAILED, "so be" },
		{ "/bare", ERR_REFUSED, "another revision" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct request q = get(cases[i].path);

		says(ask(&q), cases[i].kind, cases[i].words);
	}
}

static void many_at_once(void **state)
{
	enum { N = 50 };
	struct outcome o[N] = { 0 };
	struct request q = get("/v1/site");
	char *body = mem_zero(100000, 1);
	int i;

	(void)state;
	q.method = "PUT";
	q.body = body;
	for (i = 0; i < N; i++) {
		q.body_len = (size_t)i * 900;
		assert_non_null(client_ask(client, &q, came, &o[i], NULL));
	}
	await(o, N);
	for (i = 0; i < N; i++) {
		if (!o[i].ok)
			fail_msg("%d: %s", i, o[i].e.text);
		text_done(&o[i].body);
	}
	assert_int_equal(handled, N);
	free(body);
}

/* Not all of the memory for bodies: who comes too many is told, and it is given back. */
static void too_much_at_once(void **state)
{
	enum { N = 30 };
	struct outcome o[N + 1] = { 0 };
	struct request q = get("/v1/site");
	char *body = mem_zero(MAX_BODY, 1);
	int i;

	(void)state;
	q.method = "PUT";
	q.body = body;
	q.body_len = MAX_BODY;
	for (i = 0; i < N; i++)
		assert_non_null(client_ask(client, &q, came, &o[i], NULL));
	await(o, N);
	o[N] = ask(&q);
	assert_true(o[N].ok);
	for (i = 0; i <= N; i++) {
		if (!o[i].ok && (o[i].status != 503 ||
		    !strstr(o[i].e.text, "too many requests at once")))
			fail_msg("%d: %s", i, o[i].e.text);
		text_done(&o[i].body);
	}
	free(body);
}

/* A listening socket of a strange kind, as another program would have it. */
struct strange {
	int fd, port, peers[10], n;
	enum { SILENT, GREETS, PLAIN, HANGS_UP } kind;
	struct watch *watch, *heard;
};

static void answers_plainly(int fd, unsigned ready, void *arg)
{
	struct watch **w = arg;

	(void)ready;
	assert_true(write(fd, "HTTP/1.0 400 Bad\r\n\r\n", 20) == 20);
	loop_remove(*w);
	*w = NULL;
}

static void strange_talks(int fd, unsigned ready, void *arg)
{
	struct strange *s = arg;
	int peer;

	(void)ready;
	peer = accept(fd, NULL, NULL);
	if (peer < 0)
		return;
	s->peers[s->n++ % 10] = peer;
	if (s->kind == GREETS) {
		assert_true(write(peer, "SSH-2.0-x\r\n", 11) == 11);
	} else if (s->kind == PLAIN) {
		s->heard = loop_fd(loop, peer, LOOP_READ, answers_plainly, &s->heard);
	} else if (s->kind == HANGS_UP) {
		shutdown(peer, SHUT_WR);
	}
}

static void no_amcd_there(void **state)
{
	static const struct {
		int kind;
		const char *words;
	} cases[] = {
		{ SILENT, "connected, but has not answered for 0.5 s" },
		{ GREETS, "" },		/* may be read before we look at it */
		{ PLAIN, "answers, but not with TLS" },
		{ HANGS_UP, "" },
	};
	size_t i;
	int n;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct strange s = { .kind = cases[i].kind };
		struct request q = get("/v1/hello");

		s.fd = listener(&s.port, false);
		s.watch = loop_fd(loop, s.fd, LOOP_READ, strange_talks, &s);
		q.port = s.port;
		q.timeout_ms = s.kind == SILENT ? 500 : 0;
		says(ask(&q), ERR_UNREACHABLE, cases[i].words);
		loop_remove(s.watch);
		loop_remove(s.heard);
		close(s.fd);
		for (n = 0; n < s.n; n++)
			close(s.peers[n]);
	}
}

static void nobody_there(void **state)
{
	struct request q = get("/v1/hello");
	int fd = listener(&q.port, false);

	(void)state;
	close(fd);
	says(ask(&q), ERR_UNREACHABLE, "but nothing listens on this port");
	q.host = "nowhere.invalid";
	q.timeout_ms = 300;
	says(ask(&q), ERR_UNREACHABLE, "nowhere.invalid");
	q.host = "255.255.255.255";
	says(ask(&q), ERR_UNREACHABLE, "255.255.255.255:");
}

/* A full backlog answers no more: as a machine that is switched off. */
static void no_connection(void **state)
{
	struct request q = get("/v1/hello");
	struct sockaddr_in sa = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = listener(&q.port, false), full[40], i;

	(void)state;
	assert_int_equal(listen(fd, 0), 0);
	sa.sin_port = htons((uint16_t)q.port);
	for (i = 0; i < 40; i++) {
		full[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		connect(full[i], (struct sockaddr *)&sa, sizeof sa);
	}
	q.timeout_ms = 300;
	says(ask(&q), ERR_UNREACHABLE, "no connection within 0.3 s");
	for (i = 0; i < 40; i++)
		close(full[i]);
	close(fd);
}

/* A child process that speaks TLS on a connection and then does something wrong. */
enum wrong { HALF_AND_CLOSE, HALF_AND_SILENCE, NO_HTTP, OLD_TLS, ENDLESS, CLOSE_FIRST };

static void say(gnutls_session_t s, const char *text)
{
	gnutls_record_send(s, text, strlen(text));
}

static void be_wrong(int fd, enum wrong wrong)
{
	static char buf[16000];
	int peer = accept(fd, NULL, NULL), i, rc;
	gnutls_session_t s = session(GNUTLS_SERVER, wrong == OLD_TLS ?
	    "NORMAL:-VERS-ALL:+VERS-TLS1.2" : "NORMAL", peer);

	signal(SIGPIPE, SIG_IGN);
	rc = gnutls_handshake(s);
	if (rc < 0) {
		gnutls_alert_send_appropriate(s, rc);
		_exit(0);
	}
	gnutls_record_recv(s, buf, sizeof buf);
	if (wrong == NO_HTTP)
		say(s, "+OK POP3 server ready\r\n");
	else if (wrong != CLOSE_FIRST)
		say(s, "HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\nhalf");
	if (wrong == ENDLESS)
		for (i = 0; i < 6000 && gnutls_record_send(s, buf, sizeof buf) > 0; i++)
			;
	if (wrong == HALF_AND_SILENCE)
		gnutls_record_recv(s, buf, sizeof buf);
	close(peer);
	_exit(0);
}

static void wrong_in_tls(void **state)
{
	static const struct {
		enum wrong wrong;
		enum err_kind kind;
		const char *words;
	} cases[] = {
		{ HALF_AND_CLOSE, ERR_UNREACHABLE, "closed the connection before its answer was complete" },
		{ HALF_AND_SILENCE, ERR_UNREACHABLE, "began to answer, but was not done within 1 s" },
		{ NO_HTTP, ERR_UNREACHABLE, "speaks TLS, but not HTTP" },
		{ OLD_TLS, ERR_UNREACHABLE, "no TLS 1.3 connection came about" },
		{ ENDLESS, ERR_FAILED, "its answer is longer than" },
		{ CLOSE_FIRST, ERR_UNREACHABLE, "closed the connection before its answer was complete" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct request q = get("/v1/hello");
		int fd = listener(&q.port, true);
		pid_t pid = fork();

		if (pid == 0)
			be_wrong(fd, cases[i].wrong);
		close(fd);
		q.timeout_ms = cases[i].wrong == HALF_AND_SILENCE ? 1000 : 20000;
		says(ask(&q), cases[i].kind, cases[i].words);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
}

static struct exchange *second;

static void cancels_second(const struct response *r, const struct err *e, void *arg)
{
	(void)r;
	(void)e;
	client_cancel(second);
	client_cancel(*(struct exchange **)arg);	/* itself: over anyway */
	second = NULL;
}

static void frees_client(const struct response *r, const struct err *e, void *arg)
{
	(void)r;
	(void)e;
	(void)arg;
	client_free(client);
	client = NULL;
}

static void cancelled(void **state)
{
	struct request q = get("/big");
	struct outcome never = { 0 };
	struct exchange *x[5];
	int64_t end;
	int i, turns, fd;

	(void)state;
	client_cancel(NULL);
	/* at every stage: looking up, connecting, shaking hands, half read */
	for (turns = 0; turns < 60; turns += turns < 20 ? 1 : 5) {
		x[0] = client_ask(client, &q, came, &never, NULL);
		for (i = 0; i < turns && !never.called; i++)
			loop_once(loop, 10);
		if (never.called)
			break;
		client_cancel(x[0]);
	}
	text_done(&never.body);
	never = (struct outcome){ 0 };
	x[0] = client_ask(client, &q, cancels_second, &x[0], NULL);
	fd = listener(&q.port, false);
	second = client_ask(client, &q, came, &never, NULL);
	for (end = loop_now() + DEADLINE_MS; second && loop_now() < end;)
		loop_once(loop, 10);
	assert_null(second);
	assert_int_equal(never.called, 0);
	close(fd);
	q = get("/v1/hello");

	for (i = 0; i < 5; i++)
		x[i] = client_ask(client, &q, i ? came : frees_client, &never, NULL);
	for (end = loop_now() + DEADLINE_MS; client && loop_now() < end;)
		loop_once(loop, 10);
	assert_null(client);
	loop_once(loop, 10);
	text_done(&never.body);
}

static void ends_under_way(void **state)
{
	struct request q = get("/big");
	struct outcome o[4] = { 0 };
	int i, n;

	(void)state;
	/* the server goes first: each that asked hears of it */
	for (i = 0; i < 4; i++) {
		q.timeout_ms = 5000;
		assert_non_null(client_ask(client, &q, came, &o[i], NULL));
		for (n = 0; n < 20; n++)
			loop_once(loop, 5);
	}
	server_free(server);
	server = NULL;
	await(o, 4);
	for (i = 0; i < 4; i++)
		text_done(&o[i].body);
	/* the client goes with a request under way: nothing is called */
	server = start("127.0.0.1", 10, 5);
	o[0] = (struct outcome){ 0 };
	q.port = server_port(server);
	assert_non_null(client_ask(client, &q, came, &o[0], NULL));
	for (n = 0; n < 6; n++)
		loop_once(loop, 5);
	client_free(client);
	client = NULL;
	for (n = 0; n < 10; n++)
		loop_once(loop, 5);
	text_done(&o[0].body);
}

/* A client proves its key, whoever signed for it; and says who sits before it. */
static void client_shows_its_key(void **state)
{
	char *sub = mem_printf("%s/mine", dir), *mine;
	char *key = mem_printf("%s/key.pem", sub), *cert = mem_printf("%s/cert.pem", sub);
	struct request q = get("/who");
	struct identity own;
	struct outcome o;
	struct err e;

	(void)state;
	assert_true(identity_open(&own, sub, "mine", &e));
	mine = mem_printf("pin %s user ", own.pin);
	o = ask(&q);
	assert_string_equal(o.body.s, "pin  user ");
	text_done(&o.body);
	client_identify(client, key, cert);
	o = ask(&q);
	assert_string_equal(o.body.s, mine);
	text_done(&o.body);
	client_identify(client, NULL, NULL);
	client_user(client, "佐藤\n@console");
	o = ask(&q);
	assert_string_equal(o.body.s, "pin  user 佐藤?@console");
	text_done(&o.body);
	identity_done(&own);
	free(sub);
	free(key);
	free(cert);
	free(mine);
}

/* What is under way ends with the old key, what comes is met by the new one. */
static void key_changes_under_way(void **state)
{
	char *sub = mem_printf("%s/other", dir), *body = mem_zero(MAX_BODY, 1);
	struct request q = get("/v1/site"), q_next;
	struct outcome o[3] = { { 0 } };
	struct identity other;
	struct err e;
	int i;

	(void)state;
	assert_true(identity_open(&other, sub, "other", &e));
	q.method = "PUT";
	q.body = body;
	q.body_len = MAX_BODY;
	q_next = q;
	q_next.pin = other.pin;
	assert_non_null(client_ask(client, &q, came, &o[0], &e));
	for (i = 0; i < 20 && !handled; i++)	/* it has begun */
		loop_once(loop, 1);
	assert_true(server_rekey(server, other.key_pem, other.cert_pem, &e));
	assert_non_null(client_ask(client, &q_next, came, &o[1], &e));
	await(o, 2);
	assert_int_equal(o[0].status, 200);
	assert_int_equal(o[1].status, 200);
	assert_string_equal(o[1].pin, other.pin);
	assert_false(server_rekey(server, id.key_pem, other.cert_pem, &e));
	assert_true(server_rekey(server, id.key_pem, id.cert_pem, &e));
	assert_non_null(client_ask(client, &q, came, &o[2], &e));
	await(&o[2], 1);
	assert_string_equal(o[2].pin, id.pin);
	for (i = 0; i < 3; i++)
		text_done(&o[i].body);
	identity_done(&other);
	free(body);
	free(sub);
}

/* A terminal that changes its key has two; the words of a third name the first. */
static void either_pin(void **state)
{
	struct request q = get("/who");
	struct outcome o;
	struct err e;

	(void)state;
	q.pin = other_pin;
	q.pin_next = id.pin;
	o = ask(&q);
	assert_true(o.ok);
	text_done(&o.body);
	q.pin = id.pin;
	q.pin_next = other_pin;
	o = ask(&q);
	assert_true(o.ok);
	text_done(&o.body);
	q.pin = q.pin_next;
	says(ask(&q), ERR_REFUSED, other_pin);
	q.pin_next = "/etc/passwd";
	assert_null(client_ask(client, &q, came, &o, &e));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(get_and_put, set_up, tear_down),
		cmocka_unit_test_setup_teardown(first_contact, set_up, tear_down),
		cmocka_unit_test_setup_teardown(another_key, set_up, tear_down),
		cmocka_unit_test_setup_teardown(client_shows_its_key, set_up, tear_down),
		cmocka_unit_test_setup_teardown(key_changes_under_way, set_up, tear_down),
		cmocka_unit_test_setup_teardown(either_pin, set_up, tear_down),
		cmocka_unit_test_setup_teardown(long_bodies, set_up, tear_down),
		cmocka_unit_test_setup_teardown(statuses, set_up, tear_down),
		cmocka_unit_test_setup_teardown(many_at_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(too_much_at_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_amcd_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nobody_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_connection, set_up, tear_down),
		cmocka_unit_test_setup_teardown(wrong_in_tls, set_up, tear_down),
		cmocka_unit_test_setup_teardown(cancelled, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ends_under_way, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, with_identity, without_identity);
}
