/*
 * notifying - the inside of notifier, for its parts: notifier.c has the queues and
 * sends, notifier-file.c keeps them, notifier-show.c tells of them.
 */
#ifndef AMC_APP_NOTIFYING_H
#define AMC_APP_NOTIFYING_H

#include "app/deliver.h"
#include "app/notifier.h"

/* A channel and what goes through it. */
struct outlet {
	struct notifier *notifier;
	const struct channel *channel;
	struct notices notices;
	struct message *queue;		/* the oldest first */
	size_t n, cap;
	struct delivery *delivery;	/* of the first of them, under way; or NULL */
	int64_t last_id;

	unsigned long sent, failed, dropped;
	int64_t sent_at, failed_at;	/* 0: never */
	char error[300];		/* why the last try failed; "" when it did not */

	struct delivery *testing;	/* under way, or NULL */
	int test;			/* the last one's number; 0: none */
	bool test_ok;
	char test_error[300];
	char *test_steps;		/* or NULL */
};

struct notifier {
	struct app *app;
	char *name, *path;
	struct channels channels;
	struct outlet *outlets;		/* one for each of them */
	struct watch *tick, *save;
	int64_t offset;			/* of the clock to loop_now() */
	const struct outlet *telling;	/* that it fails: not through itself */
	bool unsaved;			/* and told so */
};

/* From the file, for the channels that there still are; what is no good is told in the log. */
void notifier_load(struct notifier *);
/* Whole, now. */
void notifier_save(struct notifier *);

#endif
