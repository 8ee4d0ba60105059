/* Charts as text: whole small ones, in braille and in ASCII, and the arithmetic of scales. */
#include "base/text.h"
#include "tui/chart.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define GAP -1

/* Bins of single values; GAP is one that is not known. */
static int bins_of(struct bin *bins, const double *values, int n)
{
	for (int i = 0; i < n; i++)
		bins[i] = values[i] == GAP ? (struct bin){ 0 } :
		    (struct bin){ values[i], values[i], values[i], 1 };
	return n;
}

static void same(char *got, const char *want)
{
	if (strcmp(got, want) != 0)
		fail_msg("got:\n%swanted:\n%s", got, want);
	free(got);
}

static const double ramp[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, GAP, GAP, 11, 0, 0, 11, 5, 5 };
enum { RAMP = sizeof ramp / sizeof *ramp };

static void test_braille(void **state)
{
	struct bin b[RAMP];
	struct chart c = { .bins = b, .n = bins_of(b, ramp, RAMP), .low = 0, .high = 11,
	    .unit = "V", .from = "", .middle = "", .to = "" };

	(void)state;
	same(chart_text(&c, 3, 10),
	    "    ⡠⠊ ⢱⢸⡆\n"
	    "  ⡠⠊   ⢸⢸⠧\n"
	    "⡠⠊     ⢸⡸ \n");
	/* fewer bins than room: what is missing is empty */
	c.n = 4;
	same(chart_text(&c, 1, 4), "⣀⠤  \n");
}

static void test_ascii(void **state)
{
	struct bin b[RAMP];
	struct chart c = { .bins = b, .n = bins_of(b, ramp, RAMP), .low = 0, .high = 11,
	    .unit = "V", .from = "", .middle = "", .to = "", .ascii = true };

	(void)state;
	same(chart_text(&c, 4, 20),
	    "          **  *  *  \n"
	    "      ****     * ** \n"
	    "  ****         * ***\n"
	    "**             **   \n");
	c.bars = true;
	same(chart_text(&c, 4, 20),
	    "          ##  #  #  \n"
	    "      ######  #  #  \n"
	    "  ##########  #  ###\n"
	    "############  ######\n");
}

static void test_axes(void **state)
{
	static const double flat[] = { 100, 100, 100, 100, 101, 101, 101, 101, 101, GAP, GAP, 0,
	    0, 100, 100, 100 };
	struct bin b[16];
	struct chart c = { .bins = b, .n = bins_of(b, flat, 16), .low = 0, .high = 120,
	    .unit = "V", .from = "13:00", .middle = "13:30", .to = "14:00", .bars = true };

	(void)state;
	assert_int_equal(chart_bins(28, true, false), 20);
	assert_int_equal(chart_bins(28, false, false), 40);
	assert_int_equal(chart_bins(28, false, true), 20);
	assert_int_equal(chart_bins(10, false, false), 20);
	same(chart_text(&c, 7, 28),
	    "   120V┤▂▂▂▂▂▂▂▂▂    ▂▂▂    \n"
	    "       │█████████    ███    \n"
	    "    60V┤█████████    ███    \n"
	    "       │█████████    ███    \n"
	    "     0V┤█████████  ▁▁███    \n"
	    "       └────────────────────\n"
	    "        13:00  13:30   14:00\n");
	c.ascii = true;
	same(chart_text(&c, 6, 28),
	    "   120V+#########    ###    \n"
	    "       |#########    ###    \n"
	    "       |#########    ###    \n"
	    "     0V+#########  #####    \n"
	    "       +--------------------\n"
	    "        13:00  13:30   14:00\n");
	/* no room for the middle one; a Japanese unit is as wide as it is */
	c.unit = "分";
	same(chart_text(&c, 5, 24),
	    "  120分+#########    ###\n"
	    "       |#########    ###\n"
	    "    0分+#########  #####\n"
	    "       +----------------\n"
	    "        13:00      14:00\n");
}

/* A short failure in a long time reaches down, whatever the mean is. */
static void test_range(void **state)
{
	struct bin b[4] = { { 10, 10, 10, 1 }, { 0, 10, 9.9, 1 }, { 10, 10, 10, 1 } };
	struct chart c = { .bins = b, .n = 4, .low = 0, .high = 10, .unit = "", .from = "",
	    .middle = "", .to = "", .ascii = true };
	char *spark;

	(void)state;
	same(chart_text(&c, 3, 4), "*** \n *  \n *  \n");
	spark = chart_spark(b, 4, 0, 11, false);
	assert_string_equal(spark, "▇▁▇ ");
	free(spark);
	spark = chart_spark(b, 4, 0, 11, true);
	assert_string_equal(spark, "%_% ");
	free(spark);
}

static void test_scale(void **state)
{
	static const struct { double least, most, span, low, high; } cases[] = {
		{ 0, 100, 100, 0, 100 },
		{ 0, 103, 100, 0, 120 },
		{ 99.8, 103, 10, 96, 108 },
		{ 0, 102, 10, 0, 120 },
		{ 0, 0, 10, 0, 10 },
		{ NAN, NAN, 10, 0, 10 },
		{ 1, 2, 10, 0, 10 },
		{ 0, 37, 10, 0, 40 },
		{ 0, 1234, 10, 0, 1400 },
		{ 228, 242, 10, 228, 242 },
	};
	double low, high;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		chart_scale(cases[i].least, cases[i].most, cases[i].span, &low, &high);
		if (fabs(low - cases[i].low) > 1e-9 || fabs(high - cases[i].high) > 1e-9)
			fail_msg("%g..%g: %g..%g", cases[i].least, cases[i].most, low, high);
	}
	/* whatever comes, it is inside */
	for (double least = 0; least < 500; least += 7.3)
		for (double most = least; most < 1000; most += 13.7) {
			chart_scale(least, most, 10, &low, &high);
			assert_true(low >= 0 && low <= least + 1e-3 && high >= most - 1e-3 &&
			    high - low >= 10 - 1e-6 && high - low < 2.6 * (most - least) + 16);
		}
}

static void test_dot(void **state)
{
	(void)state;
	assert_int_equal(chart_dot(0, 0, 100, 8), 0);
	assert_int_equal(chart_dot(100, 0, 100, 8), 7);
	assert_int_equal(chart_dot(50, 0, 100, 9), 4);
	assert_int_equal(chart_dot(-5, 0, 100, 8), 0);
	assert_int_equal(chart_dot(500, 0, 100, 8), 7);
	assert_int_equal(chart_dot(3, 0, 100, 1), 0);
}

/* Every size: as many rows and columns as were asked for. */
static void test_sizes(void **state)
{
	struct bin b[400];

	(void)state;
	for (int i = 0; i < 400; i++)
		b[i] = (struct bin){ i % 50, i % 77, i % 60, i % 9 };
	for (int form = 0; form < 4; form++)
		for (int rows = 1; rows < 12; rows++)
			for (int cols = 1; cols < 90; cols++) {
				struct chart c = { .bins = b, .low = 0, .high = 100, .unit = "min",
				    .from = "00:00", .middle = "11:11", .to = "22:22",
				    .bars = form & 1, .ascii = form & 2 };
				char *text, *line, *end;
				int n = 0;

				c.n = chart_bins(cols, c.bars, c.ascii);
				text = line = chart_text(&c, rows, cols);
				for (; (end = strchr(line, '\n')); line = end + 1, n++) {
					*end = '\0';
					assert_int_equal(text_width(line), cols);
					assert_true(!c.ascii || text_is_ascii(line));
				}
				assert_int_equal(n, rows);
				free(text);
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_braille),
		cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_axes),
		cmocka_unit_test(test_range),
		cmocka_unit_test(test_scale),
		cmocka_unit_test(test_dot),
		cmocka_unit_test(test_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
