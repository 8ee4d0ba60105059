/*
 * Any bytes as what answers a request. However they are cut into pieces the answer is the
 * same; what is kept of it is bounded and fit to be sent back (its tag, in If-Match).
 */
#include "peer/answer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int ok, const char *words)
{
	if (ok)
		return;
	fprintf(stderr, "%s\n", words);
	abort();
}

static enum answer_result take(struct answer *a, const char *bytes, size_t size, size_t piece)
{
	enum answer_result r = ANSWER_MORE;

	for (size_t i = 0, n; i < size && r == ANSWER_MORE; i += n) {
		n = size - i < piece ? size - i : piece;
		r = answer_take(a, bytes + i, n);
	}
	return r;
}

static void check(const struct answer *a, enum answer_result r, size_t size)
{
	must(a->body.len <= size, "more body than bytes");
	must(a->retry_after >= 0, "a time in the past");
	for (const char *s = a->etag; *s; s++)
		must((unsigned char)*s >= ' ' || *s == '\t', "a control character in the tag");
	must(r != ANSWER_WHOLE || (a->status >= 200 && a->status <= 999), "no status");
	must(!answer_ends(a) || !a->keeps, "kept, but its end is that of the connection");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct answer whole = { .bare = size % 7 == 0 }, pieces = { .bare = size % 7 == 0 };
	enum answer_result r = take(&whole, (const char *)data, size, size ? size : 1);
	enum answer_result again = take(&pieces, (const char *)data, size, 1 + size % 3);

	check(&whole, r, size);
	check(&pieces, again, size);
	must(r == again && whole.status == pieces.status && whole.body.len == pieces.body.len &&
	    strcmp(whole.etag, pieces.etag) == 0 &&
	    (!whole.body.len || memcmp(whole.body.s, pieces.body.s, whole.body.len) == 0),
	    "another answer in other pieces");
	answer_done(&whole);
	answer_done(&pieces);
	return 0;
}
