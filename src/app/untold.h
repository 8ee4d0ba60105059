/*
 * untold - what was done at amc and not yet told to a control terminal, in files: so that
 * the next amc tells it (herald.h) when the terminal is away, or this program ends first.
 *
 * $XDG_STATE_HOME/amc/untold has a file for each act and terminal, 0600, JSON; it is there
 * before the terminal is told and goes when it has heard. Programs that run at the same
 * time share the folder: when a file is gone another one has told it, and what both tell at
 * once a terminal takes for once. At most UNTOLD_MAX are read, the newest, none older than
 * UNTOLD_DAYS; the others are removed. One that is torn or damaged is put aside beside them
 * as damaged-NAME, for as long. No secret is in it: the site is named by a hash of its
 * SiteKey.
 */
#ifndef AMC_APP_UNTOLD_H
#define AMC_APP_UNTOLD_H

#include "app/herald.h"

enum { UNTOLD_MAX = 1000, UNTOLD_DAYS = 30 };

struct untold {
	struct untold *next;
	unsigned terminal;		/* its id in the site */
	char *words[HERALD_WORDS];	/* time: when it was done; no proof; NULL: not told */
	char *path;			/* NULL: it could not be kept, or was not to be */
	char *trouble;			/* why it could not be kept, in words, or NULL */
};

/* words are copied, a line each. Without `keep` it is only in memory. */
struct untold *untold_new(const struct site *, unsigned terminal,
    const char *const words[HERALD_WORDS], bool keep);
/*
 * What is kept for this site, the oldest first; how many. *damaged: words for the operator
 * about what cannot be read, with the paths, yours to free; NULL when there is nothing.
 */
size_t untold_read(const struct site *, struct untold **list, char **damaged);
/* Was its file removed? Another program has told it, or it was too old. */
bool untold_is_gone(const struct untold *);
/* The file stays. */
void untold_free(struct untold *);
/* It was told, or never will be: the file goes, too. */
void untold_over(struct untold *);

#endif
