/* The rules on single terminals: R20, R23, R52, R53, R65. */
#include "model/rules-check.h"

#include "base/i18n.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

/* Clocks further apart than this, in seconds, are not synchronised. */
#define CLOCK_TOLERANCE 5

static bool has_other_port(const struct check *c, const struct terminal *t)
{
	return t->set->port != FIELD_NONE &&
	    t->set->port != site_network(c->site)->terminal_port;
}

/* How many terminals have each address. */
static struct map count_addresses(const struct depend *d)
{
	struct map times = { 0 };
	uintptr_t n, key;
	size_t i;

	map_reserve(&times, d->n_terminals);
	for (i = 0; i < d->n_terminals; i++) {
		key = (uintptr_t)d->terminals[i]->address;
		n = (uintptr_t)map_get(&times, key);
		map_put(&times, key, (void *)(n + 1));
	}
	return times;
}

/*
 * Terminals behind one forwarded address have a port each, by which the
 * forwarder tells them apart.
 */
void check_same_port(struct check *c)
{
	const struct depend *d = c->depend;
	const struct terminal *t;
	struct map times = { 0 };
	size_t i;

	for (i = 0; i < d->n_terminals; i++) {
		t = d->terminals[i];
		if (!has_other_port(c, t))
			continue;
		if (!times.n)
			times = count_addresses(d);
		if ((uintptr_t)map_get(&times, (uintptr_t)t->address) == 1)
			offer_text(report(c, &t->node, "Port",
			    _("Port: %s has %d, the site's communication port is %d; it should be the same on every server"),
			    t->name, t->set->port,
			    site_network(c->site)->terminal_port), "");
	}
	map_done(&times);
}

typedef void terminal_check(struct check *, const struct terminal *,
    const struct terminal_facts *);

/* Each terminal of which something is known. */
static void each_terminal(struct check *c, terminal_check *check)
{
	const struct terminal_facts *f;
	size_t i;

	for (i = 0; i < c->depend->n_terminals; i++) {
		f = facts_terminal(c->facts, c->depend->terminals[i]->node.id);
		if (f)
			check(c, c->depend->terminals[i], f);
	}
}

static void check_source_address(struct check *c, const struct terminal *t,
    const struct terminal_facts *f)
{
	uint32_t said, known;

	if (f->speaks_from && field_ipv4(f->speaks_from, &said) &&
	    field_ipv4(t->address, &known) && said != known)
		offer_text(report(c, &t->node, "Address",
		    _("%s is registered with %s and speaks to the cards from %s; register the one that it uses"),
		    t->name, t->address, f->speaks_from), f->speaks_from);
}

static void check_clock(struct check *c, const struct terminal *t,
    const struct terminal_facts *f)
{
	double off = fabs(f->clock_ahead);

	if (!f->clock_known || off <= CLOCK_TOLERANCE)
		return;
	report(c, &t->node, NULL, f->clock_ahead > 0 ?
	    _("the clock of %s is %.0f s ahead; synchronise the clocks of all terminals") :
	    _("the clock of %s is %.0f s behind; synchronise the clocks of all terminals"),
	    t->name, off);
}

static void check_other_software(struct check *c, const struct terminal *t,
    const struct terminal_facts *f)
{
	if (f->other_software && *f->other_software)
		report(c, &t->node, NULL,
		    _("%s runs other UPS software (%s), which acts on an outage, too; remove it"),
		    t->name, f->other_software);
}

static void check_machines(struct check *c, const struct terminal *t,
    const struct terminal_facts *f)
{
	if (t->set->machines == MACHINES_AMC && f->hypervisor_acts == KNOWN_YES)
		offer_text(report(c, &t->node, "VirtualMachines",
		    _("the virtual machines of %s are started and stopped by amc and by the hypervisor as well; one of them must not"),
		    t->name), "hypervisor");
}

void live_source_address(struct check *c)
{
	each_terminal(c, check_source_address);
}

void live_clock(struct check *c)
{
	each_terminal(c, check_clock);
}

void live_other_software(struct check *c)
{
	each_terminal(c, check_other_software);
}

void live_machines(struct check *c)
{
	each_terminal(c, check_machines);
}
