/*
 * facts - what is known of a site's cards and servers beyond its settings.
 *
 * Readings, what a card takes, what a server tells of itself: data that goes
 * into the rules which need it (rules_check_live). What is not known is left
 * out, and the rule is then silent. Everything is borrowed from whoever fills
 * it in, as long as the facts live.
 */
#ifndef AMC_MODEL_FACTS_H
#define AMC_MODEL_FACTS_H

#include "base/map.h"
#include "model/field.h"
#include "model/reading.h"

/* The values that a card takes for one of its settings. */
struct card_limit {
	const struct field *field;	/* of ups_fields */
	const char *allowed;		/* "20,180,300,600"; "": not known */
	int snap;	/* of others it makes the next higher (1) or lower (-1); 0: not known */
};

enum card_answer { CARD_UNASKED, CARD_ANSWERS, CARD_SILENT };

struct ups_facts {
	enum card_answer answer;	/* to the last questions */
	const struct reading *reading;	/* the last one, or NULL */
	bool refuses;			/* with this community it takes no setting */
	const struct card_limit *limits;
	size_t n_limits;
};

enum known { NOT_KNOWN, KNOWN_NO, KNOWN_YES };

struct terminal_facts {
	const char *speaks_from;	/* its address towards the cards, or NULL */
	bool clock_known;
	double clock_ahead;		/* of ours, s; behind: below 0 */
	const char *other_software;	/* that acts on UPSs, too; "" none, or NULL */
	const char *silent_cards;	/* names of UPSs that do not answer it, "," between; or NULL */
	enum known hypervisor_acts;	/* does it start and stop its machines? */
};

/* { 0 }: nothing is known. */
struct facts {
	struct map ups, terminals;	/* by node id */
};

void facts_put_ups(struct facts *, unsigned id, const struct ups_facts *);
void facts_put_terminal(struct facts *, unsigned id,
    const struct terminal_facts *);
/* NULL when nothing is known of it; facts may be NULL. */
const struct ups_facts *facts_ups(const struct facts *, unsigned id);
const struct terminal_facts *facts_terminal(const struct facts *, unsigned id);
/* Frees what the facts themselves own, not what was put in. */
void facts_done(struct facts *);

#endif
