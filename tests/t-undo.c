/*
 * Undo and redo: whatever was edited, going back gives the site as it was, to
 * the byte and comment, and going forward what it had become.
 */
#include "app/app.h"

#include "base/file.h"
#include "base/loop.h"
#include "base/mem.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct loop *loop;
static char folder[] = "/tmp/amc-undo-XXXXXX";

static struct app *open_copy(const char *sample, char path[200])
{
	const struct app_options o = { 0 };
	struct err e = { .text = "" };
	struct app *a = app_new(loop, &o, &e);
	char *from = mem_printf("%s/data/samples/%s.ini", getenv("top_srcdir"), sample);
	size_t len;
	char *bytes = file_read(from, 1 << 20, &len, &e);

	snprintf(path, 200, "%s/site.ini", folder);
	assert_non_null(bytes);
	assert_true(file_replace(path, bytes, len, 0600, &e));
	assert_true(app_open(a, path, &e));
	free(bytes);
	free(from);
	return a;
}

static char *text_of(struct app *a)
{
	struct err e = { .text = "" };
	size_t len;
	char *text = app_text(a, &len, &e);

	assert_non_null(text);
	return text;
}

static unsigned node(const struct app *a, const char *path)
{
	struct err e = { .text = "" };
	const struct node *n = site_lookup(app_site(a), path, NULL, &e);

	assert_non_null(n);
	return n->id;
}

/* All that the site says, in tree order, with what is given and what is not. */
static char *dump_of(struct app *a)
{
	const struct node *top = &site_network(app_site(a))->node, *n;
	struct text t = { 0 };
	char buf[16];

	for (n = top; n; n = node_next(n, top)) {
		text_printf(&t, "[%u in %u.%d]\n", n->id, n->parent ? n->parent->id : 0,
		    n->container);
		for (const struct field *f = record_fields(n->kind); f->key; f++)
			if (f->type != FIELD_PARENT)
				text_printf(&t, "%s%c%s\n", f->key,
				    node_gives(n, f) ? '=' : '~', field_text(f, n, buf));
	}
	return text_take(&t);
}

static void says(struct app *a, const char *want)
{
	char *now = dump_of(a);

	assert_string_equal(now, want);
	free(now);
}

static void same(struct app *a, const char *want)
{
	char *now = text_of(a);

	assert_string_equal(now, want);
	free(now);
}

static void an_edit_is_undone_and_done_again(void **state)
{
	char path[200];
	struct app *a = open_copy("ssc-cluster", path);
	char *before = text_of(a), *after;
	unsigned ups = node(a, "UPS1"), about = 0;
	struct err e = { .text = "" };

	(void)state;
	assert_null(app_undo_label(a));
	assert_false(app_undo(a, NULL, &e));
	assert_string_equal(e.text, "there is nothing to undo");
	assert_true(app_set(a, ups, "ConfirmSeconds", "90", &e));
	after = text_of(a);
	assert_string_not_equal(before, after);
	assert_string_equal(app_undo_label(a), "UPS1: Power failure confirmation time");
	assert_true(app_modified(a));
	assert_true(app_undo(a, &about, &e));
	assert_int_equal(about, ups);
	same(a, before);
	assert_false(app_modified(a));
	assert_null(app_undo_label(a));
	assert_true(app_redo(a, &about, &e));
	same(a, after);
	assert_false(app_redo(a, NULL, &e));
	assert_string_equal(e.text, "there is nothing to do again");
	free(before);
	free(after);
	app_free(a);
}

/* Comments in front of what was deleted come back, also after a save. */
static void a_deletion_comes_back_with_its_comments(void **state)
{
	char path[200];
	struct app *a = open_copy("management-terminal", path);
	char *before = text_of(a), *now;
	struct err e = { .text = "" };
	unsigned group = node(a, "電源制御2"), about;

	(void)state;
	assert_true(app_remove(a, group, &e));
	now = text_of(a);
	assert_null(strstr(now, "GraceSeconds is the recommended value"));
	free(now);
	assert_true(app_undo(a, &about, &e));
	assert_int_equal(about, group);
	same(a, before);
	assert_true(app_redo(a, &about, &e));
	assert_true(app_save(a, &e));
	assert_false(app_modified(a));
	assert_true(app_undo(a, NULL, &e));
	assert_true(app_modified(a));
	now = text_of(a);
	assert_non_null(strstr(now, "; GraceSeconds is the recommended value"));
	assert_non_null(strstr(now, "Revision=2"));	/* what was saved stays saved */
	free(now);
	free(before);
	app_free(a);
}

static void an_act_is_one(void **state)
{
	char path[200];
	struct app *a = open_copy("ssc-cluster", path);
	char *before = text_of(a);
	struct err e = { .text = "" };
	unsigned id;

	(void)state;
	app_act_begin(a, "two");
	id = app_add(a, node(a, "SSC_SEIGYO_1"), IN_POWER, KIND_UPS, "UPS9", &e);
	app_act_begin(a, "within");
	assert_true(app_set(a, id, "Address", "172.16.1.109", &e));
	app_act_end(a);
	app_act_end(a);
	assert_string_equal(app_undo_label(a), "two");
	assert_true(app_undo(a, NULL, &e));
	same(a, before);
	assert_true(app_redo(a, NULL, &e));
	assert_int_equal(node(a, "UPS9"), id);
	assert_true(app_undo(a, NULL, &e));

	app_act_begin(a, "empty");
	app_act_end(a);
	assert_string_equal(app_redo_label(a), "two");

	/* a trial leaves nothing, not even a count of changes */
	unsigned long changes = site_changes(app_site(a));

	app_act_begin(a, NULL);
	id = app_add(a, node(a, "SSC_SEIGYO_1"), IN_POWER, KIND_UPS, "UPS8", &e);
	assert_true(app_remove(a, node(a, "SSC"), &e));
	assert_int_equal(site_count(app_site(a), KIND_UPS), 0);
	app_act_abort(a);
	assert_int_equal(site_changes(app_site(a)), changes);
	same(a, before);
	assert_string_equal(app_redo_label(a), "two");
	assert_int_equal(app_add(a, node(a, "SSC_SEIGYO_1"), IN_POWER, KIND_UPS, "UPS8", &e),
	    id);
	free(before);
	app_free(a);
}

/* A number that stood in a saved file is not given to another node. */
static void a_number_is_not_used_again(void **state)
{
	char path[200], *now;
	struct app *a = open_copy("ssc-cluster", path);
	struct err e = { .text = "" };
	unsigned id, again;

	(void)state;
	id = app_add(a, node(a, "SSC_SEIGYO_1"), IN_POWER, KIND_UPS, "UPS9", &e);
	assert_true(app_save(a, &e));
	assert_true(app_undo(a, NULL, &e));
	now = text_of(a);
	assert_non_null(strstr(now, "LastUps=7"));
	free(now);
	assert_true(app_save(a, &e));
	assert_true(app_open(a, path, &e));
	again = app_add(a, node(a, "SSC_SEIGYO_1"), IN_POWER, KIND_UPS, "UPS9", &e);
	assert_int_equal(site_id_number(again), site_id_number(id) + 1);
	app_free(a);
}

static unsigned any_node(const struct app *a, unsigned skip)
{
	const struct node *top = &site_network(app_site(a))->node, *n = top;

	while (skip-- > 0)
		if (!(n = node_next(n, top)))
			n = top;
	return n->id;
}

/* One act of one or more edits, some of which are refused. */
static void edit_somehow(struct app *a, int round)
{
	static const char *const values[] = { "", "7", "90", "表示", "172.16.1.77", "yes" };
	int edits = 1 + rand() % 3;
	char name[20];

	snprintf(name, sizeof name, "act %d", round);
	app_act_begin(a, name);
	while (edits-- > 0) {
		unsigned id = any_node(a, (unsigned)rand() % 40);
		const struct field *table = record_fields(site_id_kind(id));
		const struct field *f = &table[(size_t)rand() % field_count(table)];

		snprintf(name, sizeof name, "N%d.%d", round, edits);
		switch (rand() % 8) {
		case 0:
			app_remove(a, id, NULL);
			break;
		case 1:
		case 2:
			app_add(a, id, rand() % IN_COUNT, KIND_GROUP + rand() % 3, name, NULL);
			break;
		case 3:
			app_move_before(a, id, any_node(a, (unsigned)rand() % 40),
			    rand() % IN_COUNT, any_node(a, (unsigned)rand() % 40), NULL);
			break;
		case 4:
			if (!(f->flags & FIELD_OURS))
				app_unset(a, id, f->key, NULL);
			break;
		default:
			if (!(f->flags & FIELD_OURS))
				app_set(a, id, f->key, values[rand() % 6], NULL);
			break;
		}
	}
	app_act_end(a);
}

enum { ACTS = 60 };

static void all_the_way_back_and_forth(void **state)
{
	static const char *const samples[] = { "ssc-cluster", "management-terminal",
		"mixed-7", "demo" };
	char path[200];

	(void)state;
	srand(1);
	for (int round = 0; round < 40; round++) {
		struct app *a = open_copy(samples[round % 4], path);
		char *dumps[ACTS + 1], label[20];
		int n = 0;

		dumps[0] = dump_of(a);
		for (int i = 0; i < ACTS; i++) {
			edit_somehow(a, i);
			snprintf(label, sizeof label, "act %d", i);
			if (!app_undo_label(a) || strcmp(app_undo_label(a), label) != 0)
				continue;	/* all was refused, or as it was */
			dumps[++n] = dump_of(a);
			free(text_of(a));	/* the document follows, too */
		}
		for (int i = n; i > 0; i--) {
			assert_true(app_undo(a, NULL, NULL));
			says(a, dumps[i - 1]);
			free(text_of(a));
		}
		assert_null(app_undo_label(a));
		assert_false(app_modified(a));
		for (int i = 1; i <= n; i++) {
			assert_true(app_redo(a, NULL, NULL));
			says(a, dumps[i]);
		}
		while (n >= 0)
			free(dumps[n--]);
		app_free(a);
	}
}

static int setup(void **state)
{
	(void)state;
	loop = loop_new();
	return loop && mkdtemp(folder) ? 0 : -1;
}

static int teardown(void **state)
{
	char *command = mem_printf("rm -rf %s", folder);
	int rc = system(command);

	(void)state;
	free(command);
	loop_free(loop);
	return rc;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_edit_is_undone_and_done_again),
		cmocka_unit_test(a_deletion_comes_back_with_its_comments),
		cmocka_unit_test(an_act_is_one),
		cmocka_unit_test(a_number_is_not_used_again),
		cmocka_unit_test(all_the_way_back_and_forth),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
