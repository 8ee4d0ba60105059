/*
 * failure - why a request came to nothing, in words: they tell the operator
 * where to look. For peer/client.c alone.
 */
#ifndef AMC_PEER_FAILURE_H
#define AMC_PEER_FAILURE_H

#include "base/err.h"

enum failure {
	FAILURE_NO_NAME,	/* not looked up in time */
	FAILURE_NO_CONNECTION,	/* refused, or no way there: see os_error */
	FAILURE_AWAY,		/* nothing came back in time */
	FAILURE_SILENT,		/* connected, then nothing */
	FAILURE_SLOW,		/* began to answer */
	FAILURE_NO_TLS,		/* see first */
	FAILURE_KEY,		/* another than the pinned one */
	FAILURE_NO_HTTP,
	FAILURE_CUT_OFF,	/* before the answer was complete */
	FAILURE_TOO_LONG,
	FAILURE_OTHER,
};

/* What came first on a connection; else it is a byte. */
enum { FIRST_UNKNOWN = -1, FIRST_END = -2 };

struct circumstances {
	const char *who;	/* "HOST:PORT" */
	double seconds;		/* how long was waited */
	int os_error;		/* 0: not known */
	int first;
	const char *shown, *pinned;	/* pins */
	const char *detail;	/* what the library says */
};

/* Always false, with its kind. */
bool failure_words(enum failure, const struct circumstances *, struct err *);

#endif
