/*
 * The tree: what hangs where (R1, R2), its order, ids that are never used
 * again, and how a node is found.
 */
#include "model/site.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct node *top_of(const struct site *s)
{
	return &site_network(s)->node;
}

static struct node *add(struct site *s, struct node *parent, enum container c,
    enum kind k, const char *name)
{
	struct err e = { .text = "" };
	struct node *n = site_add(s, parent, c, k, name, &e);

	if (!n)
		fail_msg("%s: %s", name, e.text);
	return n;
}

static struct node *find(const struct site *s, const char *path)
{
	struct err e = { .text = "" };
	struct node *n = site_lookup(s, path, NULL, &e);

	if (!n)
		fail_msg("%s", e.text);
	return n;
}

/* A group with something in each container, made in another order than shown. */
static struct site *sample(void)
{
	struct site *s = site_new();
	struct node *a = add(s, top_of(s), IN_ITSELF, KIND_GROUP, "A");
	struct node *b = add(s, a, IN_CONTROL, KIND_GROUP, "B");

	add(s, a, IN_ITSELF, KIND_GROUP, "D");
	add(s, a, IN_DEVICES, KIND_UPS, "UPS2");
	add(s, a, IN_LINKED, KIND_TERMINAL, "L");
	add(s, a, IN_POWER, KIND_UPS, "UPS1");
	add(s, b, IN_CONTROL, KIND_TERMINAL, "C");
	add(s, top_of(s), IN_ITSELF, KIND_GROUP, "E");
	return s;
}

/* The names below a node in order, each with its container's number. */
static void shows(const struct site *s, const char *want)
{
	struct node *top = top_of(s), *n;
	struct text out = { 0 };

	for (n = node_next(top, top); n; n = node_next(n, top))
		text_printf(&out, "%s%d%s", out.len ? " " : "", n->container,
		    node_name(n));
	assert_string_equal(out.s ? out.s : "", want);
	text_done(&out);
}

static void only_the_grammar_is_allowed(void **state)
{
	/* in a group: by container, then group, ups, terminal */
	static const bool allowed[IN_COUNT][KIND_COUNT] = {
		[IN_POWER] = { [KIND_UPS] = true },
		[IN_CONTROL] = { [KIND_TERMINAL] = true, [KIND_GROUP] = true },
		[IN_LINKED] = { [KIND_TERMINAL] = true, [KIND_GROUP] = true },
		[IN_DEVICES] = { [KIND_UPS] = true, [KIND_GROUP] = true },
		[IN_ITSELF] = { [KIND_GROUP] = true },
	};
	struct site *s = sample();
	enum container c;
	enum kind k;

	(void)state;
	for (c = 0; c < IN_COUNT; c++)
		for (k = 0; k < KIND_COUNT; k++) {
			if (site_allows(find(s, "A"), c, k, NULL) != allowed[c][k])
				fail_msg("%s in %s", kind_word(k),
				    container_key(c));
			if (site_allows(top_of(s), c, k, NULL) !=
			    (c == IN_ITSELF && k == KIND_GROUP))
				fail_msg("%s in the network", kind_word(k));
			assert_false(site_allows(find(s, "UPS1"), c, k, NULL));
			assert_false(site_allows(find(s, "L"), c, k, NULL));
		}
	site_free(s);
}

static void the_grammar_has_words(void **state)
{
	static const struct {
		const char *parent;
		enum container c;
		enum kind kind;
		const char *words;
	} cases[] = {
		{ "network", IN_ITSELF, KIND_UPS,
		  "R1: the network holds power control groups only" },
		{ "network", IN_CONTROL, KIND_GROUP,
		  "R1: the network holds power control groups only" },
		{ "UPS1", IN_ITSELF, KIND_GROUP,
		  "R2: UPS1 is no group: nothing can be below it" },
		{ "A", IN_LINKED, KIND_UPS,
		  "R2: a power device goes into power devices or linked devices of a group" },
		{ "A", IN_DEVICES, KIND_TERMINAL,
		  "R2: a terminal goes into control terminals or linked terminals of a group" },
		{ "A", IN_POWER, KIND_GROUP,
		  "R2: a group does not go into power devices" },
		{ "A", IN_ITSELF, KIND_NETWORK, "R1: there is one network" },
	};
	struct site *s = sample();
	unsigned long changes = site_changes(s);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err e = { .text = "" };

		assert_null(site_add(s, find(s, cases[i].parent), cases[i].c,
		    cases[i].kind, "NEW", &e));
		assert_string_equal(e.text, cases[i].words);
	}
	assert_int_equal(site_changes(s), changes);
	assert_null(site_named(s, KIND_GROUP, "NEW", NULL));
	site_free(s);
}

static void the_order_is_that_of_the_lists(void **state)
{
	struct site *s = sample();
	struct node *a = find(s, "A");

	(void)state;
	shows(s, "4A 0UPS1 1B 1C 2L 3UPS2 4D 4E");
	assert_null(node_next(find(s, "C"), find(s, "B")));	/* its end */
	assert_null(node_next(find(s, "UPS1"), find(s, "UPS1")));
	assert_ptr_equal(node_first(a, IN_DEVICES), find(s, "UPS2"));
	assert_null(node_first(find(s, "UPS2"), IN_POWER));
	assert_true(node_is_below(find(s, "C"), a));
	assert_true(node_is_below(a, a));
	assert_false(node_is_below(a, find(s, "B")));
	assert_int_equal(node_depth(top_of(s)), 0);
	assert_int_equal(node_depth(find(s, "C")), 3);
	assert_int_equal(site_count(s, KIND_GROUP), 4);
	assert_int_equal(site_count(s, KIND_UPS), 2);
	site_free(s);
}

static void nodes_move(void **state)
{
	struct site *s = sample();
	struct err e = { .text = "" };
	unsigned id = find(s, "B")->id;

	(void)state;
	assert_true(site_hang(s, find(s, "B"), find(s, "D"), IN_LINKED, NULL, &e));
	shows(s, "4A 0UPS1 2L 3UPS2 4D 2B 1C 4E");
	assert_int_equal(find(s, "B")->id, id);
	assert_true(site_hang(s, find(s, "E"), find(s, "A"), IN_ITSELF,
	    find(s, "D"), &e));
	shows(s, "4A 0UPS1 2L 3UPS2 4E 4D 2B 1C");
	assert_true(site_hang(s, find(s, "E"), find(s, "A"), IN_ITSELF, NULL, &e));
	shows(s, "4A 0UPS1 2L 3UPS2 4D 2B 1C 4E");
	assert_true(site_hang(s, find(s, "E"), find(s, "A"), IN_ITSELF,
	    find(s, "E"), &e));
	shows(s, "4A 0UPS1 2L 3UPS2 4D 2B 1C 4E");
	assert_false(site_hang(s, find(s, "A"), find(s, "B"), IN_CONTROL, NULL, &e));
	assert_string_equal(e.text, "A cannot hang below itself");
	assert_false(site_hang(s, find(s, "A"), find(s, "A"), IN_ITSELF, NULL, &e));
	assert_string_equal(e.text, "A cannot hang below itself");
	assert_false(site_hang(s, find(s, "L"), find(s, "A"), IN_POWER, NULL, &e));
	shows(s, "4A 0UPS1 2L 3UPS2 4D 2B 1C 4E");
	site_free(s);
}

static void what_is_below_goes_too(void **state)
{
	struct site *s = sample();
	unsigned b = find(s, "B")->id, c = find(s, "C")->id;

	(void)state;
	site_remove(s, find(s, "B"));
	shows(s, "4A 0UPS1 2L 3UPS2 4D 4E");
	assert_null(site_find(s, b));
	assert_null(site_find(s, c));
	assert_int_equal(site_count(s, KIND_GROUP), 3);
	assert_int_equal(site_count(s, KIND_TERMINAL), 1);
	site_remove(s, find(s, "A"));
	site_remove(s, find(s, "E"));
	shows(s, "");
	site_free(s);
}

static void ids_are_never_used_again(void **state)
{
	struct site *s = sample();
	struct node *a = find(s, "A");
	unsigned id = find(s, "UPS1")->id;

	(void)state;
	assert_int_equal(site_id_number(id), 2);
	assert_int_equal(site_id_kind(id), KIND_UPS);
	assert_int_equal(id, site_id(KIND_UPS, 2));
	site_remove(s, site_find(s, id));
	/* what a file keeps, for the next time it is opened */
	assert_int_equal(site_network(s)->last_ups, 2);
	assert_int_equal(site_id_number(add(s, a, IN_POWER, KIND_UPS, "UPS1")->id), 3);
	site_remove(s, find(s, "UPS2"));	/* not the last: nothing to keep */
	assert_int_equal(site_network(s)->last_ups, 2);
	assert_int_equal(site_id_number(add(s, a, IN_POWER, KIND_UPS, "UPS2")->id), 4);
	/* a number that the network keeps counts like one that is there */
	assert_true(site_set(s, top_of(s), field_find(network_fields, "LastUps"),
	    "40", NULL));
	assert_int_equal(site_id_number(add(s, a, IN_POWER, KIND_UPS, "UPS3")->id), 41);
	assert_null(site_create(s, KIND_UPS, 41));
	assert_null(site_create(s, KIND_UPS, 0));
	assert_null(site_create(s, KIND_UPS, SITE_NUMBER + 1));
	site_free(s);
}

static void numbers_run_out_with_words(void **state)
{
	struct site *s = sample();
	struct err e = { .text = "" };

	(void)state;
	assert_true(site_set(s, top_of(s), field_find(network_fields, "LastUps"),
	    "99999999", NULL));
	assert_null(site_add(s, find(s, "A"), IN_POWER, KIND_UPS, "UPS9", &e));
	assert_string_equal(e.text, "there are no numbers left for a new ups");
	assert_true(site_set(s, top_of(s), field_find(network_fields, "LastUps"),
	    "2000000000", NULL));
	assert_null(site_add(s, find(s, "A"), IN_POWER, KIND_UPS, "UPS9", &e));
	site_free(s);
}

/* path NULL: words; container IN_ITSELF for a node. */
static const struct {
	const char *path, *found;
	enum container c;
	const char *words;
} lookups[] = {
	{ "network", "network", IN_ITSELF, NULL },
	{ "B", "B", IN_ITSELF, NULL },
	{ "A/@control/B", "B", IN_ITSELF, NULL },
	{ "A/B", "B", IN_ITSELF, NULL },		/* the only one */
	{ "network/A/D", "D", IN_ITSELF, NULL },
	{ "A/@power", "A", IN_POWER, NULL },
	{ "A/@devices", "A", IN_DEVICES, NULL },
	{ "A/@control/B/@control/C", "C", IN_ITSELF, NULL },
	{ "A/D/rack/4", "rack/4", IN_ITSELF, NULL },	/* a slash in the name */
	{ "rack/4", "rack/4", IN_ITSELF, NULL },
	{ "D/rack/4", "rack/4", IN_ITSELF, NULL },	/* from a unique name */
	{ "B/@control", "B", IN_CONTROL, NULL },
	{ "D/Z", NULL, 0, "D/Z: there is no Z in D" },
	{ "Z/rack/4", NULL, 0, "Z/rack/4: there is no Z in network" },
	{ "twin/x", NULL, 0, "twin/x: there is no twin in network" },
	{ "Z", NULL, 0, "Z: there is no such node" },
	{ "", NULL, 0, "\"\": there is no such node" },
	{ "A/@linked/B", NULL, 0, "A/@linked/B: there is no B in A/@linked" },
	{ "A/Z/C", NULL, 0, "A/Z/C: there is no Z in A" },
	{ "twin", NULL, 0,
	  "twin: there are several: A/@control/twin, A/@linked/twin; give the path" },
	{ "A/@linked/twin", "twin", IN_ITSELF, NULL },
};

static void a_node_is_found_by_name_and_path(void **state)
{
	struct site *s = sample();
	size_t i;

	(void)state;
	add(s, find(s, "D"), IN_CONTROL, KIND_TERMINAL, "rack/4");
	add(s, find(s, "A"), IN_LINKED, KIND_TERMINAL, "twin");
	add(s, find(s, "A"), IN_CONTROL, KIND_TERMINAL, "twin");
	for (i = 0; i < sizeof lookups / sizeof *lookups; i++) {
		struct err e = { .text = "" };
		enum container c = IN_COUNT;
		struct node *n = site_lookup(s, lookups[i].path, &c, &e);

		if (!n != !lookups[i].found)
			fail_msg("%s: %s", lookups[i].path,
			    n ? node_name(n) : e.text);
		if (!n) {
			assert_string_equal(e.text, lookups[i].words);
			continue;
		}
		assert_string_equal(node_name(n), lookups[i].found);
		assert_int_equal(c, lookups[i].c);
		if (c != IN_ITSELF) {
			assert_null(site_lookup(s, lookups[i].path, NULL, &e));
			assert_non_null(strstr(e.text, "is a container, not a node"));
		}
	}
	site_free(s);
}

static void a_path_leads_back(void **state)
{
	struct site *s = sample();
	struct node *top = top_of(s), *n;

	(void)state;
	for (n = node_next(top, top); n; n = node_next(n, top)) {
		char *path = node_path(n);

		assert_ptr_equal(find(s, path), n);
		free(path);
	}
	site_free(s);
}

/* "network" is the site: what has that name is named by its path. */
static void a_group_may_be_called_network(void **state)
{
	struct site *s = sample();
	struct node *top = &site_network(s)->node, *group, *below, *deep;
	char *path;

	(void)state;
	group = add(s, top, IN_ITSELF, KIND_GROUP, "network");
	below = add(s, group, IN_LINKED, KIND_TERMINAL, "host");
	deep = add(s, find(s, "A"), IN_LINKED, KIND_TERMINAL, "network");
	assert_ptr_equal(find(s, "network"), top);
	assert_ptr_equal(find(s, "network/network"), group);
	assert_ptr_equal(find(s, "network/network/@linked/host"), below);
	assert_ptr_equal(find(s, "network/host"), below);
	path = node_path(group);
	assert_ptr_equal(find(s, path), group);
	free(path);
	path = node_path(below);
	assert_ptr_equal(find(s, path), below);
	free(path);
	path = node_path(deep);
	assert_ptr_equal(find(s, path), deep);
	free(path);
	site_free(s);
}

static void groups_nest_a_hundred_deep(void **state)
{
	struct site *s = site_new();
	struct node *n = top_of(s), *deep;
	struct err e = { .text = "" };
	char name[20];
	int i;

	(void)state;
	for (i = 1; i <= SITE_DEPTH; i++) {
		snprintf(name, sizeof name, "G%d", i);
		n = add(s, n, IN_ITSELF, KIND_GROUP, name);
	}
	assert_int_equal(node_depth(n), SITE_DEPTH);
	assert_null(site_add(s, n, IN_ITSELF, KIND_GROUP, "one more", &e));
	assert_string_equal(e.text, "groups nest at most 100 deep");
	assert_int_equal(site_count(s, KIND_GROUP), SITE_DEPTH);
	/* nor by moving a tall tree below a deep place */
	deep = n;
	n = add(s, top_of(s), IN_ITSELF, KIND_GROUP, "tall");
	add(s, n, IN_ITSELF, KIND_GROUP, "taller");
	assert_false(site_hang(s, n, deep->parent, IN_ITSELF, NULL, &e));
	assert_string_equal(e.text, "groups nest at most 100 deep");
	assert_ptr_equal(n->parent, top_of(s));
	site_free(s);
}

static void which_is_before_the_other(void **state)
{
	struct site *s = sample();
	const struct node *all[100], *top = top_of(s);
	size_t n = 0;

	(void)state;
	for (const struct node *x = top; x; x = node_next(x, top)) {
		assert_true(n < sizeof all / sizeof *all);
		all[n++] = x;
	}
	assert_int_equal(n, 9);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			if (i != j)
				assert_int_equal(node_is_before(all[i], all[j]), i < j);
	site_free(s);
}

static void settings_are_set_whole_or_not(void **state)
{
	struct site *s = sample();
	struct node *n = find(s, "UPS1");
	const struct field *f = field_find(ups_fields, "ConfirmSeconds");
	const struct field *own = field_find(ups_fields, "SnmpCommunity");
	const struct node *from;
	struct err e = { .text = "" };

	(void)state;
	assert_int_equal(node_ups(n)->set->confirm, 60);
	assert_false(node_gives(n, f));
	assert_int_equal(node_origin(n, f, &from), FROM_INITIAL);
	assert_false(site_set(s, n, f, "4000", &e));
	assert_string_equal(e.text,
	    "Power failure confirmation time: 4000 is not between 0 and 3600 s");
	assert_int_equal(node_ups(n)->set->confirm, 60);
	assert_true(site_set(s, n, f, "120", &e));
	assert_int_equal(node_ups(n)->set->confirm, 120);
	assert_int_equal(node_origin(n, f, &from), FROM_FILE);
	site_unset(s, n, f);
	assert_int_equal(node_ups(n)->set->confirm, 60);
	assert_false(node_gives(n, f));
	/* what is inherited */
	assert_string_equal(ups_community(node_ups(n)), "public");
	assert_int_equal(node_origin(n, own, &from), FROM_PARENT);
	assert_ptr_equal(from, find(s, "A"));
	assert_true(site_set(s, n, own, "secret", &e));
	assert_string_equal(ups_community(node_ups(n)), "secret");
	assert_true(site_set(s, n, own, "", &e));
	assert_false(node_gives(n, own));
	/* for writing: its own, the group's, or what is used for reading */
	assert_string_equal(ups_write_community(node_ups(n)), "public");
	assert_true(site_set(s, find(s, "A"),
	    field_find(group_fields, "SnmpWriteCommunity"), "group", &e));
	assert_string_equal(ups_write_community(node_ups(n)), "group");
	assert_string_equal(ups_community(node_ups(n)), "public");
	assert_true(site_set(s, n, field_find(ups_fields, "SnmpWriteCommunity"), "own", &e));
	assert_string_equal(ups_write_community(node_ups(n)), "own");
	assert_int_equal(terminal_port(s, node_terminal(find(s, "C"))), 4000);
	assert_int_equal(node_origin(find(s, "C"),
	    field_find(terminal_fields, "Port"), &from), FROM_PARENT);
	assert_ptr_equal(from, top_of(s));
	assert_false(site_set(s, n, field_find(ups_fields, "Parent"), "Group1", &e));
	assert_string_equal(e.text, "UPS1: is moved, not set");
	site_free(s);
}

/* Records with equal settings share them, and a change of one is not one of another. */
static void equal_settings_are_shared(void **state)
{
	struct site *s = site_new();
	struct node *top = &site_network(s)->node, *g, *a, *b;
	const struct field *confirm = field_find(ups_fields, "ConfirmSeconds");
	const struct field *name = field_find(ups_fields, "Name");
	const struct record_settings *was;

	(void)state;
	g = site_add(s, top, IN_ITSELF, KIND_GROUP, "G", NULL);
	a = site_add(s, g, IN_POWER, KIND_UPS, "A", NULL);
	b = site_add(s, g, IN_POWER, KIND_UPS, "B", NULL);
	was = a->settings;
	assert_ptr_equal(b->settings, was);
	assert_true(site_set(s, b, confirm, "61", NULL));
	assert_ptr_equal(a->settings, was);
	assert_int_equal(node_ups(a)->set->confirm, 60);
	assert_int_equal(node_ups(b)->set->confirm, 61);
	assert_false(node_gives(a, confirm));
	assert_true(site_set(s, b, name, "C", NULL));
	assert_string_equal(node_name(a), "A");
	site_unset(s, b, confirm);
	assert_ptr_equal(b->settings, was);
	/* while they are gathered they are its own */
	site_gather(s, a);
	assert_true(site_set(s, a, confirm, "62", NULL));
	assert_true(site_set(s, b, confirm, "63", NULL));
	assert_true(site_set(s, a, confirm, "63", NULL));
	site_settle(s);
	assert_ptr_equal(a->settings, b->settings);
	assert_int_equal(node_ups(a)->set->confirm, 63);
	site_gather(s, a);
	site_remove(s, a);
	assert_int_equal(node_ups(b)->set->confirm, 63);
	site_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_grammar_is_allowed),
		cmocka_unit_test(the_grammar_has_words),
		cmocka_unit_test(the_order_is_that_of_the_lists),
		cmocka_unit_test(nodes_move),
		cmocka_unit_test(what_is_below_goes_too),
		cmocka_unit_test(ids_are_never_used_again),
		cmocka_unit_test(numbers_run_out_with_words),
		cmocka_unit_test(a_node_is_found_by_name_and_path),
		cmocka_unit_test(a_path_leads_back),
		cmocka_unit_test(a_group_may_be_called_network),
		cmocka_unit_test(groups_nest_a_hundred_deep),
		cmocka_unit_test(which_is_before_the_other),
		cmocka_unit_test(settings_are_set_whole_or_not),
		cmocka_unit_test(equal_settings_are_shared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
