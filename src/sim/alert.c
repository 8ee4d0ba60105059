/* alert - which traps a card sends as its state changes; see alert.h */
#include "sim/alert.h"

enum { NOTHING = -1 };

static bool on_battery(const struct simview *v)
{
	return v->output == OUTPUT_ON_BATTERY;
}

static bool low_battery(const struct simview *v)
{
	return v->battery_status == 3;
}

static bool discharged(const struct simview *v)
{
	return v->charge <= 0;
}

static bool off(const struct simview *v)
{
	return v->output == OUTPUT_OFF;
}

static bool asleep(const struct simview *v)
{
	return v->output == OUTPUT_SLEEPING || v->output == OUTPUT_TIMED_SLEEP;
}

static bool rebooting(const struct simview *v)
{
	return v->output == OUTPUT_REBOOTING;
}

static bool no_comm(const struct simview *v)
{
	return v->comm == 2;
}

static bool worn(const struct simview *v)
{
	return v->replace == 2;
}

static bool overload(const struct simview *v)
{
	return v->load > 1000;
}

static bool shutting_down(const struct simview *v)
{
	return v->state[21] == '1';
}

static bool testing(const struct simview *v)
{
	return v->test_result == 4;
}

static bool failed(const struct simview *v)
{
	return v->test_result == 2;
}

static bool calibrating(const struct simview *v)
{
	return v->state[9] == '1';
}

static bool bypassed(const struct simview *v)
{
	return v->output == OUTPUT_BYPASS;
}

static const struct row {
	bool (*is)(const struct simview *);
	int begins, ends;		/* numbers; NOTHING: is not told */
	const char *begin, *end;
} rows[] = {
	{ no_comm, 1, 8, "UPS: Lost communication with the UPS.",
	  "UPS: Restored communication with the UPS." },
	{ overload, 2, 33, "UPS: Overload.", "UPS: The overload has cleared." },
	{ on_battery, 5, 9, "UPS: On battery power.", "UPS: No longer on battery power." },
	{ low_battery, 7, 11, "UPS: The battery is low.", "UPS: The battery is no longer low." },
	{ discharged, 4, 38, "UPS: The battery is discharged.",
	  "UPS: The battery is charged enough again." },
	{ worn, 17, 36, "UPS: The battery needs replacement.",
	  "UPS: The battery was replaced." },
	{ shutting_down, 39, NOTHING, "UPS: A graceful shutdown was started.", "" },
	{ bypassed, 21, 23, "UPS: In bypass.", "UPS: No longer in bypass." },
	{ calibrating, 28, 37, "UPS: A calibration was started.", "UPS: The calibration has ended." },
	{ off, 12, 30, "UPS: The output was turned off.", "UPS: The output was turned on." },
	{ asleep, 13, 14, "UPS: Sleeping.", "UPS: No longer sleeping." },
	{ rebooting, 15, 30, "UPS: A reboot was started.", "UPS: The output was turned on." },
};
enum { ROWS = sizeof rows / sizeof *rows, TESTING = ROWS, FAILED };

static bool has(alerts a, int i)
{
	return a >> i & 1;
}

alerts alerts_of(const struct simview *v)
{
	alerts a = 0;
	int i;

	for (i = 0; i < ROWS; i++)
		a |= (alerts)rows[i].is(v) << i;
	return a | (alerts)testing(v) << TESTING | (alerts)failed(v) << FAILED;
}

void alerts_tell(alerts before, alerts now, alert_fn *fn, void *arg)
{
	int i;

	for (i = 0; i < ROWS; i++) {
		if (!has(before, i) && has(now, i))
			fn(arg, rows[i].begins, rows[i].begin);
		if (has(before, i) && !has(now, i) && rows[i].ends != NOTHING)
			fn(arg, rows[i].ends, rows[i].end);
	}
	/* a test tells how it ended */
	if (!has(before, TESTING) || has(now, TESTING))
		return;
	if (has(now, FAILED))
		fn(arg, 3, "UPS: The self-test failed.");
	else
		fn(arg, 10, "UPS: The self-test passed.");
}
