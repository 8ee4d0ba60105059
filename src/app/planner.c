#include "app/planner.h"

#include "app/watch.h"
#include "base/mem.h"

#include <stdlib.h>

struct plan *planner_plan(const struct app *a, const struct outage *o)
{
	const struct site *site = app_site(a);
	const struct node *top = &site_network(site)->node, *n;
	struct battery *list = mem_zero(site_count(site, KIND_UPS) + 1, sizeof *list);
	struct plan *plan;
	size_t known = 0;

	for (n = top; n; n = node_next(n, top)) {
		const struct ups_status *s = watch_ups(a, n->id);

		if (s && s->known && watch_ups_state(a, n->id) != UPS_COMM_LOST)
			list[known++] = (struct battery){ n->id,
				s->reading.runtime_seconds };
	}
	plan = plan_new(site, o, list, known);
	free(list);
	return plan;
}
