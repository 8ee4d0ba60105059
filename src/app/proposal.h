/*
 * proposal - what the whole site would become, before it does: first the
 * changes are looked at, then it is taken as one edit, or not.
 *
 * An import, a revision from the history and a merge are proposals. Taking one
 * is all or nothing and in memory, like any edit, until app_save(). The same
 * function takes it back: the bytes of app_text() from before are a proposal, too.
 */
#ifndef AMC_APP_PROPOSAL_H
#define AMC_APP_PROPOSAL_H

#include "app/app.h"
#include "app/diff.h"

struct proposal {		/* { 0 } is an empty one */
	char *bytes;		/* as the file would have them */
	size_t len;
	struct changes changes;	/* against the site as it is now */
	struct text notes;	/* what a person should know, a line each */
};

/* The site as these bytes have it; false and words when they have faults. */
bool proposal_text(struct app *, const char *name, const char *bytes, size_t len,
    struct proposal *, struct err *);
/*
 * The same of what a terminal holds. The key of a terminal that is trusted here
 * and has none there stays known: else fetching would forget the first contact
 * that it needed.
 */
bool proposal_held(struct app *, const char *name, const char *bytes, size_t len,
    struct proposal *, struct err *);
void proposal_done(struct proposal *);

/*
 * Makes it the open site, not saved yet; label: what to call the act. Refused
 * when the site is read-only.
 */
bool app_take(struct app *, const char *label, const struct proposal *,
    struct err *);

#endif
