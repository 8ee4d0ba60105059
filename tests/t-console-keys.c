/*
 * Every key of ui/keys.xml, pressed in its own view: something is to be seen of it, a
 * change or words that say why not, and the console goes on.
 */
#include "console.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <cmocka.h>

enum { MS = CONSOLE_MS };

static struct vt vt;
static char *bindings;		/* ui/keys.xml */

/*
 * How a view is reached, and words that are on it. Keys begin on the first screen;
 * "=word" is typed. A new context needs a row here.
 */
static const struct {
	const char *context;
	const char *const keys[12];
	const char *words;
} views[] = {
	{ "main", { "Down", "Down" }, "Power network" },
	{ "menu", { "F9" }, "Save settings" },
	{ "form", { "F4", "Down" }, "Communication port" },
	{ "ask", { "Down", "F8" }, "Delete SSC?" },
	{ "ask-text", { "F1", "/", "=UPS" }, "A word of this text" },
	{ "find", { "F3", "=UPS" }, "UPS1" },
	{ "filter", { "f", "=kind:ups" }, "kind:ups" },
	{ "columns", { "C" }, "Columns" },
	{ "cards", { "F3", "=UPS1", "Enter", "Space", "F3", "=UPS2", "Enter", "Space", "o" },
	  "Collect SNMP settings" },
	{ "discover", { "D", "Enter", "Enter", "Enter" }, "0 ticked" },
	{ "settings", { "F3", "=UPS1", "Enter", "K" }, "Settings kept in the UPS" },
	{ "command", { "F3", "=UPS1", "Enter", "X", "Enter", "y" }, "Esc closes" },
	{ "move", { "F3", "=UPS1", "Enter", "M" }, "Move" },
	{ "choice", { "Down", "F7" }, "Control terminal" },
	{ "problems", { "F6" }, "Mended by" },
	{ "send", { "F3", "=SSC-CL-SV1", "Enter", "s" }, "SSC-CL-SV1" },
	{ "help", { "F1" }, "The main screen" },
	{ "plan", { "p" }, "Outage plan" },
	{ "statistics", { "F3", "=UPS1", "Enter", "G" }, "Esc" },
	{ "wizard", { "w" }, "New from wizard" },
	{ "send-all", { "a" }, "Send to all terminals" },
	{ "terminals", { "T" }, "Esc" },
	{ "history", { "F3", "=UPS1", "Enter", "F8", "y", "F2", "H" }, "Esc" },
};

/*
 * Keys of which nothing need be seen: those that move where there is nowhere to go,
 * and those that do again what is there already.
 */
static bool may_be_silent(const char *action)
{
	static const char *const silent[] = { "up", "down", "left", "right", "page-up",
	    "page-down", "home", "end", "next", "previous", "redraw", "cancel", "ok",
	    "fold", "unfold", "toggle", "statistics-minutes", "statistics-all", NULL };

	for (int i = 0; silent[i]; i++)
		if (strcmp(silent[i], action) == 0)
			return true;
	return false;
}

static char *cells(void)
{
	struct text t = { 0 };
	char row[4096];

	for (int y = 0; y < vt.rows; y++) {
		text_add(&t, vt_row(&vt, y, row, sizeof row));
		for (int x = 0; x < vt.cols; x++)
			text_add(&t, vt_cell(&vt, y, x).attrs.reverse ? "r" : ".");
	}
	text_printf(&t, "%d,%d", vt.cursor.row, vt.cursor.col);
	return text_take(&t);
}

static bool open_view(size_t i)
{
	if (!console_sample("demo.ini") || !console_started(&vt, 24, 80))
		return false;
	for (int k = 0; views[i].keys[k]; k++) {
		const char *key = views[i].keys[k];

		if (key[0] == '=')
			vt_type(&vt, key + 1);
		else
			console_press(&vt, key);
	}
	return vt_wait_text(&vt, views[i].words, MS);
}

/* Still there after the key, or ended as it was told to. */
static void press_one(size_t i, const char *key, const char *action)
{
	char *before, *after = NULL;
	bool changed = false;
	long end;

	if (!open_view(i)) {
		console_show(&vt);
		fail_msg("%s is not reached", views[i].context);
	}
	while (vt_pump(&vt, 40) > 0)
		continue;
	before = cells();
	if (!console_press(&vt, key))
		fail_msg("%s: the test cannot press %s", views[i].context, key);
	end = vt_clock() + (may_be_silent(action) ? 100 : MS);
	while (!changed && !vt.eof && vt_before(&vt, end)) {
		free(after);
		after = cells();
		changed = strcmp(before, after) != 0;
	}
	free(before);
	free(after);
	if (!changed && !vt.eof && !may_be_silent(action)) {
		console_show(&vt);
		fail_msg("%s: nothing is to be seen of %s (%s)", views[i].context, key, action);
	}
	if (vt.eof || strcmp(action, "quit") == 0) {
		assert_int_equal(vt_wait_exit(&vt, MS), 0);
		assert_true(vt_restored(&vt, MS));
	} else {
		VT_UNTIL(&vt, MS, !console_broken(&vt));
		if (console_broken(&vt)) {
			console_show(&vt);
			fail_msg("%s: after %s %s", views[i].context, key, console_broken(&vt));
		}
		/* it still listens */
		vt_type(&vt, "\14");
		assert_int_equal(waitpid(vt.pid, NULL, WNOHANG), 0);
	}
	vt_close(&vt);
}

/* The value of an attribute of the tag at s, or NULL; to be freed. */
static char *attribute(const char *s, const char *name)
{
	const char *end = strchr(s, '>');
	char *what = mem_printf(" %s=\"", name);
	const char *at = strstr(s, what);
	char *value = at && end && at < end ?
	    mem_printf("%.*s", (int)strcspn(at + strlen(what), "\""), at + strlen(what)) : NULL;

	free(what);
	return value;
}

/* The first "<context name=..." of that name. */
static const char *context(const char *name)
{
	char *head = mem_printf("<context name=\"%s\"", name);
	const char *at = strstr(bindings, head);

	free(head);
	return at;
}

static int press_all(size_t i, const char *name)
{
	const char *from = context(name), *end = from ? strstr(from, "</context>") : NULL;
	char *base = from ? attribute(from, "base") : NULL;
	int n = 0;

	while (from && (from = strstr(from, "<key ")) && from < end) {
		char *key = attribute(from, "name"), *action = attribute(from, "action");

		from++;
		if (key && action) {
			press_one(i, key, action);
			n++;
		}
		free(key);
		free(action);
	}
	/* what a context has from another is pressed once, in the first screen */
	if (base && strcmp(name, views[i].context) == 0 && i == 0)
		n += press_all(i, base);
	free(base);
	return n;
}

static void test_every_key(void **state)
{
	int n = 0;

	(void)state;
	for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
		assert_non_null(context(views[i].context));
		n += press_all(i, views[i].context);
	}
	assert_true(n > 80);
}

/* A context that this test does not know would not be tried. */
static void test_every_context(void **state)
{
	/* bases, and a view whose own test presses its keys */
	static const char elsewhere[] = " any moving changes events kept notifications rehearsal shutdown ";

	(void)state;
	for (const char *s = bindings; (s = strstr(s, "<context ")); s++) {
		char *name = attribute(s, "name"), *words = mem_printf(" %s ", name);
		bool known = strstr(elsewhere, words) != NULL;

		for (size_t i = 0; i < sizeof views / sizeof *views; i++)
			known = known || strcmp(views[i].context, name) == 0;
		if (!known)
			fail_msg("no row for the context \"%s\" of ui/keys.xml", name);
		free(words);
		free(name);
	}
}

static int open_all(void **state)
{
	char *path = mem_printf("%s/ui/keys.xml", getenv("top_srcdir") ? getenv("top_srcdir") : ".");
	size_t len;

	(void)state;
	bindings = file_read(path, 1 << 20, &len, NULL);
	free(path);
	return bindings && console_open("t-console-keys") ? 0 : -1;
}

static int close_all(void **state)
{
	(void)state;
	free(bindings);
	console_close();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_context),
		cmocka_unit_test(test_every_key),
	};

	return cmocka_run_group_tests_name("console-keys", tests, open_all, close_all);
}
