/*
 * journal - what was edited, so that it can be undone and done again.
 *
 * An act is what is one to the operator: some steps, each a record before and
 * after. Undoing puts the records back in reverse order. Costs what changed,
 * not what the site has, and goes back without limit.
 */
#ifndef AMC_APP_JOURNAL_H
#define AMC_APP_JOURNAL_H

#include "model/copy.h"

struct journal;

struct journal *journal_new(void);
void journal_free(struct journal *);

/*
 * The edits up to journal_end() are one act; within another they are a part of
 * it. label: what the operator calls it, copied; NULL for a trial that is going
 * to be taken back.
 */
void journal_begin(struct journal *, const struct site *, const char *label);
/* True when that made an act: it was the outermost, and something was edited. */
bool journal_end(struct journal *);
/* Takes back what was edited since the matching begin, and ends it. */
void journal_abort(struct journal *, struct site *);
bool journal_is_open(const struct journal *);

/* One edit of an open act; takes the copies. NULL: there was or is no record. */
void journal_step(struct journal *, struct copy *before, struct copy *after);

/*
 * An act without steps: the whole site was replaced. `whole` is what it was, is
 * taken and freed with done(). To undo the act, or to do it again, the caller
 * first puts it in place, and what is then replaced into it.
 */
void journal_replaced(struct journal *, const char *label, void *whole,
    void (*done)(void *));
void *journal_undo_whole(const struct journal *);	/* NULL: the act has steps */
void *journal_redo_whole(const struct journal *);
/* Has what would be undone been in a saved file? Its numbers are not free again. */
bool journal_undoes_saved(const struct journal *);

/* What would be undone or done again; NULL when there is nothing. */
const char *journal_undo_label(const struct journal *);
const char *journal_redo_label(const struct journal *);
/* There must be something. The id of the topmost node it was about; 0: none is there. */
unsigned journal_undo(struct journal *, struct site *);
unsigned journal_redo(struct journal *, struct site *);

/* The site is saved as it is now. */
void journal_saved(struct journal *);
/* Is the site now another than it was when it was read or saved last? */
bool journal_modified(const struct journal *);

#endif
