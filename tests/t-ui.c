/* ui/: every reference resolves, every setting stands on exactly one form, and what is wrong is refused with file and line. */
#include "tui/ui.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static const char *const files[] = {
	"columns.xml", "forms.xml", "help.xml", "keys.xml", "menus.xml", "theme.xml",
	"wizard.xml",
};
enum { FILES = sizeof files / sizeof *files };

static struct ui *load(const char *dir)
{
	struct err e;
	struct ui *ui = ui_load(dir, &e);

	if (!ui)
		fail_msg("%s", e.text);
	return ui;
}

static void test_built_in(void **state)
{
	struct ui *ui = load(NULL);

	(void)state;
	assert_int_equal(ui->menus_n, 5);
	assert_true(ui->columns_n >= 6);
	assert_non_null(ui_topic(ui, "main"));
	ui_free(ui);
}

static void test_every_field_once(void **state)
{
	struct ui *ui = load(NULL);

	(void)state;
	for (int k = 0; k < KIND_COUNT; k++)
		for (const struct field *f = record_fields(k); f->key; f++) {
			int want = !(f->flags & FIELD_OURS) && f->type != FIELD_PARENT, n = 0;

			for (size_t i = 0; i < ui->layouts[k].n; i++)
				n += ui->layouts[k].spots[i].field == f;
			if (n != want)
				fail_msg("%s.%s stands %d times on the form", kind_word(k),
				    f->key, n);
		}
	ui_free(ui);
}

/* Every view has keys, and each can be left and asked for help. */
static void test_contexts(void **state)
{
	static const char *const views[] = { "main", "menu", "form", "ask", "ask-text",
	    "choice", "problems", "send", "send-all", "terminals", "changes", "history", "help",
	    "statistics", "wizard" };
	struct ui *ui = load(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
		assert_true(keys_context(ui->keys, views[i]));
		assert_ptr_equal(keys_action(ui->keys, views[i], "Esc"), action_find("cancel"));
		assert_non_null(keys_action(ui->keys, views[i], "F1"));
	}
	assert_string_equal(keys_of(ui->keys, "main", action_find("save")), "F2");
	assert_ptr_equal(keys_action(ui->keys, "main", "Ctrl-S"), action_find("save"));
	ui_free(ui);
}

/* A key of a base context that is bound anew is listed once. */
static void test_no_key_twice(void **state)
{
	struct ui *ui = load(NULL);
	const struct binding *a, *b;

	(void)state;
	for (size_t i = 0; (a = keys_each(ui->keys, "main", i)); i++)
		for (size_t j = i + 1; (b = keys_each(ui->keys, "main", j)); j++)
			assert_string_not_equal(a->key, b->key);
	ui_free(ui);
}

static const struct {
	const char *file, *from, *to;
	const char *words;	/* that the error must have */
} faults[] = {
	{ "keys.xml", "action=\"find-next\"", "action=\"fnd\"",
	  "there is no action \"fnd\"" },
	{ "keys.xml", "<key name=\"/\"", "<key name=\"F2\"",
	  "F2 already does \"save\" here" },
	{ "keys.xml", "base=\"any\"", "base=\"every\"",
	  "there is no context \"every\" above" },
	{ "menus.xml", "<line/>", "<lin/>", "<lin> is not known here" },
	{ "menus.xml", "title=\"Edit\"", "", "<menu> needs an attribute \"title\"" },
	{ "forms.xml", "ref=\"GraceSeconds\"", "ref=\"Grace\"",
	  "there is no field \"Grace\" in a ups" },
	{ "forms.xml", "ref=\"serial\"", "ref=\"number\"",
	  "there is no reading \"number\" in a ups" },
	{ "columns.xml", "cell=\"state\"", "cell=\"stat\"", "there is no cell \"stat\"" },
	{ "columns.xml", "width=\"12\"", "width=\"-1\"",
	  "width=\"-1\" is not a number from 0 to 1000" },
	{ "theme.xml", "fg=\"green\"", "fg=\"pink\"", "\"pink\" is no colour" },
	{ "theme.xml", "<role name=\"old\"", "<role name=\"new\"",
	  "there is no role \"new\"" },
	{ "help.xml", "</topic>", "", "help.xml" },
	{ "wizard.xml", "field=\"GraceSeconds\"", "field=\"Grace\"",
	  "there is no field \"Grace\" in a ups" },
};

static char dir[] = "/tmp/t-ui.XXXXXX";

static void copy(const char *name, const char *from, const char *to)
{
	char *src = file_join(getenv("top_srcdir") ? getenv("top_srcdir") : ".", "ui");
	char *in = file_join(src, name), *out = file_join(dir, name);
	struct text t = { 0 };
	struct err e;
	size_t len;
	char *bytes = file_read(in, 1 << 20, &len, &e), *at = bytes;

	if (!bytes)
		fail_msg("%s", e.text);
	if (from) {
		at = strstr(bytes, from);
		assert_non_null(at);
		text_add_len(&t, bytes, (size_t)(at - bytes));
		text_add(&t, to);
		at += strlen(from);
	}
	text_add(&t, at);
	assert_true(file_replace(out, t.s, t.len, 0600, &e));
	text_done(&t);
	free(bytes);
	free(src);
	free(in);
	free(out);
}

static void test_faults(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		struct err e = { 0 };
		struct ui *ui;
		char where[80];

		for (int j = 0; j < FILES; j++)
			copy(files[j], strcmp(files[j], faults[i].file) == 0 ?
			    faults[i].from : NULL, faults[i].to);
		ui = ui_load(dir, &e);
		assert_null(ui);
		snprintf(where, sizeof where, "%s/%s:", dir, faults[i].file);
		if (strncmp(e.text, where, strlen(where)) != 0 || !strstr(e.text, faults[i].words))
			fail_msg("\"%s\" is not \"%sLINE: %s\"", e.text, where, faults[i].words);
	}
}

static void test_missing(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_null(ui_load("/nonexistent/ui", &e));
	assert_non_null(strstr(e.text, "/nonexistent/ui/keys.xml"));
}

static int make_dir(void **state)
{
	(void)state;
	return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
	(void)state;
	for (int i = 0; i < FILES; i++) {
		char *path = file_join(dir, files[i]);

		unlink(path);
		free(path);
	}
	return rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_built_in),
		cmocka_unit_test(test_every_field_once),
		cmocka_unit_test(test_contexts),
		cmocka_unit_test(test_no_key_twice),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_missing),
	};

	unsetenv("LANGUAGE");
	setenv("LC_ALL", "C.UTF-8", 1);
	i18n_init();
	return cmocka_run_group_tests_name("ui", tests, make_dir, remove_dir);
}
