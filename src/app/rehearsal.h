/*
 * rehearsal - an outage with real messages, which switches nothing.
 *
 * The plan (model/plan.h) says who is ordered down when and which outputs go off. Each
 * of its orders is then given as a rehearsal: to the servers over a control terminal
 * (serverorder.h), which find out by it whether they would obey and how long they would
 * take; the cards are read, and it is looked up whether they can be switched off. What
 * would fail in an outage shows, and what takes longer than the plan counts.
 */
#ifndef AMC_APP_REHEARSAL_H
#define AMC_APP_REHEARSAL_H

#include "app/serverorder.h"
#include "app/planner.h"

struct rehearsal;

enum rehearsal_end {
	REHEARSAL_PENDING,	/* being asked */
	REHEARSAL_GOOD,		/* it would obey */
	REHEARSAL_DOUBTFUL,	/* it would, but not as the plan counts: why */
	REHEARSAL_FAILS,	/* it would not: why */
};
const char *rehearsal_end_word(enum rehearsal_end);	/* "good": as JSON has it */
const char *rehearsal_end_label(enum rehearsal_end);	/* "would obey": N_() */

/* One order of the plan: a server that goes down, or a UPS that is switched off. */
struct rehearsal_row {
	unsigned node;
	enum plan_step step;	/* STEP_SHUTDOWN_ORDERED or STEP_OFF_ORDERED */
	struct bounds at;	/* s after the mains failed */
	enum rehearsal_end end;
	char words[400];	/* what it would do, or why not */
};

typedef void rehearsal_told(struct rehearsal *, void *arg);

/*
 * What is asked, in the order of the plan; told when something more is known. The
 * transfer has met the control terminal and lives longer. NULL and words: nothing
 * would be ordered.
 */
struct rehearsal *rehearsal_start(struct app *, const struct outage *, struct transfer *,
    const char *password, rehearsal_told *, void *arg, struct err *);
const struct rehearsal_row *rehearsal_rows(const struct rehearsal *, size_t *n);
bool rehearsal_over(const struct rehearsal *);
/* Words when the control terminal itself could not be asked; else NULL. */
const struct err *rehearsal_error(const struct rehearsal *);
/*
 * What holds for all of it, to be said once: the site is not armed; who holds another one, of
 * those that are watched (watch.h). NULL: nothing. Borrowed until it is told again.
 */
const char *rehearsal_note(const struct rehearsal *);
void rehearsal_free(struct rehearsal *);	/* takes NULL; nothing is called any more */

#endif
