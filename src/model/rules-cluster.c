/* The rules on clusters: R9, R10, R54. */
#include "model/rules-check.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>

enum { LEAST_NODES = 2, MOST_NODES = 16 };

static size_t count_nodes(const struct depend *d)
{
	size_t n = 0, i;

	for (i = 0; i < d->n_terminals; i++)
		n += d->terminals[i]->set->cluster_member != 0;
	return n;
}

bool has_cluster(const struct check *c)
{
	return site_network(c->site)->cluster_software != CLUSTER_NONE &&
	    count_nodes(c->depend) > 0;
}

bool has_management_terminal(const struct check *c)
{
	const struct depend *d = c->depend;
	size_t i;

	if (!has_cluster(c))
		return false;
	for (i = 0; i < d->n_terminals; i++)
		if (d->terminals[i]->node.container == IN_CONTROL &&
		    !d->terminals[i]->set->cluster_member)
			return true;
	return false;
}

void check_cluster_controls(struct check *c)
{
	const struct depend *d = c->depend;
	size_t nodes = count_nodes(d), controls = 0, want, i;

	for (i = 0; i < d->n_terminals; i++)
		controls += d->terminals[i]->node.container == IN_CONTROL;
	want = nodes > 2 ? 3 : 2;
	/* one node is none (R10), and no control terminal at all is R12's */
	if (!has_cluster(c) || has_management_terminal(c) || nodes < 2 ||
	    !controls || controls >= want)
		return;
	report(c, &site_network(c->site)->node, NULL,
	    _("a cluster of %zu nodes without a management terminal needs %zu control terminals, and has %zu"),
	    nodes, want, controls);
}

void check_cluster_size(struct check *c)
{
	const struct network *n = site_network(c->site);
	size_t nodes = count_nodes(c->depend);
	struct finding *f;

	if (n->cluster_software == CLUSTER_NONE ||
	    (nodes >= LEAST_NODES && nodes <= MOST_NODES))
		return;
	f = report(c, &n->node, "ClusterSoftware",
	    _("%s: a cluster has %d to %d nodes; cluster members here: %zu"),
	    tr(field_choice(field_find(network_fields, "ClusterSoftware"),
	    n->cluster_software)->label), LEAST_NODES, MOST_NODES, nodes);
	if (!nodes)
		offer_text(f, "none");
}

void check_shared_with_cluster(struct check *c)
{
	const struct depend *d = c->depend;
	/* of those that a group's UPSs feed */
	const struct terminal **in = mem_zero(d->n_groups + 1, sizeof *in);
	const struct terminal **out = mem_zero(d->n_groups + 1, sizeof *out);
	const struct terminal **first;
	size_t i, feeder;

	for (i = 0; has_cluster(c) && i < d->n_terminals; i++) {
		feeder = d->groups[d->homes[i]].feeder;
		first = d->terminals[i]->set->cluster_member ? in : out;
		if (feeder != DEPEND_TOP && !first[feeder])
			first[feeder] = d->terminals[i];
	}
	for (i = 0; i < d->n_groups; i++)
		if (in[i] && out[i])
			report(c, &depend_feed(d, i)->node, NULL,
			    _("%s feeds %s of the cluster and %s, which is none of it: shutting servers down from the cluster's manager would cut its power"),
			    depend_feed(d, i)->name, in[i]->name, out[i]->name);
	free(in);
	free(out);
}
