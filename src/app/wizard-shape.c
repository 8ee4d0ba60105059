/*
 * The standard sites: which nodes each has, and how many.
 *
 * Sources: amc.md b.4; the sites of the documents are also in data/samples.
 */
#include "app/wizarding.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* A row of a tree. */
struct piece {
	int depth;		/* 1: a group at the top */
	enum container container;
	enum kind kind;
	const char *part, *also;
	const char *count;	/* the question that tells how many, with all below it */
	const char *set;
};

/*
 * Servers of the mixed configurations, a letter each: 'o' has its own UPS, '-'
 * has none, 's' shares one. Each has its own group (R5, R6).
 */
struct mixed {
	const char *control, *linked;
	bool shared_by_linked;	/* the shared UPS and its users are a group of their own */
};

struct wizard_shape {
	const char *name;
	const struct piece *pieces;	/* ended by depth 0, or NULL: */
	struct mixed mixed;
};

#define MEMBER "ClusterMember=yes"

static const struct piece single[] = {
	{ 1, IN_ITSELF, KIND_GROUP, "group", "groups", NULL, NULL },
	{ 2, IN_POWER, KIND_UPS, "ups", "upses server-upses", NULL, NULL },
	{ 2, IN_CONTROL, KIND_TERMINAL, "server", "", NULL, NULL },
	{ 0 }
};

static const struct piece management[] = {
	{ 1, IN_ITSELF, KIND_GROUP, "control-group", "groups", NULL, NULL },
	{ 2, IN_POWER, KIND_UPS, "control-ups", "upses server-upses", NULL, NULL },
	{ 2, IN_CONTROL, KIND_TERMINAL, "control", "", NULL, NULL },
	{ 1, IN_ITSELF, KIND_GROUP, "cluster-group", "groups", NULL, NULL },
	{ 2, IN_DEVICES, KIND_UPS, "disk-ups", "upses", NULL, NULL },
	{ 2, IN_ITSELF, KIND_GROUP, "node-group", "groups", "Nodes", NULL },
	{ 3, IN_POWER, KIND_UPS, "node-ups", "upses server-upses", NULL, NULL },
	{ 3, IN_LINKED, KIND_TERMINAL, "node", "", NULL, MEMBER },
	{ 0 }
};

static const struct piece no_management[] = {
	{ 1, IN_ITSELF, KIND_GROUP, "cluster-group", "groups", NULL, NULL },
	{ 2, IN_CONTROL, KIND_GROUP, "control-group", "groups", "ControlTerminals", NULL },
	{ 3, IN_POWER, KIND_UPS, "control-ups", "upses server-upses", NULL, NULL },
	{ 3, IN_CONTROL, KIND_TERMINAL, "control", "", NULL, MEMBER },
	{ 2, IN_DEVICES, KIND_UPS, "disk-ups", "upses", NULL, NULL },
	{ 2, IN_ITSELF, KIND_GROUP, "linked-group", "groups", "LinkedTerminals", NULL },
	{ 3, IN_POWER, KIND_UPS, "linked-ups", "upses server-upses", NULL, NULL },
	{ 3, IN_LINKED, KIND_TERMINAL, "linked", "", NULL, MEMBER },
	{ 0 }
};

static const struct piece ssc[] = {
	{ 1, IN_ITSELF, KIND_GROUP, "site-group", "groups", NULL, NULL },
	{ 2, IN_CONTROL, KIND_GROUP, "cluster-group", "groups", NULL, NULL },
	{ 3, IN_CONTROL, KIND_GROUP, "control-group", "groups", "ControlTerminals", NULL },
	{ 4, IN_POWER, KIND_UPS, "control-ups", "upses control-upses", NULL, NULL },
	{ 4, IN_CONTROL, KIND_TERMINAL, "control", "", NULL, MEMBER },
	{ 3, IN_DEVICES, KIND_UPS, "control-disk-ups", "upses", NULL, NULL },
	{ 2, IN_ITSELF, KIND_GROUP, "disk-group", "groups", NULL, NULL },
	{ 3, IN_DEVICES, KIND_UPS, "linked-disk-ups", "upses", NULL, NULL },
	{ 3, IN_ITSELF, KIND_GROUP, "blade-group", "groups", NULL, NULL },
	{ 4, IN_POWER, KIND_UPS, "blade-ups", "upses linked-upses", NULL, NULL },
	{ 4, IN_LINKED, KIND_TERMINAL, "blade", "", "BladeServers", NULL },
	{ 3, IN_ITSELF, KIND_GROUP, "rack-group", "groups", NULL, NULL },
	{ 4, IN_POWER, KIND_UPS, "rack-ups", "upses linked-upses", NULL, NULL },
	{ 4, IN_LINKED, KIND_TERMINAL, "rack", "", "RackServers", NULL },
	{ 0 }
};

static const struct wizard_shape shapes[] = {
	{ "single-server", single, { 0 } },
	{ "management-terminal", management, { 0 } },
	{ "no-management-terminal", no_management, { 0 } },
	{ "ssc-cluster", ssc, { 0 } },
	{ "mixed-1", NULL, { "-", "-o", false } },
	{ "mixed-2", NULL, { "--", "-o", false } },
	{ "mixed-3", NULL, { "-", "ss", true } },
	{ "mixed-4", NULL, { "s", "ss", false } },
	{ "mixed-5", NULL, { "ss", "ss", false } },
	{ "mixed-6", NULL, { "oo", "-", false } },
	{ "mixed-7", NULL, { "oo", "o-", false } },
	{ "mixed-8", NULL, { "o-", "-", false } },
	{ "mixed-9", NULL, { "o-", "-o", false } },
};

const struct wizard_shape *shape_at(size_t i)
{
	return i < sizeof shapes / sizeof *shapes ? &shapes[i] : NULL;
}

const struct wizard_shape *shape_find(const char *name)
{
	const struct wizard_shape *s;

	for (size_t i = 0; (s = shape_at(i)); i++)
		if (strcmp(s->name, name) == 0)
			return s;
	return NULL;
}

const char *shape_question(const struct wizard_shape *s, size_t i)
{
	for (const struct piece *p = s->pieces; p && p->depth; p++)
		if (p->count && i-- == 0)
			return p->count;
	return NULL;
}

bool shape_counts(const struct wizard_shape *s, const char *question)
{
	const char *q;

	for (size_t i = 0; (q = shape_question(s, i)); i++)
		if (strcmp(q, question) == 0)
			return true;
	return false;
}

/* Its index; the parent is the last one that is one level up. */
static void add(struct items *l, int at[], const struct piece *p, int number)
{
	mem_grow(l->list, l->n, l->cap);
	at[p->depth] = (int)l->n;
	l->list[l->n++] = (struct item){ .kind = p->kind, .container = p->container,
	    .parent = at[p->depth - 1], .part = p->part, .also = p->also, .set = p->set,
	    .number = number };
}

enum { DEPTH = 8 };

/* From p to the last row that is below it. */
static const struct piece *end_of(const struct piece *p)
{
	int depth = p->depth;

	do
		p++;
	while (p->depth > depth);
	return p;
}

static void add_tree(struct items *l, const struct piece *p, shape_count *count, void *arg)
{
	int at[DEPTH] = { 0 };

	while (p->depth) {
		const struct piece *end = p + 1;
		int times = 1;

		if (p->count) {
			end = end_of(p);
			times = count(p->count, arg);
		}
		for (int i = 1; i <= times; i++)
			for (const struct piece *q = p; q < end; q++)
				add(l, at, q, p->count ? i : 0);
		p = end;
	}
}

static void add_servers(struct items *l, int at[], int depth, enum container in,
    const char *letters)
{
	bool control = in == IN_CONTROL;

	for (int i = 0; letters[i]; i++) {
		bool bare = letters[i] == '-';
		/* Advance (Wake-on-LAN) where no UPS of its own switches the server */
		bool advance = control ? bare : letters[i] != 'o';
		struct piece group = { depth, in, KIND_GROUP, control ? "control-group" :
		    "linked-group", "groups", NULL, NULL };
		struct piece ups = { depth + 1, IN_POWER, KIND_UPS, control ? "control-ups" :
		    "linked-ups", control ? "upses control-upses" : "upses linked-upses",
		    NULL, NULL };
		struct piece server = { depth + 1, in, KIND_TERMINAL, control ? "control" :
		    "linked", control ? (bare ? "bare-controls" : "fed-controls") :
		    (bare ? "bare-linkeds" : "fed-linkeds"), NULL,
		    advance ? "Mode=advance" : NULL };

		add(l, at, &group, i + 1);
		if (letters[i] == 'o')
			add(l, at, &ups, i + 1);
		add(l, at, &server, i + 1);
	}
}

static void add_mixed(struct items *l, const struct mixed *m)
{
	static const struct piece top = { 1, IN_ITSELF, KIND_GROUP, "power-group",
	    "groups", NULL, NULL };
	static const struct piece sharing = { 2, IN_LINKED, KIND_GROUP, "sharing-group",
	    "groups", NULL, NULL };
	bool shared = strchr(m->linked, 's') != NULL;
	struct piece ups = { m->shared_by_linked ? 3 : 2, IN_DEVICES, KIND_UPS,
	    m->shared_by_linked ? "sharing-ups" : "shared-ups", "upses", NULL, NULL };
	int at[DEPTH] = { 0 };

	add(l, at, &top, 0);
	add_servers(l, at, 2, IN_CONTROL, m->control);
	if (m->shared_by_linked)
		add(l, at, &sharing, 0);
	add_servers(l, at, m->shared_by_linked ? 3 : 2, IN_LINKED, m->linked);
	if (shared)
		add(l, at, &ups, 0);
}

void shape_items(const struct wizard_shape *s, shape_count *count, void *arg,
    struct items *l)
{
	l->n = 0;
	mem_grow(l->list, l->n, l->cap);
	l->list[l->n++] = (struct item){ .kind = KIND_NETWORK, .container = IN_ITSELF,
	    .part = "network", .also = "" };
	if (s->pieces)
		add_tree(l, s->pieces, count, arg);
	else
		add_mixed(l, &s->mixed);
}

bool item_takes(const struct item *item, const char *part)
{
	size_t len = strlen(part);

	if (strcmp(item->part, part) == 0)
		return true;
	for (const char *s = item->also; *s; s += strspn(s, " ")) {
		size_t word = strcspn(s, " ");

		if (word == len && strncmp(s, part, len) == 0)
			return true;
		s += word;
	}
	return false;
}

const char *part_key(const char *part, int number, char *buf, size_t size)
{
	int first = (int)strcspn(part, "-");

	if (number)
		snprintf(buf, size, "%.*s%d%s", first, part, number, part + first);
	else
		snprintf(buf, size, "%s", part);
	return buf;
}

/* A cluster has 2 to 16 nodes (R10). */
const struct field wizard_fields[] = {
	{ .key = "Network", .type = FIELD_TEXT, .min = 1, .max = 64, .initial = "",
	  .label = N_("Network"),
	  .help = N_("An address in it and its mask, or an interface of this machine: the local broadcast address follows from it (R18), and addresses are proposed in it.") },
	{ .key = "Nodes", .type = FIELD_NUMBER, .min = 2, .max = 16, .initial = "2",
	  .label = N_("Cluster servers"),
	  .help = N_("How many nodes the cluster has, 2 to 16 (R10). Each gets a group, a UPS and a linked terminal.") },
	{ .key = "ControlTerminals", .type = FIELD_NUMBER, .min = 2, .max = 16, .initial = "2",
	  .label = N_("Control terminals"),
	  .help = N_("How many nodes of the cluster control the UPSs: 2 of two, 3 of three and more (R9). The other nodes are linked terminals.") },
	{ .key = "LinkedTerminals", .type = FIELD_NUMBER, .min = 0, .max = 14, .initial = "0",
	  .label = N_("Linked terminals"),
	  .help = N_("How many further nodes the cluster has; with the control terminals at most 16 (R10).") },
	{ .key = "BladeServers", .type = FIELD_NUMBER, .min = 1, .max = 99, .initial = "2",
	  .label = N_("Blade servers"),
	  .help = N_("How many blade servers run on their common UPS.") },
	{ .key = "RackServers", .type = FIELD_NUMBER, .min = 1, .max = 99, .initial = "2",
	  .label = N_("100 series servers"),
	  .help = N_("How many servers of the 100 series run on their common UPS.") },
	{ .key = NULL }
};

bool wizard_network(const char *text, struct ipv4_net *net, struct err *e)
{
	struct interface list[64];
	size_t n;

	if (strchr(text, '/'))
		return ipv4_net_read(text, net, e);
	n = interface_list(list, sizeof list / sizeof *list);
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].name, text) == 0) {
			*net = (struct ipv4_net){ list[i].address, list[i].mask };
			return true;
		}
	ipv4_net_read(text, net, e);
	return err_at(e, _("%s: no interface of this machine is called so"), text);
}

bool wizard_check(const struct field *f, const char *text, struct err *e)
{
	struct ipv4_net net;
	int n;

	if (!field_check(f, text, &n, e))
		return false;
	return f != &wizard_fields[0] || wizard_network(text, &net, e) ||
	    err_at(e, "%s", tr(f->label));
}
