/* plan-times - when each step of an outage happens; a part of plan */
#include "model/planning.h"

#include "base/mem.h"
#include "model/times.h"

#include <stdlib.h>

static struct bounds plus(struct bounds s, int earliest, int latest)
{
	return (struct bounds){ s.earliest + earliest, s.latest + latest };
}

/* When both are done. */
static struct bounds both(struct bounds a, struct bounds b)
{
	return (struct bounds){
		a.earliest > b.earliest ? a.earliest : b.earliest,
		a.latest > b.latest ? a.latest : b.latest };
}

static void happens(struct planning *p, struct plan_node *n, enum plan_step step,
    struct bounds at)
{
	n->steps |= 1u << step;
	n->at[step] = at;
	if (at.latest > p->plan->end)
		p->plan->end = at.latest;
}

static struct bounds confirmed(const struct ups *u)
{
	return (struct bounds){ u->set->confirm, u->set->confirm + POLL_SECONDS };
}

/* The cluster's time K if it is stopped in this outage, else 0. */
static int cluster_stop_seconds(const struct planning *p)
{
	const struct network *n = site_network(p->site);
	bool all = true, shared = false;
	size_t i;

	if (n->cluster_software == CLUSTER_NONE || !n->cluster_shutdown)
		return 0;
	for (i = 0; i < p->depend->n_terminals; i++) {
		if (!p->depend->terminals[i]->set->cluster_member)
			continue;
		all &= p->terminals[i]->fate == FATE_DOWN;
		shared |= p->terminals[i]->fate == FATE_DOWN &&
		    planning_home(p, i)->disk != NONE;
	}
	return all || shared ? n->cluster_timeout : 0;
}

static void stop_terminal(struct planning *p, size_t i, int cluster)
{
	const struct terminal *t = p->depend->terminals[i];
	struct planned_group *g = planning_home(p, i);
	struct plan_node *n = p->terminals[i];
	struct bounds at = confirmed(p->depend->supplies[planning_cause(p, g)].ups);

	happens(p, n, STEP_SHUTDOWN_ORDERED, at);
	if (t->set->cluster_member && cluster) {
		at = plus(at, 0, cluster);
		happens(p, n, STEP_CLUSTER_STOPPED, at);
	}
	at = plus(at, 0, ORDER_SECONDS);
	happens(p, n, STEP_OS_ORDERED, at);
	g->here.ready = both(g->here.ready, at);
	happens(p, n, STEP_OS_DOWN, plus(at, 0, t->set->shutdown_seconds));
}

static const struct terminal *slower(const struct terminal *a, const struct terminal *b)
{
	if (!a || !b)
		return a ? a : b;
	return b->set->shutdown_seconds > a->set->shutdown_seconds ? b : a;
}

static void add_toll(struct toll *sum, const struct toll *t)
{
	sum->terminals += t->terminals;
	sum->down += t->down;
	sum->ready = both(sum->ready, t->ready);
	sum->slowest = slower(sum->slowest, t->slowest);
}

static void stop_terminals(struct planning *p)
{
	int cluster = cluster_stop_seconds(p);
	struct planned_group *g;
	size_t i, parent;

	for (i = 0; i < p->depend->n_terminals; i++) {
		g = planning_home(p, i);
		g->here.terminals++;
		if (p->terminals[i]->fate != FATE_DOWN)
			continue;
		g->here.down++;
		stop_terminal(p, i, cluster);
		g->here.slowest = slower(g->here.slowest, p->depend->terminals[i]);
	}
	for (i = p->depend->n_groups; i-- > 0; ) {
		g = &p->groups[i];
		add_toll(&g->below, &g->here);
		parent = p->depend->groups[i].parent;
		if (parent != DEPEND_TOP)
			add_toll(&p->groups[parent].below, &g->below);
	}
}

/*
 * A UPS's turn when the orders go out, and when its servers are ready for it.
 * A linked device that has its mains gets no order, but has its turn: the manual
 * counts it (R35).
 */
struct turn {
	size_t supply;
	struct bounds ready;
	bool order;
};

static int by_readiness(const void *x, const void *y)
{
	const struct turn *a = x, *b = y;

	if (a->ready.latest != b->ready.latest)
		return a->ready.latest < b->ready.latest ? -1 : 1;
	return a->supply < b->supply ? -1 : a->supply > b->supply;
}

static struct turn turn_of(const struct planning *p, size_t supply)
{
	const struct ups *u = p->depend->supplies[supply].ups;
	const struct toll *t = planning_toll(p, supply);
	bool disk = ups_is_linked_device(u), failed = p->supplies[supply]->failed;

	return (struct turn){
		.supply = supply,
		/* a disk may be confirmed when its servers are down already */
		.ready = disk && failed ? both(t->ready, confirmed(u)) : t->ready,
		.order = t->down == t->terminals && (failed || !disk),
	};
}

static void switch_off(struct planning *p, size_t supply, struct bounds at)
{
	const struct supply *s = &p->depend->supplies[supply];
	struct plan_node *n = p->supplies[supply];
	int delay = s->ups->set->grace +
	    (n->failed ? 0 : s->ups->set->low_battery + ONLINE_SECONDS);

	n->fate = FATE_DOWN;
	happens(p, n, STEP_OFF_ORDERED, at);
	happens(p, n, STEP_OFF, plus(at, delay, delay));
	if (n->failed)
		n->required = n->at[STEP_OFF].latest;
}

/*
 * One after another: of those that are ready together nobody knows which is the
 * last, so all are told when they are told at the latest.
 */
static void order_off(struct planning *p)
{
	struct turn *turns = mem_zero(p->depend->n_supplies + 1, sizeof *turns);
	size_t i, n = 0, next;
	int done = 0;

	for (i = 0; i < p->depend->n_supplies; i++)
		if (planning_toll(p, i)->down)
			turns[n++] = turn_of(p, i);
	if (n)
		qsort(turns, n, sizeof *turns, by_readiness);
	for (i = 0; i < n; i = next) {
		for (next = i; next < n &&
		    turns[next].ready.latest == turns[i].ready.latest; next++)
			;
		if (done < turns[i].ready.latest || p->outage->parallel)
			done = turns[i].ready.latest;
		done += OFF_SECONDS * (p->outage->parallel ? 1 : (int)(next - i));
		for (; i < next; i++)
			if (turns[i].order)
				switch_off(p, turns[i].supply, (struct bounds){
				    turns[i].ready.earliest, done });
	}
	free(turns);
}

static void live_until(struct planning *p)
{
	int others = 0, all = 0, at;
	size_t i;

	for (i = 0; i < p->depend->n_supplies; i++) {
		if (!plan_happens(p->supplies[i], STEP_OFF_ORDERED))
			continue;
		at = p->supplies[i]->at[STEP_OFF_ORDERED].latest;
		if (at > all)
			all = at;
		if (at > others && p->depend->supplies[i].role != FEEDS_CONTROL)
			others = at;
	}
	p->plan->control_seconds = others ? others : all;
}

void plan_times(struct planning *p)
{
	size_t i;

	for (i = 0; i < p->depend->n_supplies; i++)
		if (p->supplies[i]->failed) {
			happens(p, p->supplies[i], STEP_POWER_FAILED,
			    (struct bounds){ 0, 0 });
			happens(p, p->supplies[i], STEP_CONFIRMED,
			    confirmed(p->depend->supplies[i].ups));
		}
	stop_terminals(p);
	order_off(p);
	live_until(p);
}
