/* The events view at the screen: log-in, filters, find, one event, acknowledging, sizes. */
#include "console-steps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

static void start(int rows, int cols, const char *ready)
{
	const char *words[] = { "--demo", NULL };

	start_words(rows, cols, words, ready);
}

static void log_in(const char *operator)
{
	see(operator);
	type(ENTER);
	type("demodemo" ENTER);
}

/* What the console itself has seen needs no password and is acknowledged at once. */
static void test_own(void **state)
{
	(void)state;
	start(24, 80, "F10");
	press("E");
	see("Log in at the control terminals");
	press("F10");
	see("Only what this console has seen");
	see("Events: 0");
	see("No event is known that the filter takes.");
	press("Enter");		/* of nothing there is nothing to show */
	press("a");
	see("There is no event here.");
	press("n");
	see("Nothing has been looked for yet");
	press("q");
	gone("Events: 0");
	quit();
}

/* The demo's outage, as both of its control terminals keep it. */
static void test_kept(void **state)
{
	(void)state;
	start(43, 132, "F10");
	press("E");
	log_in("Operator");
	see("SSC-CL-SV2: ");
	press("t");
	see("Which events?");
	press("Down");
	press("Enter");			/* UPS state */
	see(" · UPS state");
	VT_UNTIL(&vt, 3 * CONSOLE_MS, vt_has(&vt, "Normal ON -> On battery"));
	see("Normal ON -> On battery");	/* it came by itself */
	see("2 terminals");
	press("c");
	gone(" · UPS state");
	see("2 terminals");

	press("F3");
	see("Part of what happened");
	type("no such thing");
	see("No event that is shown has \"no such thing\" in it");
	type(CTRL_U "on battery");
	gone("No event that is shown");
	press("Enter");
	see("UPS state · 2 terminals · not acknowledged");
	press("o");
	see(" · UPS4");
	press("s");
	see("warnings and alarms");
	press("s");
	see("· alarms");
	press("s");
	press("w");
	see("not acknowledged ─");
	see("2 terminals");
	press("End");
	press("Enter");
	see("SSC-CL-SV1: 20");
	see("number ");
	press("Right");
	press("Enter");
	see("Password of the operator");
	type("not-this-one" ENTER);
	see("the password is wrong");
	press("Enter");
	gone("the password is wrong");
	press("a");
	see("Password of the operator");
	type("demodemo" ENTER);
	see("1 event is acknowledged");
	press("w");
	vt_resize(&vt, 24, 80);
	see("Events: ");
	press("r");
	see("SSC-CL-SV1: ");	/* and its number there: a busy machine has more events */
	/* one that comes while they are asked anew finds no event under the cursor */
	for (int i = 0; i < 10 && !vt_has(&vt, "Go to the node"); i++) {
		press("Enter");
		vt_wait_text(&vt, "Go to the node", 1000);
	}
	see("Go to the node");
	press("Enter");
	gone("Events: ");
	see("UPS4");
	press("L");			/* logged in still */
	see(" · UPS4");
	press("q");
	gone(" · UPS4");
	quit();
}

/* What there is of a power device, before the first minute and after it. */
static void test_statistics(void **state)
{
	(void)state;
	start(24, 80, "F10");
	press("Q");
	see("Select a power device");
	find("UPS4");
	gone("Part of a name");
	press("Q");
	see("Log in at the control terminals");
	press("F10");
	see("Nobody is logged in");
	press("x");
	see("CSV file:");
	press("Enter");
	see("There is nothing to export");
	press("Enter");
	press("l");
	log_in("Operator");
	see("Kept statistics: UPS4, last day · SSC-CL-SV1");
	VT_UNTIL(&vt, 5 * CONSOLE_MS, (press("r"), vt_has(&vt, "known: ")));
	see("known: ");			/* a minute is over, and a sample taken */
	press("w");
	see("last week");
	press("m");
	see("last month");
	press("y");
	see("last year");
	see("known: ");
	press("Left");
	see("Nothing is known of this time.");
	press("PageDown");
	see("last year");
	press("1");
	gone("Battery charge");
	press("9");
	gone("Input voltage");
	press("Tab");
	press("a");
	see("Battery charge");
	press("b");
	press("R");
	see("Report by month: UPS4 · SSC-CL-SV1");
	see("outages");
	press("Up");
	see("Report by month: UPS3");
	press("t");
	see("· SSC-CL-SV2");
	vt_resize(&vt, 43, 132);
	see("temp.");
	press("F1");
	see("report by month");
	press("F10");
	press("R");
	see("Kept statistics: UPS3");
	press("q");
	gone("Kept statistics");
	press("G");
	see("Statistics: UPS");
	press("s");			/* from the live curves, logged in still */
	see("Kept statistics: UPS");
	press("q");
	see("Statistics: UPS");
	press("q");
	quit();
}

static void test_japanese(void **state)
{
	(void)state;
	setenv("LANGUAGE", "ja", 1);
	start(24, 80, "F10");
	press("E");
	see("制御端末にログイン");
	press("Right");
	press("Enter");
	see("viewer のパスワード");
	type("demodemo" ENTER);
	see("SSC-CL-SV2: ");
	VT_UNTIL(&vt, 3 * CONSOLE_MS, vt_has(&vt, "正常ON -> 停電中"));
	see("正常ON -> 停電中");
	vt_resize(&vt, 43, 132);
	see("記録元");
	press("a");
	see("operator のパスワード");
	press("F10");
	gone("operator のパスワード");
	press("q");
	gone("記録元");
	type("q");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
	unsetenv("LANGUAGE");
}

static int open_folder(void **state)
{
	(void)state;
	return console_open("t-console-events") ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_own, steps_end),
		cmocka_unit_test_teardown(test_kept, steps_end),
		cmocka_unit_test_teardown(test_statistics, steps_end),
		cmocka_unit_test_teardown(test_japanese, steps_end),
	};

	return cmocka_run_group_tests_name("events", tests, open_folder, steps_close);
}
