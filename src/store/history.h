/*
 * history - the last 50 revisions of a site file, in history/ beside it.
 *
 * A revision is kept under the file's name and its number:
 * history/ac_e_net.ini.12. When a file of that number is there already with
 * other bytes (somebody edited by hand), the new one becomes .12.1, .12.2, ...
 */
#ifndef AMC_STORE_HISTORY_H
#define AMC_STORE_HISTORY_H

#include "base/err.h"

#include <stddef.h>
#include <time.h>

#define HISTORY_KEEP 50

/* A revision that is kept. */
struct history_entry {
	char *name;		/* "12", "12.3" */
	char *path;
	long long size;		/* bytes */
	time_t kept;		/* when it was put here, that is when it was replaced */
};

/* Keeps these bytes as a revision of path; the oldest beyond 50 go. */
bool history_keep(const char *path, int revision, const char *bytes, size_t len,
    struct err *);

/* What is kept of path, the newest first; the list is yours, by history_free(). */
struct history_entry *history_list(const char *path, size_t *n);
/* The highest number of those; 0: none is kept. */
int history_latest(const char *path);
void history_free(struct history_entry *, size_t n);
/* Where a revision of path is kept, whether it is there or not. Yours to free. */
char *history_path(const char *path, const char *revision);

#endif
