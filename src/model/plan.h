/*
 * plan - what an outage does: who is ordered down when, which output goes off
 * when, what the batteries must last (amc.md R29-R38, b.3, e.2).
 *
 * Pure: a site, the UPSs that fail and what their batteries hold go in, a
 * timeline comes out. All of them fail at second 0 and stay without mains. A
 * step has an earliest second, at which nothing takes any time, and a latest
 * one, at which everything takes as long as it may.
 *
 *   power failed            0
 *   confirmed               T .. T + 8                                    R29
 *   shutdown ordered        when the UPS is confirmed that takes it down
 *   cluster stopped         + 0 .. K, then forced                         R37
 *   OS shutdown ordered     + 0 .. 60                                     R31
 *   OS down                 + 0 .. ShutdownSeconds
 *   output off ordered      + 0 .. 2 for each UPS whose servers are as far R32
 *   output off              + grace, and if its mains are there
 *                           + LowBatterySeconds + 120                     R33
 *
 * A server goes down when a linked device that it depends on fails, or when
 * fewer of its group's power devices have mains than it needs (RequiredUps).
 * What nobody watches (Monitor=no) is not ordered down. A power device is
 * switched off when all its servers go down, failed or not; a linked device
 * when it failed and all its servers go down. The cluster is stopped as a whole
 * when a device fails that its members share, or when all members go down; a
 * single member leaves it, which takes no K. Orders to UPSs go out in the order
 * in which their servers are ready at the latest; a linked device that has its
 * mains takes its 2 s as well, as the manual counts it (R35).
 */
#ifndef AMC_MODEL_PLAN_H
#define AMC_MODEL_PLAN_H

#include "model/outage.h"
#include "model/rules.h"

/* Seconds after the mains failed. */
struct bounds { int earliest, latest; };

/* In the order of time. */
enum plan_step {
	STEP_POWER_FAILED,	/* of a UPS */
	STEP_CONFIRMED,		/* of a UPS */
	STEP_SHUTDOWN_ORDERED,	/* of a terminal */
	STEP_CLUSTER_STOPPED,	/* of a terminal */
	STEP_OS_ORDERED,	/* of a terminal */
	STEP_OFF_ORDERED,	/* of a UPS */
	STEP_OS_DOWN,		/* of a terminal */
	STEP_OFF,		/* of a UPS */
	STEP_COUNT
};

/* "os-shutdown-ordered": as JSON has it. */
const char *step_word(enum plan_step);
/* "OS shutdown ordered", N_() */
const char *step_label(enum plan_step);
/* "R31": the rule that its seconds come from. */
const char *step_rule(enum plan_step);

enum plan_fate {
	FATE_UNTOUCHED,		/* nothing that it needs fails; a UPS has its mains */
	FATE_SPARED,		/* a server: enough power devices have mains;
				   a UPS: failed, and switched off by nobody */
	FATE_UNWATCHED,		/* a server that loses its power without an order */
	FATE_DOWN,		/* ordered down; a UPS is ordered off */
};

/* A UPS or a terminal. */
struct plan_node {
	unsigned id;
	enum plan_fate fate;
	unsigned steps;			/* bit 1 << STEP: it happens, at at[STEP] */
	struct bounds at[STEP_COUNT];
	unsigned cause;			/* the UPS that takes a terminal down; 0: none */
	bool failed;			/* a UPS without mains */
	int required;			/* s its battery must last; 0: not needed */
	double runtime;			/* s it lasts now; NAN: not known */
	int worst;			/* 1 + severity of its worst verdict; 0: none */
};

struct plan {
	struct plan_node *nodes;	/* UPSs and terminals, in tree order */
	size_t n;
	size_t failed;			/* UPSs without mains */
	size_t terminals, down;		/* all terminals, and those that go down */
	/*
	 * How long a control terminal and the network must live: until the last
	 * order to a UPS that feeds no control terminal (or, if there is none, to
	 * any UPS) is sent. 0: no order is sent.
	 */
	int control_seconds;
	int end;			/* the last second at which something happens */
	struct findings verdicts;	/* the rules that fail in this outage; errors first */
	struct map at;			/* plan_find()'s */
};

/* What a battery lasts now, as its UPS says. */
struct battery {
	unsigned ups;
	double runtime;			/* s; NAN: not known */
};

/* Takes n log n of the site's size. */
struct plan *plan_new(const struct site *, const struct outage *,
    const struct battery *, size_t batteries);
void plan_free(struct plan *);

/* NULL if the plan has none of that id. */
const struct plan_node *plan_find(const struct plan *, unsigned id);
bool plan_happens(const struct plan_node *, enum plan_step);

/* One line of the timeline. */
struct plan_event {
	unsigned node;
	enum plan_step step;
	struct bounds at;
};
/* All steps of all nodes by time, yours to free; how many into *n. */
struct plan_event *plan_events(const struct plan *, size_t *n);

#endif
