/*
 * rules-check - what the functions of the rules share; for rules*.c only.
 *
 * A rule looks at the site's flat picture and reports what is wrong with
 * report(), in any order: rules_check() sorts. Strings of a site are one copy
 * each, so equal names and addresses are equal pointers.
 */
#ifndef AMC_MODEL_RULES_CHECK_H
#define AMC_MODEL_RULES_CHECK_H

#include "base/map.h"
#include "model/depend.h"
#include "model/facts.h"
#include "model/rules.h"

struct check {
	const struct site *site;
	const struct depend *depend;
	const struct facts *facts;	/* for live_*() */
	const struct rule *rule;	/* the one that is at work */
	struct findings *findings;
};

/* Under the number and severity of the rule at work. */
struct finding *report(struct check *, const struct node *, const char *key,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Makes a finding milder than its rule. */
void soften(struct check *, struct finding *, enum severity);

/* Offers another value for the very field that f is about. */
void offer_text(struct finding *f, const char *value);
/* The same, if the number is in the field's range; else nothing is offered. */
void offer_number(struct finding *f, int value);

/*
 * What most have: { 0 }, tally_add() for each, tally_most(). A key is a string
 * of the site's pool, or a number made positive by one. Of equals the one that
 * got there first.
 */
struct tally {
	struct map count;
	uintptr_t most;
	uintptr_t times;
};
void tally_add(struct tally *, uintptr_t key);
bool tally_is_mixed(const struct tally *);
void tally_done(struct tally *);

/* A cluster that AC works with: its software is named and somebody is in it. */
bool has_cluster(const struct check *);
/* A control terminal that is no member of the cluster it looks after. */
bool has_management_terminal(const struct check *);

/* The longest that stopping the cluster may take in any outage, K; 0 when it is not stopped. */
int cluster_limit(const struct check *);

/* With the site alone; live_*() look at c->facts, too. */
void check_group_names(struct check *);		/* R3 */
void check_one_server(struct check *);		/* R5 */
void check_advance_alone(struct check *);	/* R6 */
void check_one_mode(struct check *);		/* R7 */
void check_one_container(struct check *);	/* R8 */
void check_cluster_controls(struct check *);	/* R9 */
void check_cluster_size(struct check *);	/* R10 */
void check_group_per_ups(struct check *);	/* R11 */
void check_control_terminal(struct check *);	/* R12 */
void check_addresses(struct check *);		/* R13 */
void check_ups_names(struct check *);		/* R14 */
void check_recognition_code(struct check *);	/* R15 */
void check_same_address(struct check *);	/* R16 */
void check_broadcast(struct check *);		/* R17 */
void check_cluster_names(struct check *);	/* R19 */
void check_same_port(struct check *);		/* R20 */
void live_identity(struct check *);		/* R21 */
void check_card_users(struct check *);		/* R22 */
void live_access(struct check *);		/* R22 */
void live_source_address(struct check *);	/* R23 */
void check_control_times(struct check *);	/* R24 */
void check_order_of_times(struct check *);	/* R25 */
void check_disk_times(struct check *);		/* R26 */
void check_control_outlasts(struct check *);	/* R27 */
void live_runtime(struct check *);		/* R36 */
void check_grace(struct check *);		/* R38 */
void check_factory_settings(struct check *);	/* R40 */
void live_legal_values(struct check *);		/* R41 */
void check_same_recovery(struct check *);	/* R43 */
void check_recovery(struct check *);		/* R44 */
void check_warm_up(struct check *);		/* R45 */
void check_array_linkage(struct check *);	/* R48 */
void check_warm_up_orders(struct check *);	/* R49 */
void live_clock(struct check *);		/* R52 */
void live_other_software(struct check *);	/* R53 */
void check_shared_with_cluster(struct check *);	/* R54 */
void check_schedules(struct check *);		/* R56 */
void check_wake(struct check *);		/* R57 */
void check_network_gear(struct check *);	/* R59 */
void live_machines(struct check *);		/* R65 */

#endif
