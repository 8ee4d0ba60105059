/*
 * spawn - runs another program, without a shell and without waiting.
 *
 * It gets its own process group, only standard descriptors, no signals ignored
 * or blocked, "/" as its folder, and the environment that is given and no other.
 */
#ifndef AMC_BASE_SPAWN_H
#define AMC_BASE_SPAWN_H

#include "base/err.h"
#include "base/loop.h"

#include <stddef.h>

struct spawn;

/* What the environment of a program has in any case. */
#define SPAWN_PATH "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
#define SPAWN_LOCALE "LC_ALL=C.UTF-8"

struct spawn_request {
	const char *const *argv;	/* ends with NULL; argv[0] is a path with "/" */
	const char *const *env;		/* "NAME=value", ends with NULL */
	const char *input;		/* its standard input, copied */
	size_t input_len;
	int timeout_ms;			/* then it and its group are ended */
	bool stays;			/* may be left, or outlive us: what it prints goes into memory */
};

/*
 * Called once, from the loop: NULL when it ended with 0, else why not. said: the
 * first 12 kB of what it printed, as lines of printable text. Both are borrowed.
 */
typedef void spawn_done(const struct err *, const char *said, void *arg);

/* NULL and words when it cannot be started. */
struct spawn *spawn_start(struct loop *, const struct spawn_request *, spawn_done *, void *arg,
    struct err *);
/* Ends it and its group; done is not called any more. Takes NULL. */
void spawn_cancel(struct spawn *);
/* It goes on without us; done is not called any more. Takes NULL. */
void spawn_leave(struct spawn *);

#endif
