/*
 * Requests that follow each other over one connection: when one is kept, for whom, and
 * what is said again when it turns out to be closed: nothing that may have been done.
 */
#include "peer.h"

static struct request keeping(const char *method)
{
	struct request q = get("/v1/site");

	q.method = method;
	q.keep = true;
	return q;
}

static void is_answered(const struct request *q)
{
	struct outcome o = ask(q);

	if (!o.ok)
		fail_msg("%s", o.e.text);
	assert_string_equal(o.pin, id.pin);
	text_done(&o.body);
}

static void connections_are(int n)
{
	int64_t end = loop_now() + DEADLINE_MS;

	while (server_connections(server) != n && loop_now() < end)
		loop_once(loop, 20);
	assert_int_equal(server_connections(server), n);
}

static void one_for_all(void **state)
{
	struct request q = keeping("GET");

	(void)state;
	q.pin = NULL;
	is_answered(&q);
	q = keeping("PUT");
	q.body = "abc";
	q.body_len = 3;
	q.pin = other_pin;
	q.pin_next = id.pin;
	for (int i = 0; i < 5; i++)
		is_answered(&q);
	assert_int_equal(server_connections(server), 1);
	q = get("/status/412");		/* the last: not kept */
	says(ask(&q), ERR_REFUSED, "so be");
	connections_are(0);
}

/* Which key is shown now is the question of who has no pin. */
static void without_pin_anew(void **state)
{
	struct request q = keeping("GET");

	(void)state;
	is_answered(&q);
	q.pin = NULL;
	is_answered(&q);
	assert_int_equal(server_connections(server), 2);
	q.pin = other_pin;
	says(ask(&q), ERR_REFUSED, "shows the key");
	client_identify(client, NULL, NULL);	/* another proof of ours: none is kept */
	connections_are(0);
}

static void long_body_over_kept_one(void **state)
{
	struct request q = keeping("PUT");
	char *body = mem_zero(MAX_BODY + 1, 1);

	(void)state;
	memset(body, 'x', MAX_BODY + 1);
	is_answered(&q);
	q.body = body;
	q.body_len = MAX_BODY;
	is_answered(&q);
	is_answered(&q);
	assert_int_equal(server_connections(server), 1);
	/* what is refused before it is said: the connection does not serve any more */
	q.body_len++;
	says(ask(&q), ERR_FAILED, "too long");
	connections_are(0);
	q.body_len--;
	is_answered(&q);
	free(body);
}

/* One that goes while nothing is asked is forgotten: even what is said once only is answered. */
static void closed_meanwhile(void **state)
{
	struct request q = keeping("PUT");
	int port = server_port(server);
	struct server_settings set = { .address = "127.0.0.1", .port = port,
		.key_pem = id.key_pem, .cert_pem = id.cert_pem, .max_body = MAX_BODY,
		.max_connections = 10, .timeout_s = 20 };
	struct err e;

	(void)state;
	is_answered(&q);
	server_free(server);
	server = server_new(loop, &set, handler, NULL, &e);
	assert_non_null(server);
	/* not a turn of the loop: the end is found when the connection is taken */
	is_answered(&q);
	assert_int_equal(handled, 2);
}

/*
 * A child that answers so many requests of each connection and then hears one more, and
 * closes without a word, or within its answer. It writes a byte for each request, and
 * 'c' for each connection.
 */
struct closer {
	int fd, out, answers, half;
};

static void serve(const struct closer *c, int peer)
{
	static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
	gnutls_session_t s = session(GNUTLS_SERVER, "NORMAL", peer);
	char buf[4000];
	int n = 0;

	if (gnutls_handshake(s) < 0)
		_exit(1);
	while (gnutls_record_recv(s, buf, sizeof buf) > 0) {
		buf[0] = buf[0] == 'P' ? 'P' : 'G';
		if (write(c->out, buf, 1) != 1)
			_exit(1);
		if (n++ == c->answers) {
			if (c->half)
				gnutls_record_send(s, answer, sizeof answer - 3);
			break;
		}
		gnutls_record_send(s, answer, sizeof answer - 1);
	}
	close(peer);
}

static pid_t closer(struct closer *c, int *port, int *heard)
{
	int pipes[2];
	pid_t pid;

	c->fd = listener(port, true);
	assert_int_equal(pipe(pipes), 0);
	c->out = pipes[1];
	pid = fork();
	while (pid == 0) {
		int peer = accept(c->fd, NULL, NULL);

		signal(SIGPIPE, SIG_IGN);
		if (write(c->out, "c", 1) == 1)
			serve(c, peer);
	}
	close(c->fd);
	close(pipes[1]);
	*heard = pipes[0];
	return pid;
}

static void ends_with(pid_t pid, int heard, const char *wanted)
{
	char got[50] = "";

	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_true(read(heard, got, sizeof got - 1) >= 0);
	assert_string_equal(got, wanted);
	close(heard);
}

static void said_again_where_it_may_be(void **state)
{
	static const struct {
		const char *method, *heard;
		bool again, half;
	} cases[] = {
		{ "GET", "cGGcG", false, false },
		{ "PUT", "cGPcP", true, false },
		{ "PUT", "cGP", false, false },		/* it may have been done: never twice */
		{ "GET", "cGG", false, true },		/* an answer had begun */
		{ "PUT", "cGP", true, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct closer c = { .answers = 1, .half = cases[i].half };
		struct request q = keeping("GET");
		int heard;
		pid_t pid = closer(&c, &q.port, &heard);
		struct outcome o = ask(&q);

		assert_true(o.ok);
		text_done(&o.body);
		q.method = cases[i].method;
		q.again = cases[i].again;
		if (strlen(cases[i].heard) > 3) {
			o = ask(&q);
			assert_true(o.ok);
			text_done(&o.body);
		} else {
			says(ask(&q), ERR_UNREACHABLE, "closed the connection before its answer");
		}
		ends_with(pid, heard, cases[i].heard);
	}
}

/* Once more, and then it is told: not for ever. */
static void said_again_once(void **state)
{
	struct closer c = { .answers = 0 };
	struct request q = keeping("GET");
	int heard;
	pid_t pid = closer(&c, &q.port, &heard);

	(void)state;
	says(ask(&q), ERR_UNREACHABLE, "closed the connection before its answer");
	ends_with(pid, heard, "cG");	/* a new one: not even once */
}

static void odd_names(void **state)
{
	struct request q = get("/v1/site/history/a b");
	struct outcome o;
	struct err e;

	(void)state;
	assert_null(client_ask(client, &q, came, &o, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	q.path = "/v1/a\r\nX: y";
	assert_null(client_ask(client, &q, came, &o, &e));
	q.path = "/v1/site";
	q.if_match = "\"a\"\r\nX: y";
	assert_null(client_ask(client, &q, came, &o, &e));
	assert_int_equal(handled, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_for_all, set_up, tear_down),
		cmocka_unit_test_setup_teardown(without_pin_anew, set_up, tear_down),
		cmocka_unit_test_setup_teardown(long_body_over_kept_one, set_up, tear_down),
		cmocka_unit_test_setup_teardown(closed_meanwhile, set_up, tear_down),
		cmocka_unit_test_setup_teardown(said_again_where_it_may_be, set_up, tear_down),
		cmocka_unit_test_setup_teardown(said_again_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(odd_names, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, with_identity, without_identity);
}
