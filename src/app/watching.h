/*
 * watching - the inside of watch: one struct watched for each UPS and terminal.
 *
 * A kind of watched (watch-ups.c, watch-terminal.c) starts with struct watched
 * and fills its functions; watch.c keeps them and their timers.
 */
#ifndef AMC_APP_WATCHING_H
#define AMC_APP_WATCHING_H

#include "app/watch.h"
#include "base/map.h"

#define WATCH_MS 8000		/* R29: at most 8 s between two questions */
#define WATCH_BATTERY_MS 2000
#define WATCH_NEWS 32
#define WATCH_NEWS_SIZE 200

struct watching {
	struct app *app;
	struct map nodes;	/* id -> struct watched * */
	int64_t last;
	bool paused;		/* what is told are the frozen states */
	unsigned long told;	/* news so far */
	char news[WATCH_NEWS][WATCH_NEWS_SIZE];
};

struct watched {
	unsigned id;
	struct watching *watching;
	struct watch *timer;	/* calls ask */
	bool asking, heard;	/* a question is under way; one has ended */
	unsigned failures;	/* questions without answer, in a row */
	void *frozen;		/* its status when the watching was paused, or NULL */
	loop_fn *ask;
	/* Would it still ask at the right place in the right way? */
	bool (*same_target)(const struct watched *, const struct node *);
	void (*drop)(struct watched *);
};

struct watched *watched_ups_new(struct watching *, const struct ups *);
struct watched *watched_terminal_new(struct watching *, const struct terminal *);
const struct ups_status *watched_ups_status(const struct watched *);
const struct terminal_status *watched_terminal_status(const struct watched *);

/* A question has ended: notes it and tells the listener. */
void watched_heard(struct watched *, bool answered);
/* Milliseconds until the next question after so many failures. */
int watching_pause(unsigned failures);
void watching_tell(struct watching *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
