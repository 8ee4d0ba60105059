/* The rules on names and addresses: R3, R12, R13, R14, R19. */
#include "model/rules-check.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>

/* The one that had this name before n, if any; no name at all is the loader's. */
static const struct node *same_name(struct map *seen, const struct node *n)
{
	const char *name = node_name(n);
	const struct node *first;

	if (!*name)
		return NULL;
	first = map_get(seen, (uintptr_t)name);
	if (!first)
		map_put(seen, (uintptr_t)name, (void *)n);
	return first;
}

void check_group_names(struct check *c)
{
	struct map seen = { 0 };
	const struct node *n, *first;
	size_t i;

	map_reserve(&seen, c->depend->n_groups);
	for (i = 0; i < c->depend->n_groups; i++) {
		n = &c->depend->groups[i].group->node;
		first = same_name(&seen, n);
		if (first)
			report(c, n, "Name",
			    _("%s is also the name of the group in %s; names of groups must be unique"),
			    node_name(n), node_name(first->parent));
	}
	map_done(&seen);
}

void check_ups_names(struct check *c)
{
	struct map seen = { 0 };
	const struct node *n, *first;
	const char *name;
	size_t i;

	map_reserve(&seen, c->depend->n_supplies);
	for (i = 0; i < c->depend->n_supplies; i++) {
		n = &c->depend->supplies[i].ups->node;
		name = node_name(n);
		if (!text_is_half_width(name) || text_width(name) > 8)
			report(c, n, "Name",
			    _("%s: the name of a UPS has 1 to 8 half-width characters"),
			    name);
		first = same_name(&seen, n);
		if (first)
			report(c, n, "Name",
			    _("%s is also the name of the UPS in %s; names of UPSs must be unique"),
			    name, node_name(first->parent));
	}
	map_done(&seen);
}

void check_control_terminal(struct check *c)
{
	size_t i;

	for (i = 0; i < c->depend->n_groups; i++)
		if (c->depend->groups[i].control)
			return;
	report(c, &site_network(c->site)->node, NULL,
	    _("there is no control terminal: nobody would watch the UPSs and order shutdowns"));
}

/* A node that shares its address with another. */
struct shared {
	const char *address;
	const struct node *node;
	int port;
	size_t place;		/* in tree order, UPSs first */
};

/* By address, kind and port; of those that are alike, the first comes first. */
static int by_socket(const void *x, const void *y)
{
	const struct shared *a = x, *b = y;

	if (a->address != b->address)
		return (uintptr_t)a->address < (uintptr_t)b->address ? -1 : 1;
	if (a->node->kind != b->node->kind)
		return a->node->kind < b->node->kind ? -1 : 1;
	if (a->port != b->port)
		return a->port < b->port ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

/*
 * Behind one address of a router that forwards ports there may be several
 * cards or several terminals; one of each at one address is a mistake.
 */
static void report_shared(struct check *c, struct shared *list, size_t n)
{
	const struct shared *s, *first = NULL, *other;
	size_t i;

	qsort(list, n, sizeof *list, by_socket);
	for (i = 0; i < n; i++) {
		s = &list[i];
		if (!first || first->address != s->address)
			first = s;
		if (i && list[i - 1].node == s->node)
			continue;
		other = s - 1;
		if (s == first)
			continue;
		if (other->node->kind != s->node->kind || other->port != s->port)
			other = first;
		if (other->node->kind == s->node->kind && other->port != s->port)
			continue;
		report(c, s->node, "Address",
		    _("%s has the address %s, as %s has; every UPS and terminal needs its own"),
		    node_name(s->node), s->address, node_name(other->node));
	}
}

static void check_terminal_names(struct check *c)
{
	struct map seen = { 0 };
	const struct node *n, *first;
	size_t i;

	map_reserve(&seen, c->depend->n_terminals);
	for (i = 0; i < c->depend->n_terminals; i++) {
		n = &c->depend->terminals[i]->node;
		first = same_name(&seen, n);
		if (first)
			report(c, n, "Name",
			    _("%s is also the name of the terminal in %s; names of terminals must be unique"),
			    node_name(n), node_name(first->parent));
	}
	map_done(&seen);
}

void check_addresses(struct check *c)
{
	const struct depend *d = c->depend;
	size_t i, n_all = d->n_supplies + d->n_terminals, n = 0;
	struct shared *all = mem_zero(n_all + 1, sizeof *all);
	struct shared *list = mem_zero(2 * n_all + 1, sizeof *list), *s, *first;
	struct map seen = { 0 };

	map_reserve(&seen, n_all);
	for (i = 0; i < n_all; i++) {
		s = &all[i];
		s->place = i;
		if (i < d->n_supplies) {
			const struct ups *u = d->supplies[i].ups;

			s->node = &u->node;
			s->address = u->address;
			s->port = u->set->snmp_port;
		} else {
			const struct terminal *t =
			    d->terminals[i - d->n_supplies];

			s->node = &t->node;
			s->address = t->address;
			s->port = terminal_port(c->site, t);
		}
		if (!*s->address) {
			report(c, s->node, "Address",
			    _("%s has no IP address: it cannot be reached"),
			    node_name(s->node));
			continue;
		}
		first = map_get(&seen, (uintptr_t)s->address);
		if (!first) {
			map_put(&seen, (uintptr_t)s->address, s);
			continue;
		}
		list[n++] = *first;
		list[n++] = *s;
	}
	report_shared(c, list, n);
	map_done(&seen);
	free(list);
	free(all);
	check_terminal_names(c);
}

static bool is_plain(const char *s)
{
	size_t n;

	for (n = 0; s[n]; n++)
		if (!((s[n] >= '0' && s[n] <= '9') ||
		    (s[n] >= 'A' && s[n] <= 'Z') ||
		    (s[n] >= 'a' && s[n] <= 'z')))
			return false;
	return n <= 15;
}

static void check_plain(struct check *c, const struct node *n)
{
	if (!is_plain(node_name(n)))
		report(c, n, "Name",
		    _("%s: with CLUSTERPRO, names of groups and servers have at most 15 half-width letters and digits"),
		    node_name(n));
}

void check_cluster_names(struct check *c)
{
	size_t i;

	if (site_network(c->site)->cluster_software != CLUSTER_CLUSTERPRO)
		return;
	for (i = 0; i < c->depend->n_groups; i++)
		check_plain(c, &c->depend->groups[i].group->node);
	for (i = 0; i < c->depend->n_terminals; i++)
		check_plain(c, &c->depend->terminals[i]->node);
}
