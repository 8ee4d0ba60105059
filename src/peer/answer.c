/* answer - an answer of HTTP/1.1 as it comes in; see answer.h */
#include "peer/answer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	HEAD_MAX = 64 * 1024,
	BODY_MAX = 64 * 1024 * 1024,
	CONTINUE = 100, NO_CONTENT = 204, NOT_MODIFIED = 304,
};

void answer_done(struct answer *a)
{
	text_done(&a->body);
	text_done(&a->line);
}

bool answer_ends(const struct answer *a)
{
	return a->part == ANSWER_REST;
}

/* If the line is the header of that name: its value, without the blanks around it. */
static const char *value_of(char *line, const char *name)
{
	size_t n = strlen(name), len;

	if (strncasecmp(line, name, n) != 0 || line[n] != ':')
		return NULL;
	line += n + 1 + strspn(line + n + 1, " \t");
	for (len = strlen(line); len > 0 && strchr(" \t", line[len - 1]); len--)
		;
	line[len] = '\0';
	return line;
}

/* A number and nothing else, as it stands in a length. */
static bool number(const char *s, int base, unsigned long long *n)
{
	size_t len = strspn(s, base == 16 ? "0123456789abcdefABCDEF" : "0123456789");

	errno = 0;
	*n = strtoull(s, NULL, base);
	return len > 0 && errno == 0 && (!s[len] || (base == 16 && strchr("; \t", s[len])));
}

/* "HTTP/1.1 200 OK" */
static enum answer_result take_status(struct answer *a)
{
	const char *s = a->line.s;

	if (a->line.len < 12 || !strchr("01", s[7]) || s[8] != ' ' || strspn(s + 9, "0123456789") != 3)
		return ANSWER_NO_HTTP;
	a->status = atoi(s + 9);
	a->keeps = s[7] == '1';
	a->part = ANSWER_HEADER;
	return a->status < 100 ? ANSWER_NO_HTTP : ANSWER_MORE;
}

static enum answer_result take_header(struct answer *a)
{
	unsigned long long n;
	const char *value;

	if ((value = value_of(a->line.s, "ETag"))) {
		if (strlen(value) < sizeof a->etag)	/* none of ours is that long */
			text_copy(a->etag, sizeof a->etag, value);
	} else if ((value = value_of(a->line.s, "Retry-After"))) {
		a->retry_after = atoi(value) > 0 ? atoi(value) : 0;
	} else if ((value = value_of(a->line.s, "Connection"))) {
		a->keeps = a->keeps && strcasecmp(value, "keep-alive") == 0;
	} else if ((value = value_of(a->line.s, "Content-Length"))) {
		if (!number(value, 10, &n) || (a->sized && n != a->left))
			return ANSWER_NO_HTTP;
		a->sized = true;
		a->left = n;
	} else if ((value = value_of(a->line.s, "Transfer-Encoding"))) {
		if (strcasecmp(value, "chunked") != 0)
			return ANSWER_NO_HTTP;
		a->chunked = true;
	}
	return ANSWER_MORE;
}

/* After the last header. */
static enum answer_result begin_body(struct answer *a)
{
	if (a->status < 200) {
		a->goes_on = a->goes_on || a->status == CONTINUE;
		a->status = a->retry_after = 0;
		*a->etag = '\0';
		a->sized = a->chunked = false;
		a->part = ANSWER_STATUS;
		return ANSWER_MORE;
	}
	if (a->bare || a->status == NO_CONTENT || a->status == NOT_MODIFIED)
		return ANSWER_WHOLE;
	a->keeps = a->keeps && a->sized != a->chunked;
	a->part = a->chunked ? ANSWER_CHUNK_SIZE : a->sized ? ANSWER_BODY : ANSWER_REST;
	return a->part == ANSWER_BODY && a->left == 0 ? ANSWER_WHOLE : ANSWER_MORE;
}

static enum answer_result take_line(struct answer *a)
{
	bool empty = a->line.len == 0;

	switch (a->part) {
	case ANSWER_STATUS:
		return take_status(a);
	case ANSWER_HEADER:
		return empty ? begin_body(a) : take_header(a);
	case ANSWER_CHUNK_SIZE:
		if (!number(a->line.s, 16, &a->left))
			return ANSWER_NO_HTTP;
		a->part = a->left ? ANSWER_CHUNK : ANSWER_TRAILER;
		a->head_len = 0;	/* there may be many of these */
		return ANSWER_MORE;
	case ANSWER_CHUNK_END:
		a->part = ANSWER_CHUNK_SIZE;
		return empty ? ANSWER_MORE : ANSWER_NO_HTTP;
	default:
		return empty ? ANSWER_WHOLE : ANSWER_MORE;
	}
}

/* Other programs greet in another way, perhaps without an end of line. */
static bool may_be_status(const struct answer *a)
{
	static const char begin[] = "HTTP/1.";
	size_t n = sizeof begin - 1;

	return strncmp(a->line.s, begin, a->line.len < n ? a->line.len : n) == 0;
}

/* Up to the end of a line, which counts when it is whole. */
static enum answer_result take_head(struct answer *a, const char **s, const char *end)
{
	const char *newline = memchr(*s, '\n', (size_t)(end - *s));
	const char *stop = newline ? newline : end;
	enum answer_result r;

	a->head_len += (size_t)(stop - *s) + 1;
	if (a->head_len > HEAD_MAX)
		return ANSWER_TOO_LONG;
	text_add_len(&a->line, *s, (size_t)(stop - *s));
	*s = newline ? newline + 1 : end;
	if (a->part == ANSWER_STATUS && !may_be_status(a))
		return ANSWER_NO_HTTP;
	if (!newline)
		return ANSWER_MORE;
	if (a->line.len && a->line.s[a->line.len - 1] == '\r')
		a->line.s[--a->line.len] = '\0';
	for (size_t i = 0; i < a->line.len; i++)
		if ((unsigned char)a->line.s[i] < ' ' && a->line.s[i] != '\t')
			return ANSWER_NO_HTTP;
	r = take_line(a);
	a->line.len = 0;
	return r;
}

static enum answer_result take_body(struct answer *a, const char **s, const char *end)
{
	size_t n = (size_t)(end - *s);

	if (a->part != ANSWER_REST && n > a->left)
		n = (size_t)a->left;
	if (a->body.len + n > BODY_MAX)
		return ANSWER_TOO_LONG;
	text_add_len(&a->body, *s, n);
	*s += n;
	if (a->part == ANSWER_REST || (a->left -= n) > 0)
		return ANSWER_MORE;
	if (a->part == ANSWER_BODY)
		return ANSWER_WHOLE;
	a->part = ANSWER_CHUNK_END;
	return ANSWER_MORE;
}

enum answer_result answer_take(struct answer *a, const char *bytes, size_t len)
{
	const char *s = bytes, *end = bytes + len;
	enum answer_result r = ANSWER_MORE;

	a->begun = a->begun || len > 0;
	while (r == ANSWER_MORE && s < end)
		r = a->part == ANSWER_BODY || a->part == ANSWER_CHUNK || a->part == ANSWER_REST ?
		    take_body(a, &s, end) : take_head(a, &s, end);
	if (s < end)	/* nobody asked for more */
		a->keeps = false;
	return r;
}
