/* plan-fates - who goes down in an outage, and because of what; a part of plan */
#include "model/planning.h"

#include "base/mem.h"

#include <stdlib.h>

/* A failed power device on its way into the order in which its group loses them. */
struct loss {
	size_t group, supply;
	int confirm;
};

static int by_group_and_time(const void *x, const void *y)
{
	const struct loss *a = x, *b = y;

	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	if (a->confirm != b->confirm)
		return a->confirm < b->confirm ? -1 : 1;
	return a->supply < b->supply ? -1 : a->supply > b->supply;
}

/* With which loss a group of n power devices has too few; RequiredUps 0: all. */
static size_t fatal_loss(const struct group *g, size_t n)
{
	size_t needed = (size_t)g->set->required_ups;

	return needed && needed < n ? n - needed : 0;
}

/* Of each group, the failed power device with which it has too few. */
static void lose_power(struct planning *p)
{
	const struct depend *d = p->depend;
	struct loss *losses = mem_zero(d->n_supplies + 1, sizeof *losses);
	size_t *devices = mem_zero(d->n_groups + 1, sizeof *devices);
	size_t i, n = 0, nth = 0;

	for (i = 0; i < d->n_supplies; i++) {
		const struct supply *s = &d->supplies[i];

		if (ups_is_linked_device(s->ups))
			continue;
		devices[s->group]++;
		if (!p->supplies[i]->failed)
			continue;
		p->groups[s->group].struck = true;
		losses[n++] = (struct loss){ s->group, i, s->ups->set->confirm };
	}
	if (n)
		qsort(losses, n, sizeof *losses, by_group_and_time);
	for (i = 0; i < n; i++, nth++) {
		size_t g = losses[i].group;

		if (!i || losses[i - 1].group != g)
			nth = 0;
		if (nth == fatal_loss(d->groups[g].group, devices[g]))
			p->groups[g].own = losses[i].supply;
	}
	free(losses);
	free(devices);
}

/* A failed linked device counts for a group. */
static void lose_disk(const struct planning *p, struct planned_group *g, size_t first,
    size_t last)
{
	if (planning_sooner(p, first, g->disk))
		g->disk = first;
	if (last != NONE && (g->last_disk == NONE ||
	    planning_sooner(p, g->last_disk, last)))
		g->last_disk = last;
}

/* Of each group, the linked devices on which it depends that fail first and last. */
static void lose_disks(struct planning *p)
{
	const struct depend *d = p->depend;
	size_t i, parent;

	for (i = 0; i < d->n_supplies; i++) {
		const struct supply *s = &d->supplies[i];

		if (p->supplies[i]->failed && ups_is_linked_device(s->ups))
			lose_disk(p, &p->groups[s->group], i, i);
	}
	/* a group stands behind the one around it */
	for (i = 0; i < d->n_groups; i++) {
		parent = d->groups[i].parent;
		if (parent != DEPEND_TOP)
			lose_disk(p, &p->groups[i], p->groups[parent].disk,
			    p->groups[parent].last_disk);
	}
}

static enum plan_fate fate_of(const struct terminal *t,
    const struct planned_group *g, size_t cause)
{
	if (cause != NONE)
		return t->set->monitor ? FATE_DOWN : FATE_UNWATCHED;
	return g->struck ? FATE_SPARED : FATE_UNTOUCHED;
}

static void seal_fates(struct planning *p)
{
	const struct planned_group *g;
	size_t i, cause;

	for (i = 0; i < p->depend->n_terminals; i++) {
		g = planning_home(p, i);
		cause = planning_cause(p, g);
		p->terminals[i]->fate = fate_of(p->depend->terminals[i], g, cause);
		if (cause != NONE)
			p->terminals[i]->cause =
			    p->depend->supplies[cause].ups->node.id;
		p->plan->down += p->terminals[i]->fate == FATE_DOWN;
	}
}

void plan_fates(struct planning *p)
{
	size_t i;

	for (i = 0; i < p->depend->n_groups; i++)
		p->groups[i] = (struct planned_group){ .own = NONE, .disk = NONE,
			.last_disk = NONE };
	/* until it is found that it is ordered off */
	for (i = 0; i < p->depend->n_supplies; i++)
		if (p->supplies[i]->failed)
			p->supplies[i]->fate = FATE_SPARED;
	lose_power(p);
	lose_disks(p);
	seal_fates(p);
}
