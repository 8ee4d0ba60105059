/* What feeds what: roles, scope and feeders, on the shapes of amc.md b.3. */
#include "model/depend.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct node *add(struct site *s, struct node *parent, enum container in,
    enum kind k, const char *name)
{
	struct err e = { .text = "" };
	struct node *n = site_add(s, parent, in, k, name, &e);

	if (!n)
		fail_msg("%s: %s", name, e.text);
	return n;
}

/*
 * The SSC shape in small: two control terminals with a UPS each and a shared
 * disk, beside it a group whose disk serves linked terminals in a nested group.
 */
static struct site *cluster(void)
{
	struct site *s = site_new();
	struct node *top = add(s, &site_network(s)->node, IN_ITSELF, KIND_GROUP, "top");
	struct node *g, *c;

	c = add(s, top, IN_CONTROL, KIND_GROUP, "cluster");
	g = add(s, c, IN_CONTROL, KIND_GROUP, "c1");
	add(s, g, IN_POWER, KIND_UPS, "UPS1");
	add(s, g, IN_CONTROL, KIND_TERMINAL, "sv1");
	g = add(s, c, IN_CONTROL, KIND_GROUP, "c2");
	add(s, g, IN_POWER, KIND_UPS, "UPS2");
	add(s, g, IN_CONTROL, KIND_TERMINAL, "sv2");
	add(s, c, IN_DEVICES, KIND_UPS, "UPS3");

	c = add(s, top, IN_ITSELF, KIND_GROUP, "disk");
	add(s, c, IN_DEVICES, KIND_UPS, "UPS4");
	g = add(s, c, IN_ITSELF, KIND_GROUP, "blades");
	add(s, g, IN_POWER, KIND_UPS, "UPS5");
	add(s, g, IN_LINKED, KIND_TERMINAL, "blade1");
	add(s, g, IN_LINKED, KIND_TERMINAL, "blade2");

	g = add(s, top, IN_ITSELF, KIND_GROUP, "empty");
	add(s, g, IN_POWER, KIND_UPS, "UPS6");
	add(s, g, IN_DEVICES, KIND_UPS, "UPS7");
	return s;
}

static void roles_follow_the_containers(void **state)
{
	static const enum ups_role want[] = { FEEDS_CONTROL, FEEDS_CONTROL,
		FEEDS_CONTROL_DISK, FEEDS_LINKED_DISK, FEEDS_LINKED,
		FEEDS_NOTHING, FEEDS_NOTHING };
	struct site *s = cluster();
	struct depend *d = depend_new(s);
	char name[32];
	size_t i;

	(void)state;
	assert_int_equal(d->n_supplies, 7);
	for (i = 0; i < d->n_supplies; i++) {
		snprintf(name, sizeof name, "UPS%zu", i + 1);
		assert_string_equal(d->supplies[i].ups->name, name);
		assert_int_equal(d->supplies[i].role, want[i]);
	}
	assert_int_equal(d->n_terminals, 4);
	assert_string_equal(d->terminals[3]->name, "blade2");
	depend_free(d);
	site_free(s);
}

/* "GROUP<UPS" for each group whose terminals a UPS feeds. */
static void feeds(struct site *s, const char *want)
{
	struct depend *d = depend_new(s);
	struct text out = { 0 };
	const struct ups *u;
	size_t i;

	text_add(&out, "");
	for (i = 0; i < d->n_groups; i++) {
		u = depend_feed(d, i);
		if (u)
			text_printf(&out, "%s<%s ", d->groups[i].group->name,
			    u->name);
	}
	assert_string_equal(out.s, want);
	text_done(&out);
	depend_free(d);
	site_free(s);
}

static void a_disk_feeds_no_server(void **state)
{
	struct site *s = site_new();
	struct node *g, *below;

	(void)state;
	feeds(cluster(), "c1<UPS1 c2<UPS2 blades<UPS5 empty<UPS6 ");

	/* a linked device over servers that have no UPS of their own */
	g = add(s, &site_network(s)->node, IN_ITSELF, KIND_GROUP, "shared");
	add(s, g, IN_DEVICES, KIND_GROUP, "inner");
	add(s, g, IN_DEVICES, KIND_UPS, "UPS1");
	add(s, g, IN_DEVICES, KIND_UPS, "UPS2");
	below = add(s, g, IN_LINKED, KIND_GROUP, "one");
	below = add(s, below, IN_LINKED, KIND_GROUP, "two");
	add(s, below, IN_LINKED, KIND_TERMINAL, "sv1");
	add(s, &site_network(s)->node, IN_ITSELF, KIND_GROUP, "bare");
	feeds(s, "shared<UPS1 one<UPS1 two<UPS1 inner<UPS1 ");
}

static void homes_are_the_groups_of_terminals(void **state)
{
	struct site *s = cluster();
	struct depend *d = depend_new(s);
	size_t i;

	(void)state;
	for (i = 0; i < d->n_terminals; i++)
		assert_ptr_equal(&d->groups[d->homes[i]].group->node,
		    d->terminals[i]->node.parent);
	assert_int_equal(d->groups[d->homes[3]].terminals, 2);
	assert_int_equal(d->groups[d->homes[3]].power, 1);
	assert_int_equal(d->groups[d->homes[3]].devices, 0);
	assert_true(d->groups[0].power_below);
	depend_free(d);
	site_free(s);
}

static void a_group_knows_the_range_of_its_ups(void **state)
{
	static const struct { const char *name; size_t first, end; } want[] = {
		{ "top", 0, 7 }, { "cluster", 0, 3 }, { "c1", 0, 1 },
		{ "c2", 1, 2 }, { "disk", 3, 5 }, { "blades", 4, 5 },
		{ "empty", 5, 7 },
	};
	struct site *s = cluster();
	struct depend *d = depend_new(s);
	size_t i;

	(void)state;
	assert_int_equal(d->n_groups, 7);
	for (i = 0; i < d->n_groups; i++) {
		assert_string_equal(d->groups[i].group->name, want[i].name);
		assert_int_equal(d->groups[i].first, want[i].first);
		assert_int_equal(d->groups[i].end, want[i].end);
	}
	assert_int_equal(d->groups[0].parent, DEPEND_TOP);
	assert_int_equal(d->groups[3].parent, 1);
	assert_true(d->groups[0].control_below && !d->groups[0].control);
	assert_true(!d->groups[4].control_below && d->groups[4].linked_below);
	depend_free(d);
	site_free(s);
}

static const struct node *named(const struct site *s, const char *name)
{
	const struct node *n = &site_network(s)->node;

	while (n && strcmp(node_name(n), name) != 0)
		n = node_next(n, &site_network(s)->node);
	assert_non_null(n);
	return n;
}

static char *terminals_of(const struct site *s, const char *ups)
{
	const struct ups *u = node_ups(named(s, ups));
	const struct terminal *t = NULL;
	struct text all = { 0 };

	while ((t = depend_next_terminal(u, t)))
		text_printf(&all, "%s ", t->name);
	return text_take(&all);
}

static char *feeders_of(const struct site *s, const char *terminal)
{
	const struct terminal *t = node_terminal(named(s, terminal));
	const struct ups *u = NULL;
	struct text all = { 0 };

	while ((u = depend_next_ups(t, u)))
		text_printf(&all, "%s ", u->name);
	return text_take(&all);
}

static void is(char *got, const char *want)
{
	assert_string_equal(got, want);
	free(got);
}

static void both_ways_round(void **state)
{
	struct site *s = cluster();
	struct node *top;

	(void)state;
	is(terminals_of(s, "UPS1"), "sv1 ");
	is(terminals_of(s, "UPS3"), "sv1 sv2 ");
	is(terminals_of(s, "UPS4"), "blade1 blade2 ");
	is(terminals_of(s, "UPS5"), "blade1 blade2 ");
	is(terminals_of(s, "UPS6"), "");
	is(terminals_of(s, "UPS7"), "");
	is(feeders_of(s, "sv2"), "UPS2 UPS3 ");
	is(feeders_of(s, "blade2"), "UPS5 UPS4 ");

	/* a power device feeds its own group's terminals, not those below */
	top = (struct node *)named(s, "top");
	add(s, top, IN_POWER, KIND_UPS, "UPS8");
	add(s, top, IN_POWER, KIND_UPS, "UPS9");
	add(s, top, IN_DEVICES, KIND_UPS, "UPS10");
	add(s, top, IN_CONTROL, KIND_TERMINAL, "manager");
	add(s, top, IN_LINKED, KIND_TERMINAL, "linked");
	is(terminals_of(s, "UPS8"), "manager linked ");
	is(terminals_of(s, "UPS10"), "sv1 sv2 manager linked blade1 blade2 ");
	is(feeders_of(s, "linked"), "UPS8 UPS9 UPS10 ");
	is(feeders_of(s, "sv1"), "UPS1 UPS3 UPS10 ");
	site_free(s);
}

static void an_empty_site_has_nothing(void **state)
{
	struct site *s = site_new();
	struct depend *d = depend_new(s);

	(void)state;
	assert_int_equal(d->n_groups + d->n_supplies + d->n_terminals, 0);
	depend_free(d);
	depend_free(NULL);
	site_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roles_follow_the_containers),
		cmocka_unit_test(a_disk_feeds_no_server),
		cmocka_unit_test(homes_are_the_groups_of_terminals),
		cmocka_unit_test(a_group_knows_the_range_of_its_ups),
		cmocka_unit_test(both_ways_round),
		cmocka_unit_test(an_empty_site_has_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
