/* t-sim - the simulated card without its network: battery, commands, settings, OIDs. */
#include "base/err.h"
#include "base/script.h"
#include "sim/battery.h"
#include "sim/card.h"
#include "sim/powernet.h"
#include "sim/replay.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define U "1.3.6.1.4.1.318.1.1.1."

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

static struct simcard *new_card(void)
{
	struct simcard *c = simcard_new("UPS1", 1, 1);

	simcard_set_load(c, 30);
	return c;
}

/* Lives `after` longer and is then in this state. */
static void expect(struct simcard *c, int64_t after, int output)
{
	simcard_advance(c, simcard_now(c) + after);
	if (simcard_view(c)->output != output)
		print_error("at %lld s: output %d, not %d\n",
		    (long long)simcard_now(c) / 1000, simcard_view(c)->output,
		    output);
	assert_int_equal(simcard_view(c)->output, output);
}

static void command(struct simcard *c, enum command what, int number)
{
	assert_int_equal(simcard_command(c, what, number, true), COMMAND_DONE);
}

static void battery_lasts_and_fills(void **state)
{
	const struct { double load, seconds; } cases[] = {
		{ 100, 390 }, { 30, 1800 }, { 50, 940 }, { 0, 33500 },
	};
	size_t i;
	double t;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		t = battery_runtime(100, cases[i].load);
		assert_in_range(t, cases[i].seconds * 0.98, cases[i].seconds * 1.02);
		assert_true(battery_drained(100, cases[i].load, t / 2) > 49.9);
		assert_true(battery_drained(100, cases[i].load, t + 1) == 0);
	}
	assert_true(battery_charged(0, 3 * 3600) > 89.9);
	assert_true(battery_charged(0, 24 * 3600) == 100);
	assert_true(battery_charge_time(50, 40) == 0);
	t = battery_charge_time(20, 95);
	assert_true(battery_charged(20, t) > 94.9 && battery_charged(20, t) < 95.1);
	assert_true(battery_volts(100, 0, 0) > battery_volts(100, 30, 1));
}

static void outage_and_return(void **state)
{
	struct simcard *c = new_card();
	const struct simview *v = simcard_view(c);

	(void)state;
	expect(c, MINUTE, OUTPUT_ON_LINE);
	assert_int_equal(v->on_battery, 0);
	simcard_set_mains(c, false);
	expect(c, 10 * MINUTE, OUTPUT_ON_BATTERY);
	assert_int_equal(v->on_battery, 60000);
	assert_int_equal(v->line, 0);
	assert_int_equal(v->fail_cause, 4);
	assert_in_range(v->charge, 600, 720);
	assert_in_range(v->runtime, 110000, 130000);
	assert_int_equal(v->battery_status, 2);
	assert_int_equal(v->state[1], '1');
	assert_int_equal(v->state[3], '0');
	expect(c, 19 * MINUTE, OUTPUT_ON_BATTERY);
	assert_int_equal(v->battery_status, 3);		/* under two minutes left */
	expect(c, 2 * MINUTE, OUTPUT_SLEEPING);		/* empty */
	assert_int_equal(v->charge, 0);
	assert_int_equal(v->out, 0);
	assert_int_equal(v->load, 0);
	expect(c, HOUR, OUTPUT_SLEEPING);
	simcard_set_mains(c, true);
	expect(c, 59 * SECOND, OUTPUT_SLEEPING);	/* ReturnDelay: 60 s */
	expect(c, 1 * SECOND, OUTPUT_ON_LINE);
	assert_int_equal(v->battery_status, 3);		/* nearly empty */
	expect(c, 12 * HOUR, OUTPUT_ON_LINE);
	assert_int_equal(v->charge, 1000);
	assert_int_equal(v->battery_status, 2);
	simcard_free(c);
}

static void seldom_or_often(void **state)
{
	struct simcard *a = new_card(), *b = new_card();
	int64_t t;

	(void)state;
	simcard_set_mains(a, false);
	simcard_set_mains(b, false);
	for (t = 0; t <= 20 * MINUTE; t += 700)
		simcard_advance(a, t);
	simcard_advance(a, 20 * MINUTE);
	simcard_advance(b, 20 * MINUTE);
	assert_memory_equal(simcard_view(a), simcard_view(b),
	    sizeof *simcard_view(a));
	simcard_free(a);
	simcard_free(b);
}

static void minimum_charge_holds_back(void **state)
{
	struct simcard *c = new_card();

	(void)state;
	assert_true(simcard_set_setting(c, SETTING_MIN_CHARGE, 15, true));
	simcard_set_charge(c, 0.1);
	simcard_set_mains(c, false);
	expect(c, MINUTE, OUTPUT_SLEEPING);
	simcard_set_mains(c, true);
	expect(c, 29 * MINUTE, OUTPUT_SLEEPING);	/* 15 % take half an hour */
	expect(c, 2 * MINUTE, OUTPUT_ON_LINE);
	assert_true(simcard_view(c)->charge >= 150);
	simcard_free(c);
}

static void conserve_battery(void **state)
{
	struct simcard *c = new_card();

	(void)state;
	assert_int_equal(simcard_command(c, COMMAND_CONSERVE, 2, true),
	    COMMAND_REFUSED);
	simcard_set_mains(c, false);
	expect(c, MINUTE, OUTPUT_ON_BATTERY);
	command(c, COMMAND_CONSERVE, 2);
	assert_int_equal(simcard_view(c)->state[21], '1');
	expect(c, 299 * SECOND, OUTPUT_ON_BATTERY);	/* ShutoffDelay: 300 s */
	simcard_set_mains(c, true);			/* does not stop it */
	expect(c, 1 * SECOND, OUTPUT_SLEEPING);
	expect(c, 59 * SECOND, OUTPUT_SLEEPING);
	expect(c, 1 * SECOND, OUTPUT_ON_LINE);
	simcard_free(c);
}

/* Two minutes, and the longer of what they need and of what a low battery lasts. */
static void servers_are_waited_for(void **state)
{
	struct simcard *c = new_card();

	(void)state;
	simcard_set_servers(c, 30);
	command(c, COMMAND_OFF, 3);
	expect(c, (120 + 120 + 300 - 1) * SECOND, OUTPUT_ON_LINE);
	expect(c, 1 * SECOND, OUTPUT_OFF);
	command(c, COMMAND_ON, 2);
	simcard_set_servers(c, 200);
	command(c, COMMAND_SLEEP, 3);
	expect(c, (200 + 120 + 300 - 1) * SECOND, OUTPUT_ON_LINE);
	expect(c, 1 * SECOND, OUTPUT_SLEEPING);
	command(c, COMMAND_ON, 2);
	/* what is not graceful does not wait for them */
	simcard_set_mains(c, false);
	command(c, COMMAND_CONSERVE, 2);
	expect(c, 299 * SECOND, OUTPUT_ON_BATTERY);
	expect(c, 1 * SECOND, OUTPUT_SLEEPING);
	simcard_free(c);
}

static void off_stays_off(void **state)
{
	struct simcard *c = new_card();

	(void)state;
	command(c, COMMAND_OFF, 3);
	expect(c, 299 * SECOND, OUTPUT_ON_LINE);
	expect(c, 1 * SECOND, OUTPUT_OFF);
	simcard_set_mains(c, false);
	simcard_set_mains(c, true);
	expect(c, HOUR, OUTPUT_OFF);
	command(c, COMMAND_ON, 2);
	expect(c, 0, OUTPUT_ON_LINE);
	command(c, COMMAND_OFF, 2);
	expect(c, 0, OUTPUT_OFF);
	simcard_set_mains(c, false);
	command(c, COMMAND_ON, 2);			/* a cold start */
	expect(c, 0, OUTPUT_ON_BATTERY);
	command(c, COMMAND_OFF, 3);
	command(c, COMMAND_ON, 2);			/* takes it back */
	expect(c, 400 * SECOND, OUTPUT_ON_BATTERY);
	simcard_free(c);
}

static void reboot_and_sleep(void **state)
{
	struct simcard *c = new_card();

	(void)state;
	command(c, COMMAND_REBOOT, 2);
	expect(c, 59 * SECOND, OUTPUT_REBOOTING);
	expect(c, 1 * SECOND, OUTPUT_ON_LINE);
	command(c, COMMAND_REBOOT, 3);
	expect(c, 300 * SECOND, OUTPUT_REBOOTING);
	simcard_set_mains(c, false);
	expect(c, MINUTE, OUTPUT_SLEEPING);
	simcard_set_mains(c, true);
	expect(c, MINUTE, OUTPUT_ON_LINE);

	simcard_set_setting(c, SETTING_SLEEP_TIME, 6000, true);	/* a minute */
	command(c, COMMAND_SLEEP, 2);
	expect(c, 359 * SECOND, OUTPUT_TIMED_SLEEP);	/* six at least */
	expect(c, 60 * SECOND, OUTPUT_SLEEPING);	/* and ReturnDelay */
	expect(c, 1 * SECOND, OUTPUT_ON_LINE);
	simcard_free(c);
}

static void tests_and_simulated_failure(void **state)
{
	struct simcard *c = new_card();
	const struct simview *v = simcard_view(c);

	(void)state;
	command(c, COMMAND_SIMULATE, 2);
	expect(c, 19 * SECOND, OUTPUT_ON_BATTERY);
	assert_true(v->line > 900);
	expect(c, 1 * SECOND, OUTPUT_ON_LINE);

	command(c, COMMAND_TEST, 2);
	expect(c, 1 * SECOND, 15);
	assert_int_equal(v->test_result, 4);
	expect(c, 10 * SECOND, OUTPUT_ON_LINE);
	assert_int_equal(v->test_result, 1);
	assert_int_equal(v->fail_cause, 9);

	simcard_set_bad_battery(c, true);
	assert_int_equal(v->replace, 2);
	command(c, COMMAND_TEST, 2);
	expect(c, 10 * SECOND, OUTPUT_ON_LINE);
	assert_int_equal(v->test_result, 2);

	command(c, COMMAND_TEST, 2);
	simcard_set_mains(c, false);
	expect(c, 1 * SECOND, OUTPUT_ON_BATTERY);
	assert_int_equal(v->test_result, 3);
	simcard_free(c);
}

static void transfer_voltages_count(void **state)
{
	struct simcard *c = new_card();

	(void)state;
	simcard_set_volts(c, 110);
	expect(c, SECOND, OUTPUT_ON_BATTERY);
	assert_int_equal(simcard_view(c)->fail_cause, 2);
	assert_true(simcard_set_setting(c, SETTING_HIGH_VOLTS, 111, true));
	expect(c, SECOND, OUTPUT_ON_LINE);
	assert_int_equal(simcard_setting(c, SETTING_HIGH_VOLTS), 112);
	simcard_set_volts(c, 91);
	expect(c, SECOND, OUTPUT_ON_BATTERY);
	assert_int_equal(simcard_view(c)->fail_cause, 3);
	simcard_free(c);
}

static void lost_link_keeps_the_last_reading(void **state)
{
	struct simcard *c = new_card();

	(void)state;
	simcard_set_comm(c, false);
	simcard_set_mains(c, false);
	expect(c, 5 * MINUTE, OUTPUT_ON_LINE);
	assert_int_equal(simcard_view(c)->comm, 2);
	assert_false(simcard_set_setting(c, SETTING_ALARM, 2, true));
	assert_int_equal(simcard_command(c, COMMAND_OFF, 2, true), COMMAND_REFUSED);
	simcard_set_comm(c, true);
	expect(c, 0, OUTPUT_ON_BATTERY);
	assert_int_equal(simcard_view(c)->on_battery, 30000);
	simcard_free(c);
}

static void settings_snap(void **state)
{
	const struct { enum setting s; int asked, kept; bool taken; } cases[] = {
		{ SETTING_HIGH_VOLTS,    109,    110,   true },
		{ SETTING_HIGH_VOLTS,    108,    108,   true },
		{ SETTING_HIGH_VOLTS,    10,     108,   true },
		{ SETTING_HIGH_VOLTS,    200,    114,   true },
		{ SETTING_LOW_VOLTS,     91,     90,    true },
		{ SETTING_LOW_VOLTS,     10,     86,    true },
		{ SETTING_LOW_VOLTS,     200,    92,    true },
		{ SETTING_ALARM_TIMER,   2900,   0,     true },
		{ SETTING_ALARM_TIMER,   99999,  3000,  true },
		{ SETTING_MIN_CHARGE,    16,     50,    true },
		{ SETTING_MIN_CHARGE,    100,    90,    true },
		{ SETTING_LOW_BATTERY,   12001,  30000, true },
		{ SETTING_RETURN_DELAY,  0,      0,     true },
		{ SETTING_RETURN_DELAY,  1,      6000,  true },
		{ SETTING_SHUTOFF_DELAY, 0,      2000,  true },
		{ SETTING_SHUTOFF_DELAY, 30100,  60000, true },
		{ SETTING_SHUTOFF_DELAY, 999999, 60000, true },
		{ SETTING_SLEEP_TIME,    54000,  72000, true },
		{ SETTING_SLEEP_TIME,    53999,  36000, true },
		{ SETTING_SLEEP_TIME,    0,      0,     true },
		{ SETTING_ALARM,         4,      0,     false },
		{ SETTING_SENSITIVITY,   4,      4,     true },
		{ SETTING_SENSITIVITY,   5,      0,     false },
		{ SETTING_TEST_SCHEDULE, 1,      0,     false },
		{ SETTING_RATED_VOLTS,   100,    0,     false },
		{ SETTING_EXHAUST,       0,      0,     false },
	};
	size_t i;
	int value;
	bool taken;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		value = cases[i].asked;
		taken = setting_snap(cases[i].s, &value);
		if (taken != cases[i].taken || (taken && value != cases[i].kept))
			print_error("case %zu: %d became %d\n", i, cases[i].asked,
			    value);
		assert_int_equal(taken, cases[i].taken);
		if (taken)
			assert_int_equal(value, cases[i].kept);
	}
}

static void settings_lag(void **state)
{
	struct simcard *c = new_card();

	(void)state;
	simcard_set_lag(c, 3);
	assert_true(simcard_set_setting(c, SETTING_SHUTOFF_DELAY, 18000, true));
	simcard_advance(c, 2999);
	assert_int_equal(simcard_setting(c, SETTING_SHUTOFF_DELAY), 30000);
	simcard_advance(c, 3000);
	assert_int_equal(simcard_setting(c, SETTING_SHUTOFF_DELAY), 18000);
	simcard_set_lag(c, 0);
	command(c, COMMAND_DEFAULTS, 2);
	assert_int_equal(simcard_setting(c, SETTING_SHUTOFF_DELAY), 30000);
	simcard_free(c);
}

static void readings_stay_in_bounds(void **state)
{
	struct simcard *c = new_card();
	const struct simview *v = simcard_view(c);
	int i, seen[64] = { 0 }, different = 0;

	(void)state;
	for (i = 0; i < 1000; i++) {
		simcard_advance(c, i * 3333);
		assert_in_range(v->line, 980, 1020);
		assert_in_range(v->out, 980, 1020);
		assert_in_range(v->line_min, 980, v->line);
		assert_in_range(v->line_max, v->line, 1020);
		assert_in_range(v->load, 280, 320);
		assert_in_range(v->temperature, 200, 350);
		assert_in_range(v->line_frequency, 499, 501);
		different += !seen[v->line - 980]++;
	}
	assert_true(different > 10);
	simcard_free(c);
}

static long place(const struct objects *all, const char *text)
{
	struct oid o;

	assert_true(oid_parse(&o, text));
	return objects_find(all, &o);
}

static int64_t number(const struct objects *all, const char *text)
{
	struct value v;
	long i = place(all, text);

	assert_true(i >= 0);
	all->get(all->of, i, &v);
	return v.number;
}

static enum set_result set(const struct objects *all, const char *text,
    enum type type, int64_t n, const char *words)
{
	struct value v = { .type = type, .number = n, .bytes = words,
		.len = words ? strlen(words) : 0 };
	enum set_result r;
	long i = place(all, text);

	assert_true(i >= 0);
	r = all->set(all->of, i, &v, false);
	return r == SET_OK ? all->set(all->of, i, &v, true) : r;
}

static void objects_of_a_card(void **state)
{
	struct simcard *c = new_card();
	struct objects all;
	struct value v;
	struct oid o;

	(void)state;
	powernet_objects(&all, c);
	simcard_advance(c, MINUTE);
	assert_int_equal(number(&all, "1.3.6.1.2.1.1.3.0"), 6000);
	assert_int_equal(number(&all, U "4.1.1.0"), 2);
	assert_int_equal(number(&all, U "2.3.1.0"), 1000);
	assert_int_equal(number(&all, U "2.2.1.0"), 100);
	all.get(c, place(&all, U "5.2.16.1.3.2"), &v);
	assert_memory_equal(v.bytes, "108, 110, 112, 114 Vac", v.len);
	all.get(c, place(&all, U "5.2.16.1.2.8"), &v);
	oid_parse(&o, U "5.2.10");
	assert_int_equal(oid_compare(&v.oid, &o), 0);

	assert_int_equal(set(&all, U "5.2.10.0", VALUE_TICKS, 17000, NULL), SET_OK);
	assert_int_equal(number(&all, U "5.2.10.0"), 18000);
	assert_int_equal(set(&all, U "5.2.10.0", VALUE_INTEGER, 300, NULL),
	    SET_WRONG_TYPE);
	assert_int_equal(set(&all, U "5.2.1.0", VALUE_INTEGER, 100, NULL),
	    SET_NOT_WRITABLE);
	assert_int_equal(set(&all, U "5.2.4.0", VALUE_INTEGER, 9, NULL),
	    SET_WRONG_VALUE);
	assert_int_equal(set(&all, U "4.1.1.0", VALUE_INTEGER, 3, NULL),
	    SET_NOT_WRITABLE);
	assert_int_equal(set(&all, U "1.1.2.0", VALUE_STRING, 0, "RACK-7"), SET_OK);
	assert_string_equal(simcard_name(c), "RACK-7");
	assert_int_equal(set(&all, U "1.1.2.0", VALUE_STRING, 0, "RACK-7-LEFT"),
	    SET_WRONG_LENGTH);
	assert_int_equal(set(&all, U "2.1.3.0", VALUE_STRING, 0, "04/01/2027"),
	    SET_OK);
	assert_int_equal(set(&all, U "2.1.3.0", VALUE_STRING, 0, "1. April"),
	    SET_WRONG_VALUE);
	assert_int_equal(set(&all, U "6.1.1.0", VALUE_INTEGER, 2, NULL),
	    SET_GENERAL_ERROR);
	assert_int_equal(set(&all, U "6.2.1.0", VALUE_INTEGER, 1, NULL), SET_OK);
	assert_int_equal(set(&all, U "6.2.1.0", VALUE_INTEGER, 7, NULL),
	    SET_WRONG_VALUE);
	assert_int_equal(set(&all, U "6.2.4.0", VALUE_INTEGER, 2, NULL), SET_OK);
	assert_int_equal(number(&all, U "6.2.4.0"), 1);
	assert_int_equal(number(&all, U "4.1.1.0"), 3);

	assert_int_equal(place(&all, U "4.1.1"), -1);
	oid_parse(&o, U "4.1.1.7");
	assert_true(objects_near(&all, &o));
	oid_parse(&o, U "9.9.9.0");
	assert_false(objects_near(&all, &o));
	oid_parse(&o, "2");
	assert_int_equal(objects_seek(&all, &o, true), all.n);
	oid_parse(&o, U "12.3.2.1.3.2");
	assert_int_equal(objects_seek(&all, &o, false), all.n - 1);
	simcard_free(c);
}

static void bypass(void **state)
{
	struct simcard *c = new_card();

	(void)state;
	command(c, COMMAND_BYPASS, 2);
	expect(c, MINUTE, OUTPUT_BYPASS);
	command(c, COMMAND_BYPASS, 3);
	expect(c, 0, OUTPUT_ON_LINE);
	command(c, COMMAND_BYPASS, 2);
	simcard_set_mains(c, false);			/* nothing to go around with */
	expect(c, SECOND, OUTPUT_ON_BATTERY);
	assert_int_equal(simcard_command(c, COMMAND_BYPASS, 2, true),
	    COMMAND_REFUSED);
	simcard_free(c);
}

static void calibration(void **state)
{
	enum { OK = 1, RUNNING = 3, REFUSED = 4, ABORTED = 5 };
	struct simcard *c = new_card();
	const struct simview *v = simcard_view(c);

	(void)state;
	command(c, COMMAND_CALIBRATE, 2);
	expect(c, 20 * MINUTE, OUTPUT_ON_BATTERY);
	assert_int_equal(v->calibration_result, RUNNING);
	assert_int_equal(v->state[9], '1');
	expect(c, 4 * MINUTE, OUTPUT_ON_LINE);		/* down to a quarter of 30 min */
	assert_int_equal(v->calibration_result, OK);
	assert_in_range(v->charge, 245, 260);
	command(c, COMMAND_CALIBRATE, 2);		/* not full any more */
	assert_int_equal(v->calibration_result, REFUSED);
	simcard_set_charge(c, 100);
	command(c, COMMAND_CALIBRATE, 2);
	expect(c, MINUTE, OUTPUT_ON_BATTERY);
	simcard_set_mains(c, false);
	expect(c, 0, OUTPUT_ON_BATTERY);
	assert_int_equal(v->calibration_result, ABORTED);
	simcard_set_mains(c, true);
	expect(c, 0, OUTPUT_ON_LINE);
	simcard_free(c);
}

static void on_again_without_mains(void **state)
{
	struct simcard *c = new_card();

	(void)state;
	simcard_set_mains(c, false);
	command(c, COMMAND_REBOOT_ANYHOW, 2);
	expect(c, 59 * SECOND, OUTPUT_REBOOTING);
	expect(c, 1 * SECOND, OUTPUT_ON_BATTERY);
	simcard_set_mains(c, true);
	command(c, COMMAND_OFF, 2);
	command(c, COMMAND_ON, 4);			/* ReturnDelay: 60 s */
	expect(c, 59 * SECOND, OUTPUT_OFF);
	expect(c, 1 * SECOND, OUTPUT_ON_LINE);
	assert_int_equal(simcard_command(c, COMMAND_ON, 3, true), COMMAND_UNKNOWN);
	simcard_free(c);
}

static void outlet_groups(void **state)
{
	enum { ON = 1, OFF, REBOOT, ON_LATER, OFF_LATER, REBOOT_LATER, CANCEL };
	struct simcard *c = new_card();

	(void)state;
	assert_int_equal(simcard_group_command(c, 0, OFF, true), COMMAND_DONE);
	assert_false(simcard_group_is_on(c, 0));
	assert_true(simcard_group_is_on(c, 1));
	simcard_group_command(c, 0, ON, true);
	simcard_group_command(c, 1, OFF_LATER, true);	/* 90 s */
	expect(c, 89 * SECOND, OUTPUT_ON_LINE);
	assert_true(simcard_group_is_on(c, 1));
	expect(c, SECOND, OUTPUT_ON_LINE);
	assert_true(simcard_group_is_on(c, 0));
	assert_false(simcard_group_is_on(c, 1));
	simcard_group_command(c, 1, REBOOT, true);	/* 8 s */
	expect(c, 8 * SECOND, OUTPUT_ON_LINE);
	assert_true(simcard_group_is_on(c, 1));
	simcard_group_command(c, 1, REBOOT_LATER, true);
	simcard_group_command(c, 1, CANCEL, true);
	expect(c, 95 * SECOND, OUTPUT_ON_LINE);
	assert_true(simcard_group_is_on(c, 1));
	simcard_set_group_delay(c, 1, GROUP_OFF_DELAY, -1);
	simcard_group_command(c, 1, OFF_LATER, true);	/* never */
	expect(c, HOUR, OUTPUT_ON_LINE);
	assert_true(simcard_group_is_on(c, 1));
	assert_int_equal(simcard_group_command(c, 1, 8, true), COMMAND_UNKNOWN);
	command(c, COMMAND_OFF, 2);
	assert_false(simcard_group_is_on(c, 0));	/* with the output */
	simcard_free(c);
}

static void script_lines(void **state)
{
	const struct { const char *line; int64_t at; const char *words; } cases[] = {
		{ "at 20s UPS4 mains off", 20000,   "UPS4 mains off" },
		{ "at 1m30s all dead",     90000,   "all dead" },
		{ "at  2h   quit",         7200000, "quit" },
		{ "at 0.5s quit",          500,     "quit" },
		{ "at 20 quit",            0,       NULL },
		{ "at 20s",                0,       NULL },
		{ "at s quit",             0,       NULL },
		{ "at -1s quit",           0,       NULL },
		{ "in 20s quit",           0,       NULL },
		{ "",                      0,       NULL },
	};
	struct script s = { 0 };
	const char *words;
	int64_t at;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		words = script_parse(cases[i].line, &at, &e);
		if (!cases[i].words) {
			assert_null(words);
			assert_non_null(strstr(e.text, "a command for later is as"));
			continue;
		}
		assert_string_equal(words, cases[i].words);
		assert_int_equal(at, cases[i].at);
	}
	script_add(&s, 30, "c");
	script_add(&s, 10, "a");
	script_add(&s, 30, "d");
	script_add(&s, 20, "b");
	for (i = 0; i < 4; i++, s.said++)
		assert_int_equal(script_next(&s)->words[0], 'a' + i);
	assert_null(script_next(&s));
	script_done(&s);
}

static struct replay *replay(const char *text, struct err *e)
{
	char path[] = "/tmp/t-sim-XXXXXX";
	struct replay *r;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	r = replay_read(path, e);
	unlink(path);
	return r;
}

static void records(void **state)
{
	const struct { const char *text, *words; } bad[] = {
		{ "", "nothing is recorded" },
		{ "1.3.6|2", "line 1: a line is OID|TYPE|VALUE" },
		{ "1.3.6|2|1\nx|2|1\n", "line 2: x is not an OID" },
		{ "1.3.6|2|1\n1.3.6|2|2\n", "an OID stands in it twice" },
		{ "1.3.6|2|many\n", "many is no value of type 2" },
		{ "1.3.6|4x|abc\n", "abc is no value of type 4x" },
		{ "1.3.6|99|1\n", "1 is no value of type 99" },
		{ "1.3.6|5q|1\n", "type 5q is not known" },
		{ "1.3.6|64|1.2.3\n", "1.2.3 is no value of type 64" },
	};
	struct err e;
	struct objects all;
	struct value v;
	struct replay *r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_null(replay(bad[i].text, &e));
		if (!strstr(e.text, bad[i].words))
			print_error("case %zu: %s\n", i, e.text);
		assert_non_null(strstr(e.text, bad[i].words));
	}
	r = replay("1.3.6.10|4|a|b\r\n1.3.6.2|4x|00ff41\n# words\n\n"
	    "1.3.6.3|6|1.3.6.1.4\n1.3.6.4|64|10.0.0.9\n1.3.6.5|64x|7f000001\n"
	    "1.3.6.6|70|18446744073709551615\n1.3.6.7|2|-1\n1.3.6.8|67|468000", &e);
	assert_non_null(r);
	replay_objects(&all, r);
	assert_int_equal(all.n, 8);
	assert_int_equal(place(&all, "1.3.6.10"), 7);	/* sorted as numbers */
	all.get(r, 7, &v);
	assert_int_equal(v.len, 3);
	all.get(r, 0, &v);
	assert_memory_equal(v.bytes, "\0\377A", 3);
	all.get(r, 1, &v);
	assert_int_equal(v.oid.n, 5);
	all.get(r, 2, &v);
	assert_memory_equal(v.bytes, "\12\0\0\11", 4);
	all.get(r, 3, &v);
	assert_memory_equal(v.bytes, "\177\0\0\1", 4);
	all.get(r, 4, &v);
	assert_true((uint64_t)v.number == UINT64_MAX);
	assert_int_equal(number(&all, "1.3.6.7"), -1);
	assert_int_equal(all.set(r, 0, &v, true), SET_NOT_WRITABLE);
	replay_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(battery_lasts_and_fills),
		cmocka_unit_test(bypass),
		cmocka_unit_test(calibration),
		cmocka_unit_test(on_again_without_mains),
		cmocka_unit_test(outlet_groups),
		cmocka_unit_test(outage_and_return),
		cmocka_unit_test(seldom_or_often),
		cmocka_unit_test(minimum_charge_holds_back),
		cmocka_unit_test(conserve_battery),
		cmocka_unit_test(servers_are_waited_for),
		cmocka_unit_test(off_stays_off),
		cmocka_unit_test(reboot_and_sleep),
		cmocka_unit_test(tests_and_simulated_failure),
		cmocka_unit_test(transfer_voltages_count),
		cmocka_unit_test(lost_link_keeps_the_last_reading),
		cmocka_unit_test(settings_snap),
		cmocka_unit_test(settings_lag),
		cmocka_unit_test(readings_stay_in_bounds),
		cmocka_unit_test(objects_of_a_card),
		cmocka_unit_test(script_lines),
		cmocka_unit_test(records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
