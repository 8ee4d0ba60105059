/*
 * The terminal changes its size while any dialog is open, a thousand times in a row:
 * none is lost, and in the end every cell is what a screen drawn anew shows.
 */
#include "console.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { MS = CONSOLE_MS, TIMES = 1000 };

static struct vt vt;

/* Text and colours of all cells; what grows with the time is left out. */
static char *cells(void)
{
	struct text t = { 0 };

	for (int y = 0; y < vt.rows; y++)
		for (int x = 0; x < vt.cols; x++) {
			VTermScreenCell c = vt_cell(&vt, y, x);
			bool digit = c.chars[0] >= '0' && c.chars[0] <= '9';

			text_printf(&t, "%x%s,", digit ? '0' : c.chars[0] ? c.chars[0] : ' ',
			    c.attrs.reverse ? "r" : c.attrs.bold ? "b" : "");
		}
	return text_take(&t);
}

/* Does it show now what it shows when it draws all anew? */
static bool is_whole(void)
{
	char *now, *anew;
	bool same;

	while (vt_pump(&vt, 30) > 0)
		continue;
	now = cells();
	vt_type(&vt, "\14");
	while (vt_pump(&vt, 30) > 0)
		continue;
	anew = cells();
	same = strcmp(now, anew) == 0;
	free(now);
	free(anew);
	return same;
}

/* Sizes as fast as they can be set; some are too small to show anything. */
static void many_sizes(const char *what)
{
	bool whole = false;

	for (int i = 0; i < TIMES; i++) {
		vt_resize(&vt, 10 + i * 7 % 50, 40 + i * 13 % 160);
		vt_pump(&vt, 0);
	}
	vt_resize(&vt, 31, 101);
	VT_UNTIL(&vt, MS, vt_has(&vt, what) && !console_broken(&vt) &&
	    (whole = is_whole()));
	if (!vt_has(&vt, what) || console_broken(&vt)) {
		console_show(&vt);
		fail_msg("\"%s\": %s", what, console_broken(&vt) ? console_broken(&vt) : "lost");
	}
	/* the bottom row and the right border are those of the last size */
	assert_int_not_equal(vt_cell(&vt, 30, 0).chars[0], ' ');
	assert_int_not_equal(vt_cell(&vt, 0, 99).chars[0], 0);
	assert_true(whole);
	assert_int_equal(vt.unknown, 0);
}

/* What is open while the sizes change: keys that lead there, and words it shows. */
static const struct {
	const char *const keys[12];
	const char *words;
} screens[] = {
	{ { NULL }, "Power network" },
	{ { "Tab" }, "Power network" },
	{ { "z" }, "Power network" },
	{ { "F1" }, "The main screen" },
	{ { "F3" }, "Part of a name" },
	{ { "F4" }, "Communication port" },
	{ { "F6" }, "Mended by" },
	{ { "Down", "F7" }, "Control terminal" },
	{ { "F9" }, "Reload" },
	{ { "Alt-v" }, "Tree or list" },
	{ { "g" }, "New: Power control group" },
	{ { "Down", "Down", "d" }, "New: Power device" },
	{ { "Down", "F8" }, "Delete SSC?" },
	{ { "Down", "F8", "S", "S", "C", "Enter", "q" }, "not saved" },
	{ { "F4", "Space" }, "Armed" },
	{ { "F4", "Right", "Esc" }, "without these changes" },
	{ { "Alt-h", "End", "Enter" }, "About" },
};

static void test_screens(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
		assert_true(console_sample("demo.ini"));
		assert_true(console_started(&vt, 24, 80));
		for (int k = 0; screens[i].keys[k]; k++)
			assert_true(console_press(&vt, screens[i].keys[k]));
		if (!vt_wait_text(&vt, screens[i].words, MS)) {
			console_show(&vt);
			fail_msg("\"%s\" is not there", screens[i].words);
		}
		many_sizes(screens[i].words);
		vt_close(&vt);
	}
}

/* The same in Japanese, where half of a character may stand at the border. */
static void test_japanese(void **state)
{
	(void)state;
	console_language("ja");
	assert_true(console_sample("demo.ini"));
	assert_true(console_started(&vt, 24, 80));
	many_sizes("電源ネットワーク");
	console_press(&vt, "F4");
	assert_true(vt_wait_text(&vt, "キャンセル >", MS));
	many_sizes("キャンセル >");
	console_press(&vt, "F1");
	many_sizes("Esc");
	vt_close(&vt);
	console_language("en");
}

static int open_all(void **state)
{
	(void)state;
	return console_open("t-console-sizes") ? 0 : -1;
}

static int close_all(void **state)
{
	(void)state;
	console_close();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_screens),
		cmocka_unit_test(test_japanese),
	};

	return cmocka_run_group_tests_name("console-sizes", tests, open_all, close_all);
}
