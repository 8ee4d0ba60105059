/* cardlife - what happens to a simulated UPS as time passes; see card.h */
#include "sim/cardstate.h"

#include "sim/battery.h"

void simcard_switch_off(struct simcard *c, enum output to)
{
	c->output = to;
	c->off_since = c->now;
	c->cut_at = c->simulate_until = NEVER;
	c->bypass = false;
	if (c->calibrating) {
		c->calibrating = false;
		c->calibration_result = CALIBRATION_ABORTED;
	}
	if (c->test_until != NEVER) {
		c->test_until = NEVER;
		c->test_result = TEST_INVALID;
	}
	if (to == OUTPUT_TIMED_SLEEP)
		c->wake_at = c->now +
		    10LL * simcard_setting(c, SETTING_SLEEP_TIME);
}

static void go_on_battery(struct simcard *c)
{
	c->output = OUTPUT_ON_BATTERY;
	c->battery_since = c->now;
	c->fail_cause = c->good ? CAUSE_TEST : !c->mains ? CAUSE_BLACKOUT :
	    c->volts > 100 ? CAUSE_HIGH : CAUSE_BROWNOUT;
}

static void look_at_input(struct simcard *c)
{
	const bool good = c->mains &&
	    c->volts >= simcard_setting(c, SETTING_LOW_VOLTS) &&
	    c->volts <= simcard_setting(c, SETTING_HIGH_VOLTS);

	if (good && !c->good)
		c->good_since = c->now;
	c->good = good;
}

static void look_at_test(struct simcard *c)
{
	if (c->test_until == NEVER)
		return;
	if (!c->good)
		c->test_result = TEST_INVALID;
	else if (c->test_until <= c->now)
		c->test_result = c->bad_battery ? TEST_FAILED : TEST_OK;
	else
		return;
	c->test_until = NEVER;
	if (!c->good)
		c->fail_cause = CAUSE_BLACKOUT;
}

static void look_at_calibration(struct simcard *c)
{
	if (!c->calibrating || (c->good && c->charge > CALIBRATED))
		return;
	c->calibrating = false;
	c->calibration_result = c->charge > CALIBRATED ? CALIBRATION_ABORTED :
	    CALIBRATION_OK;
	if (!c->good)
		c->fail_cause = CAUSE_BLACKOUT;
}

/* When an output that waits for mains may come on, as far as time goes. */
static int64_t return_time(const struct simcard *c)
{
	const int64_t since = c->good_since > c->off_since ?
	    c->good_since : c->off_since;

	return since + 10LL * simcard_setting(c, SETTING_RETURN_DELAY);
}

static bool may_return(const struct simcard *c)
{
	return c->good && c->now >= return_time(c) &&
	    c->charge >= simcard_setting(c, SETTING_MIN_CHARGE);
}

void simcard_settle(struct simcard *c)
{
	bool needs_battery;

	look_at_input(c);
	look_at_test(c);
	look_at_calibration(c);
	if (c->on_at <= c->now) {
		c->on_at = NEVER;
		if (c->output == OUTPUT_OFF && (c->good || c->charge > 0))
			c->output = OUTPUT_ON_LINE;
	}
	if (c->simulate_until <= c->now)
		c->simulate_until = NEVER;
	if (c->cut_at <= c->now)
		simcard_switch_off(c, c->cut_to);
	needs_battery = !c->good || c->simulate_until != NEVER ||
	    c->test_until != NEVER || c->calibrating;
	if (!c->good || needs_battery)
		c->bypass = false;
	if (c->output == OUTPUT_ON_LINE && needs_battery)
		go_on_battery(c);
	if (c->output == OUTPUT_ON_BATTERY && !needs_battery)
		c->output = OUTPUT_ON_LINE;
	if (c->output == OUTPUT_ON_BATTERY && c->charge <= 0)
		simcard_switch_off(c, OUTPUT_SLEEPING);
	if (c->output == OUTPUT_TIMED_SLEEP && c->wake_at <= c->now)
		simcard_switch_off(c, OUTPUT_SLEEPING);
	if (c->output == OUTPUT_REBOOTING && c->anyhow && c->charge > 0 &&
	    c->now >= c->off_since + 10LL * simcard_setting(c, SETTING_RETURN_DELAY))
		c->output = OUTPUT_ON_LINE;
	if (c->output == OUTPUT_ON_LINE && !c->good)
		go_on_battery(c);
	if (c->output == OUTPUT_REBOOTING && !c->good && !c->anyhow)
		c->output = OUTPUT_SLEEPING;
	if ((c->output == OUTPUT_SLEEPING || c->output == OUTPUT_REBOOTING) &&
	    may_return(c))
		c->output = OUTPUT_ON_LINE;
	simcard_groups_settle(c);
}

static void sooner(const struct simcard *c, int64_t *t, int64_t event)
{
	if (event > c->now && event < *t)
		*t = event;
}

/* The next moment, up to limit, at which something happens by itself. */
static int64_t next_event(const struct simcard *c, int64_t limit)
{
	int64_t t = limit;
	double wait;
	int i;

	sooner(c, &t, c->simulate_until);
	sooner(c, &t, c->test_until);
	sooner(c, &t, c->cut_at);
	sooner(c, &t, c->on_at);
	sooner(c, &t, simcard_groups_next(c));
	if (c->calibrating)
		sooner(c, &t, c->now + 1 + (int64_t)(simcard_runtime(c) * 1000 *
		    (c->charge - CALIBRATED) / c->charge));
	for (i = 0; i < SETTING_COUNT; i++)
		sooner(c, &t, c->settings[i].since);
	if (c->output == OUTPUT_TIMED_SLEEP)
		sooner(c, &t, c->wake_at);
	if (c->output == OUTPUT_ON_BATTERY)
		sooner(c, &t, c->now + 1 + (int64_t)(simcard_runtime(c) * 1000));
	if (c->output == OUTPUT_SLEEPING || c->output == OUTPUT_REBOOTING) {
		sooner(c, &t, return_time(c));
		sooner(c, &t, c->off_since + 10LL *
		    simcard_setting(c, SETTING_RETURN_DELAY));
		wait = battery_charge_time(c->charge,
		    simcard_setting(c, SETTING_MIN_CHARGE));
		sooner(c, &t, c->now + 1 + (int64_t)(wait * 1000));
	}
	return t;
}

static void pass(struct simcard *c, double seconds)
{
	if (c->output == OUTPUT_ON_BATTERY)
		c->charge = battery_drained(c->charge, c->load,
		    c->bad_battery ? seconds * 4 : seconds);
	else if (c->good)
		c->charge = battery_charged(c->charge, seconds);
}

void simcard_advance(struct simcard *c, int64_t now)
{
	int64_t t;

	if (now <= c->now)
		return;
	while (c->now < now) {
		t = next_event(c, now);
		pass(c, (t - c->now) / 1000.0);
		c->now = t;
		simcard_settle(c);
		if (c->listener) {
			simcard_look(c);
			c->listener(c->arg);
		}
	}
	if (!c->listener)
		simcard_look(c);
}
