/*
 * The rules on confirmation times: R24 to R27.
 *
 * T is a UPS's confirmation time; C, CD, L and LD are its roles (depend.h).
 * R25 wants C > CD > L > LD. Where a disk's own servers are concerned, R26
 * stands for it: they must be longer than the disk, whatever their role, so
 * R25 looks only at UPSs outside a disk's reach.
 */
#include "model/rules-check.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "model/times.h"

#include <limits.h>
#include <stdlib.h>

#define KEY "ConfirmSeconds"

void check_control_times(struct check *c)
{
	const struct depend *d = c->depend;
	struct tally times = { 0 };
	const struct ups *u;
	size_t i;
	int most;

	for (i = 0; i < d->n_supplies; i++)
		if (d->supplies[i].role == FEEDS_CONTROL)
			tally_add(&times,
			    (uintptr_t)d->supplies[i].ups->set->confirm + 1);
	most = (int)times.most - 1;
	for (i = 0; tally_is_mixed(&times) && i < d->n_supplies; i++) {
		u = d->supplies[i].ups;
		if (d->supplies[i].role == FEEDS_CONTROL && u->set->confirm != most)
			offer_number(report(c, &u->node, KEY,
			    _("Confirmation time: %s (control terminal, %d s) must be the same as for all control terminals (%d s)"),
			    u->name, u->set->confirm, most), most);
	}
	tally_done(&times);
}

#define BIT(role) (1u << (role))
#define DISKS (BIT(FEEDS_CONTROL_DISK) | BIT(FEEDS_LINKED_DISK))
#define SERVERS (BIT(FEEDS_CONTROL) | BIT(FEEDS_LINKED))

/*
 * The longest or shortest T among the UPSs of some roles before and from each
 * place, so that everything outside a group's range is told at once.
 */
struct extremes {
	const struct ups **before, **from;
};

static const struct ups *better(const struct ups *a, const struct ups *b,
    bool longest)
{
	if (!a || !b)
		return a ? a : b;
	return (longest ? b->set->confirm > a->set->confirm : b->set->confirm < a->set->confirm) ?
	    b : a;
}

static struct extremes extremes_of(const struct depend *d, unsigned roles,
    bool longest)
{
	struct extremes x = {
		.before = mem_zero(d->n_supplies + 1, sizeof *x.before),
		.from = mem_zero(d->n_supplies + 1, sizeof *x.from),
	};
	const struct supply *s;
	size_t i;

	for (i = 0; i < d->n_supplies; i++) {
		s = &d->supplies[i];
		x.before[i + 1] = better(x.before[i],
		    roles & BIT(s->role) ? s->ups : NULL, longest);
	}
	for (i = d->n_supplies; i-- > 0; ) {
		s = &d->supplies[i];
		x.from[i] = better(roles & BIT(s->role) ? s->ups : NULL,
		    x.from[i + 1], longest);
	}
	return x;
}

static void extremes_done(struct extremes *x)
{
	free(x->before);
	free(x->from);
}

static const struct ups *outside(const struct extremes *x,
    const struct depend_group *g, bool longest)
{
	return better(x->before[g->first], x->from[g->end], longest);
}

static void must_be_longer(struct check *c, const struct supply *s,
    enum ups_role role, const struct ups *than)
{
	const struct ups *u = s->ups;

	if (than && u->set->confirm <= than->set->confirm)
		offer_number(report(c, &u->node, KEY,
		    _("Confirmation time: %s (%s, %d s) must be longer than %s (%s, %d s)"),
		    u->name, tr(role_label(s->role)), u->set->confirm, than->name,
		    tr(role_label(role)), than->set->confirm), than->set->confirm + 1);
}

static void must_be_shorter(struct check *c, const struct supply *s,
    enum ups_role role, const struct ups *than)
{
	const struct ups *u = s->ups;

	if (than && u->set->confirm >= than->set->confirm)
		offer_number(report(c, &u->node, KEY,
		    _("Confirmation time: %s (%s, %d s) must be shorter than %s (%s, %d s)"),
		    u->name, tr(role_label(s->role)), u->set->confirm, than->name,
		    tr(role_label(role)), than->set->confirm), than->set->confirm - 1);
}

void check_order_of_times(struct check *c)
{
	const struct depend *d = c->depend;
	struct extremes longest_l = extremes_of(d, BIT(FEEDS_LINKED), true);
	struct extremes longest_ld = extremes_of(d, BIT(FEEDS_LINKED_DISK), true);
	struct extremes shortest_c = extremes_of(d, BIT(FEEDS_CONTROL), false);
	struct extremes shortest_l = extremes_of(d, BIT(FEEDS_LINKED), false);
	const struct supply *s;
	size_t i;

	for (i = 0; i < d->n_supplies; i++) {
		const struct depend_group *g;

		s = &d->supplies[i];
		g = &d->groups[s->group];
		switch (s->role) {
		case FEEDS_CONTROL:
			must_be_longer(c, s, FEEDS_LINKED, longest_l.from[0]);
			must_be_longer(c, s, FEEDS_LINKED_DISK,
			    longest_ld.from[0]);
			break;
		case FEEDS_CONTROL_DISK:
			must_be_shorter(c, s, FEEDS_CONTROL,
			    outside(&shortest_c, g, false));
			must_be_longer(c, s, FEEDS_LINKED,
			    outside(&longest_l, g, true));
			must_be_longer(c, s, FEEDS_LINKED_DISK,
			    longest_ld.from[0]);
			break;
		case FEEDS_LINKED_DISK:
			must_be_shorter(c, s, FEEDS_LINKED,
			    outside(&shortest_l, g, false));
			break;
		default:
			break;
		}
	}
	extremes_done(&longest_l);
	extremes_done(&longest_ld);
	extremes_done(&shortest_c);
	extremes_done(&shortest_l);
}

/* The shortest T of servers in each group and below; yours to free. */
static const struct ups **shortest_servers(const struct depend *d)
{
	const struct ups **least = mem_zero(d->n_groups + 1, sizeof *least);
	const struct supply *s;
	size_t i, parent;

	for (i = 0; i < d->n_supplies; i++) {
		s = &d->supplies[i];
		if (SERVERS & BIT(s->role))
			least[s->group] = better(least[s->group], s->ups, false);
	}
	/* a group stands before those below it, so from the end all are ready */
	for (i = d->n_groups; i-- > 0; ) {
		parent = d->groups[i].parent;
		if (parent != DEPEND_TOP)
			least[parent] = better(least[i], least[parent], false);
	}
	return least;
}

void check_disk_times(struct check *c)
{
	const struct depend *d = c->depend;
	const struct ups **least = shortest_servers(d);
	const struct ups *u, *than;
	struct finding *f;
	size_t i;

	for (i = 0; i < d->n_supplies; i++) {
		u = d->supplies[i].ups;
		than = least[d->supplies[i].group];
		if (!(DISKS & BIT(d->supplies[i].role)) || !than ||
		    u->set->confirm < than->set->confirm)
			continue;
		f = report(c, &u->node, KEY,
		    _("Confirmation time: %s (shared disk, %d s) must be shorter than %s (%d s)"),
		    u->name, u->set->confirm, than->name, than->set->confirm);
		if (than->set->confirm > 0)
			offer_number(f, than->set->confirm - 1);
		else if (u->set->confirm + 1 <= f->field->max)
			finding_fix(f, than->node.id, KEY, "%d",
			    u->set->confirm + 1);
	}
	free(least);
}

int cluster_limit(const struct check *c)
{
	const struct network *n = site_network(c->site);

	return has_cluster(c) && n->cluster_shutdown ? n->cluster_timeout : 0;
}

void check_control_outlasts(struct check *c)
{
	const struct depend *d = c->depend;
	struct extremes others = extremes_of(d, DISKS | BIT(FEEDS_LINKED), true);
	const struct ups *last = others.from[0], *u;
	int cluster = cluster_limit(c);
	size_t i, n = d->n_supplies;
	long bound = last ? last->set->confirm + POLL_SECONDS + cluster +
	    ORDER_SECONDS + OFF_SECONDS * (long)n : 0;
	struct finding *f;

	for (i = 0; last && i < n; i++) {
		u = d->supplies[i].ups;
		if (d->supplies[i].role != FEEDS_CONTROL || u->set->confirm > bound)
			continue;
		f = report(c, &u->node, KEY,
		    u->set->confirm < bound ?
		    _("Confirmation time: %s (control terminal, %d s) is shorter than the %ld s that the others need to go down: %d s of %s + %d s polling + %d s cluster shutdown + %d s for the orders + %d s for each of %zu UPSs") :
		    _("Confirmation time: %s (control terminal, %d s) leaves no margin to the %ld s that the others need to go down: %d s of %s + %d s polling + %d s cluster shutdown + %d s for the orders + %d s for each of %zu UPSs"),
		    u->name, u->set->confirm, bound, last->set->confirm, last->name,
		    POLL_SECONDS, cluster, ORDER_SECONDS, OFF_SECONDS, n);
		if (u->set->confirm == bound)
			soften(c, f, SEVERITY_NOTE);
		if (bound < INT_MAX)
			offer_number(f, (int)bound + 1);
	}
	extremes_done(&others);
}
