/*
 * planning - what the parts of plan share; for plan*.c only.
 */
#ifndef AMC_MODEL_PLANNING_H
#define AMC_MODEL_PLANNING_H

#include "model/depend.h"
#include "model/plan.h"

#define NONE ((size_t)-1)

/* What a group's terminals, or its and those of all groups below, come to. */
struct toll {
	size_t terminals, down;
	struct bounds ready;	/* all of them have been ordered to shut down */
	const struct terminal *slowest;	/* of those that go down, to shut down its OS */
};

/* Indices are of depend.supplies. */
struct planned_group {
	bool struck;		/* one of its power devices failed */
	size_t own;		/* with it too few power devices are left, or NONE */
	size_t disk;		/* linked device here or around it that is confirmed
				   first, or NONE */
	size_t last_disk;	/* ... and last */
	struct toll here, below;
};

struct planning {
	const struct site *site;
	const struct outage *outage;
	struct plan *plan;
	struct depend *depend;
	struct planned_group *groups;	/* as depend.groups */
	struct plan_node **supplies;	/* as depend.supplies */
	struct plan_node **terminals;	/* as depend.terminals */
};

/* Is this supply confirmed before that? NONE is never confirmed. */
bool planning_sooner(const struct planning *, size_t supply, size_t than);
/* The group that a terminal hangs in. */
struct planned_group *planning_home(const struct planning *, size_t terminal);
/* The supply that takes a group's terminals down, or NONE. */
size_t planning_cause(const struct planning *, const struct planned_group *);
/* What hangs on a supply. */
const struct toll *planning_toll(const struct planning *, size_t supply);

/* In this order: who, when, what is wrong with it. */
void plan_fates(struct planning *);
void plan_times(struct planning *);
void plan_verdicts(struct planning *);

#endif
