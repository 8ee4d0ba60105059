#include "model/planning.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

static const struct { const char *word, *label, *rule; } steps[STEP_COUNT] = {
	[STEP_POWER_FAILED] = { "power-failed", N_("power failed"), "R29" },
	[STEP_CONFIRMED] = { "confirmed", N_("confirmed"), "R29" },
	[STEP_SHUTDOWN_ORDERED] = { "shutdown-ordered", N_("shutdown ordered"), "R29" },
	[STEP_CLUSTER_STOPPED] = { "cluster-stopped", N_("cluster stopped"), "R37" },
	[STEP_OS_ORDERED] = { "os-shutdown-ordered", N_("OS shutdown ordered"), "R31" },
	[STEP_OFF_ORDERED] = { "output-off-ordered", N_("output off ordered"), "R32" },
	[STEP_OS_DOWN] = { "os-down", N_("OS down"), "R38" },
	[STEP_OFF] = { "output-off", N_("output off"), "R33" },
};

const char *step_word(enum plan_step s)
{
	return steps[s].word;
}

const char *step_label(enum plan_step s)
{
	return steps[s].label;
}

const char *step_rule(enum plan_step s)
{
	return steps[s].rule;
}

bool planning_sooner(const struct planning *p, size_t a, size_t b)
{
	if (a == NONE || b == NONE)
		return a != NONE;
	return p->depend->supplies[a].ups->set->confirm <
	    p->depend->supplies[b].ups->set->confirm;
}

struct planned_group *planning_home(const struct planning *p, size_t terminal)
{
	return &p->groups[p->depend->homes[terminal]];
}

size_t planning_cause(const struct planning *p, const struct planned_group *g)
{
	return planning_sooner(p, g->own, g->disk) ? g->own : g->disk;
}

const struct toll *planning_toll(const struct planning *p, size_t supply)
{
	const struct supply *s = &p->depend->supplies[supply];
	const struct planned_group *g = &p->groups[s->group];

	return ups_is_linked_device(s->ups) ? &g->below : &g->here;
}

/* Every UPS and terminal, with nothing known of them yet. */
static void take_nodes(struct planning *p)
{
	const struct node *top = &site_network(p->site)->node, *n;
	struct plan *plan = p->plan;
	size_t ups = 0, terminal = 0;

	plan->nodes = mem_zero(p->depend->n_supplies + p->depend->n_terminals + 1,
	    sizeof *plan->nodes);
	for (n = node_next(top, top); n; n = node_next(n, top)) {
		struct plan_node *at = &plan->nodes[plan->n];

		if (n->kind == KIND_GROUP)
			continue;
		at->id = n->id;
		at->runtime = NAN;
		map_put(&plan->at, n->id, at);
		if (n->kind == KIND_UPS) {
			at->failed = outage_has(p->outage, n->id);
			plan->failed += at->failed;
			p->supplies[ups++] = at;
		} else {
			p->terminals[terminal++] = at;
		}
		plan->n++;
	}
	plan->terminals = terminal;
}

static void take_batteries(struct plan *plan, const struct battery *list, size_t n)
{
	struct plan_node *at;
	size_t i;

	for (i = 0; i < n; i++) {
		at = map_get(&plan->at, list[i].ups);
		if (at)
			at->runtime = list[i].runtime;
	}
}

/* Errors first, else as they were found; and on each node the mark of its worst. */
static void sort_verdicts(struct plan *plan)
{
	struct findings *l = &plan->verdicts;
	struct finding *sorted = mem_zero(l->n + 1, sizeof *sorted);
	struct plan_node *node;
	size_t i, n = 0;
	int severity;

	for (severity = SEVERITY_ERROR; severity <= SEVERITY_NOTE; severity++)
		for (i = 0; i < l->n; i++) {
			if ((int)l->list[i].severity != severity)
				continue;
			sorted[n++] = l->list[i];
			node = map_get(&plan->at, l->list[i].node);
			if (node && !node->worst)
				node->worst = 1 + severity;
		}
	free(l->list);
	l->list = sorted;
	l->cap = l->n + 1;
}

struct plan *plan_new(const struct site *site, const struct outage *outage,
    const struct battery *batteries, size_t batteries_n)
{
	struct plan *plan = mem_new(struct plan);
	struct depend *d = depend_new(site);
	struct planning p = {
		.site = site, .outage = outage, .plan = plan, .depend = d,
		.groups = mem_zero(d->n_groups + 1, sizeof *p.groups),
		.supplies = mem_zero(d->n_supplies + 1, sizeof *p.supplies),
		.terminals = mem_zero(d->n_terminals + 1, sizeof *p.terminals),
	};

	take_nodes(&p);
	take_batteries(plan, batteries, batteries_n);
	plan_fates(&p);
	plan_times(&p);
	plan_verdicts(&p);
	sort_verdicts(plan);
	free(p.groups);
	free(p.supplies);
	free(p.terminals);
	depend_free(d);
	return plan;
}

void plan_free(struct plan *plan)
{
	if (!plan)
		return;
	findings_done(&plan->verdicts);
	map_done(&plan->at);
	free(plan->nodes);
	free(plan);
}

const struct plan_node *plan_find(const struct plan *plan, unsigned id)
{
	return map_get(&plan->at, id);
}

bool plan_happens(const struct plan_node *n, enum plan_step s)
{
	return n->steps & 1u << s;
}
