/* plan-events - the steps of all nodes as one list by time; a part of plan */
#include "model/plan.h"

#include "base/mem.h"

#include <stdlib.h>

/* An event on its way to its place; place: of its node in the tree. */
struct placed {
	struct plan_event event;
	size_t place;
};

static int by_time(const void *x, const void *y)
{
	const struct placed *a = x, *b = y;
	const struct plan_event *e = &a->event, *f = &b->event;

	if (e->at.earliest != f->at.earliest)
		return e->at.earliest < f->at.earliest ? -1 : 1;
	if (e->at.latest != f->at.latest)
		return e->at.latest < f->at.latest ? -1 : 1;
	if (e->step != f->step)
		return e->step < f->step ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

struct plan_event *plan_events(const struct plan *plan, size_t *n)
{
	struct placed *list = mem_zero(plan->n * STEP_COUNT + 1, sizeof *list);
	struct plan_event *events;
	size_t i;
	int step;

	*n = 0;
	for (i = 0; i < plan->n; i++)
		for (step = 0; step < STEP_COUNT; step++)
			if (plan_happens(&plan->nodes[i], step))
				list[(*n)++] = (struct placed){ {
				    plan->nodes[i].id, step,
				    plan->nodes[i].at[step] }, i };
	if (*n)
		qsort(list, *n, sizeof *list, by_time);
	events = mem_zero(*n + 1, sizeof *events);
	for (i = 0; i < *n; i++)
		events[i] = list[i].event;
	free(list);
	return events;
}
