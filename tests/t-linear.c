/* Every action, menu entry and key of a view is there in linear mode, or it is told what stands in its place. */
#include "tui/linear.h"
#include "tui/ui.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

/*
 * Views that ask by linear_turn(): each of their keys is there because it stands in
 * ui/keys.xml. tests/linear.sh opens them and looks.
 */
static const char *const by_keys[] = {
	"main", "problems", "plan", "columns", "settings", "statistics", "kept", "events",
	"terminals", "history", "notifications", "shutdown", "rehearsal",
};
/* A form tells its buttons by number. */
static const char *const buttons[] = { "collect", "take-card", "write-settings" };

static bool among(const char *const *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], name) == 0)
			return true;
	return false;
}
#define AMONG(list, name) among(list, sizeof list / sizeof *list, name)

static struct ui *load(void)
{
	struct err e;
	struct ui *ui = ui_load(NULL, &e);

	if (!ui)
		fail_msg("%s", e.text);
	return ui;
}

/* What asks with words of its own has no key that these words do not stand for. */
static void check_context(const struct ui *ui, const char *context)
{
	const struct binding *b;

	for (size_t i = 0; (b = keys_each(ui->keys, context, i)); i++)
		if (linear_offers(b->action) &&
		    !(strcmp(context, "form") == 0 && AMONG(buttons, b->action->name)) &&
		    /* what F3 finds while it is typed, find-next finds behind it */
		    !(strcmp(context, "find") == 0 && strcmp(b->action->name, "find") == 0))
			fail_msg("%s: %s (%s) is nowhere in linear mode", context, b->key,
			    b->action->name);
}

static void test_views(void **state)
{
	struct ui *ui = load();
	struct err e;
	struct xml *doc = ui_file(NULL, "keys.xml", &e);
	size_t met = 0;

	(void)state;
	assert_non_null(doc);
	for (const struct xml_node *n = xml_first(xml_root(doc)); n; n = xml_next(n)) {
		const char *context = xml_attr(n, "name");

		met += AMONG(by_keys, context);
		if (!AMONG(by_keys, context))
			check_context(ui, context);
	}
	assert_int_equal(met, sizeof by_keys / sizeof *by_keys);
	xml_free(doc);
	ui_free(ui);
}

/* No reason is told for an action that is not there any more, and each is a sentence. */
static void test_reasons(void **state)
{
	const struct action *a;
	size_t reasons = 0;

	(void)state;
	for (size_t i = 0; (a = action_each(i)); i++) {
		const char *words = linear_instead(a);

		reasons += words != NULL;
		if (words && words[strlen(words) - 1] != '.')
			fail_msg("%s: \"%s\" is no sentence", a->name, words);
	}
	assert_int_equal(reasons, linear_elsewhere());
}

/* What a menu has is there, but for what only a picture needs. */
static void test_menus(void **state)
{
	static const char *const pictures[] = { "copy", "other-pane", "toggle", "theme", "width",
	    "mouse", "pause", "redraw", "help" };
	struct ui *ui = load();

	(void)state;
	for (size_t i = 0; i < ui->menus_n; i++)
		for (size_t j = 0; j < ui->menus[i].n; j++) {
			const struct action *a = ui->menus[i].items[j];

			if (a && linear_offers(a) == AMONG(pictures, a->name))
				fail_msg("%s: a menu has it", a->name);
		}
	ui_free(ui);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_views),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_menus),
	};

	return cmocka_run_group_tests_name("linear", tests, NULL, NULL);
}
