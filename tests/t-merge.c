/*
 * Two edited copies of one site as one: what each side did is there, what both
 * did to the same is told and nothing merged. And in an app: the file changed
 * underneath while there were edits.
 */
#include "app/merging.h"
#include "app/history.h"
#include "base/file.h"
#include "base/loop.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* network: A { @power U1 U2, @control T1, B { @linked T2 }, C {} } */
static struct site *base_site(void)
{
	struct site *s = site_new();
	struct node *top = &site_network(s)->node;
	struct node *a = site_add(s, top, IN_ITSELF, KIND_GROUP, "A", NULL);
	struct node *b = site_add(s, a, IN_ITSELF, KIND_GROUP, "B", NULL);

	site_add(s, a, IN_ITSELF, KIND_GROUP, "C", NULL);
	site_add(s, a, IN_POWER, KIND_UPS, "U1", NULL);
	site_add(s, a, IN_POWER, KIND_UPS, "U2", NULL);
	site_add(s, a, IN_CONTROL, KIND_TERMINAL, "T1", NULL);
	site_add(s, b, IN_LINKED, KIND_TERMINAL, "T2", NULL);
	return s;
}

static struct node *named(struct site *s, const char *path, enum container *c)
{
	struct err e = { .text = "" };
	struct node *n = site_lookup(s, path, c, &e);

	if (!n)
		fail_msg("%s", e.text);
	return n;
}

static enum kind kind_of(const char *word)
{
	enum kind k = KIND_GROUP;

	while (strcmp(kind_word(k), word) != 0)
		k++;
	return k;
}

/*
 * "set U1 ConfirmSeconds 90", "add A/@power ups U3", "move T2 C/@linked", "remove B",
 * "before U2 U1"
 */
static void run(struct site *s, const char *line)
{
	char copy[200], *w[4] = { "", "", "", "" }, *rest = copy;
	struct err e = { .text = "" };
	struct node *n, *to;
	enum container c;
	bool ok = true;

	snprintf(copy, sizeof copy, "%s", line);
	for (int i = 0; i < 4 && (w[i] = strsep(&rest, " ")); i++)
		continue;
	n = named(s, w[1], &c);
	if (strcmp(w[0], "set") == 0) {
		ok = site_set(s, n, field_find(record_fields(n->kind), w[2]), w[3], &e);
	} else if (strcmp(w[0], "unset") == 0) {
		site_unset(s, n, field_find(record_fields(n->kind), w[2]));
	} else if (strcmp(w[0], "add") == 0) {
		ok = site_add(s, n, c, kind_of(w[2]), w[3], &e);
	} else if (strcmp(w[0], "before") == 0) {
		to = named(s, w[2], &c);
		ok = site_hang(s, n, to->parent, to->container, to, &e);
	} else if (strcmp(w[0], "move") == 0) {
		to = named(s, w[2], &c);
		ok = site_hang(s, n, to, c, NULL, &e);
	} else {
		site_remove(s, n);
	}
	if (!ok)
		fail_msg("%s: %s", line, e.text);
}

struct merge_case {
	const char *words;
	const char *mine[4], *theirs[4];
	const char *result;	/* what is changed of base, or "! ..." */
};

static const struct merge_case cases[] = {
	{ "nothing is nothing", { 0 }, { 0 }, "" },
	{ "two nodes", { "set U1 ConfirmSeconds 90" }, { "set U2 ConfirmSeconds 80" },
	  "~ A/@power/U1: ConfirmSeconds 60 -> 90\n~ A/@power/U2: ConfirmSeconds 60 -> 80\n" },
	{ "two keys of one node", { "set U1 ConfirmSeconds 90" }, { "set U1 GraceSeconds 80" },
	  "~ A/@power/U1: ConfirmSeconds 60 -> 90\n~ A/@power/U1: GraceSeconds 300 -> 80\n" },
	{ "the same key to the same", { "set U1 ConfirmSeconds 90" },
	  { "set U1 ConfirmSeconds 90" }, "~ A/@power/U1: ConfirmSeconds 60 -> 90\n" },
	{ "the same key to two values", { "set U1 ConfirmSeconds 90" },
	  { "set U1 ConfirmSeconds 80" }, "! A/@power/U1: ConfirmSeconds here 90, in the file 80\n" },
	{ "a secret is not told", { "set A SnmpCommunity geheim" },
	  { "set A SnmpCommunity anders" }, "! A: both changed SnmpCommunity\n" },
	{ "given as its initial value against another",
	  { "set U1 ConfirmSeconds 60" }, { "set U1 ConfirmSeconds 80" },
	  "! A/@power/U1: ConfirmSeconds here 60, in the file 80\n" },
	{ "network settings", { "set network Armed yes" }, { "set network TerminalPort 4001" },
	  "~ network: TerminalPort 4000 -> 4001\n~ network: Armed no -> yes\n" },
	{ "each adds one, of the same number", { "add A/@power ups U3" },
	  { "add B/@power ups U4" }, "+ A/@power/U3\n+ A/B/@power/U4\n" },
	{ "and what hangs below is where it belongs",
	  { "add A group D", "add D/@power ups U3", "set U3 ConfirmSeconds 7" },
	  { "add A group E", "add E/@power ups U4" },
	  "+ A/E\n+ A/E/@power/U4\n+ A/D\n+ A/D/@power/U3: ConfirmSeconds=7\n" },
	{ "both add the same name", { "add A/@power ups U3" }, { "add B/@power ups U3" },
	  "! A/@power/U3: both added one of this name\n" },
	{ "one adds a name that the other gives",
	  { "add A/@power ups U3" }, { "set U1 Name U3" },
	  "! A/@power/U3: the other gave this name to another node\n" },
	{ "one moves, the other sets", { "move T2 C/@linked" }, { "set T2 ShutdownSeconds 9" },
	  "> A/B/@linked/T2 -> A/C/@linked/T2\n~ A/C/@linked/T2: ShutdownSeconds 60 -> 9\n" },
	{ "both move it to the same place", { "move T2 C/@linked" }, { "move T2 C/@linked" },
	  "> A/B/@linked/T2 -> A/C/@linked/T2\n" },
	{ "both move it to different places", { "move T2 C/@linked" }, { "move T2 A/@control" },
	  "! A/C/@linked/T2: both moved it, to different places\n" },
	{ "each into the other", { "move B C" }, { "move C B" },
	  "! A/C/B: it cannot hang where it was moved to any more\n" },
	{ "moved into what is removed", { "move T1 B/@linked" }, { "remove B" },
	  "! A/B/@linked/T1: where it was moved to is removed\n" },
	{ "added to what is removed", { "add B/@power ups U3" }, { "remove B" },
	  "! A/B/@power/U3: where it was added is removed\n" },
	{ "removed by one", { "remove U2" }, { "set U1 ConfirmSeconds 80" },
	  "~ A/@power/U1: ConfirmSeconds 60 -> 80\n- A/@power/U2\n" },
	{ "removed by both", { "remove B" }, { "remove B" }, "- A/B\n- A/B/@linked/T2\n" },
	{ "removed here, changed there", { "remove U1" }, { "set U1 ConfirmSeconds 80" },
	  "! A/@power/U1: removed here, changed by the other\n" },
	{ "changed here, removed there", { "set U1 ConfirmSeconds 80" }, { "remove U1" },
	  "! A/@power/U1: removed by the other, changed here\n" },
	{ "removed with what the other put below", { "remove B" }, { "add B/@power ups U3" },
	  "! A/B: removed here, changed by the other\n" },
	{ "removed with what the other moved below", { "remove B" }, { "move T1 B/@linked" },
	  "! A/B: removed here, changed by the other\n" },
	{ "removed after its content was saved", { "move T2 C/@linked", "remove B" }, { 0 },
	  "> A/B/@linked/T2 -> A/C/@linked/T2\n- A/B\n" },
	{ "saved by the other from what is removed here", { "remove B" }, { "move T2 C/@linked" },
	  "! A/B/@linked/T2: removed here, changed by the other\n" },
	{ "another order by one", { "before C B" }, { "set U1 ConfirmSeconds 80" },
	  "~ A: order B, C -> C, B\n~ A/@power/U1: ConfirmSeconds 60 -> 80\n" },
	{ "by the other", { "set U1 ConfirmSeconds 80" }, { "before U2 U1" },
	  "~ A/@power: order U1, U2 -> U2, U1\n~ A/@power/U1: ConfirmSeconds 60 -> 80\n" },
	{ "the same by both", { "before U2 U1" }, { "before U2 U1" },
	  "~ A/@power: order U1, U2 -> U2, U1\n" },
	{ "another one by each", { "add A/@power ups U3", "before U2 U1" },
	  { "before U2 U1", "add A/@power ups U4" },
	  "~ A/@power: order U1, U2 -> U2, U1\n+ A/@power/U4\n+ A/@power/U3\n" },
	{ "a new one stands where it was put", { "add A/@power ups U3", "before U3 U2" },
	  { "set U1 ConfirmSeconds 80" },
	  "~ A/@power/U1: ConfirmSeconds 60 -> 80\n+ A/@power/U3\n" },
	{ "a value that is not given any more", { "unset U1 GraceSeconds" },
	  { "set U1 ConfirmSeconds 80" }, "~ A/@power/U1: ConfirmSeconds 60 -> 80\n" },
};

static void check(const struct merge_case *c)
{
	struct site *base = base_site(), *mine, *theirs, *merged;
	struct conflicts conflicts = { 0 };
	struct changes changes = { 0 };
	struct text got = { 0 };

	mine = site_copy(base);
	theirs = site_copy(base);
	for (int i = 0; i < 4 && c->mine[i]; i++)
		run(mine, c->mine[i]);
	for (int i = 0; i < 4 && c->theirs[i]; i++)
		run(theirs, c->theirs[i]);
	merged = merge_sites(base, mine, theirs, &conflicts);
	text_add(&got, "");
	if (merged)
		diff_sites(base, merged, &changes);
	changes_print(&changes, &got);
	conflicts_print(&conflicts, &got);
	if (strcmp(got.s, c->result) != 0)
		fail_msg("%s:\n%swas wanted, not\n%s", c->words, c->result, got.s);
	assert_int_equal(merged == NULL, conflicts.n > 0);
	text_done(&got);
	changes_done(&changes);
	conflicts_done(&conflicts);
	site_free(merged);
	site_free(theirs);
	site_free(mine);
	site_free(base);
}

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(&cases[i]);
}

/* Names in a container, as "U1 U2". */
static void stands(struct site *s, const char *path, const char *wanted)
{
	struct text got = { 0 };
	enum container c;
	const struct node *parent = named(s, path, &c);

	for (const struct node *n = node_first(parent, c); n; n = n->next)
		text_printf(&got, "%s%s", got.len ? " " : "", node_name(n));
	assert_string_equal(got.s, wanted);
	text_done(&got);
}

struct order_case {
	const char *mine[4], *theirs[4], *result;	/* NULL: a conflict */
};

static void test_orders(void **state)
{
	static const struct order_case list[] = {
		{ { "before U3 U1" }, { "set U1 ConfirmSeconds 80" }, "U3 U1 U2" },
		{ { "set U1 ConfirmSeconds 80" }, { "before U3 U1" }, "U3 U1 U2" },
		{ { "before U3 U1" }, { "before U2 U1" }, NULL },
		{ { "before U3 U1" }, { "before U3 U1", "add A/@power ups U4", "before U4 U2" },
		  "U3 U1 U4 U2" },
		{ { "before U3 U1" }, { "add A/@power ups U4", "before U4 U1" }, "U4 U3 U1 U2" },
		{ { "before U3 U1" }, { "add A/@power ups U4", "before U4 U3" }, "U3 U1 U2 U4" },
		{ { "add A/@power ups U4", "before U4 U1" }, { "add A/@power ups U5" },
		  "U4 U1 U2 U3 U5" },
		{ { "add A/@power ups U4", "before U4 U3" }, { "before U3 U1" }, "U3 U1 U2 U4" },
		{ { "before U3 U1" }, { "remove U1" }, "U3 U2" },
		{ { "remove U2" }, { "before U3 U1" }, "U3 U1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		struct site *base = base_site(), *mine, *theirs, *merged;
		struct conflicts conflicts = { 0 };

		run(base, "add A/@power ups U3");
		mine = site_copy(base);
		theirs = site_copy(base);
		for (int k = 0; k < 4 && list[i].mine[k]; k++)
			run(mine, list[i].mine[k]);
		for (int k = 0; k < 4 && list[i].theirs[k]; k++)
			run(theirs, list[i].theirs[k]);
		merged = merge_sites(base, mine, theirs, &conflicts);
		if (merged && list[i].result)
			stands(merged, "A/@power", list[i].result);
		else if (merged || list[i].result)
			fail_msg("case %zu: %s", i, merged ? "no conflict" : "a conflict");
		if (!merged)
			assert_string_equal(conflicts.list[0].words,
			    "both put what is in it in another order");
		conflicts_done(&conflicts);
		site_free(merged);
		site_free(theirs);
		site_free(mine);
		site_free(base);
	}
}

static void differs(struct site *a, struct site *b, const char *wanted)
{
	struct changes changes = { 0 };
	struct text got = { 0 };

	text_add(&got, "");
	diff_sites(a, b, &changes);
	changes_print(&changes, &got);
	assert_string_equal(got.s, wanted);
	changes_done(&changes);
	text_done(&got);
}

/* What an added node is given, without secrets, and what stands in another order. */
static void test_differences(void **state)
{
	struct site *a = base_site(), *b = site_copy(a), *c;
	struct err e;

	(void)state;
	run(b, "add A/@power ups U3");
	assert_true(site_set(b, named(b, "U3", NULL), field_find(ups_fields, "Description"),
	    "two words", &e));
	run(b, "set U3 SnmpCommunity geheim");
	differs(a, b, "+ A/@power/U3: SnmpCommunity=******** Description=\"two words\"\n");
	c = site_copy(b);
	assert_true(site_hang(c, named(c, "U3", NULL), named(c, "A", NULL), IN_POWER,
	    named(c, "U1", NULL), &e));
	differs(b, c, "~ A/@power: order U1, U2, U3 -> U3, U1, U2\n");
	/* one more in front is another order of nobody */
	differs(a, c, "+ A/@power/U3: SnmpCommunity=******** Description=\"two words\"\n");
	run(c, "move U1 B/@power");
	differs(b, c, "~ A/@power: order U2, U3 -> U3, U2\n> A/@power/U1 -> A/B/@power/U1\n");
	for (int i = 10; i < 30; i++) {
		char line[40];

		snprintf(line, sizeof line, "add B group G%d", i);
		run(b, line);
	}
	site_free(c);
	c = site_copy(b);
	assert_true(site_hang(c, named(c, "G10", NULL), named(c, "B", NULL), IN_ITSELF, NULL, &e));
	differs(b, c, "~ A/B: order G10, G11, G12, G13, G14, G15, G16, G17, … -> "
	    "G11, G12, G13, G14, G15, G16, G17, G18, …\n");
	site_free(a);
	site_free(b);
	site_free(c);
}

/* What one side added has all its settings, also under its new number. */
static void test_settings_of_new(void **state)
{
	struct site *base = base_site(), *mine = site_copy(base);
	struct site *theirs = site_copy(base), *merged;
	struct conflicts conflicts = { 0 };

	(void)state;
	run(mine, "add A/@power ups U3");
	run(mine, "set U3 ConfirmSeconds 7");
	run(mine, "remove U3");
	run(mine, "add A/@power ups U5");
	run(mine, "set U5 ConfirmSeconds 8");
	run(theirs, "add A/@power ups U4");
	run(theirs, "add A/@power ups U6");
	merged = merge_sites(base, mine, theirs, &conflicts);
	assert_non_null(merged);
	assert_int_equal(node_ups(named(merged, "U5", NULL))->set->confirm, 8);
	assert_int_equal(named(merged, "U4", NULL)->id, site_id(KIND_UPS, 3));
	assert_int_equal(named(merged, "U6", NULL)->id, site_id(KIND_UPS, 4));
	assert_int_equal(named(merged, "U5", NULL)->id, site_id(KIND_UPS, 5));
	site_free(merged);
	site_free(theirs);
	site_free(mine);
	site_free(base);
}

static void same_sites(const struct site *a, const struct site *b)
{
	const struct node *x = &site_network(a)->node, *top_x = x;
	const struct node *y = &site_network(b)->node, *top_y = y;
	const struct field *f;
	char p[16], q[16];

	for (; x && y; x = node_next(x, top_x), y = node_next(y, top_y)) {
		assert_int_equal(x->id, y->id);
		assert_int_equal(x->container, y->container);
		assert_int_equal(x->settings->given, y->settings->given);
		for (f = record_fields(x->kind); f->key; f++)
			assert_string_equal(field_text(f, x, p), field_text(f, y, q));
	}
	assert_ptr_equal(x, y);
}

/* Also what was removed last: its number does not come again. */
static void test_copy(void **state)
{
	struct site *s = base_site(), *copy;

	(void)state;
	run(s, "set U1 SnmpCommunity x");
	run(s, "remove U2");
	copy = site_copy(s);
	same_sites(s, copy);
	run(copy, "add A/@power ups U9");
	assert_int_equal(named(copy, "U9", NULL)->id, site_id(KIND_UPS, 3));
	assert_null(site_named(s, KIND_UPS, "U9", NULL));
	site_free(s);
	site_free(copy);
}

/* An app with a file of its own. */
struct world {
	char dir[40], path[60];
	struct loop *loop;
	struct app *app;
};

static void must(bool ok, const struct err *e)
{
	if (!ok)
		fail_msg("%s", e->text);
}

static unsigned id_of(struct app *a, const char *name)
{
	struct err e = { .text = "" };
	struct node *n = site_lookup(app_site(a), name, NULL, &e);

	must(n, &e);
	return n->id;
}

/* What somebody else does to the file. */
static void other_sets(struct world *w, const char *name, const char *key,
    const char *value)
{
	struct app_options o = { 0 };
	struct err e = { .text = "" };
	struct app *other = app_new(w->loop, &o, &e);

	must(other && app_open(other, w->path, &e), &e);
	must(app_set(other, id_of(other, name), key, value, &e), &e);
	must(app_save(other, &e), &e);
	app_free(other);
}

static int make_world(void **state)
{
	static const char bytes[] = "; first\n[Network]\nFormat=1\nRevision=4\n"
	    "[Group1]\nName=A\nParent=Network\n"
	    "[Ups1]\nName=U1\nParent=Group1.PowerDevices\n; of U2\n"
	    "[Ups2]\nName=U2\nParent=Group1.PowerDevices\n[Plugin]\nx=1\n";
	struct world *w = mem_new(struct world);
	struct app_options o = { 0 };
	struct err e = { .text = "" };

	snprintf(w->dir, sizeof w->dir, "/tmp/t-merge.XXXXXX");
	if (!mkdtemp(w->dir))
		return -1;
	snprintf(w->path, sizeof w->path, "%s/site.ini", w->dir);
	w->loop = loop_new();
	w->app = app_new(w->loop, &o, &e);
	*state = w;
	return file_replace(w->path, bytes, sizeof bytes - 1, 0600, &e) &&
	    app_open(w->app, w->path, &e) ? 0 : -1;
}

static int remove_world(void **state)
{
	struct world *w = *state;
	char command[100];

	app_free(w->app);
	loop_free(w->loop);
	snprintf(command, sizeof command, "rm -rf '%s'", w->dir);
	free(w);
	return system(command);
}

static void test_app_merge(void **state)
{
	struct world *w = *state;
	struct merging m = { 0 };
	struct err e = { .text = "" };
	char *bytes;
	size_t len;

	must(app_set(w->app, id_of(w->app, "U1"), "ConfirmSeconds", "90", &e), &e);
	other_sets(w, "U2", "ConfirmSeconds", "80");
	assert_false(app_save(w->app, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	must(merging_look(w->app, &m, &e), &e);
	assert_int_equal(m.mine.n, 1);
	assert_int_equal(m.theirs.n, 1);
	assert_true(m.possible);
	merging_done(&m);
	must(app_merge(w->app, &e), &e);
	assert_true(app_modified(w->app));
	assert_false(app_changed_underneath(w->app));
	must(app_save(w->app, &e), &e);
	assert_int_equal(site_network(app_site(w->app))->revision, 6);
	bytes = file_read(w->path, 1 << 20, &len, &e);
	assert_non_null(strstr(bytes, "; of U2\n[Ups2]"));
	assert_non_null(strstr(bytes, "[Plugin]\nx=1\n"));
	assert_non_null(strstr(bytes, "ConfirmSeconds=90"));
	assert_non_null(strstr(bytes, "ConfirmSeconds=80"));
	free(bytes);
}

static void test_app_conflict(void **state)
{
	struct world *w = *state;
	struct merging m = { 0 };
	struct err e = { .text = "" };
	char *before, *after;
	size_t len;

	must(app_set(w->app, id_of(w->app, "U1"), "ConfirmSeconds", "90", &e), &e);
	other_sets(w, "U1", "ConfirmSeconds", "80");
	must(merging_look(w->app, &m, &e), &e);
	assert_false(m.possible);
	assert_int_equal(m.conflicts.n, 1);
	merging_done(&m);
	before = app_text(w->app, &len, &e);
	assert_false(app_merge(w->app, &e));
	after = app_text(w->app, &len, &e);
	assert_string_equal(before, after);
	assert_true(app_changed_underneath(w->app));
	free(before);
	free(after);
}

/* One that cannot be read, or not be understood, is not merged with. */
static void test_app_faulty(void **state)
{
	struct world *w = *state;
	struct merging m = { 0 };
	struct err e = { .text = "" };

	must(app_set(w->app, id_of(w->app, "U1"), "ConfirmSeconds", "90", &e), &e);
	must(file_replace(w->path, "[Network]\nFormat=1\nwhat\n", 24, 0600, &e), &e);
	must(merging_look(w->app, &m, &e), &e);
	assert_false(m.possible);
	assert_non_null(strstr(m.fault, "site.ini:3: "));
	merging_done(&m);
	unlink(w->path);
	assert_false(merging_look(w->app, &m, &e));
	merging_done(&m);
	assert_false(app_merge(w->app, &e));
	assert_true(app_modified(w->app));
}

/* The way back to a revision, and from there to where one was. */
static void test_taking(void **state)
{
	struct world *w = *state;
	struct proposal p = { 0 };
	struct err e = { .text = "" };
	char *now, *again;
	size_t len;

	must(app_set(w->app, id_of(w->app, "U1"), "ConfirmSeconds", "90", &e), &e);
	must(app_save(w->app, &e), &e);
	now = app_text(w->app, &len, &e);
	must(revision_propose(w->app, "4", &p, &e), &e);
	assert_int_equal(p.changes.n, 1);
	must(app_take(w->app, "back", &p, &e), &e);
	assert_true(app_modified(w->app));
	assert_int_equal(site_network(app_site(w->app))->revision, 5);
	proposal_done(&p);
	/* as it was before: nothing is to be saved */
	assert_string_equal(app_undo_label(w->app), "back");
	must(app_undo(w->app, NULL, &e), &e);
	assert_false(app_modified(w->app));
	again = app_text(w->app, &len, &e);
	assert_string_equal(again, now);
	free(again);
	/* undo goes on to what was before, and all of it comes again */
	must(app_undo(w->app, NULL, &e), &e);
	assert_int_equal(node_ups(site_find(app_site(w->app),
	    id_of(w->app, "U1")))->set->confirm, 60);
	must(app_redo(w->app, NULL, &e), &e);
	must(app_redo(w->app, NULL, &e), &e);
	assert_int_equal(node_ups(site_find(app_site(w->app),
	    id_of(w->app, "U1")))->set->confirm, 60);
	must(app_set(w->app, id_of(w->app, "U2"), "ConfirmSeconds", "7", &e), &e);
	must(app_undo(w->app, NULL, &e), &e);
	must(app_undo(w->app, NULL, &e), &e);
	again = app_text(w->app, &len, &e);
	assert_string_equal(again, now);
	free(again);
	free(now);
	/* what changes underneath is seen afterwards, too */
	must(revision_propose(w->app, "4", &p, &e), &e);
	must(app_take(w->app, "back", &p, &e), &e);
	proposal_done(&p);
	other_sets(w, "U2", "ConfirmSeconds", "80");
	assert_false(app_save(w->app, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	must(app_merge(w->app, &e), &e);
	assert_int_equal(node_ups(site_find(app_site(w->app),
	    id_of(w->app, "U1")))->set->confirm, 60);
	assert_int_equal(node_ups(site_find(app_site(w->app),
	    id_of(w->app, "U2")))->set->confirm, 80);
}

static void test_save_as(void **state)
{
	struct world *w = *state;
	struct err e = { .text = "" };
	char other[80], kept[100];
	struct stat st;

	snprintf(other, sizeof other, "%s/other.ini", w->dir);
	snprintf(kept, sizeof kept, "%s/history/other.ini.1", w->dir);
	must(app_set(w->app, id_of(w->app, "U1"), "ConfirmSeconds", "90", &e), &e);
	assert_false(app_save_as(w->app, w->path, true, &e));
	must(app_save_as(w->app, other, false, &e), &e);
	assert_string_equal(app_path(w->app), other);
	assert_false(app_modified(w->app));
	assert_int_equal(stat(other, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	must(app_set(w->app, id_of(w->app, "U1"), "ConfirmSeconds", "91", &e), &e);
	must(app_save(w->app, &e), &e);
	/* one that is there */
	must(file_replace(other, "[Network]\nFormat=1\n", 19, 0600, &e), &e);
	chmod(other, 0644);
	must(app_open(w->app, w->path, &e), &e);
	assert_int_equal(node_ups(site_find(app_site(w->app),
	    id_of(w->app, "U1")))->set->confirm, 60);
	assert_false(app_save_as(w->app, other, false, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_string_equal(app_path(w->app), w->path);
	must(app_save_as(w->app, other, true, &e), &e);
	assert_int_equal(stat(other, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(access(kept, F_OK), 0);
	/* a folder that is not there */
	snprintf(other, sizeof other, "%s/none/other.ini", w->dir);
	assert_false(app_save_as(w->app, other, false, &e));
	assert_non_null(strstr(e.text, "no such folder"));
	must(app_set(w->app, id_of(w->app, "U1"), "ConfirmSeconds", "92", &e), &e);
	must(app_save(w->app, &e), &e);
}

#define IN_WORLD(t) cmocka_unit_test_setup_teardown(t, make_world, remove_world)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_orders),
		cmocka_unit_test(test_differences),
		cmocka_unit_test(test_settings_of_new),
		cmocka_unit_test(test_copy),
		IN_WORLD(test_app_merge),
		IN_WORLD(test_app_conflict),
		IN_WORLD(test_app_faulty),
		IN_WORLD(test_taking),
		IN_WORLD(test_save_as),
	};

	return cmocka_run_group_tests_name("merge", tests, NULL, NULL);
}
