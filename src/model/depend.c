#include "model/depend.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>

const char *role_label(enum ups_role role)
{
	static const char *const labels[UPS_ROLES] = {
		[FEEDS_NOTHING] = N_("feeds nothing"),
		[FEEDS_CONTROL] = N_("control terminal"),
		[FEEDS_CONTROL_DISK] = N_("shared disk of control terminals"),
		[FEEDS_LINKED] = N_("linked terminal"),
		[FEEDS_LINKED_DISK] = N_("shared disk of linked terminals"),
	};

	return labels[role];
}

bool ups_is_linked_device(const struct ups *u)
{
	return u->node.container == IN_DEVICES;
}

static enum ups_role role_of(const struct depend_group *g, const struct ups *u)
{
	bool disk = ups_is_linked_device(u);

	if (disk ? g->control_below : g->control)
		return disk ? FEEDS_CONTROL_DISK : FEEDS_CONTROL;
	if (disk ? g->linked_below : g->linked)
		return disk ? FEEDS_LINKED_DISK : FEEDS_LINKED;
	return FEEDS_NOTHING;
}

/* The group at the top of the walk is at its end; the one around it is next. */
static size_t close_group(struct depend *d, size_t i)
{
	struct depend_group *g = &d->groups[i];

	g->end = d->n_supplies;
	g->control_below |= g->control;
	g->linked_below |= g->linked;
	g->power_below |= g->power > 0;
	if (g->parent != DEPEND_TOP) {
		d->groups[g->parent].control_below |= g->control_below;
		d->groups[g->parent].linked_below |= g->linked_below;
		d->groups[g->parent].power_below |= g->power_below;
	}
	return g->parent;
}

static void find_feeders(struct depend *d)
{
	struct depend_group *g;
	size_t i;

	/* a group stands behind the one it hangs in */
	for (i = 0; i < d->n_groups; i++) {
		g = &d->groups[i];
		if (g->power || (g->devices && !g->power_below))
			g->feeder = i;
		else if (g->parent == DEPEND_TOP ||
		    d->groups[g->parent].power)
			g->feeder = DEPEND_TOP;
		else
			g->feeder = d->groups[g->parent].feeder;
	}
}

const struct ups *depend_feed(const struct depend *d, size_t group)
{
	const struct depend_group *g;
	const struct node *n;

	if (d->groups[group].feeder == DEPEND_TOP)
		return NULL;
	g = &d->groups[d->groups[group].feeder];
	n = node_first(&g->group->node, g->power ? IN_POWER : IN_DEVICES);
	while (n->kind != KIND_UPS)
		n = n->next;
	return node_ups(n);
}

struct depend *depend_new(const struct site *site)
{
	struct depend *d = mem_new(struct depend);
	const struct node *top = &site_network(site)->node, *n;
	size_t open = DEPEND_TOP, i;

	d->groups = mem_zero(site_count(site, KIND_GROUP) + 1,
	    sizeof *d->groups);
	d->supplies = mem_zero(site_count(site, KIND_UPS) + 1,
	    sizeof *d->supplies);
	d->terminals = mem_zero(site_count(site, KIND_TERMINAL) + 1,
	    sizeof *d->terminals);
	d->homes = mem_zero(site_count(site, KIND_TERMINAL) + 1,
	    sizeof *d->homes);

	for (n = node_next(top, top); n; n = node_next(n, top)) {
		while (open != DEPEND_TOP &&
		    &d->groups[open].group->node != n->parent)
			open = close_group(d, open);
		switch (n->kind) {
		case KIND_GROUP:
			d->groups[d->n_groups] = (struct depend_group){
				.group = node_group(n), .parent = open,
				.first = d->n_supplies,
			};
			open = d->n_groups++;
			break;
		case KIND_UPS:
			d->supplies[d->n_supplies++] = (struct supply){
				.ups = node_ups(n), .group = open,
			};
			if (n->container == IN_POWER)
				d->groups[open].power++;
			else
				d->groups[open].devices++;
			break;
		case KIND_TERMINAL:
			d->homes[d->n_terminals] = open;
			d->terminals[d->n_terminals++] = node_terminal(n);
			d->groups[open].terminals++;
			if (n->container == IN_CONTROL)
				d->groups[open].control = true;
			else
				d->groups[open].linked = true;
			break;
		}
	}
	while (open != DEPEND_TOP)
		open = close_group(d, open);

	for (i = 0; i < d->n_supplies; i++)
		d->supplies[i].role = role_of(&d->groups[d->supplies[i].group],
		    d->supplies[i].ups);
	find_feeders(d);
	return d;
}

void depend_free(struct depend *d)
{
	if (!d)
		return;
	free(d->groups);
	free(d->supplies);
	free(d->terminals);
	free(d->homes);
	free(d);
}

/* The first terminal at or behind n among its neighbours. */
static const struct node *terminal_from(const struct node *n)
{
	while (n && n->kind != KIND_TERMINAL)
		n = n->next;
	return n;
}

const struct terminal *depend_next_terminal(const struct ups *u,
    const struct terminal *last)
{
	const struct node *group = u->node.parent, *n;

	if (ups_is_linked_device(u)) {
		n = last ? &last->node : group;
		do
			n = node_next(n, group);
		while (n && n->kind != KIND_TERMINAL);
		return n ? node_terminal(n) : NULL;
	}
	n = terminal_from(last ? last->node.next :
	    node_first(group, IN_CONTROL));
	if (!n && (!last || last->node.container == IN_CONTROL))
		n = terminal_from(node_first(group, IN_LINKED));
	return n ? node_terminal(n) : NULL;
}

static const struct node *ups_from(const struct node *n)
{
	while (n && n->kind != KIND_UPS)
		n = n->next;
	return n;
}

const struct ups *depend_next_ups(const struct terminal *t,
    const struct ups *last)
{
	const struct node *group = last ? last->node.parent : t->node.parent;
	const struct node *n;

	n = ups_from(last ? last->node.next : node_first(group, IN_POWER));
	if (!n && (!last || last->node.container == IN_POWER))
		n = ups_from(node_first(group, IN_DEVICES));
	while (!n && group->parent && group->parent->kind == KIND_GROUP) {
		group = group->parent;
		n = ups_from(node_first(group, IN_DEVICES));
	}
	return n ? node_ups(n) : NULL;
}
