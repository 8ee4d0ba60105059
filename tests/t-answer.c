/*
 * An answer of HTTP as it comes in: however it is cut into pieces it is the same; what
 * is none is told from what is too long and from what is not there yet; and whether the
 * connection can be used once more.
 */
#include "peer/answer.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct wanted {
	const char *bytes;
	enum answer_result result;
	int status;
	const char *body;
	bool keeps, ends;
};

#define OK "HTTP/1.1 200 OK\r\n"

static const struct wanted cases[] = {
	{ OK "Content-Length: 5\r\n\r\nhello", ANSWER_WHOLE, 200, "hello", true, false },
	{ OK "content-length:0 \r\n\r\n", ANSWER_WHOLE, 200, "", true, false },
	{ OK "Content-Length: 5\r\nConnection: Keep-Alive\r\n\r\nhello", ANSWER_WHOLE, 200, "hello", true, false },
	{ OK "Content-Length: 5\r\nConnection: close\r\n\r\nhello", ANSWER_WHOLE, 200, "hello", false, false },
	{ OK "Content-Length: 5\n\nhello", ANSWER_WHOLE, 200, "hello", true, false },
	{ "HTTP/1.0 404 Not Found\r\nContent-Length: 1\r\n\r\nx", ANSWER_WHOLE, 404, "x", false, false },
	{ "HTTP/1.1 204\r\n\r\n", ANSWER_WHOLE, 204, "", true, false },
	{ "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", ANSWER_WHOLE, 304, "", true, false },
	/* what comes before the answer itself */
	{ "HTTP/1.1 100 Continue\r\nETag: \"x\"\r\n\r\n" OK "Content-Length: 2\r\n\r\nok", ANSWER_WHOLE, 200, "ok", true, false },
	{ "HTTP/1.1 103 Early\r\nContent-Length: 9\r\n\r\n" OK "Content-Length: 2\r\n\r\nok", ANSWER_WHOLE, 200, "ok", true, false },
	/* in pieces */
	{ OK "Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n06;a=b\r\n world\r\n0\r\n\r\n", ANSWER_WHOLE, 200, "hello world", true, false },
	{ OK "Transfer-Encoding: chunked\r\n\r\n0\r\nETag: x\r\n\r\n", ANSWER_WHOLE, 200, "", true, false },
	{ OK "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n1\r\na\r\n0\r\n\r\n", ANSWER_WHOLE, 200, "a", false, false },
	{ OK "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", ANSWER_NO_HTTP, 200, NULL, false, false },
	{ OK "Transfer-Encoding: chunked\r\n\r\n-1\r\n", ANSWER_NO_HTTP, 200, NULL, false, false },
	{ OK "Transfer-Encoding: chunked\r\n\r\n\r\n", ANSWER_NO_HTTP, 200, NULL, false, false },
	{ OK "Transfer-Encoding: gzip\r\n\r\n", ANSWER_NO_HTTP, 200, NULL, false, false },
	/* until the connection ends */
	{ OK "\r\nall of it", ANSWER_MORE, 200, "all of it", false, true },
	/* not all of it */
	{ "", ANSWER_MORE, 0, "", false, false },
	{ "HTT", ANSWER_MORE, 0, "", false, false },
	{ OK, ANSWER_MORE, 200, "", true, false },
	{ OK "Content-Length: 5\r\n\r\nhell", ANSWER_MORE, 200, "hell", true, false },
	{ OK "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", ANSWER_MORE, 200, "hello", true, false },
	/* none */
	{ "SSH-2.0-x", ANSWER_NO_HTTP, 0, NULL, false, false },
	{ "+OK ready\r\n", ANSWER_NO_HTTP, 0, NULL, false, false },
	{ "HTTP/2 200\r\n", ANSWER_NO_HTTP, 0, NULL, false, false },
	{ "HTTP/1.1 20x OK\r\n", ANSWER_NO_HTTP, 0, NULL, false, false },
	{ "HTTP/1.1 099 x\r\n", ANSWER_NO_HTTP, 99, NULL, false, false },
	{ "HTTP/1.1  200 OK\r\n", ANSWER_NO_HTTP, 0, NULL, false, false },
	{ OK "Content-Length: -5\r\n\r\n", ANSWER_NO_HTTP, 200, NULL, false, false },
	{ OK "Content-Length: 5 6\r\n\r\n", ANSWER_NO_HTTP, 200, NULL, false, false },
	{ OK "Content-Length: 99999999999999999999\r\n\r\n", ANSWER_NO_HTTP, 200, NULL, false, false },
	{ OK "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", ANSWER_NO_HTTP, 200, NULL, false, false },
	{ OK "ETag: \"a\033[2J\"\r\n\r\n", ANSWER_NO_HTTP, 200, NULL, false, false },
	{ OK "ETag: \"a\rb\"\r\n\r\n", ANSWER_NO_HTTP, 200, NULL, false, false },
};

/* In pieces of at most that many bytes. */
static void take(const struct wanted *w, size_t piece)
{
	struct answer a = { .status = 0 };
	enum answer_result r = ANSWER_MORE;
	size_t len = strlen(w->bytes), n;

	for (size_t i = 0; i < len && r == ANSWER_MORE; i += n) {
		n = len - i < piece ? len - i : piece;
		r = answer_take(&a, w->bytes + i, n);
	}
	if (r != w->result || (w->status && a.status != w->status) || answer_ends(&a) != w->ends ||
	    (w->body && strcmp(a.body.s ? a.body.s : "", w->body) != 0) ||
	    (w->body && w->status && a.keeps != w->keeps))
		fail_msg("in pieces of %zu: %s\nis %d, status %d, keeps %d, ends %d: %s", piece,
		    w->bytes, (int)r, a.status, a.keeps, answer_ends(&a), a.body.s);
	answer_done(&a);
}

static void each_in_any_pieces(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t piece = 1; piece <= strlen(cases[i].bytes) + 1; piece++)
			take(&cases[i], piece);
}

static void headers(void **state)
{
	static const char bytes[] = "HTTP/1.1 100 Continue\r\nRetry-After: 9\r\nETag: \"1\"\r\n\r\n"
	    "HTTP/1.1 429 Too Many\r\nX-ETag: no\r\netag:\t\"7-abc\" \r\nRetry-After: 12\r\n"
	    "Content-Length: 0\r\n\r\n";
	struct answer a = { .status = 0 };

	(void)state;
	assert_int_equal(answer_take(&a, bytes, 25), ANSWER_MORE);
	assert_false(a.goes_on);
	assert_int_equal(answer_take(&a, bytes + 25, sizeof bytes - 26), ANSWER_WHOLE);
	assert_true(a.goes_on);
	assert_string_equal(a.etag, "\"7-abc\"");
	assert_int_equal(a.retry_after, 12);
	answer_done(&a);
}

static void without_body(void **state)
{
	static const char bytes[] = OK "Content-Length: 5\r\n\r\n";
	struct answer a = { .bare = true };

	(void)state;
	assert_int_equal(answer_take(&a, bytes, sizeof bytes - 1), ANSWER_WHOLE);
	assert_true(a.keeps);
	answer_done(&a);
}

/* Nobody asked for more than one: what comes behind is of no use, and nor is the connection. */
static void more_than_asked(void **state)
{
	static const char bytes[] = OK "Content-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n";
	struct answer a = { .status = 0 };

	(void)state;
	assert_int_equal(answer_take(&a, bytes, sizeof bytes - 1), ANSWER_WHOLE);
	assert_string_equal(a.body.s, "ok");
	assert_false(a.keeps);
	answer_done(&a);
}

static void too_long(void **state)
{
	static const char body[] = OK "Content-Length: 99999999999\r\n\r\n";
	struct answer a = { .status = 0 };
	char *much = mem_zero(1024 * 1024, 1);
	enum answer_result r = ANSWER_MORE;
	int n = 0;

	(void)state;
	memset(much, 'x', 1024 * 1024);
	assert_int_equal(answer_take(&a, OK "X: ", sizeof OK + 2), ANSWER_MORE);
	assert_int_equal(answer_take(&a, much, 60000), ANSWER_MORE);
	assert_int_equal(answer_take(&a, much, 6000), ANSWER_TOO_LONG);
	answer_done(&a);
	a = (struct answer){ .status = 0 };
	assert_int_equal(answer_take(&a, body, sizeof body - 1), ANSWER_MORE);
	for (; n < 70 && r == ANSWER_MORE; n++)
		r = answer_take(&a, much, 1024 * 1024);
	assert_int_equal(r, ANSWER_TOO_LONG);
	assert_int_equal(n, 65);
	answer_done(&a);
	free(much);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_in_any_pieces),
		cmocka_unit_test(headers),
		cmocka_unit_test(without_body),
		cmocka_unit_test(more_than_asked),
		cmocka_unit_test(too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
