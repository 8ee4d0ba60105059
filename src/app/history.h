/*
 * history - the revisions of the open site's file, and going back to one.
 */
#ifndef AMC_APP_HISTORY_H
#define AMC_APP_HISTORY_H

#include "app/proposal.h"

struct revision {
	char *name;		/* "12", "12.1"; of the file itself its revision */
	bool current;		/* the file itself; always the first */
	char *path;
	long long size;		/* bytes */
	/* from here on when revisions_look() has been there */
	bool looked;
	char saved[24], by[68];	/* "2026-11-21T03:42:00Z", or ""; the machine */
	char *fault;		/* why it cannot be read, or NULL */
	size_t n[CHANGE_KINDS];	/* what the next newer one changed */
};

struct revisions {
	struct revision *list;	/* the newest first */
	size_t n;
	struct site *newer;	/* revisions_look() keeps the one it read last */
	size_t newer_at;
};

/* What there is of a site file; quick, as nothing is read. { 0 } before. */
bool revisions_list(struct revisions *, const char *path, struct err *);
/* Reads one; quickest from the newest on, as each is compared with the next. */
void revisions_look(struct revisions *, size_t i);
void revisions_done(struct revisions *);
/* "1 added, 3 set", or "-" of the newest; what was changed after it. */
const char *revision_word(const struct revision *, char *buf, size_t size);

/* Where a revision of a file is kept, as `amc diff FILE@12` means it; yours. */
char *revision_path(const char *path, const char *name);
/* The path of what "FILE" or "FILE@12" names, yours; NULL: it is neither. */
char *revision_named(const char *name);

/*
 * What makes the open site out of what "FILE" or "FILE@12" names; "@12" is the
 * open file's. False and words when it cannot be read.
 */
bool revision_compare(struct app *, const char *name, struct changes *, struct err *);

/* Going back to a revision of the open site; the file is read now. */
bool revision_propose(struct app *, const char *name, struct proposal *,
    struct err *);

#endif
