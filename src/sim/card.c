/* card - one simulated UPS: the world around it and what it is told; see card.h */
#include "sim/cardstate.h"

#include "base/mem.h"
#include "sim/wobble.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define SIMULATED_FAILURE 20000		/* ms */
#define SELF_TEST 8000
#define GRACE 120000		/* for the servers that are registered at the card */

/* After whatever changed from outside. */
static void changed(struct simcard *c)
{
	simcard_settle(c);
	simcard_look(c);
	if (c->listener)
		c->listener(c->arg);
}

struct simcard *simcard_new(const char *name, unsigned number, unsigned seed)
{
	struct simcard *c = mem_new(struct simcard);
	int i;

	c->seed = seed * 2654435761u + number;
	simcard_set_name(c, name);
	snprintf(c->serial, sizeof c->serial, "QS014822%04u", number % 10000);
	simcard_set_replaced(c, "11/21/25");
	c->mains = c->comm = c->good = true;
	c->volts = 100;
	c->load = lround(32 + 8 * wobble(c->seed, 'l', 0, 1));
	c->warmth = 28 + 2 * wobble(c->seed, 't', 0, 1);
	c->charge = 100;
	c->output = OUTPUT_ON_LINE;
	c->mains_changed = c->good_since = c->off_since = LONG_AGO;
	c->simulate_until = c->test_until = c->cut_at = NEVER;
	c->fail_cause = CAUSE_NONE;
	c->test_result = TEST_OK;
	c->calibration_result = CALIBRATION_UNKNOWN;
	c->on_at = NEVER;
	c->mib = (struct simcard_mib){ .audible = 2, .lock = 1 };
	simcard_groups_init(c);
	for (i = 0; i < SETTING_COUNT; i++)
		c->settings[i].old = c->settings[i].value = setting_initial(i);
	simcard_look(c);
	return c;
}

void simcard_free(struct simcard *c)
{
	free(c);
}

void simcard_listen(struct simcard *c, simcard_fn *fn, void *arg)
{
	c->listener = fn;
	c->arg = arg;
}

const struct simview *simcard_view(const struct simcard *c)
{
	return &c->view;
}

int64_t simcard_now(const struct simcard *c)
{
	return c->now;
}

bool simcard_mains(const struct simcard *c)
{
	return c->mains;
}

void simcard_set_mains(struct simcard *c, bool on)
{
	if (c->mains != on)
		c->mains_changed = c->now;
	c->mains = on;
	changed(c);
}

void simcard_set_volts(struct simcard *c, double volts)
{
	c->volts = volts;
	changed(c);
}

void simcard_set_load(struct simcard *c, double percent)
{
	c->load = percent;
	changed(c);
}

void simcard_set_charge(struct simcard *c, double percent)
{
	c->charge = percent;
	changed(c);
}

void simcard_set_temperature(struct simcard *c, double celsius)
{
	c->warmth = celsius;
	changed(c);
}

void simcard_set_comm(struct simcard *c, bool ok)
{
	c->comm = ok;
	changed(c);
}

bool simcard_linked(const struct simcard *c)
{
	return c->view.comm == 1;
}

void simcard_set_bad_battery(struct simcard *c, bool bad)
{
	c->bad_battery = bad;
	changed(c);
}

void simcard_set_lag(struct simcard *c, double seconds)
{
	c->lag = seconds * 1000;
}

void simcard_set_servers(struct simcard *c, double seconds)
{
	c->servers = seconds * 1000;
}

void simcard_restart(struct simcard *c, double seconds)
{
	c->booted = c->now + (int64_t)(seconds * 1000);
}

int64_t simcard_uptime(const struct simcard *c)
{
	return c->now > c->booted ? c->now - c->booted : 0;
}

const char *simcard_serial(const struct simcard *c)
{
	return c->serial;
}

const char *simcard_name(const struct simcard *c)
{
	return c->name;
}

const char *simcard_replaced(const struct simcard *c)
{
	return c->replaced;
}

void simcard_set_name(struct simcard *c, const char *name)
{
	snprintf(c->name, sizeof c->name, "%s", name);
}

void simcard_set_replaced(struct simcard *c, const char *date)
{
	snprintf(c->replaced, sizeof c->replaced, "%s", date);
}

int simcard_setting(const struct simcard *c, enum setting s)
{
	return c->now < c->settings[s].since ? c->settings[s].old :
	    c->settings[s].value;
}

static void keep_setting(struct simcard *c, enum setting s, int value)
{
	c->settings[s].old = simcard_setting(c, s);
	c->settings[s].value = value;
	c->settings[s].since = c->now + c->lag;
}

bool simcard_set_setting(struct simcard *c, enum setting s, int value, bool apply)
{
	if (!c->comm || !setting_snap(s, &value))
		return false;
	if (apply) {
		keep_setting(c, s, value);
		changed(c);
	}
	return true;
}

static void cut_after(struct simcard *c, int64_t ms, enum output to)
{
	c->cut_at = c->now + ms + 10LL * simcard_setting(c, SETTING_SHUTOFF_DELAY);
	c->cut_to = to;
}

/* What the servers at the card are given before the delay begins. */
static int64_t grace(const struct simcard *c)
{
	int64_t low = 10LL * simcard_setting(c, SETTING_LOW_BATTERY);

	return c->servers == 0 ? 0 : GRACE + (c->servers > low ? c->servers : low);
}

/* Off now (2) or gracefully (3). */
static void cut(struct simcard *c, int number, enum output to)
{
	if (number == 2)
		simcard_switch_off(c, to);
	else
		cut_after(c, grace(c), to);
}

static void turn_on(struct simcard *c)
{
	c->cut_at = c->on_at = NEVER;
	if (c->output == OUTPUT_ON_LINE || c->output == OUTPUT_ON_BATTERY)
		return;
	c->output = OUTPUT_ON_LINE;	/* simcard_settle() finds out what feeds it */
}

static void start_test(struct simcard *c)
{
	if (c->output != OUTPUT_ON_LINE) {
		c->test_result = TEST_INVALID;
		return;
	}
	c->test_until = c->now + SELF_TEST;
	c->test_result = TEST_RUNNING;
}

static void start_calibration(struct simcard *c)
{
	/* only a full battery tells how long it lasts */
	if (c->output != OUTPUT_ON_LINE || c->charge < 100) {
		c->calibration_result = CALIBRATION_REFUSED;
		return;
	}
	c->calibrating = true;
	c->calibration_result = CALIBRATION_RUNNING;
}

static void stop_calibration(struct simcard *c)
{
	if (c->calibrating)
		c->calibration_result = CALIBRATION_ABORTED;
	c->calibrating = false;
}

void simcard_cut_in(struct simcard *c, double seconds, enum output to)
{
	c->cut_at = c->now + (int64_t)(seconds * 1000);
	c->cut_to = to;
	changed(c);
}

void simcard_cancel(struct simcard *c)
{
	c->cut_at = c->on_at = NEVER;
	changed(c);
}

int simcard_countdown(const struct simcard *c)
{
	return c->cut_at == NEVER ? -1 : (c->cut_at - c->now + 999) / 1000;
}

const struct simcard_mib *simcard_mib(const struct simcard *c)
{
	return &c->mib;
}

void simcard_set_mib(struct simcard *c, const struct simcard_mib *mib)
{
	c->mib = *mib;
}

/* What each command takes, beside the 1 that does nothing. */
static const int highest[COMMAND_COUNT] = {
	[COMMAND_CONSERVE] = 2, [COMMAND_OFF] = 3, [COMMAND_REBOOT] = 3,
	[COMMAND_SLEEP] = 3, [COMMAND_SIMULATE] = 2, [COMMAND_BEEP] = 5,
	[COMMAND_ON] = 4, [COMMAND_BYPASS] = 3, [COMMAND_REBOOT_ANYHOW] = 3,
	[COMMAND_CALIBRATE] = 3, [COMMAND_TEST] = 2, [COMMAND_DEFAULTS] = 2,
};

enum command_result simcard_command(struct simcard *c, enum command what,
    int number, bool apply)
{
	int i;

	if (number < 1 || number > highest[what] ||
	    ((what == COMMAND_BEEP || what == COMMAND_ON) && number == 3))
		return COMMAND_UNKNOWN;		/* there is no group of synchronised UPSs */
	if (number == 1)
		return COMMAND_DONE;
	if (!c->comm ||
	    (what == COMMAND_CONSERVE && c->output != OUTPUT_ON_BATTERY) ||
	    (what == COMMAND_BYPASS && number == 2 && !c->good) ||
	    (what == COMMAND_ON && !c->good && c->charge <= 0))
		return COMMAND_REFUSED;
	if (!apply)
		return COMMAND_DONE;
	switch (what) {
	case COMMAND_CONSERVE:
		cut_after(c, 0, OUTPUT_SLEEPING);
		break;
	case COMMAND_OFF:
		cut(c, number, OUTPUT_OFF);
		break;
	case COMMAND_REBOOT:
		c->anyhow = false;
		cut(c, number, OUTPUT_REBOOTING);
		break;
	case COMMAND_SLEEP:
		cut(c, number, OUTPUT_TIMED_SLEEP);
		break;
	case COMMAND_SIMULATE:
		if (c->output == OUTPUT_ON_LINE)
			c->simulate_until = c->now + SIMULATED_FAILURE;
		break;
	case COMMAND_REBOOT_ANYHOW:
		cut(c, number, OUTPUT_REBOOTING);
		c->anyhow = true;
		break;
	case COMMAND_BYPASS:
		c->bypass = number == 2;
		break;
	case COMMAND_CALIBRATE:
		if (number == 2)
			start_calibration(c);
		else
			stop_calibration(c);
		break;
	case COMMAND_ON:
		if (number == 4)
			c->on_at = c->now + 10LL *
			    simcard_setting(c, SETTING_RETURN_DELAY);
		else
			turn_on(c);
		break;
	case COMMAND_TEST:
		start_test(c);
		break;
	case COMMAND_DEFAULTS:
		for (i = 0; i < SETTING_COUNT; i++)
			keep_setting(c, i, setting_initial(i));
		break;
	case COMMAND_BEEP:
	case COMMAND_COUNT:
		break;
	}
	changed(c);
	return COMMAND_DONE;
}
