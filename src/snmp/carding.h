/* carding - what the parts of card share; nobody else includes it */
#ifndef AMC_SNMP_CARDING_H
#define AMC_SNMP_CARDING_H

#include "snmp/agent.h"
#include "snmp/card.h"
#include "snmp/profile.h"
#include "snmp/query.h"

struct card {
	struct loop *loop;
	const struct profiles *profiles;
	char *host, *community, *wanted;	/* wanted: a profile's id, or "auto" */
	int port, version, timeout_ms, retries;
	struct snmp_user user;
	bool numeric;			/* host is an address */

	struct lookup *lookup;
	struct agent *agent;		/* NULL until host has an address */
	struct query *query;
	const struct profile *profile;	/* NULL until identified */

	/* of the profile's oids: the card has not, or a better one is there */
	bool *missing, *spare;
	size_t *asked;			/* which of them, in the order of the question */
	const char **live;		/* these, as they are asked for in each reading */
	size_t n_live;
	struct bindings *coded;		/* live; NULL: to be made anew */
	unsigned readings;		/* since we began to learn that */

	char serial[sizeof ((struct reading *)0)->serial];	/* as told last; "": never */
	char before[sizeof ((struct reading *)0)->serial];	/* of the card that was there */
	unsigned replaced;
	bool again;			/* it was identified once more for this question */

	/* the question: one of them is set while it runs */
	card_read_done *read_done;
	card_settings_done *settings_done;
	card_reach_done *reach_done;
	void *arg;

	/* settings that wait for the table of allowed values */
	struct card_setting *settings;
	struct reading ident;
};

/* The question ends without an answer. The card may be gone afterwards. */
void carding_fail(struct card *, const struct err *);
/* The same for a step that could not even begin. */
void carding_step(struct card *, bool ok, const struct err *);

/* Who is it? What was asked for is asked then. */
bool carding_identify(struct card *, struct err *);
void carding_forget_profile(struct card *);
/* Something else is to be asked for than last time. */
void carding_ask_anew(struct card *);
/* Everything is asked for again. */
void carding_forget_learned(struct card *);

/* Of an identified card. */
bool carding_read(struct card *, struct err *);
bool carding_read_settings(struct card *, struct err *);

#endif
