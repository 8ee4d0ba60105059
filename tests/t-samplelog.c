/*
 * The statistics: samples come out as they went in, hours are summed up right
 * (against sums made here), old ones go, and the size is bounded.
 */
#include "store/samplelog.h"

#include "base/mem.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder.h"

#define LOG "statistics.db"
#define T0 (1790000000 / 3600 * 3600)

static struct samplelog *open_log(int64_t max)
{
	struct err e = { .text = "" };
	struct samplelog *l = samplelog_open(LOG, max, &e);

	if (!l || *e.text)
		fail_msg("%s", e.text);
	return l;
}

static struct sample sample(unsigned ups, time_t at)
{
	struct reading r;

	reading_clear(&r);
	r.state = (at / 60) % 10 == 3 ? UPS_ON_BATTERY : UPS_ONLINE;
	r.input_voltage = r.state == UPS_ONLINE ? 100.5 + (double)((at / 60) % 7) : 0;
	r.output_watts = 200 + ups;
	r.load_percent = 12.3;
	r.runtime_seconds = 1234;
	if (ups % 2)
		r.temperature_celsius = -3.5;
	return sample_of(ups, at, 60, &r);
}

static void add(struct samplelog *l, const struct sample *list, size_t n)
{
	struct err e = { .text = "" };

	if (!samplelog_add(l, list, n, &e) || *e.text)
		fail_msg("%s", e.text);
}

/* A sample a minute of so many UPSs, from T0 on. */
static void fill(struct samplelog *l, unsigned n, time_t from, time_t to)
{
	struct sample *list = mem_zero(n, sizeof *list);

	for (time_t t = from; t < to; t += 60) {
		for (unsigned u = 1; u <= n; u++)
			list[u - 1] = sample(u, t);
		add(l, list, n);
	}
	free(list);
}

static int tend(struct samplelog *l, time_t now)
{
	struct err e = { .text = "" };
	bool more = true;
	int slices = 0;

	while (more) {
		if (!samplelog_tend(l, now, &more, &e))
			fail_msg("%s", e.text);
		slices++;
		assert_true(slices < 10000);
	}
	return slices;
}

struct seen {
	struct sample first, last;
	struct sample_hour hours[60];
	size_t n;
};

static bool see(const struct sample *x, void *arg)
{
	struct seen *s = arg;

	if (!s->n++)
		s->first = *x;
	assert_true(s->n == 1 || x->at > s->last.at);
	s->last = *x;
	return true;
}

static bool see_hour(const struct sample_hour *x, void *arg)
{
	struct seen *s = arg;

	if (s->n < 60)
		s->hours[s->n] = *x;
	s->n++;
	return true;
}

static struct seen samples(struct samplelog *l, unsigned ups, time_t from, time_t to)
{
	struct seen s = { .n = 0 };
	struct err e = { .text = "" };

	if (!samplelog_list(l, ups, from, to, see, &s, &e))
		fail_msg("%s", e.text);
	return s;
}

static struct seen hours(struct samplelog *l, unsigned ups, time_t from, time_t to)
{
	struct seen s = { .n = 0 };
	struct err e = { .text = "" };

	if (!samplelog_hours(l, ups, from, to, see_hour, &s, &e))
		fail_msg("%s", e.text);
	return s;
}

static void come_out_as_they_went_in(void **state)
{
	struct samplelog *l = open_log(0);
	struct seen s;

	(void)state;
	fill(l, 3, T0, T0 + 3 * 3600);
	samplelog_close(l);
	l = open_log(0);
	s = samples(l, 2, T0 + 600, T0 + 7200);
	assert_int_equal(s.n, 110);
	assert_int_equal(s.first.at, T0 + 600);
	assert_int_equal(s.last.at, T0 + 7200 - 60);
	assert_int_equal(s.first.ups, 2);
	assert_int_equal(s.first.span, 60);
	for (int v = 0; v < VALUE_COUNT; v++) {
		double want = sample(2, T0 + 600).value[v];

		if (isnan(want))
			assert_true(isnan(s.first.value[v]));
		else
			assert_true(fabs(s.first.value[v] - want) < 0.051);
	}
	assert_int_equal(samples(l, 9, T0, T0 + 7200).n, 0);
	/* the same again replaces and does not double */
	fill(l, 3, T0, T0 + 600);
	assert_int_equal(samples(l, 1, T0, T0 + 600).n, 10);
	samplelog_close(l);
}

/* Whoever may look may ask for all there ever was: only what there is costs time. */
static void all_of_time_is_listed_at_once(void **state)
{
	struct samplelog *l = open_log(0);
	struct sample far = sample(1, T0 + 400 * 86400);
	struct seen s = { .n = 0 };
	clock_t begin = clock();

	(void)state;
	fill(l, 2, T0, T0 + 7200);
	add(l, &far, 1);
	assert_true(samplelog_list(l, 1, 0, 253402300799, see, &s, NULL));
	assert_int_equal(s.n, 121);
	assert_int_equal(s.first.at, T0);
	assert_int_equal(s.last.at, far.at);
	/* between hours, in one of them, and behind all */
	s.n = 0;
	assert_true(samplelog_list(l, 1, T0 + 60, T0 + 180, see, &s, NULL));
	assert_int_equal(s.n, 2);
	s.n = 0;
	assert_true(samplelog_list(l, 1, T0 + 10800, T0 + 14400, see, &s, NULL));
	assert_true(samplelog_list(l, 1, far.at + 60, 253402300799, see, &s, NULL));
	assert_int_equal(s.n, 0);
	if (clock() - begin > 2 * CLOCKS_PER_SEC)
		fail_msg("it took %.1f s", (double)(clock() - begin) / CLOCKS_PER_SEC);
	samplelog_close(l);
}

static void hours_are_summed_up(void **state)
{
	struct samplelog *l = open_log(0);
	struct seen s;
	double sum = 0;

	(void)state;
	fill(l, 200, T0, T0 + 2 * 3600 + 600);
	tend(l, T0 + 2 * 3600 + 600);
	s = hours(l, 5, T0, T0 + 86400);
	assert_int_equal(s.n, 2);	/* the third is not over */
	assert_int_equal(s.hours[0].at, T0);
	assert_int_equal(s.hours[1].at, T0 + 3600);
	assert_int_equal(s.hours[0].known, 3600);
	assert_int_equal(s.hours[0].on_battery, 360);
	assert_true(fabs(s.hours[0].watt_hours - 205) < 0.01);
	for (int i = 0; i < 60; i++)	/* 6 of them on battery, with nothing coming in */
		sum += sample(5, T0 + 60 * i).value[VALUE_INPUT_VOLTAGE];
	assert_true(fabs(s.hours[0].mean[VALUE_INPUT_VOLTAGE] - sum / 54) < 0.01);
	assert_true(fabs(s.hours[0].min[VALUE_INPUT_VOLTAGE] - 100.5) < 0.01);
	assert_true(fabs(s.hours[0].max[VALUE_INPUT_VOLTAGE] - 106.5) < 0.01);
	assert_true(fabs(s.hours[0].mean[VALUE_TEMPERATURE] + 3.5) < 0.01);
	s = hours(l, 6, T0, T0 + 86400);
	assert_true(isnan(s.hours[0].mean[VALUE_TEMPERATURE]));
	assert_true(isnan(s.hours[0].mean[VALUE_CHARGE_PERCENT]));
	assert_int_equal(hours(l, 200, T0, T0 + 86400).n, 2);
	/* the hour after is summed up when it is over, after a new start, too */
	fill(l, 200, T0 + 2 * 3600 + 600, T0 + 3 * 3600);
	samplelog_close(l);
	l = open_log(0);
	tend(l, T0 + 3 * 3600);
	s = hours(l, 5, T0, T0 + 86400);
	assert_int_equal(s.n, 3);
	assert_int_equal(s.hours[2].known, 3600);
	samplelog_close(l);
}

static bool see_month(const struct sample_month *x, void *arg)
{
	((struct sample_month *)arg)[x->month[6] == '0'] = *x;
	return true;
}

static void months_are_reported(void **state)
{
	struct samplelog *l = open_log(0);
	time_t october = 1791752400;	/* 2026-10-11 21:00 */
	struct sample_month m[2] = { { .known = 0 } };
	struct err e = { .text = "" };

	(void)state;
	fill(l, 1, T0, T0 + 7200);	/* in September */
	fill(l, 1, october, october + 3600);
	tend(l, october + 7200);
	assert_true(samplelog_months(l, 1, see_month, m, &e));
	assert_string_equal(m[0].month, "2026-09");
	assert_int_equal(m[0].known, 7200);
	assert_int_equal(m[0].on_battery, 720);
	assert_true(fabs(m[0].watt_hours - 402) < 0.01);
	assert_true(fabs(m[0].lowest - 100.5) < 0.01);
	assert_true(fabs(m[0].highest - 106.5) < 0.01);
	assert_string_equal(m[1].month, "2026-10");
	assert_int_equal(m[1].known, 3600);
	samplelog_close(l);
}

static void gaps_are_not_invented(void **state)
{
	struct samplelog *l = open_log(0);
	struct seen s;

	(void)state;
	fill(l, 1, T0, T0 + 900);
	fill(l, 1, T0 + 5 * 3600, T0 + 6 * 3600);
	tend(l, T0 + 7 * 3600);
	s = hours(l, 1, T0, T0 + 86400);
	assert_int_equal(s.n, 2);
	assert_int_equal(s.hours[0].known, 900);
	assert_true(fabs(s.hours[0].watt_hours - 201 / 4.0) < 0.01);
	assert_int_equal(s.hours[1].at, T0 + 5 * 3600);
	samplelog_close(l);
}

static void old_ones_go(void **state)
{
	struct samplelog *l = open_log(0);
	time_t later = T0 + SAMPLELOG_WEEK + 2 * 3600, year = T0 + SAMPLELOG_YEAR + 2 * 3600;

	(void)state;
	fill(l, 4, T0, T0 + 3 * 3600);
	tend(l, later);
	assert_int_equal(samples(l, 1, T0, T0 + 86400).n, 60);	/* the third hour */
	assert_int_equal(hours(l, 1, T0, T0 + 86400).n, 3);
	tend(l, year);
	assert_int_equal(samples(l, 1, T0, T0 + 86400).n, 0);
	assert_int_equal(hours(l, 1, T0, T0 + 86400).n, 1);
	samplelog_close(l);
}

/*
 * One that is too large to be looked through when it is opened: it shows in writing. Its
 * head tells of 5000 pages (SQLite's file format, 1.3), and only the first is left.
 */
static void damage_is_put_aside_with_words(void **state)
{
	static const char pages[] = { 0, 0, 0x13, (char)0x88 };
	struct sample list[2] = { sample(1, T0), sample(2, T0) };
	struct samplelog *l = open_log(0);
	struct err e = { .text = "" };
	FILE *f;

	(void)state;
	add(l, list, 2);
	samplelog_close(l);
	assert_int_equal(truncate(LOG, 4096), 0);
	assert_int_equal(truncate(LOG, 5000 * 4096), 0);
	f = fopen(LOG, "r+");
	assert_non_null(f);
	fseek(f, 28, SEEK_SET);
	assert_int_equal(fwrite(pages, sizeof pages, 1, f), 1);
	fclose(f);
	l = open_log(0);
	assert_true(samplelog_add(l, list, 1, &e));
	assert_int_equal(access(LOG ".damaged", F_OK), 0);
	assert_non_null(strstr(e.text, LOG ".damaged"));
	e.text[0] = '\0';
	assert_true(samplelog_add(l, list + 1, 1, &e));
	assert_string_equal(e.text, "");
	samplelog_close(l);
}

static void is_bounded(void **state)
{
	struct samplelog *l = open_log(512 * 1024);
	struct stat st;

	(void)state;
	fill(l, 50, T0, T0 + 10 * 3600);
	assert_int_equal(samples(l, 50, T0 + 9 * 3600, T0 + 10 * 3600).n, 60);
	assert_int_equal(samples(l, 50, T0, T0 + 3600).n, 0);
	samplelog_close(l);
	assert_int_equal(stat(LOG, &st), 0);
	assert_true(st.st_size <= 512 * 1024);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(come_out_as_they_went_in),
		TEST(all_of_time_is_listed_at_once),
		TEST(hours_are_summed_up),
		TEST(gaps_are_not_invented),
		TEST(months_are_reported),
		TEST(old_ones_go),
		TEST(damage_is_put_aside_with_words),
		TEST(is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
