/*
 * answer - an answer of HTTP/1.1 (RFC 9112) as it comes in, piece by piece. Pure.
 * For peer/client.c alone.
 */
#ifndef AMC_PEER_ANSWER_H
#define AMC_PEER_ANSWER_H

#include "base/text.h"

enum answer_part {
	ANSWER_STATUS, ANSWER_HEADER,
	ANSWER_BODY,			/* so many bytes */
	ANSWER_CHUNK_SIZE, ANSWER_CHUNK, ANSWER_CHUNK_END, ANSWER_TRAILER,
	ANSWER_REST,			/* until the connection ends */
};

struct answer {
	int status;			/* 0: not known yet */
	char etag[200];			/* "" if none */
	int retry_after;		/* seconds; 0: not said */
	struct text body;
	bool bare;			/* to be set: of HEAD, it has no body */
	bool goes_on;			/* "100 Continue" has come */
	bool keeps;			/* whole: the connection can be used again */
	bool begun;			/* any byte has come */
	/* its own */
	enum answer_part part;
	struct text line;
	size_t head_len;
	unsigned long long left;	/* bytes of the body or of its piece */
	bool sized, chunked;
};

enum answer_result { ANSWER_MORE, ANSWER_WHOLE, ANSWER_NO_HTTP, ANSWER_TOO_LONG };

/* { 0 } is one of which nothing has come. */
enum answer_result answer_take(struct answer *, const char *bytes, size_t len);
/* The other side has said that no more will come: was that all of it? */
bool answer_ends(const struct answer *);
void answer_done(struct answer *);

#endif
