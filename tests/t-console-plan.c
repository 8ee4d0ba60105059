/*
 * The outage plan in the console: what is chosen fails, the bars, the seconds and
 * the rules stand there, and Enter goes to the node.
 */
#include "console-steps.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static void leave_view(const char *title)
{
	type("\33");
	gone(title);
}

/* Does the row that has one text have another one, too? */
static bool row_has(const char *text, const char *other)
{
	char row[4096];
	int i = row_of(text);

	return i >= 0 && strstr(vt_row(&vt, i, row, sizeof row), other);
}

static void see_in_row(const char *text, const char *other)
{
	VT_UNTIL(&vt, CONSOLE_MS, row_has(text, other));
	if (row_has(text, other))
		return;
	console_show(&vt);
	fail_msg("no row with \"%s\" has \"%s\"", text, other);
}

static void start_with(int rows, int cols, const char *argument, const char *ready)
{
	const char *words[] = { argument, NULL };

	start_words(rows, cols, words, ready);
}

static void start(void)
{
	start_with(24, 80, console_site(), "SSC_Cluster");
}

static void test_of_a_ups(void **state)
{
	(void)state;
	start();
	find("UPS4");
	type("p");
	see("Outage plan: 1 of 6 power devices fail");
	see("Servers down: 4 of 6");
	see("control terminals must live 104 s");
	see("[x] UPS4");
	see("[ ] UPS5");
	/* each phase has a glyph of its own */
	see_in_row("UPS4", "·─");
	see_in_row("UPS4", "▄▄");
	see_in_row("UPS4", "×");
	see_in_row("BLADE1", "█×");
	see_in_row("SSC-CL-SV1", "stays up");
	/* the cursor is on it: its seconds in words, and in the columns */
	see("confirmed 30-38 s · output off ordered 30-104 s · output off 330-404 s");
	see_in_row("[x] UPS4", "404     404");
	down(1);
	see("has its mains");
	down(1);
	see("shutdown ordered 30-38 s · OS shutdown ordered 30-98 s · OS down 30-158 s");
	see("because of UPS4");
	/* Enter goes to the node in the main screen */
	type(ENTER);
	gone("Outage plan");
	vt_key(&vt, VTERM_KEY_FUNCTION(4));
	see("Terminal: BLADE1");
	leave_view("Terminal: BLADE1");
	quit();
}

/* What fails is what was selected. */
static void test_of_what_is_selected(void **state)
{
	static const struct { const char *node; int below; const char *title; } cases[] = {
		{ "SSC_Cluster", 0, "Outage plan: 3 of 6" },
		{ "Bladeサーバ", 0, "Outage plan: 1 of 6" },
		{ "共有ディスク", 1, "Outage plan: 0 of 6" },	/* its power devices */
		{ "BLADE2", 0, "Outage plan: 2 of 6" },
		{ "SSC-CL-SV2", 0, "Outage plan: 2 of 6" },
	};

	(void)state;
	start();
	type("p");
	see("Outage plan: 6 of 6");
	leave_view("Outage plan");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		find(cases[i].node);
		down(cases[i].below);
		type("p");
		see(cases[i].title);
		leave_view("Outage plan");
	}
	quit();
}

static void test_choosing(void **state)
{
	(void)state;
	start();
	find("UPS5");
	type("p");
	see("Outage plan: 1 of 6");
	type(" ");
	see("Nothing fails.");
	see("[ ] UPS5");
	type(" ");
	see("[x] UPS5");
	down(1);
	type(" ");
	see("It is power devices that fail");
	type("a");
	see("Outage plan: 6 of 6");
	/* the cluster's phase, and the rule that is broken */
	see_in_row("SSC-CL-SV1", "▒▒");
	see_in_row("SSC-CL-SV1", "│!");
	see("problems: 1");
	type("o");
	see("power devices fail, orders at once");
	see("go out all at once");
	type("o");
	see("go out one after another");
	gone("orders at once");
	vt_key(&vt, VTERM_KEY_END);
	see("!warning   R27");
	see("orders to others");
	/* Tab goes to who breaks a rule */
	type("\t");
	see("shutdown ordered 90-98 s");
	type("a");
	see("Outage plan: 0 of 6");
	gone("R27");
	leave_view("Outage plan");
	quit();
}

static void test_only_what_is_concerned(void **state)
{
	(void)state;
	start();
	find("UPS5");
	type("p");
	see("EXP1");
	type("f");
	gone("EXP1");
	gone("UPS6");
	see("[x] UPS5");
	see("BLADE2");
	type("f");
	see("EXP1");
	leave_view("Outage plan");
	quit();
}

static void click(const char *text, int by)
{
	char row[4096], keys[80], *at;
	int y, x;

	see(text);	/* a screen comes in pieces */
	y = row_of(text);
	vt_row(&vt, y, row, sizeof row);
	at = strstr(row, text);
	*at = '\0';
	x = text_width(row) + by;
	snprintf(keys, sizeof keys, "\33[<0;%d;%dM\33[<0;%d;%dm", x + 1, y + 1, x + 1, y + 1);
	type(keys);
}

static void test_mouse(void **state)
{
	(void)state;
	start();
	find("UPS4");
	type("p");
	see("[x] UPS4");
	click("[ ] UPS5", 1);
	see("[x] UPS5");
	see("2 of 6");
	click("EXP2", 2);
	see("because of UPS4");
	click("BLADE1", 1);
	click("BLADE1", 1);
	gone("Outage plan");
	vt_key(&vt, VTERM_KEY_FUNCTION(4));
	see("Terminal: BLADE1");
	leave_view("Terminal: BLADE1");
	quit();
}

/* In the demo the cards tell how long their batteries last. */
static void test_live(void **state)
{
	char row[4096];
	int must = 0, has = 0;

	(void)state;
	start_with(24, 80, "--demo", "Normal ON");
	find("UPS6");
	type("p");
	see("Outage plan: 1 of 6");
#define NUMBERS (sscanf(strstr(vt_row(&vt, row_of("[x] UPS6"), row, sizeof row), \
	"×") + strlen("×"), "%*d %d %d", &must, &has))
	VT_UNTIL(&vt, CONSOLE_MS, row_of("[x] UPS6") >= 0 && NUMBERS == 2);
	assert_int_equal(must, 432);
	assert_in_range(has, 100, 100000);
	leave_view("Outage plan");
	type("q");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
}

static void test_wide_and_japanese(void **state)
{
	(void)state;
	setenv("LANGUAGE", "ja", 1);
	start_with(43, 132, console_site(), "SSC_Cluster");
	type("p");
	see("停電時の動作: 停電する電源装置 6 / 6");
	see("クラスタ停止");
	see_in_row("UPS5", "Bladeサーバ");
	see_in_row("R27", "最後の制御端末");
	vt_resize(&vt, 24, 80);
	see("停止するサーバ: 6 / 6");
	gone("最後の制御端末");
	VT_UNTIL(&vt, CONSOLE_MS, row_of("[x] UPS6") > 0);
	assert_false(row_has("[x] UPS6", "100"));
	vt_resize(&vt, 43, 132);
	see_in_row("[x] UPS6", "100サーバ");
	unsetenv("LANGUAGE");
	type("\33");
	gone("停電時の動作");
	quit();
}

static void test_nothing_there(void **state)
{
	(void)state;
	unlink(console_site());
	start_with(24, 80, console_site(), "Nothing here yet");
	type("p");
	see("Outage plan: 0 of 0 power devices fail");
	type(" aof\t");
	down(2);
	vt_key(&vt, VTERM_KEY_END);
	type(ENTER);
	gone("Outage plan");
	quit();
}

static int open_folder(void **state)
{
	(void)state;
	return console_open("t-console-plan") ? 0 : -1;
}

#define CONSOLE_TEST(t) cmocka_unit_test_setup_teardown(t, steps_site, steps_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CONSOLE_TEST(test_of_a_ups),
		CONSOLE_TEST(test_of_what_is_selected),
		CONSOLE_TEST(test_choosing),
		CONSOLE_TEST(test_only_what_is_concerned),
		CONSOLE_TEST(test_mouse),
		CONSOLE_TEST(test_live),
		CONSOLE_TEST(test_wide_and_japanese),
		CONSOLE_TEST(test_nothing_there),
	};

	return cmocka_run_group_tests_name("console-plan", tests, open_folder, steps_close);
}
