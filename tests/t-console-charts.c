/* The statistics view on the simulated site: curves, figures, spans, export, both languages. */
#include "console-steps.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#define TAB "\t"

/* Is there a character of the braille block on the screen? */
static bool has_curve(void)
{
	for (int y = 0; y < vt.rows; y++)
		for (int x = 0; x < vt.cols; x++) {
			uint32_t c = vt_cell(&vt, y, x).chars[0];

			if (c > 0x2800 && c < 0x2900)
				return true;
		}
	return false;
}

static void start(int rows, int cols, const char *with)
{
	const char *words[] = { with, NULL };

	start_words(rows, cols, words, "F10");
}

static void test_curves(void **state)
{
	char path[64], *csv;
	struct err e;
	size_t len;

	(void)state;
	start(24, 80, "--demo");
	vt_type(&vt, "G");
	see("Select a power device");
	find("UPS3");
	gone("Part of a name");
	see("runtime");
	see("▇");			/* the line in the details */
	vt_type(&vt, "G");
	see("Statistics: UPS3, last 10 minutes");	/* nothing older is known yet */
	see("Input voltage");
	see("Battery charge  now 100%");
	see("Run time left");
	see("V┤");
	VT_UNTIL(&vt, CONSOLE_MS, has_curve());
	assert_true(has_curve());
	vt_type(&vt, "2");
	gone("Battery charge");
	see("Load  now");
	see("100%┤");
	vt_type(&vt, TAB);
	see("Battery charge");
	vt_type(&vt, "b");
	VT_UNTIL(&vt, CONSOLE_MS, !has_curve());
	assert_false(has_curve());
	vt_type(&vt, "bwa");
	see("last week");
	vt_key(&vt, VTERM_KEY_LEFT);
	see("last day");
	vt_type(&vt, "m");
	see("last 10 minutes");
	vt_key(&vt, VTERM_KEY_UP);
	see("Statistics: UPS2");
	vt_key(&vt, VTERM_KEY_DOWN);
	see("Statistics: UPS3");

	snprintf(path, sizeof path, "%s/samples.csv", console_dir());
	vt_type(&vt, "x");
	see("UPS3-minutes.csv");
	vt_type(&vt, CTRL_U);
	vt_type(&vt, path);
	vt_type(&vt, ENTER);
	see("The samples are in");
	csv = file_read(path, 1 << 20, &len, &e);
	assert_non_null(csv);
	assert_non_null(strstr(csv, "time,input_voltage_min,"));
	assert_non_null(strstr(csv, "Z,10"));
	free(csv);
	/* what is there is not written over */
	vt_type(&vt, "x");
	see("UPS3-minutes.csv");
	vt_type(&vt, CTRL_U);
	vt_type(&vt, path);
	vt_type(&vt, ENTER);
	see("is there already");
	vt_type(&vt, ENTER);
	gone("is there already");
	vt_key(&vt, VTERM_KEY_FUNCTION(1));
	vt_key(&vt, VTERM_KEY_PAGEDOWN);
	see("Export samples as CSV");
	vt_type(&vt, "\33");
	gone("Export samples as CSV");
	vt_type(&vt, "\33");
	gone("Statistics: ");
	vt_type(&vt, "q");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
}

static void test_japanese(void **state)
{
	(void)state;
	setenv("LANGUAGE", "ja", 1);
	start(43, 132, "--demo");
	vt_type(&vt, "/");
	see("検索");
	vt_type(&vt, "UPS5" ENTER);
	see("動作可能");
	vt_type(&vt, "G");
	see("統計情報: UPS5、最近10分");
	see("入力電圧  現在");
	see("動作可能時間");
	see("分┤");
	vt_type(&vt, "4");
	gone("入力電圧  現在");
	vt_resize(&vt, 24, 80);
	see("統計情報: UPS5");
	VT_UNTIL(&vt, CONSOLE_MS, has_curve());
	assert_true(has_curve());
	vt_type(&vt, "qq");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
	unsetenv("LANGUAGE");
}

/* A site that does not answer has nothing to draw, and says so. */
static void test_nothing_yet(void **state)
{
	char site[64];
	FILE *out;

	(void)state;
	snprintf(site, sizeof site, "%s/silent.ini", console_dir());
	out = fopen(site, "w");
	assert_non_null(out);
	fputs("[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n"
	    "[Ups1]\nName=UPS1\nParent=Group1.PowerDevices\nAddress=127.0.99.1\nSnmpPort=9\n", out);
	fclose(out);
	start(24, 80, site);
	find("UPS1");
	gone("Part of a name");
	vt_type(&vt, "G");
	see("It has not answered yet");
	vt_type(&vt, "x");
	see("CSV file:");
	vt_type(&vt, ENTER);
	see("There is nothing to export yet");
	vt_type(&vt, ENTER);
	gone("There is nothing to export yet");
	vt_type(&vt, "qq");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
}

static int open_folder(void **state)
{
	(void)state;
	return console_open("t-console-charts") ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_curves, steps_end),
		cmocka_unit_test_teardown(test_japanese, steps_end),
		cmocka_unit_test_teardown(test_nothing_yet, steps_end),
	};

	return cmocka_run_group_tests_name("charts", tests, open_folder, steps_close);
}
