/*
 * notice - which events become which messages to people.
 *
 * What is wrong with a node in one respect is a subject. News of a subject waits a
 * little, so that others of the same cause come along and are told in the same
 * message; that it is over waits longer, as those who come back come one by one.
 * The first time a subject is bad and that it is over are told soon; after that,
 * until it has been quiet for an hour, it is told every ten minutes at most, with
 * how often it changed; only what is worse than all that was told is told soon.
 */
#ifndef AMC_MODEL_NOTICE_H
#define AMC_MODEL_NOTICE_H

#include "model/entry.h"

#define NOTICE_SUBJECTS 20000	/* the oldest that wait for nothing go */

/* A line of a message. */
struct notice_item {
	unsigned node;		/* 0: none */
	enum entry_kind kind;	/* that it began with */
	char name[260];
	char word[64];		/* of a flag: which; else the state or what came, "" */
	char before[64];	/* what was there before it came; of states and flags "" */
	char detail[300];
	int severity;		/* 0 .. 3; when it is over: what it was */
	bool over;
	int64_t since, at;	/* began, last change; ms since 1970 */
	unsigned times;		/* changes that this line stands for */
};

struct notice_subject {
	struct notice_item item;
	bool lasts;		/* it has an end; a trap, say, has none */
	bool told;		/* people were told that it is bad, and not that it is over */
	int worst;		/* severity that was told in this hour */
	unsigned messages;	/* in this hour */
	int64_t told_at;	/* 0: never */
	int64_t due;		/* when it is to be told; 0: nothing new */
	int64_t held;		/* not before, in whatever company */
};

struct notices {
	int severity;		/* at least so bad: 1 .. 3 */
	unsigned kinds;		/* 1 << enum entry_kind; 0: all */
	int wait_ms;		/* for company; three times that for an end */
	int quiet_ms;		/* between two messages of what comes and goes */
	struct notice_subject *list;
	size_t n, cap;
};

/* Is the entry of concern? Then it was taken in. */
bool notices_add(struct notices *, const struct entry *, int64_t now);
/* When the next message is due, ms since 1970; 0: there is none. */
int64_t notices_due(const struct notices *);
/*
 * What is to be told now, and counts as told: n items, the worst first, yours to
 * free; NULL when nothing is due.
 */
struct notice_item *notices_take(struct notices *, int64_t now, size_t *n);
/* It turned out that what was told as bad is not so any more. */
void notices_end(struct notices *, struct notice_subject *, int64_t now);
void notices_done(struct notices *);

#endif
