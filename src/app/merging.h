/*
 * merging - the file was changed underneath: what the other did, what was done
 * here, and both as one site.
 */
#ifndef AMC_APP_MERGING_H
#define AMC_APP_MERGING_H

#include "app/proposal.h"
#include "model/merge.h"

struct merging {		/* { 0 } is an empty one */
	struct changes theirs;	/* in the file since it was read */
	struct changes mine;	/* here since it was read */
	struct conflicts conflicts;
	bool possible;		/* no conflicts, and no faults in the file */
	char *fault;		/* why the file cannot be merged with, or NULL */
};

/* Looks at the file as it is now; false and words when it cannot be read. */
bool merging_look(struct app *, struct merging *, struct err *);
void merging_done(struct merging *);
/*
 * The file is read, and what was done here is an edit of it that is not saved.
 * Looks again; false and words, and all as it was, when it is not possible.
 */
bool app_merge(struct app *, struct err *);
/*
 * What a copy changed since base, put into the open site. base: a path, or NULL:
 * the revision of the open file that the copy says it is of. False and words when
 * both changed the same, which is then in conflicts.
 */
bool merge_propose(struct app *, const char *copy, const char *base,
    struct proposal *, struct conflicts *, struct err *);
/* "! PATH: KEY here X, in the file Y", a line a conflict. */
void conflicts_print(const struct conflicts *, struct text *);
/* The same for a person, as changes_show() has it. */
void conflicts_show(const struct conflicts *, struct text *);

#endif
