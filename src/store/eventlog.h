/*
 * eventlog - the events of a control terminal, in a database.
 *
 * Entries are put in at once and written together, a second's worth at a time
 * (eventlog_flush()): none is lost but those of the last second. When there is
 * no room, the oldest go; when even that does not help, the newest wait in
 * memory and eventlog_flush() says so, until there is room again.
 */
#ifndef AMC_STORE_EVENTLOG_H
#define AMC_STORE_EVENTLOG_H

#include "model/entry.h"
#include "store/db.h"

#define EVENTLOG_WAITING 1000	/* as many wait at most; then the oldest of them go */

#define EVENTLOG_KEPT 1000	/* as many are kept, however old they are */

struct eventlog;

/*
 * max_bytes bounds its file. NULL and words when it is not to be had; a log and
 * words when a damaged one was put aside (db.h).
 */
struct eventlog *eventlog_open(const char *path, int64_t max_bytes, struct err *);
/* Only for reading. */
struct eventlog *eventlog_open_readonly(const char *path, struct err *);
/* Flushes. Takes NULL. */
void eventlog_close(struct eventlog *);

/* Copied; returns the id that it gets. */
int64_t eventlog_add(struct eventlog *, const struct entry *);
/* The id that the next one will get. */
int64_t eventlog_next(const struct eventlog *);
/*
 * Writes what waits. False and words when it cannot; true and words when a damaged one was
 * put aside for it.
 */
bool eventlog_flush(struct eventlog *, struct err *);
/* Entries that wait, and how many were lost for want of room since it was opened. */
size_t eventlog_waiting(const struct eventlog *);
size_t eventlog_lost(const struct eventlog *);

struct eventlog_filter {
	int64_t since, until;	/* ms UTC; 0: no bound. until does not count itself */
	int64_t before_id;	/* only older ones, for the next page; 0: all */
	unsigned node;		/* 0: all */
	int severity;		/* at least */
	unsigned kinds;		/* 1 << enum entry_kind; 0: all */
	bool waiting;		/* only those that nobody has acknowledged: entry_waits() */
	const char *text;	/* stands in a name, who or detail; NULL: any */
	size_t max;		/* 0: 1000 */
};

/*
 * The newest first, borrowed while it is called; stops when it returns false. What could not
 * be written yet is among them.
 */
typedef bool eventlog_each(const struct entry *, void *arg);
bool eventlog_list(struct eventlog *, const struct eventlog_filter *, eventlog_each *,
    void *arg, struct err *);

/*
 * Somebody has seen it: true also when another was first (his name stays);
 * false when there is no such entry (ERR_USAGE) or it cannot be written. What waits is to be
 * flushed before; when the log is found damaged, the next flush puts it aside.
 */
bool eventlog_ack(struct eventlog *, int64_t id, const char *who, int64_t at, struct err *);
/* The same for all up to an id; *n is how many. */
bool eventlog_ack_until(struct eventlog *, int64_t id, const char *who, int64_t at, size_t *n,
    struct err *);

/* Is there one that was told with this id, written or waiting? Not "". */
bool eventlog_was_told(struct eventlog *, const char *told);

/* How many wait for that. */
int64_t eventlog_unseen(struct eventlog *);

/*
 * Deletes what is older, but not the newest EVENTLOG_KEPT, and gives the room back bit by bit:
 * a clock that is years ahead for an hour must not take all of it. As eventlog_flush(), true and
 * words when a damaged one was put aside.
 */
bool eventlog_forget(struct eventlog *, int64_t before, struct err *);

#endif
