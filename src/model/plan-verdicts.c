/* plan-verdicts - which rules fail in this outage; a part of plan */
#include "model/planning.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

#define SAY(p, rule, severity, id, ...) findings_add(&(p)->plan->verdicts, rule, \
	severity, id, NULL, __VA_ARGS__)

static const struct ups *supply_ups(const struct planning *p, size_t i)
{
	return p->depend->supplies[i].ups;
}

/* R12: it is a control terminal that orders all this. */
static void somebody_orders(struct planning *p)
{
	size_t i;

	for (i = 0; i < p->depend->n_terminals; i++)
		if (p->depend->terminals[i]->node.container == IN_CONTROL)
			return;
	if (p->plan->down)
		SAY(p, "R12", SEVERITY_ERROR, site_network(p->site)->node.id,
		    _("there is no control terminal: nobody orders any of this, and the servers run until the batteries are empty"));
}

/* R26: servers learn of their disk's outage before they act on their own. */
static void disks_first(struct planning *p)
{
	bool *told = mem_zero(p->depend->n_supplies + 1, sizeof *told);
	size_t i, disk, own;

	for (i = 0; i < p->depend->n_terminals; i++) {
		disk = planning_home(p, i)->last_disk;
		own = planning_home(p, i)->own;
		if (disk == NONE || own == NONE || planning_sooner(p, disk, own) ||
		    told[disk])
			continue;
		told[disk] = true;	/* one server of the disk is enough */
		SAY(p, "R26", SEVERITY_ERROR, p->supplies[disk]->id,
		    _("%s (shared disk) is confirmed after %d s, not before %s (%d s): %s goes down on its own before the disk is known to fail"),
		    supply_ups(p, disk)->name, supply_ups(p, disk)->set->confirm,
		    supply_ups(p, own)->name, supply_ups(p, own)->set->confirm,
		    p->depend->terminals[i]->name);
	}
	free(told);
}

/* The latest order to a UPS without control terminals, and what it comes from. */
struct last_order {
	int latest;
	size_t cause;
};

/* The last of all such orders, and the last that has another cause than that. */
static void last_orders(const struct planning *p, struct last_order *last,
    struct last_order *other)
{
	size_t i;

	*last = *other = (struct last_order){ 0, NONE };
	for (i = 0; i < p->depend->n_supplies; i++) {
		const struct supply *s = &p->depend->supplies[i];
		struct last_order o = {
			.latest = p->supplies[i]->at[STEP_OFF_ORDERED].latest,
			.cause = planning_cause(p, &p->groups[s->group]),
		};

		if (s->role == FEEDS_CONTROL ||
		    !plan_happens(p->supplies[i], STEP_OFF_ORDERED))
			continue;
		if (o.latest > last->latest) {
			if (o.cause != last->cause)
				*other = *last;
			*last = o;
		} else if (o.cause != last->cause && o.latest > other->latest) {
			*other = o;
		}
	}
}

/*
 * R27: a control terminal does not go down itself before it has ordered all
 * others down. What its own shutdown comes from as well does not count against
 * it, as then it is the last to go; but its own UPS must hold that long. They
 * take over from each other, so that it is the longest-living one that counts.
 */
static void control_outlasts(struct planning *p)
{
	struct last_order last, other;
	int best_begin = -1, best_until = 0, begin, until;
	size_t i, best = NONE;

	last_orders(p, &last, &other);
	if (!last.latest)
		return;
	for (i = 0; i < p->depend->n_terminals; i++) {
		const struct planned_group *g = planning_home(p, i);
		size_t cause = planning_cause(p, g);

		if (p->depend->terminals[i]->node.container != IN_CONTROL)
			continue;
		if (p->terminals[i]->fate != FATE_DOWN)
			return;
		begin = supply_ups(p, cause)->set->confirm;
		until = cause == last.cause ? other.latest : last.latest;
		if (until < begin && g->own != NONE) {
			begin = supply_ups(p, g->own)->set->confirm;
			until = last.latest;
		}
		if (!until || begin > until)
			return;
		if (begin > best_begin) {
			best = i;
			best_begin = begin;
			best_until = until;
		}
	}
	if (best != NONE)
		SAY(p, "R27", best_begin == best_until ? SEVERITY_NOTE :
		    SEVERITY_WARNING, p->terminals[best]->id,
		    _("%s, the last control terminal, itself goes down from %d s on, but orders to others can take until %d s"),
		    p->depend->terminals[best]->name, best_begin, best_until);
}

/* R36: the battery lasts until the output goes off. */
static void battery_lasts(struct planning *p, size_t i)
{
	const struct plan_node *n = p->supplies[i];
	const struct ups *u = supply_ups(p, i);
	double low = n->runtime - u->set->low_battery;

	if (!n->required || isnan(n->runtime))
		return;
	if (n->runtime < n->required)
		SAY(p, "R36", SEVERITY_WARNING, n->id,
		    _("%s must last %d s on its battery, which now holds %.0f s"),
		    u->name, n->required, n->runtime);
	if (low < u->set->confirm)
		SAY(p, "R36", SEVERITY_NOTE, n->id,
		    _("%s warns of a low battery after %.0f s, before its %d s of confirmation: the shutdown then begins at once"),
		    u->name, low > 0 ? low : 0, u->set->confirm);
}

/* R38: the output stays on until the last OS is down. */
static void grace_suffices(struct planning *p, size_t i)
{
	const struct plan_node *n = p->supplies[i];
	const struct toll *t = planning_toll(p, i);
	const struct terminal *slow = t->slowest;
	int delay;

	if (!plan_happens(n, STEP_OFF))
		return;
	delay = n->at[STEP_OFF].latest - n->at[STEP_OFF_ORDERED].latest;
	if (slow->set->shutdown_seconds >= delay)
		SAY(p, "R38", SEVERITY_WARNING, n->id,
		    _("%s goes off %d s after its order, but %s takes up to %d s to shut down"),
		    supply_ups(p, i)->name, delay, slow->name,
		    slow->set->shutdown_seconds);
}

static void nobody_is_forgotten(struct planning *p)
{
	size_t i;

	for (i = 0; i < p->depend->n_terminals; i++)
		if (p->terminals[i]->fate == FATE_UNWATCHED)
			SAY(p, "", SEVERITY_WARNING, p->terminals[i]->id,
			    _("%s is not watched (Monitor=no): it gets no order and runs until the battery of %s is empty"),
			    p->depend->terminals[i]->name, node_name(site_find(
			    p->site, p->terminals[i]->cause)));
}

void plan_verdicts(struct planning *p)
{
	size_t i;

	somebody_orders(p);
	disks_first(p);
	control_outlasts(p);
	for (i = 0; i < p->depend->n_supplies; i++) {
		battery_lasts(p, i);
		grace_suffices(p, i);
	}
	nobody_is_forgotten(p);
}
