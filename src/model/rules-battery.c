/* The rules on what must last until all are down: R36 the battery, R38 the grace time. */
#include "model/rules-check.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "model/times.h"

#include <math.h>
#include <stdlib.h>

/* What a margin is: a tenth. The manual asks for one and does not say how much. */
#define MARGIN_PART 10
#define ROUND_SECONDS 60

/* The longest shutdown of the servers behind each group's UPSs. */
struct longest {
	const struct terminal *own, *below;	/* in the group; in it and below */
};

static const struct terminal *longer(const struct terminal *a,
    const struct terminal *b)
{
	if (!a || !b)
		return a ? a : b;
	return b->set->shutdown_seconds > a->set->shutdown_seconds ? b : a;
}

static struct longest *longest_shutdowns(const struct depend *d)
{
	struct longest *l = mem_zero(d->n_groups + 1, sizeof *l);
	size_t i, parent;

	for (i = 0; i < d->n_terminals; i++)
		l[d->homes[i]].own = longer(l[d->homes[i]].own, d->terminals[i]);
	for (i = d->n_groups; i-- > 0; ) {
		l[i].below = longer(l[i].own, l[i].below);
		parent = d->groups[i].parent;
		if (parent != DEPEND_TOP)
			l[parent].below = longer(l[i].below, l[parent].below);
	}
	return l;
}

/* With a margin, and round. */
static int enough_grace(int shutdown)
{
	int least = shutdown + shutdown / MARGIN_PART;

	return (least + ROUND_SECONDS - 1) / ROUND_SECONDS * ROUND_SECONDS;
}

void check_grace(struct check *c)
{
	const struct depend *d = c->depend;
	struct longest *l = longest_shutdowns(d);
	const struct terminal *t;
	const struct ups *u;
	struct finding *f;
	size_t i;

	for (i = 0; i < d->n_supplies; i++) {
		u = d->supplies[i].ups;
		t = ups_is_linked_device(u) ? l[d->supplies[i].group].below :
		    l[d->supplies[i].group].own;
		if (!t || !t->set->shutdown_seconds || u->set->grace >=
		    t->set->shutdown_seconds + t->set->shutdown_seconds / MARGIN_PART + 1)
			continue;
		f = report(c, &u->node, "GraceSeconds",
		    u->set->grace <= t->set->shutdown_seconds ?
		    _("Power-off grace time: %s cuts the power after %d s, and %s needs %d s to shut down") :
		    _("Power-off grace time: %s cuts the power after %d s, and %s needs %d s to shut down; that is hardly a margin"),
		    u->name, u->set->grace, t->name, t->set->shutdown_seconds);
		if (u->set->grace > t->set->shutdown_seconds)
			soften(c, f, SEVERITY_NOTE);
		offer_number(f, enough_grace(t->set->shutdown_seconds));
	}
	free(l);
}

/* Is a member of the cluster behind each group's UPSs? Flags in the group and below. */
static bool *find_members(const struct depend *d, bool below)
{
	bool *in = mem_zero(d->n_groups + 1, sizeof *in);
	size_t i;

	for (i = 0; i < d->n_terminals; i++)
		if (d->terminals[i]->set->cluster_member)
			in[d->homes[i]] = true;
	for (i = d->n_groups; below && i-- > 0; )
		if (in[i] && d->groups[i].parent != DEPEND_TOP)
			in[d->groups[i].parent] = true;
	return in;
}

void live_runtime(struct check *c)
{
	const struct depend *d = c->depend;
	bool *own = find_members(d, false), *below = find_members(d, true);
	int timeout = cluster_limit(c), cluster;
	const struct ups_facts *f;
	const struct supply *s;
	long need;
	size_t i;

	for (i = 0; i < d->n_supplies; i++) {
		s = &d->supplies[i];
		f = facts_ups(c->facts, s->ups->node.id);
		/* on battery it gets less by itself, and the outage plan counts */
		if (s->role == FEEDS_NOTHING || !f || !f->reading ||
		    f->reading->state != UPS_ONLINE ||
		    isnan(f->reading->runtime_seconds))
			continue;
		cluster = (ups_is_linked_device(s->ups) ? below : own)[s->group] ?
		    timeout : 0;
		need = s->ups->set->confirm + POLL_SECONDS + cluster + ORDER_SECONDS +
		    OFF_SECONDS * (long)d->n_supplies + s->ups->set->grace;
		if (f->reading->runtime_seconds < (double)need)
			report(c, &s->ups->node, NULL,
			    _("%s: the battery lasts %.0f s, an outage needs %ld s: %d s confirmation + %d s polling + %d s cluster shutdown + %d s for the orders + %d s for each of %zu UPSs + %d s grace"),
			    s->ups->name, f->reading->runtime_seconds, need,
			    s->ups->set->confirm, POLL_SECONDS, cluster, ORDER_SECONDS,
			    OFF_SECONDS, d->n_supplies, s->ups->set->grace);
	}
	free(own);
	free(below);
}
