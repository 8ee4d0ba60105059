/* cardlook - what a simulated card says of its UPS; see card.h */
#include "sim/cardstate.h"

#include "sim/battery.h"
#include "sim/wobble.h"

#include <math.h>
#include <string.h>

#define RATED_WATTS 950
#define RATED_VA 1400


static int tenths(double v)
{
	return v > 0 ? lround(v * 10) : 0;
}

/* Line voltage at some moment at which there was mains. */
static double line_at(const struct simcard *c, int64_t t)
{
	return c->volts + 1.3 * wobble(c->seed, 'V', t, 7000);
}

/* The extremes of the last minute; what wobbles has them at its corners. */
static void line_extremes(const struct simcard *c, double *low, double *high)
{
	const bool changed = c->now - c->mains_changed < 60000;
	int64_t t;
	double v;

	*low = *high = c->mains || changed ? line_at(c, c->now) : 0;
	for (t = c->now - 60000; t < c->now && *high > 0; t += 7000) {
		v = line_at(c, t - t % 7000);
		*low = fmin(*low, v);
		*high = fmax(*high, v);
	}
	if (changed)
		*low = 0;
}

double simcard_runtime(const struct simcard *c)
{
	return battery_runtime(c->bad_battery ? c->charge / 4 : c->charge,
	    c->load);
}

static void look_at_flags(const struct simcard *c, struct simview *v)
{
	const bool low = v->battery_status == 3;
	const struct { int at; bool on; } flags[] = {
		{ 1, low || c->bad_battery },
		{ 2, c->output == OUTPUT_ON_BATTERY },
		{ 3, low },
		{ 4, c->output == OUTPUT_ON_LINE },
		{ 5, c->bad_battery },
		{ 6, true },				/* serial link */
		{ 10, c->calibrating },
		{ 11, c->charge <= 0 },
		{ 13, c->bypass },
		{ 17, c->output == OUTPUT_TIMED_SLEEP },
		{ 18, c->output == OUTPUT_SLEEPING },
		{ 19, c->output == OUTPUT_ON_LINE || c->output == OUTPUT_ON_BATTERY },
		{ 20, c->output == OUTPUT_REBOOTING },
		{ 22, c->cut_at != NEVER },
		{ 29, c->test_until != NEVER },
		{ 30, low && c->output == OUTPUT_ON_BATTERY },
		{ 58, c->output == OUTPUT_OFF },
	};
	size_t i;

	memset(v->state, '0', 64);
	for (i = 0; i < sizeof flags / sizeof *flags; i++)
		if (flags[i].on)
			v->state[flags[i].at - 1] = '1';
}

void simcard_look(struct simcard *c)
{
	const bool on = c->output == OUTPUT_ON_LINE ||
	    c->output == OUTPUT_ON_BATTERY;
	const bool on_battery = c->output == OUTPUT_ON_BATTERY;
	struct simview *v = &c->view;
	double line, low, high, out, load, left;

	v->comm = c->comm ? 1 : 2;
	if (!c->comm)
		return;
	line = c->mains ? line_at(c, c->now) : 0;
	line_extremes(c, &low, &high);
	out = !on ? 0 : !on_battery ? line :
	    100 + 0.2 * wobble(c->seed, 'O', c->now, 5000);
	load = on ? fmax(0, c->load + 1.2 * wobble(c->seed, 'L', c->now, 9000)) : 0;
	left = simcard_runtime(c);

	v->output = c->test_until != NEVER ? 15 : c->bypass ? OUTPUT_BYPASS :
	    (int)c->output;
	v->calibration_result = c->calibration_result;
	v->battery_status = left * 100 <= simcard_setting(c, SETTING_LOW_BATTERY) ?
	    3 : 2;
	v->replace = c->bad_battery ? 2 : 1;
	v->fail_cause = c->fail_cause;
	v->test_result = c->test_result;
	v->on_battery = on_battery ? (c->now - c->battery_since) / 10 : 0;
	v->runtime = left * 100;
	v->charge = tenths(c->charge);
	v->temperature = tenths(c->warmth + 0.4 * wobble(c->seed, 'T', c->now, 60000));
	v->battery_volts = tenths(battery_volts(c->charge, c->load, on_battery));
	v->line = tenths(line);
	v->line_max = tenths(high);
	v->line_min = tenths(low);
	v->line_frequency = c->mains ?
	    tenths(50 + 0.1 * wobble(c->seed, 'F', c->now, 11000)) : 0;
	v->out = tenths(out);
	v->out_frequency = on_battery ? 500 : on ? v->line_frequency : 0;
	v->load = tenths(load);
	v->watts = lround(load / 100 * RATED_WATTS);
	v->volt_amperes = lround(load / 100 * RATED_VA);
	v->current = out > 0 ? tenths(v->volt_amperes / out) : 0;
	look_at_flags(c, v);
}
