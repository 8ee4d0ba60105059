/*
 * The HTTPS server against clients that misbehave: slow, silent, without TLS,
 * with too much of everything, in crowds. None stops it, and each good one is
 * still answered. And what curl and openssl think of it.
 */
#include "peer.h"

/*
 * Clients of the server that misbehave, each in a child; what came back is
 * written into a pipe.
 */
static int to_server(int port)
{
	struct sockaddr_in sa = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct timeval tv = { 0, 100000 };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (connect(fd, (struct sockaddr *)&sa, sizeof sa) < 0)
		_exit(1);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
	return fd;
}

/* Sends the text (trickling: a byte each 0.1 s), then reads to the end. */
static void bad_client(int port, const char *priorities, const char *text,
    bool trickle, int out)
{
	int fd = to_server(port), n = 0, tries;
	gnutls_session_t s;
	char buf[4000];
	const char *p;
	ssize_t rc;

	signal(SIGPIPE, SIG_IGN);
	if (!priorities) {
		n = (int)write(fd, text, strlen(text));
		for (tries = 0; tries < 100 && (n = (int)read(fd, buf, sizeof buf)) != 0;
		    tries++)
			if (n > 0)
				n = (int)write(out, buf, (size_t)n);
		_exit(n != 0);
	}
	s = session(GNUTLS_CLIENT, priorities, fd);
	do
		n = gnutls_handshake(s);
	while (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED);
	if (n < 0)
		_exit(!dprintf(out, "no handshake"));
	for (p = text; *p; p += n) {
		n = (int)gnutls_record_send(s, p, trickle ? 1 : strlen(p));
		if (n < 0)
			break;
		if (trickle) {
			rc = gnutls_record_recv(s, buf, sizeof buf);	/* 0.1 s */
			if (rc != GNUTLS_E_AGAIN && rc != GNUTLS_E_INTERRUPTED)
				_exit(!dprintf(out, "cut off after %s",
				    p - text > 100 ? "too long" : "a while"));
		}
	}
	for (tries = 0; tries < 100; tries++) {
		n = (int)gnutls_record_recv(s, buf, sizeof buf);
		if (n > 0)
			n = (int)write(out, buf, (size_t)n);
		else if (n != GNUTLS_E_AGAIN)
			break;
	}
	_exit(0);
}

/* What a child got, while the server runs; yours to free. */
static char *collect(pid_t pid, int pipes[2])
{
	int64_t end = loop_now() + DEADLINE_MS;
	struct text t = { 0 };
	char buf[4000];
	ssize_t n;

	close(pipes[1]);
	fcntl(pipes[0], F_SETFL, O_NONBLOCK);
	while ((n = read(pipes[0], buf, sizeof buf)) != 0 && loop_now() < end) {
		if (n > 0)
			text_add_len(&t, buf, (size_t)n);
		loop_once(loop, 20);
	}
	close(pipes[0]);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return text_take(&t);
}

static char *got_by(int port, const char *priorities, const char *text, bool trickle)
{
	int pipes[2];
	pid_t pid;

	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	if (pid == 0)
		bad_client(port, priorities, text, trickle, pipes[1]);
	return collect(pid, pipes);
}

/* The output of a shell command, PORT and PIN in its environment; yours to free. */
static char *output_of(int port, const char *command)
{
	char number[20];
	int pipes[2];
	pid_t pid;

	snprintf(number, sizeof number, "%d", port);
	setenv("PORT", number, 1);
	setenv("PIN", id.pin, 1);
	setenv("OTHER", other_pin, 1);
	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	if (pid == 0) {
		dup2(pipes[1], STDOUT_FILENO);
		dup2(pipes[1], STDERR_FILENO);
		close(pipes[0]);
		close(pipes[1]);
		execl("/bin/sh", "sh", "-c", command, NULL);
		_exit(127);
	}
	return collect(pid, pipes);
}

static void bad_clients(void **state)
{
	static const char tls[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3";
	char *headers = mem_zero(100001, 1), *long_body = mem_zero(400200, 1);
	struct server *s = start("127.0.0.1", 10, 2);
	struct text chunks = { 0 };
	size_t i, len;
	struct {
		const char *name, *priorities, *text;
		const char *answer;	/* NULL: none of the handler */
		bool trickle;
	} cases[] = {
		{ "good", tls, "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET /x from", false },
		{ "keeps the connection", tls, "GET /x HTTP/1.1\r\nHost: a\r\n\r\n", "GET /x from", false },
		{ "two in one record", tls, "GET /x HTTP/1.1\r\nHost: a\r\n\r\nGET /y HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET /y from", false },
		{ "old TLS", "NORMAL:-VERS-ALL:+VERS-TLS1.2", "GET / HTTP/1.1\r\n\r\n", "no handshake", false },
		{ "no TLS", NULL, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", NULL, false },
		{ "silent", NULL, "", NULL, false },
		{ "trickles", tls, "GET /xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "cut off after a while", true },
		{ "half a body", tls, "PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc", NULL, false },
		{ "headers", tls, headers, NULL, false },
		{ "no length, too long", tls, NULL, "HTTP/1.1 413 ", false },
		{ "unasked, too long", tls, long_body, "HTTP/1.1 413 ", false },
		{ "gigantic", tls, "PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\nabc", "HTTP/1.1 413 ", false },
		{ "lengths", tls, "PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999999\r\n\r\nabc", "HTTP/1.1 4", false },
		{ "method", tls, "BREW /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "BREW /x from", false },
		{ "authorization", tls, "GET /x HTTP/1.1\r\nHost: a\r\nAuthorization: Basic !!!!\r\nConnection: close\r\n\r\n", "role  password  body", false },
		{ "no password", tls, "GET /x HTTP/1.1\r\nHost: a\r\nAuthorization: Basic Og==\r\nConnection: close\r\n\r\n", "role  password  body", false },
	};

	(void)state;
	memset(headers, 'x', 100000);
	memcpy(headers, "GET /x HTTP/1.1\r\nHost: a\r\nA: ", 29);
	len = (size_t)snprintf(long_body, 200, "PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 400000\r\nConnection: close\r\n\r\n");
	memset(long_body + len, 'y', 400000);
	text_add(&chunks, "PUT /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
	for (i = 0; i < 40; i++)
		text_printf(&chunks, "2710\r\n%010000d\r\n", 0);
	text_add(&chunks, "0\r\n\r\n");
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char *got = got_by(server_port(s), cases[i].priorities,
		    cases[i].text ? cases[i].text : chunks.s, cases[i].trickle);

		if (!cases[i].answer ? strstr(got, " from ") != NULL :
		    *cases[i].answer ? !strstr(got, cases[i].answer) : *got)
			fail_msg("%s: got \"%.200s\"", cases[i].name, got);
		free(got);
	}
	server_free(s);
	text_done(&chunks);
	free(headers);
	free(long_body);
}

/* Who takes all connections of one address leaves the server idle, and lets go in time. */
static void crowd(void **state)
{
	struct server *s = start("127.0.0.1", 10, 1);
	struct request q = get("/v1/hello");
	struct rusage before, after;
	struct sockaddr_in sa = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)server_port(s)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fds[30], i, turns = 0;
	int64_t end;
	struct outcome o;

	(void)state;
	for (i = 0; i < 30; i++) {
		fds[i] = socket(AF_INET, SOCK_STREAM, 0);
		assert_int_equal(connect(fds[i], (struct sockaddr *)&sa, sizeof sa), 0);
	}
	getrusage(RUSAGE_SELF, &before);
	for (end = loop_now() + 800; loop_now() < end; turns++)
		loop_once(loop, 800);
	getrusage(RUSAGE_SELF, &after);
	assert_in_range(turns, 1, 150);
	q.port = server_port(s);
	q.timeout_ms = 100;
	do {	/* until they have been thrown out */
		o = ask(&q);
		text_done(&o.body);
		q.timeout_ms = 10000;
	} while (!o.ok && loop_now() < end + 10000);
	assert_true(o.ok);
	for (i = 0; i < 30; i++)
		close(fds[i]);
	server_free(s);
}

/* Who asks for much and does not read it costs memory, but no time. */
static void stalled_reader(void **state)
{
	static const char text[] = "GET /big HTTP/1.1\r\nHost: a\r\n\r\n";
	struct server *s = start("127.0.0.1", 10, 1);
	int turns = 0, port = server_port(s);
	int64_t end, deadline;
	pid_t pid;

	(void)state;
	pid = fork();
	if (pid == 0) {
		gnutls_session_t t = session(GNUTLS_CLIENT, "NORMAL", to_server(port));

		while (gnutls_handshake(t) < 0)
			;
		gnutls_record_send(t, text, strlen(text));
		pause();
	}
	for (end = loop_now() + DEADLINE_MS; handled == 0 && loop_now() < end;)
		loop_once(loop, 20);
	/* until the buffers of the system are full; on a slow machine that takes a while */
	deadline = loop_now() + DEADLINE_MS;
	do {
		turns = 0;
		for (end = loop_now() + 300; loop_now() < end; turns++)
			loop_once(loop, 300);
	} while (turns > 30 && loop_now() < deadline);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	server_free(s);
	assert_in_range(turns, 1, 30);
}

static void no_address(void **state)
{
	struct server_settings set = { .address = "127.0.0.1",
		.port = server_port(server), .key_pem = id.key_pem,
		.cert_pem = id.cert_pem, .max_body = 1, .max_connections = 1,
		.timeout_s = 1 };
	struct request q = get("/v1/hello");
	struct outcome o;
	struct server *s;
	struct err e;

	(void)state;
	assert_null(server_new(loop, &set, handler, NULL, &e));
	assert_non_null(strstr(e.text, "another program listens there already"));
	set.port = 0;
	set.address = "192.0.2.1";
	assert_null(server_new(loop, &set, handler, NULL, &e));
	assert_non_null(strstr(e.text, "no such address"));
	set.address = "localhost";
	assert_null(server_new(loop, &set, handler, NULL, &e));
	assert_non_null(strstr(e.text, "not a numeric address"));
	set.address = "127.0.0.1";
	set.key_pem = "no key";
	assert_null(server_new(loop, &set, handler, NULL, &e));
	assert_non_null(strstr(e.text, "key and certificate: "));

	s = start(NULL, 10, 5);		/* all addresses */
	q.port = server_port(s);
	q.host = "localhost";
	o = ask(&q);
	assert_true(o.ok);
	text_done(&o.body);
	q.host = "127.0.0.1";
	o = ask(&q);
	assert_non_null(strstr(o.body.s, " from 127.0.0.1 "));
	text_done(&o.body);
	server_free(s);
}

/* What programs that others wrote make of it: each has its own TLS. */
static void second_opinions(void **state)
{
	static const struct {
		const char *program, *command, *words;
	} cases[] = {
		{ "curl", "curl -sS --noproxy '*' -k --pinnedpubkey \"$PIN\" https://127.0.0.1:$PORT/v1/hello", "GET /v1/hello from 127.0.0.1" },
		{ "curl", "curl -sS --noproxy '*' -k --pinnedpubkey \"$OTHER\" https://127.0.0.1:$PORT/; echo rc $?", "rc 90" },
		{ "curl", "curl -sS --noproxy '*' -k --tls-max 1.2 https://127.0.0.1:$PORT/; echo rc $?", "rc 35" },
		{ "curl", "curl -sS --noproxy '*' http://127.0.0.1:$PORT/; echo rc $?", "rc " },
		{ "curl", "curl -sSi --noproxy '*' -k -u operator:pw -H 'If-Match: \"1\"' -T - https://127.0.0.1:$PORT/v1/site <<x\nbytes\nx\n", "match \"1\" role operator password pw body 6 bytes" },
		{ "curl", "curl -sSI --noproxy '*' -k https://127.0.0.1:$PORT/v1/hello", "ETag: \"7-abc\"" },
		{ "curl", "curl -sSi --noproxy '*' -k https://127.0.0.1:$PORT/status/401", "WWW-Authenticate: Basic realm=\"amc\"" },
		{ "curl", "curl -sSi --noproxy '*' -k https://127.0.0.1:$PORT/status/429", "Retry-After: 7" },
		{ "curl", "head -c 400000 /dev/zero | curl -sS --noproxy '*' -k -T - https://127.0.0.1:$PORT/v1/site", "at most 300000 bytes" },
		{ "openssl", "openssl s_client -connect 127.0.0.1:$PORT -tls1_2 </dev/null 2>&1", "no peer certificate available" },
		{ "openssl", "openssl s_client -brief -connect 127.0.0.1:$PORT </dev/null 2>&1", "TLSv1.3" },
	};
	char probe[100], *got;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		snprintf(probe, sizeof probe, "command -v %s >/dev/null", cases[i].program);
		if (system(probe) != 0)
			continue;
		got = output_of(server_port(server), cases[i].command);
		if (!strstr(got, cases[i].words))
			fail_msg("%s: \"%.300s\" is without \"%s\"",
			    cases[i].command, got, cases[i].words);
		free(got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(bad_clients, set_up, tear_down),
		cmocka_unit_test_setup_teardown(crowd, set_up, tear_down),
		cmocka_unit_test_setup_teardown(stalled_reader, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_address, set_up, tear_down),
		cmocka_unit_test_setup_teardown(second_opinions, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, with_identity, without_identity);
}
