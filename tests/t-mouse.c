/* The mouse's reports: bytes of terminals in, what was done with it out. */
#include "tui/screen-mouse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

enum { PRESS = MOUSE_PRESS, DOUBLE, RELEASE, UP, DOWN, UNUSED = -1, BROKEN = -2, MORE = -3 };

static const struct {
	const char *about, *bytes;	/* behind the beginning */
	bool old;
	int what, y, x;
} reports[] = {
	{ "a press", "0;5;3M", false, PRESS, 2, 4 },
	{ "far out", "0;300;99M", false, PRESS, 98, 299 },
	{ "a release", "0;5;3m", false, RELEASE, 2, 4 },
	{ "with Ctrl", "16;5;3M", false, PRESS, 2, 4 },
	{ "the wheel", "64;5;3M", false, UP, 2, 4 },
	{ "down", "65;5;3M", false, DOWN, 2, 4 },
	{ "sideways", "66;5;3M", false, UNUSED, 0, 0 },
	{ "right button", "2;5;3M", false, UNUSED, 0, 0 },
	{ "motion", "32;5;3M", false, UNUSED, 0, 0 },
	{ "a further button", "128;5;3M", false, UNUSED, 0, 0 },
	{ "column 0 is none", "0;0;3M", false, UNUSED, 0, 0 },
	{ "cut off", "0;5;", false, MORE, 0, 0 },
	{ "two numbers", "0;5M", false, BROKEN, 0, 0 },
	{ "four numbers", "0;5;3;1M", false, BROKEN, 0, 0 },
	{ "a number too large", "0;99999;3M", false, BROKEN, 0, 0 },
	{ "a key in it", "0;5\tM", false, BROKEN, 0, 0 },
	{ "an old press", " %#", true, PRESS, 2, 4 },
	{ "an old release", "#%#", true, RELEASE, 2, 4 },
	{ "an old wheel", "`%#", true, UP, 2, 4 },
	{ "an old one, down", "a%#", true, DOWN, 2, 4 },
	{ "an old one, cut off", " %", true, MORE, 0, 0 },
	{ "an old one with a key in it", " \r", true, BROKEN, 0, 0 },
};

static int told(const char *bytes, bool old, int64_t now, struct mouse *m)
{
	struct mouse_report r;
	enum mouse_step step = MOUSE_MORE;

	mouse_report_begin(&r, old);
	for (; *bytes && step == MOUSE_MORE; bytes++)
		step = mouse_report_take(&r, (unsigned char)*bytes);
	assert_int_equal(r.begun, step == MOUSE_MORE);
	if (step != MOUSE_WHOLE)
		return step == MOUSE_BROKEN ? BROKEN : MORE;
	return mouse_report_read(&r, now, m) ? (int)m->what : UNUSED;
}

static void test_reports(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
		struct mouse m = { 0 };
		int what = told(reports[i].bytes, reports[i].old, (int64_t)i * 10000, &m);

		if (what != reports[i].what || (what >= 0 &&
		    (m.y != reports[i].y || m.x != reports[i].x)))
			fail_msg("%s: %d at %d,%d", reports[i].about, what, m.y, m.x);
	}
}

static void test_double(void **state)
{
	struct mouse m;

	(void)state;
	assert_int_equal(told("0;5;3M", false, 900000, &m), PRESS);
	assert_int_equal(told("0;5;3m", false, 900050, &m), RELEASE);
	assert_int_equal(told("0;5;3M", false, 900100, &m), DOUBLE);
	/* a third is a first again; and one elsewhere, or late, is no double one */
	assert_int_equal(told("0;5;3M", false, 900200, &m), PRESS);
	assert_int_equal(told("0;6;3M", false, 900300, &m), PRESS);
	assert_int_equal(told("0;6;3M", false, 900700, &m), PRESS);
	assert_int_equal(told("0;6;3M", false, 900800, &m), DOUBLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reports),
		cmocka_unit_test(test_double),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
