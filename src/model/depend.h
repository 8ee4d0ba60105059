/*
 * depend - what feeds what: which servers go down with which UPS (amc.md b.3).
 *
 * A UPS among a group's power devices feeds the terminals that are registered
 * in that group itself. A UPS among its linked devices feeds something that
 * all terminals of the group and of every group below it need, a shared disk
 * as a rule. From this follow the roles that the rules on times speak of.
 *
 * struct depend is a flat picture of a whole site in tree order, made in one
 * walk; it is good until the site next changes. The two functions at the end
 * ask for one node and need no picture.
 */
#ifndef AMC_MODEL_DEPEND_H
#define AMC_MODEL_DEPEND_H

#include "model/site.h"

/* What a UPS is to the terminals behind it. */
enum ups_role {
	FEEDS_NOTHING,		/* no terminal behind it */
	FEEDS_CONTROL,		/* C: a control terminal */
	FEEDS_CONTROL_DISK,	/* CD: linked device over control terminals */
	FEEDS_LINKED,		/* L: linked terminals only */
	FEEDS_LINKED_DISK,	/* LD: linked device over linked terminals only */
	UPS_ROLES
};

/* The group's UPSs and those of all groups below are supplies[first..end). */
struct depend_group {
	const struct group *group;
	size_t parent;			/* index in groups, or DEPEND_TOP */
	size_t first, end;
	bool control, linked;		/* terminals in the group itself */
	bool control_below, linked_below;	/* in it or in a group below */
	size_t terminals, power, devices;	/* how many hang in the group itself */
	bool power_below;			/* power devices in it or below */
	size_t feeder;
};
/*
 * feeder: the group whose UPSs feed this one's terminals themselves. It is the
 * group with its own power devices; else the next around it with linked devices,
 * if nobody within their reach has power devices. Where somebody has, they feed
 * a shared disk, and servers without power devices have no UPS: DEPEND_TOP.
 */
#define DEPEND_TOP ((size_t)-1)

struct supply {
	const struct ups *ups;
	enum ups_role role;
	size_t group;			/* index in groups */
};

struct depend {
	struct depend_group *groups;
	struct supply *supplies;
	const struct terminal **terminals;
	size_t *homes;			/* of each terminal: index in groups */
	size_t n_groups, n_supplies, n_terminals;
};

/* Everything in tree order; a group stands before what hangs in it. */
struct depend *depend_new(const struct site *);
void depend_free(struct depend *);

/* The first of the UPSs that feed a group's terminals; NULL: there is none. */
const struct ups *depend_feed(const struct depend *, size_t group);

/* "control terminal", "shared disk of linked terminals": N_(). */
const char *role_label(enum ups_role);

/* Is it registered among the linked devices of its group? */
bool ups_is_linked_device(const struct ups *);

/*
 * The next terminal that needs this UPS: NULL is before the first and behind
 * the last one.
 */
const struct terminal *depend_next_terminal(const struct ups *,
    const struct terminal *);

/*
 * The next UPS that this terminal needs: its group's power devices, then the
 * linked devices of its group and of each group around it, from the inside out.
 */
const struct ups *depend_next_ups(const struct terminal *, const struct ups *);

#endif
