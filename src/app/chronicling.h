/*
 * chronicling - what the parts of chronicle share; nobody else includes it.
 */
#ifndef AMC_APP_CHRONICLING_H
#define AMC_APP_CHRONICLING_H

#include "app/archive.h"
#include "app/chronicle.h"
#include "app/records.h"

enum { TELLERS_MAX = 32, SAME_MS = 20000 };

/* A terminal, or this console with terminal 0. */
struct teller {
	struct chronicle *of;
	unsigned terminal;
	struct entries held;	/* the newest first; more: there are older ones */
	struct archive_query *query;
	bool older;		/* it is a page behind those that are held */
	bool answered;		/* at least once */
	bool renew;		/* nothing that is held outlives the next answer */
	bool refused;		/* not to be asked again with this log-in */
	char error[400], trouble[300];
};

/* Events that somebody has seen, on their way to the terminals. */
struct acking {
	struct ack {
		int source;
		int64_t id;
		bool first, last;	/* of the sights of its happening */
	} *list;
	size_t n, at, done;	/* done: happenings all of whose sights are */
	bool well;		/* nothing failed of the happening yet */
	char *password, *who;
	struct archive_query *query;
	bool failed[TELLERS_MAX];
	char words[400];
	chronicle_acked *told;
	void *arg;
};

struct chronicle {
	struct app *app;
	loop_fn *changed;
	void *arg;
	struct chronicle_filter filter;
	struct teller sources[TELLERS_MAX];
	int n_sources;
	bool own;		/* the only source is this console */
	unsigned long diary;	/* its changes that are in the list */
	struct watch *poll;
	bool stale;		/* the list below is not of what is held now */
	struct sight *sights;
	size_t n_sights, cap_sights;
	struct stretch { size_t first, n; } *spans;	/* in sights, a happening each */
	size_t n_spans;
	struct acking *acking;
};

/* chronicle-merge.c: sights and spans anew, if they are stale. */
void chronicle_merge(struct chronicle *);
/* Something that is held has changed: the list is stale, and who shows it hears of it. */
void chronicle_stale(struct chronicle *);
/* chronicle-ack.c: what is under way is given up. */
void chronicle_stop_acking(struct chronicle *);

#endif
