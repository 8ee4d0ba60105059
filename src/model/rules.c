#include "model/rules-check.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct rule rules[] = {
	{ "R1", SEVERITY_ERROR, NULL,
	  N_("The network holds power control groups only."),
	  N_("Groups are created under the network; everything else belongs to one of a group's four containers.") },
	{ "R2", SEVERITY_ERROR, NULL,
	  N_("UPSs are power devices or linked devices, terminals are control or linked terminals."),
	  N_("What a UPS feeds follows from the container it stands in, and so does who gives the orders.") },
	{ "R3", SEVERITY_ERROR, check_group_names,
	  N_("Names of groups are unique."),
	  N_("The system guide asks not to use the same name for two power control groups.") },
	{ "R12", SEVERITY_ERROR, check_control_terminal,
	  N_("There is at least one control terminal."),
	  N_("Only a control terminal watches UPSs and orders shutdowns.") },
	{ "R13", SEVERITY_ERROR, check_addresses,
	  N_("UPSs and terminals have an address each, and terminals a name each, that no other has."),
	  N_("What is said to one must not reach another, and what has no address cannot be reached at all.") },
	{ "R14", SEVERITY_ERROR, check_ups_names,
	  N_("Names of UPSs are unique, with 1 to 8 half-width characters."),
	  N_("The name is kept in the card, which has room for 8 bytes; the system guide asks for a unique one.") },
	{ "R15", SEVERITY_ERROR, check_recognition_code,
	  N_("All groups have the same recognition code."),
	  N_("Terminals take messages with their own code only: with another code they do not hear each other.") },
	{ "R16", SEVERITY_ERROR, check_same_address,
	  N_("All groups have the same communication address."),
	  N_("The system guide asks for one address in all groups, so that every terminal's message reaches every control terminal.") },
	{ "R17", SEVERITY_WARNING, check_broadcast,
	  N_("The communication address is the local broadcast address that reaches the control terminals, or the address of the only one."),
	  N_("A message to another address does not arrive at the control terminals. 255.255.255.255 is what a new group has; it leaves a server with several networks by one of them only.") },
	{ "R19", SEVERITY_WARNING, check_cluster_names,
	  N_("With CLUSTERPRO, names of groups and servers have at most 15 characters, half-width letters and digits only."),
	  N_("The cooperation with CLUSTERPRO uses an interface that takes no others; the service then reports an error and does not start.") },
	{ "R24", SEVERITY_ERROR, check_control_times,
	  N_("The UPSs of all control terminals have the same confirmation time."),
	  N_("Control terminals take over from each other: whichever it is, it must live equally long.") },
	{ "R25", SEVERITY_WARNING, check_order_of_times,
	  N_("Confirmation times: control terminals longer than their shared disks, longer than linked terminals, longer than the shared disks of those."),
	  N_("Who is needed by others must act on an outage later than they do: 120, 90, 60 and 30 s in the manual's example.") },
	{ "R26", SEVERITY_ERROR, check_disk_times,
	  N_("A shared disk's UPS has a shorter confirmation time than the UPSs of the servers that use the disk."),
	  N_("The servers must be told to stop because of the disk before each of them acts on its own UPS.") },
	{ "R27", SEVERITY_WARNING, check_control_outlasts,
	  N_("A control terminal's confirmation time covers the shutdown of all others."),
	  N_("It must not go down itself before it has ordered all others down: confirmation, 8 s of polling, the cluster's shutdown, 60 s for the orders and 2 s for each UPS.") },
	{ "R43", SEVERITY_ERROR, check_same_recovery,
	  N_("The linked devices of a group recover alike."),
	  N_("Disks start one after another at recovery, and the servers behind all of them; with different settings there is no such order.") },
	{ "R44", SEVERITY_WARNING, check_recovery,
	  N_("Shared disks of control terminals reboot from the control terminal, those of linked terminals by the UPS."),
	  N_("Without a management terminal the cluster's servers start first and wait for their disk; with one, the disk comes back first.") },
	{ "R45", SEVERITY_ERROR, check_warm_up,
	  N_("The Warm-UP time is a multiple of 360 s."),
	  N_("A UPS counts its sleep in tenths of an hour.") },
	{ NULL, 0, NULL, NULL, NULL }
};

const struct rule *rule_find(const char *number)
{
	const struct rule *r;

	for (r = rules; r->number; r++)
		if (strcmp(r->number, number) == 0)
			return r;
	return NULL;
}

const char *severity_word(enum severity s)
{
	static const char *const words[] = {
		/* the first two are marked where they have a plural (bars.c) */
		[SEVERITY_ERROR] = "error",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_NOTE] = N_("note"),
	};

	return words[s];
}

static char *vprint(const char *fmt, va_list ap)
{
	va_list again;
	char *s;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	s = mem_zero((size_t)len + 1, 1);
	vsnprintf(s, (size_t)len + 1, fmt, ap);
	return s;
}

static struct finding *vadd(struct findings *l, const char *rule,
    enum severity severity, unsigned node, const struct field *field,
    const char *fmt, va_list ap)
{
	struct finding *f;

	mem_grow(l->list, l->n, l->cap);
	f = &l->list[l->n++];
	*f = (struct finding){ .rule = rule, .severity = severity,
		.node = node, .field = field, .message = vprint(fmt, ap) };
	l->count[severity]++;
	return f;
}

struct finding *findings_add(struct findings *l, const char *rule,
    enum severity severity, unsigned node, const struct field *field,
    const char *fmt, ...)
{
	struct finding *f;
	va_list ap;

	va_start(ap, fmt);
	f = vadd(l, rule, severity, node, field, fmt, ap);
	va_end(ap);
	return f;
}

void finding_fix(struct finding *f, unsigned node, const char *key,
    const char *fmt, ...)
{
	va_list ap;

	free(f->fix_value);
	va_start(ap, fmt);
	f->fix_value = vprint(fmt, ap);
	va_end(ap);
	f->fix_node = node;
	f->fix_key = key;
}

void findings_done(struct findings *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		free(l->list[i].message);
		free(l->list[i].fix_value);
	}
	free(l->list);
	*l = (struct findings){ 0 };
}

struct finding *report(struct check *c, const struct node *n, const char *key,
    const char *fmt, ...)
{
	const struct field *field = NULL;
	struct finding *f;
	va_list ap;

	if (key)
		field = field_find(record_fields(n->kind), key);
	va_start(ap, fmt);
	f = vadd(c->findings, c->rule->number, c->rule->severity, n->id, field,
	    fmt, ap);
	va_end(ap);
	return f;
}

void soften(struct check *c, struct finding *f, enum severity s)
{
	c->findings->count[f->severity]--;
	c->findings->count[s]++;
	f->severity = s;
}

void offer_text(struct finding *f, const char *value)
{
	finding_fix(f, f->node, f->field->key, "%s", value);
}

void offer_number(struct finding *f, int value)
{
	if (value >= f->field->min && value <= f->field->max)
		finding_fix(f, f->node, f->field->key, "%d", value);
}

void tally_add(struct tally *t, uintptr_t key)
{
	uintptr_t times = (uintptr_t)map_get(&t->count, key) + 1;

	map_put(&t->count, key, (void *)times);
	if (times > t->times) {
		t->times = times;
		t->most = key;
	}
}

bool tally_is_mixed(const struct tally *t)
{
	return t->count.n > 1;
}

void tally_done(struct tally *t)
{
	map_done(&t->count);
}

bool has_cluster(const struct check *c)
{
	size_t i;

	if (site_network(c->site)->cluster_software == CLUSTER_NONE)
		return false;
	for (i = 0; i < c->depend->n_terminals; i++)
		if (c->depend->terminals[i]->cluster_member)
			return true;
	return false;
}

/* A finding on its way to its place: its node's place in the tree, then as found. */
struct place {
	uintptr_t node;
	size_t found;
	struct finding finding;
};

static int by_place(const void *x, const void *y)
{
	const struct place *a = x, *b = y;

	if (a->node != b->node)
		return a->node < b->node ? -1 : 1;
	return a->found < b->found ? -1 : a->found > b->found;
}

static void sort(const struct site *site, struct finding *list, size_t n)
{
	const struct node *top = &site_network(site)->node, *at;
	struct place *places = mem_zero(n + 1, sizeof *places);
	struct map where = { 0 };
	uintptr_t place = 0;
	size_t i;

	for (at = top; at; at = node_next(at, top))
		map_put(&where, (uintptr_t)at, (void *)++place);
	for (i = 0; i < n; i++)
		places[i] = (struct place){
			(uintptr_t)map_get(&where, (uintptr_t)site_find(site,
			    list[i].node)), i, list[i] };
	qsort(places, n, sizeof *places, by_place);
	for (i = 0; i < n; i++)
		list[i] = places[i].finding;
	map_done(&where);
	free(places);
}

void rules_check(const struct site *site, struct findings *findings)
{
	struct depend *depend = depend_new(site);
	struct check c = { .site = site, .depend = depend,
		.findings = findings };
	size_t before = findings->n;

	for (c.rule = rules; c.rule->number; c.rule++)
		if (c.rule->check)
			c.rule->check(&c);
	if (findings->n > before + 1)
		sort(site, findings->list + before, findings->n - before);
	depend_free(depend);
}
