/* The samples of a UPS: what is kept, how it is thinned, and that a gap stays a gap. */
#include "app/samples.h"
#include "base/text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define S INT64_C(1000)
#define MINUTE (60 * S)
#define HOUR (60 * MINUTE)
#define START (100 * HOUR)

static struct samples *s;

static int begin(void **state)
{
	(void)state;
	s = samples_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	samples_free(s);
	return 0;
}

static void add(int64_t at, double volts, double load)
{
	struct reading r;

	reading_clear(&r);
	r.input_voltage = volts;
	r.load_percent = load;
	samples_add(s, at, &r);
}

static void near_to(double got, double want, double by)
{
	if (!(fabs(got - want) <= by))
		fail_msg("%g is not within %g of %g", got, by, want);
}

/* An answer each 8 s, none from the 20th to the 30th second minute. */
static void test_bins_and_gaps(void **state)
{
	struct bin b[60];

	(void)state;
	for (int64_t t = 0; t < HOUR; t += 8 * S) {
		if (t >= 20 * MINUTE && t < 30 * MINUTE)
			samples_add(s, START + t, NULL);
		else
			add(START + t, t < 10 * MINUTE ? 100 : 102, NAN);
	}
	samples_bins(s, SAMPLE_VOLTAGE, START, START + HOUR, 60, b);
	for (int i = 0; i < 60; i++) {
		if (i >= 20 && i < 30) {
			assert_true(b[i].known == 0);
			continue;
		}
		assert_true(b[i].known > 0);
		near_to(b[i].known, MINUTE, 1);
		near_to(b[i].mean, i < 10 ? 100 : 102, 0.3);
	}
	/* a kind that the card never told is nothing but gap */
	samples_bins(s, SAMPLE_LOAD, START, START + HOUR, 60, b);
	for (int i = 0; i < 60; i++)
		assert_true(b[i].known == 0);
	/* finer than the samples come: no holes between them */
	samples_bins(s, SAMPLE_VOLTAGE, START + MINUTE, START + 2 * MINUTE, 60, b);
	for (int i = 0; i < 60; i++)
		assert_true(b[i].known > 0);
}

/* Silence without a word (the console was stopped) is a gap after 20 s, too. */
static void test_silence(void **state)
{
	struct bin b[10];
	struct figures f;

	(void)state;
	add(START, 100, 10);
	add(START + 100 * S, 90, 10);
	samples_bins(s, SAMPLE_VOLTAGE, START, START + 100 * S, 10, b);
	for (int i = 0; i < 10; i++)
		assert_int_equal(b[i].known > 0, i < 2);
	samples_figures(s, SAMPLE_VOLTAGE, SPAN_HOUR, START + 101 * S, &f);
	near_to(f.now, 90, 0);
	samples_figures(s, SAMPLE_VOLTAGE, SPAN_HOUR, START + 130 * S, &f);
	assert_true(isnan(f.now));
	near_to(f.min, 90, 0);
	near_to(f.max, 100, 0);
	near_to(f.mean, 95, 0.1);
}

/* A mean is of the time, not of the number of answers. */
static void test_mean(void **state)
{
	struct figures f;
	int64_t t = START;

	(void)state;
	for (int i = 0; i < 100; i++, t += 8 * S)
		add(t, 100, 50);
	for (int i = 0; i < 100; i++, t += 2 * S)
		add(t, 0, 50);
	for (enum span span = 0; span < SPAN_COUNT; span++) {
		samples_figures(s, SAMPLE_VOLTAGE, span, t, &f);
		near_to(f.min, 0, 0);
		near_to(f.max, 100, 0);
		if (span == SPAN_HOUR)
			near_to(f.mean, 80, 1);
	}
}

/* Eight days at full rate: what is old has gone, what is kept is right. */
static void test_week(void **state)
{
	struct bin b[1000];
	struct figures f;
	int64_t t, to = START + 8 * 24 * HOUR;

	(void)state;
	for (t = START; t < to; t += 2 * S)
		add(t, t == to - 3 * 24 * HOUR ? 7 : 100, (double)((t - START) / HOUR));
	samples_figures(s, SAMPLE_LOAD, SPAN_HOUR, to, &f);
	near_to(f.min, 191, 0);
	near_to(f.max, 191, 0);
	samples_figures(s, SAMPLE_LOAD, SPAN_DAY, to, &f);
	near_to(f.min, 168, 0);
	samples_figures(s, SAMPLE_LOAD, SPAN_WEEK, to, &f);
	near_to(f.min, 24, 0);
	near_to(f.mean, (24 + 191) / 2.0, 0.1);
	/* one answer of three days ago is still seen */
	samples_figures(s, SAMPLE_VOLTAGE, SPAN_DAY, to, &f);
	near_to(f.min, 100, 0);
	samples_figures(s, SAMPLE_VOLTAGE, SPAN_WEEK, to, &f);
	near_to(f.min, 7, 0);
	near_to(f.mean, 100, 0.1);
	/* no holes at any width, none in what was full */
	for (int n = 1; n <= 1000; n += 37) {
		samples_bins(s, SAMPLE_VOLTAGE, to - 7 * 24 * HOUR, to, n, b);
		for (int i = 0; i < n; i++)
			assert_true(b[i].known > 0);
		samples_bins(s, SAMPLE_VOLTAGE, to - HOUR, to, n, b);
		for (int i = 0; i < n; i++)
			assert_true(b[i].known > 0);
	}
}

/* Asked as fast as keys repeat, it takes no more room; only the hour gets shorter. */
static void test_flood(void **state)
{
	struct bin b[2];
	int64_t t;

	(void)state;
	for (t = START; t < START + HOUR; t += 100)
		add(t, 100, 1);
	samples_bins(s, SAMPLE_VOLTAGE, START, START + HOUR, 2, b);
	assert_true(b[0].known == 0);
	near_to(b[1].known, 1800 * 100 + 20000, 20000);
	/* two in the same millisecond both count */
	add(t, 90, 1);
	add(t, 110, 1);
	samples_bins(s, SAMPLE_VOLTAGE, t, t + 2, 1, b);
	near_to(b[0].min, 90, 0);
	near_to(b[0].max, 110, 0);
}

static void test_nothing(void **state)
{
	struct bin b[3];
	struct figures f;

	(void)state;
	samples_add(s, START, NULL);
	samples_bins(s, SAMPLE_CHARGE, START, START + HOUR, 3, b);
	assert_true(b[0].known == 0 && b[2].known == 0);
	samples_bins(NULL, SAMPLE_CHARGE, START, START + HOUR, 3, b);
	assert_true(b[0].known == 0);
	samples_figures(s, SAMPLE_CHARGE, SPAN_WEEK, START, &f);
	assert_true(isnan(f.now) && isnan(f.min) && isnan(f.max) && isnan(f.mean));
	samples_free(NULL);
}

static void test_csv(void **state)
{
	char *csv;

	(void)state;
	add(START, 100.5, 20);
	add(START + 8 * S, 101, NAN);
	samples_add(s, START + 16 * S, NULL);
	samples_add(s, START + 24 * S, NULL);
	csv = samples_csv(s, SPAN_HOUR, START + 30 * S, 1000000030);
	assert_string_equal(csv,
	    "time,input_voltage_min,input_voltage_mean,input_voltage_max,"
	    "load_percent_min,load_percent_mean,load_percent_max,"
	    "charge_percent_min,charge_percent_mean,charge_percent_max,"
	    "runtime_seconds_min,runtime_seconds_mean,runtime_seconds_max\n"
	    "2001-09-09T01:46:40Z,100.5,100.5,100.5,20,20,20,,,,,,\n"
	    "2001-09-09T01:46:48Z,101,101,101,,,,,,,,,\n"
	    "2001-09-09T01:46:56Z,,,,,,,,,,,,\n");
	free(csv);
	csv = samples_csv(s, SPAN_DAY, START + 30 * S, 1000000030);
	assert_non_null(strstr(csv, "\n2001-09-09T01:46:40Z,100.5,"));
	free(csv);
	csv = samples_csv(s, SPAN_HOUR, START + 3 * HOUR, 1000000030);
	assert_null(strstr(csv, "\n2001"));
	free(csv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_bins_and_gaps, begin, end),
		cmocka_unit_test_setup_teardown(test_silence, begin, end),
		cmocka_unit_test_setup_teardown(test_mean, begin, end),
		cmocka_unit_test_setup_teardown(test_week, begin, end),
		cmocka_unit_test_setup_teardown(test_flood, begin, end),
		cmocka_unit_test_setup_teardown(test_nothing, begin, end),
		cmocka_unit_test_setup_teardown(test_csv, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
