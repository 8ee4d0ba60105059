/*
 * The rules on linked devices, which as a rule are shared disks: R43, R44, R45,
 * R48, R49, R59.
 */
#include "model/rules-check.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>

/* A UPS counts its sleep in tenths of an hour. */
#define WARM_UP_STEP 360

static const struct field *recovery_field(void)
{
	return field_find(ups_fields, "Recovery");
}

static const char *recovery_label(int recovery)
{
	return tr(field_choice(recovery_field(), recovery)->label);
}

static void offer_recovery(struct finding *f, int recovery)
{
	offer_text(f, field_choice(recovery_field(), recovery)->word);
}

static void check_alike(struct check *c, const struct group *g)
{
	struct tally settings = { 0 };
	const struct node *n;
	const struct ups *u;
	int most;

	for (n = node_first(&g->node, IN_DEVICES); n; n = n->next)
		if (n->kind == KIND_UPS)
			tally_add(&settings,
			    (uintptr_t)node_ups(n)->set->recovery + 1);
	most = (int)settings.most - 1;
	n = tally_is_mixed(&settings) ? node_first(&g->node, IN_DEVICES) : NULL;
	for (; n; n = n->next) {
		u = node_ups(n);
		if (u && u->set->recovery != most)
			offer_recovery(report(c, n, "Recovery",
			    _("On power recovery: %s (%s) must be like the other linked devices of %s (%s)"),
			    u->name, recovery_label(u->set->recovery), g->name,
			    recovery_label(most)), most);
	}
	tally_done(&settings);
}

void check_same_recovery(struct check *c)
{
	size_t i;

	for (i = 0; i < c->depend->n_groups; i++)
		check_alike(c, c->depend->groups[i].group);
}

/*
 * The groups with control terminals in their reach that have UPSs of their own,
 * one flag a group; yours to free. A linked device over control terminals that
 * have none feeds these servers themselves and is no shared disk.
 */
static bool *fed_controls(const struct depend *d)
{
	bool *fed = mem_zero(d->n_groups + 1, sizeof *fed);
	size_t i;

	for (i = 0; i < d->n_supplies; i++)
		if (d->supplies[i].role == FEEDS_CONTROL)
			fed[d->supplies[i].group] = true;
	for (i = d->n_groups; i-- > 0; )
		if (fed[i] && d->groups[i].parent != DEPEND_TOP)
			fed[d->groups[i].parent] = true;
	return fed;
}

void check_recovery(struct check *c)
{
	const struct depend *d = c->depend;
	bool managed = has_management_terminal(c);
	bool *fed = fed_controls(d);
	const struct supply *s;
	size_t i;

	for (i = 0; i < d->n_supplies; i++) {
		s = &d->supplies[i];
		if (s->ups->set->network_gear == GEAR_ONLY)	/* no disk waits for it */
			continue;
		if (s->role == FEEDS_CONTROL_DISK && fed[s->group] &&
		    !managed && s->ups->set->recovery == RECOVERY_UPS)
			offer_recovery(report(c, &s->ups->node, "Recovery",
			    _("On power recovery: %s feeds a shared disk of control terminals; it should reboot from the control terminal"),
			    s->ups->name), RECOVERY_CONTROL);
		if (s->role == FEEDS_LINKED_DISK &&
		    s->ups->set->recovery == RECOVERY_CONTROL)
			offer_recovery(report(c, &s->ups->node, "Recovery",
			    _("On power recovery: %s feeds a shared disk of linked terminals; it should reboot by the UPS"),
			    s->ups->name), RECOVERY_UPS);
	}
	free(fed);
}

void check_warm_up(struct check *c)
{
	const struct ups *u;
	size_t i;

	for (i = 0; i < c->depend->n_supplies; i++) {
		u = c->depend->supplies[i].ups;
		if (u->set->warm_up % WARM_UP_STEP)
			offer_number(report(c, &u->node, "WarmUpSeconds",
			    _("Warm-UP time: %s has %d s, which is not a multiple of %d s"),
			    u->name, u->set->warm_up, WARM_UP_STEP),
			    (u->set->warm_up + WARM_UP_STEP / 2) / WARM_UP_STEP *
			    WARM_UP_STEP);
	}
}

void check_array_linkage(struct check *c)
{
	const struct ups *u;
	size_t i;

	for (i = 0; i < c->depend->n_supplies; i++) {
		u = c->depend->supplies[i].ups;
		if (c->depend->supplies[i].role == FEEDS_CONTROL_DISK &&
		    u->set->array_linkage)
			offer_text(report(c, &u->node, "ArrayLinkage",
			    _("%s feeds a shared disk of control terminals, which cannot be switched by iStorage linkage"),
			    u->name), "no");
	}
}

enum { ORDERS = 99 };

/* The UPSs of one container in turn, with the orders that they have taken. */
static void check_orders(struct check *c, const struct group *g)
{
	const struct ups *taken[ORDERS + 1] = { NULL }, *u;
	const struct node *n;
	struct finding *f;
	int free_order = 1;

	for (n = node_first(&g->node, IN_DEVICES); n; n = n->next) {
		u = node_ups(n);
		if (u && u->set->warm_up_order != FIELD_NONE &&
		    !taken[u->set->warm_up_order])
			taken[u->set->warm_up_order] = u;
	}
	for (n = node_first(&g->node, IN_DEVICES); n; n = n->next) {
		u = node_ups(n);
		if (!u || (u->set->warm_up_order != FIELD_NONE &&
		    taken[u->set->warm_up_order] == u))
			continue;
		if (u->set->warm_up_order == FIELD_NONE)
			f = report(c, n, "WarmUpOrder",
			    _("Warm-UP order: %s has none among the linked devices of %s; which one starts first is not said"),
			    u->name, g->name);
		else
			f = report(c, n, "WarmUpOrder",
			    _("Warm-UP order: %s has %d, as %s has; the linked devices of %s need one each"),
			    u->name, u->set->warm_up_order,
			    taken[u->set->warm_up_order]->name, g->name);
		while (free_order <= ORDERS && taken[free_order])
			free_order++;
		if (free_order <= ORDERS)
			taken[free_order] = u;
		offer_number(f, free_order);
	}
}

void check_warm_up_orders(struct check *c)
{
	size_t i;

	for (i = 0; i < c->depend->n_groups; i++)
		if (c->depend->groups[i].devices > 1)
			check_orders(c, c->depend->groups[i].group);
}

/*
 * The network must live until the last order is given: on a UPS of its own, or
 * with the control terminals, which live longest.
 */
void check_network_gear(struct check *c)
{
	const struct supply *s;
	size_t i;

	for (i = 0; i < c->depend->n_supplies; i++) {
		s = &c->depend->supplies[i];
		if (s->ups->set->network_gear != GEAR_TOO ||
		    s->role == FEEDS_NOTHING || s->role == FEEDS_CONTROL)
			continue;
		report(c, &s->ups->node, "NetworkGear",
		    _("%s (%s) also feeds network equipment; that belongs on a UPS of its own or of a control terminal"),
		    s->ups->name, tr(role_label(s->role)));
	}
}
