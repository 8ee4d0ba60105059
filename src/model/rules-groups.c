/* The rules on how servers are parted into groups: R5, R6, R8, R11. */
#include "model/rules-check.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>

/* How many of each group's own terminals are in Advance mode; yours to free. */
static size_t *count_advance(const struct depend *d)
{
	size_t *n = mem_zero(d->n_groups + 1, sizeof *n), i;

	for (i = 0; i < d->n_terminals; i++)
		n[d->homes[i]] += d->terminals[i]->set->mode == MODE_ADVANCE;
	return n;
}

/* Are there servers with a UPS and servers without? */
static bool is_mixed(const struct depend *d)
{
	bool with = false, without = false;
	size_t i;

	for (i = 0; i < d->n_groups; i++)
		if (d->groups[i].terminals) {
			with |= d->groups[i].feeder != DEPEND_TOP;
			without |= d->groups[i].feeder == DEPEND_TOP;
		}
	return with && without;
}

/*
 * A server that is to stand alone gets a group inside the one it is in. There its
 * power devices would not feed it any more, so where there are some nothing is
 * offered, nor where the name is a group's already.
 */
static void offer_own_group(struct check *c, struct finding *f, const struct depend_group *g,
    bool advance)
{
	const struct node *last = NULL, *n;

	for (enum container in = IN_CONTROL; in <= IN_LINKED; in++)
		for (n = node_first(&g->group->node, in); n; n = n->next)
			if (n->kind == KIND_TERMINAL &&
			    (!advance || node_terminal(n)->set->mode == MODE_ADVANCE))
				last = n;
	if (last && !g->power && !site_named(c->site, KIND_GROUP, node_name(last), NULL))
		finding_move(f, last, &g->group->node, last->container, node_name(last));
}

void check_one_server(struct check *c)
{
	const struct depend *d = c->depend;
	size_t *advance = count_advance(d), i;
	const struct depend_group *g;

	/* where one of them is in Advance mode, R6 says it */
	for (i = 0; is_mixed(d) && i < d->n_groups; i++) {
		g = &d->groups[i];
		if (g->terminals > 1 && !advance[i])
			offer_own_group(c, report(c, &g->group->node, NULL,
			    _("%s has %zu servers; where some servers have a UPS and some have none, each needs a group of its own"),
			    g->group->name, g->terminals), g, false);
	}
	free(advance);
}

void check_advance_alone(struct check *c)
{
	const struct depend *d = c->depend;
	size_t *advance = count_advance(d), i;
	const struct depend_group *g;

	for (i = 0; i < d->n_groups; i++) {
		g = &d->groups[i];
		if (g->terminals > 1 && advance[i])
			offer_own_group(c, report(c, &g->group->node, NULL,
			    _("%s has %zu servers, of them %zu in Advance mode; a server in Advance mode needs a group of its own"),
			    g->group->name, g->terminals, advance[i]), g, true);
	}
	free(advance);
}

/* The first UPS of a shared disk among the group's linked devices, or NULL. */
static const struct node *disk_of(const struct depend_group *g)
{
	const struct node *n;

	/* without power devices in its reach it feeds the servers themselves */
	if (!g->devices || !g->power_below || !g->linked_below)
		return NULL;
	for (n = node_first(&g->group->node, IN_DEVICES); n; n = n->next)
		if (n->kind == KIND_UPS &&
		    node_ups(n)->set->network_gear != GEAR_ONLY)
			return n;
	return NULL;
}

void check_one_container(struct check *c)
{
	const struct depend *d = c->depend;
	const struct node **around = mem_zero(d->n_groups + 1, sizeof *around);
	const struct node *disk, *outer;
	size_t i;

	/* around[i]: the innermost disk of the group i and of those around it */
	for (i = 0; i < d->n_groups; i++) {
		const struct depend_group *g = &d->groups[i];

		outer = g->parent == DEPEND_TOP ? NULL : around[g->parent];
		disk = disk_of(g);
		around[i] = disk ? disk : outer;
		if (disk && outer)
			finding_move(report(c, disk, NULL,
			    _("%s (%s) and %s (%s): linked terminals cannot use shared disks in the linked devices of two groups; put all their disks into one"),
			    node_name(disk), g->group->name, node_name(outer),
			    node_name(outer->parent)), disk, outer->parent, IN_DEVICES, NULL);
	}
	free(around);
}

void check_group_per_ups(struct check *c)
{
	const struct depend *d = c->depend;
	const struct depend_group *g;
	size_t i, needed;

	for (i = 0; i < d->n_groups; i++) {
		g = &d->groups[i];
		needed = (size_t)g->group->set->required_ups;
		if (!g->linked || g->terminals < 2 || g->power < 2 ||
		    (needed && needed < g->power))
			continue;
		report(c, &g->group->node, "RequiredUps",
		    ngettext("%s: its %zu server uses %zu UPSs and needs all of them; make a group for each UPS, or say how many UPSs the server needs",
		    "%s: its %zu servers use %zu UPSs and need all of them; make a group for each UPS with its servers, or say how many UPSs each server needs", (unsigned long)g->terminals),
		    g->group->name, g->terminals, g->power);
	}
}
