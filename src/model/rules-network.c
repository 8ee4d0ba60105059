/* The rules on what all groups share to reach each other: R15, R16, R17. */
#include "model/rules-check.h"

#include "base/i18n.h"

#include <string.h>

/* Reports each group whose value is not that of most. */
static void check_same(struct check *c, const char *key)
{
	const struct field *field = field_find(group_fields, key);
	const struct depend *d = c->depend;
	struct tally values = { 0 };
	const char *value, *most;
	size_t i;

	for (i = 0; i < d->n_groups; i++)
		tally_add(&values, (uintptr_t)field_text(field,
		    d->groups[i].group, NULL));
	most = (const char *)values.most;
	for (i = 0; tally_is_mixed(&values) && i < d->n_groups; i++) {
		value = field_text(field, d->groups[i].group, NULL);
		if (value != most)
			offer_text(report(c, &d->groups[i].group->node, key,
			    _("%s: %s has %s, most groups have %s; it must be the same in all groups"),
			    tr(field->label), d->groups[i].group->name, value,
			    most), most);
	}
	tally_done(&values);
}

void check_recognition_code(struct check *c)
{
	check_same(c, "RecognitionCode");
}

void check_same_address(struct check *c)
{
	check_same(c, "CommunicationAddress");
}

/* The control terminals, as far as they are given by an IPv4 address. */
struct controls {
	size_t n, known;
	uint32_t address;	/* of the last one known */
	const struct terminal *last;
	int common;		/* first bits in which all known agree */
	struct map own;		/* those known, by address + 1 */
};

/* How many bits are alike from the left. */
static int alike(uint32_t a, uint32_t b)
{
	return a == b ? 32 : __builtin_clz(a ^ b);
}

static struct controls find_controls(const struct depend *d)
{
	struct controls k = { .common = 32 };
	uint32_t address;
	size_t i;
	int bits;

	for (i = 0; i < d->n_terminals; i++) {
		if (d->terminals[i]->node.container != IN_CONTROL)
			continue;
		k.n++;
		if (!field_ipv4(d->terminals[i]->address, &address))
			continue;
		bits = alike(address, k.known++ ? k.address : address);
		if (bits < k.common)
			k.common = bits;
		k.address = address;
		k.last = d->terminals[i];
		map_put(&k.own, (uintptr_t)address + 1,
		    (void *)d->terminals[i]);
	}
	return k;
}

/*
 * Can it be the broadcast address of one network with all control terminals?
 * With a prefix of p bits, its last 32 - p bits are ones and its first p bits
 * are theirs; no terminal has it for its own.
 */
static bool reaches(const struct controls *k, uint32_t address)
{
	int ones = address == UINT32_MAX ? 32 : __builtin_ctz(~address);
	int same = alike(address, k->address);
	int shortest = 32 - ones, longest = 30;

	if (map_get(&k->own, (uintptr_t)address + 1))
		return k->n == 1;
	if (k->common < longest)
		longest = k->common;
	if (same < longest)
		longest = same;
	if (shortest < 1)
		shortest = 1;
	return shortest <= longest;
}

enum verdict { GOOD, UNCHANGED, UNREACHING };

static enum verdict judge(const struct controls *k, const char *text)
{
	uint32_t address;

	if (strcmp(text, "255.255.255.255") == 0)
		return UNCHANGED;
	if (!k->known || !field_ipv4(text, &address) || reaches(k, address))
		return GOOD;
	return UNREACHING;
}

void check_broadcast(struct check *c)
{
	const struct depend *d = c->depend;
	struct controls k = find_controls(d);
	struct tally values = { 0 };
	const char *most, *text;
	enum verdict verdict;
	struct finding *f;
	size_t i;

	for (i = 0; i < d->n_groups; i++) {
		text = d->groups[i].group->set->communication_address;
		if (judge(&k, text) == GOOD)
			tally_add(&values, (uintptr_t)text);
	}
	most = (const char *)values.most;
	for (i = 0; i < d->n_groups; i++) {
		const struct group *g = d->groups[i].group;

		text = g->set->communication_address;
		verdict = judge(&k, text);
		if (verdict == GOOD)
			continue;
		if (verdict == UNCHANGED)
			f = report(c, &g->node, "CommunicationAddress",
			    _("%s: the communication address is still that of a new group, %s; it should be the local broadcast address that reaches the control terminals"),
			    g->name, text);
		else if (k.n > 1)
			f = report(c, &g->node, "CommunicationAddress",
			    _("%s: the communication address %s is no local broadcast address that reaches all %zu control terminals"),
			    g->name, text, k.n);
		else
			f = report(c, &g->node, "CommunicationAddress",
			    _("%s: the communication address %s is neither the control terminal's nor a local broadcast address that reaches it"),
			    g->name, text);
		if (most)
			offer_text(f, most);
		else if (k.n == 1 && k.known == 1)
			offer_text(f, k.last->address);
	}
	map_done(&k.own);
	tally_done(&values);
}
