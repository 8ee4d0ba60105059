/*
 * chronicle - the events of the site, the newest first: what its control terminals
 * keep, as one list; without them, what this console has seen (diary.h).
 *
 * Each control terminal watches for itself, so an outage is an event of each of
 * them. What is told of the same node within SAME_MS by several is one happening
 * with a sight of each; what a terminal tells of itself or of who came to it stays
 * its own. The list ends where the first of the terminals would have to be asked
 * for more, so that nothing is missing in between: chronicle_more().
 *
 * New ones come by themselves. At most CHRONICLE_MAX events are held; older ones
 * are for a filter.
 */
#ifndef AMC_APP_CHRONICLE_H
#define AMC_APP_CHRONICLE_H

#include "app/app.h"
#include "model/entry.h"

enum { CHRONICLE_MAX = 5000 };

struct chronicle;

/* Zeros and "" are no bound. */
struct chronicle_filter {
	char node[260];		/* its name */
	int severity;		/* at least */
	unsigned kinds;		/* 1 << enum entry_kind */
	bool waiting;		/* only those that nobody has acknowledged */
	int64_t since, until;	/* ms UTC; until does not count itself */
};

/* changed is called, from the loop, when something came. Empty until chronicle_load(). */
struct chronicle *chronicle_new(struct app *, loop_fn *changed, void *arg);
void chronicle_free(struct chronicle *);

/* All anew, by this filter: from the terminals when somebody is logged in (archive.h). */
void chronicle_load(struct chronicle *, const struct chronicle_filter *);
/* Older ones, if there are any and none are on their way. */
void chronicle_more(struct chronicle *);
/* For the view's `changed`: what this console saw in the meantime. */
void chronicle_follow(struct chronicle *);

/* Is it what this console has seen, and not what terminals keep? */
bool chronicle_is_own(const struct chronicle *);
/* Is anybody asked now? */
bool chronicle_busy(const struct chronicle *);
/* Are there older ones? full: but no room for them. */
bool chronicle_has_more(const struct chronicle *, bool *full);

/* Who keeps one of them, in tree order; the terminal's id, 0 is this console. */
struct chronicle_source {
	unsigned terminal;
	size_t n;		/* events of it that are held */
	bool loading;		/* it has not answered yet */
	const char *error;	/* why there is nothing new from it, or "" */
	const char *trouble;	/* that it tells of its database, or "" */
};
size_t chronicle_sources(const struct chronicle *);
struct chronicle_source chronicle_source(const struct chronicle *, size_t i);

/* What happened. Borrowed until something changes. */
struct sight {
	int source;
	const struct entry *entry;
};
struct happening {
	const struct entry *entry;	/* of who saw it first */
	const struct sight *sights;
	size_t n;
	size_t waiting;		/* how many of them nobody has acknowledged */
};
size_t chronicle_count(const struct chronicle *);
struct happening chronicle_at(const struct chronicle *, size_t i);

/* To find one again: that which this terminal has under this id; -1: gone. */
struct sight_key {
	unsigned terminal;
	int64_t id;
};
struct sight_key chronicle_key(const struct chronicle *, size_t i);
int chronicle_find(const struct chronicle *, struct sight_key);

/*
 * These have been seen by somebody: told to all terminals that have them, one after
 * another. password: the operator's; NULL for this console's own. done is called
 * once, from the loop or before it returns, with how many and the words of what went
 * wrong, "" if nothing did. Nothing is told while another such act is under way.
 */
typedef void chronicle_acked(size_t n, const char *words, void *arg);
bool chronicle_acknowledge(struct chronicle *, const struct sight_key *, size_t n,
    const char *password, chronicle_acked *done, void *arg, struct err *);

#endif
