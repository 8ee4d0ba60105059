/* reading - the vocabulary of what a UPS says of itself; see reading.h */
#include "model/reading.h"
#include "base/i18n.h"

#include <math.h>
#include <string.h>

#define NUMBER(name, member, label, unit, least, most) \
	{ name, #member, label, unit, offsetof(struct reading, member), false, least, most }
#define TEXT(name, member, label) \
	{ name, #member, label, "", offsetof(struct reading, member), true, 0, 0 }

#define YEAR (366.0 * 24 * 3600)

const struct reading_attr reading_attrs[] = {
	NUMBER("input-voltage",       input_voltage,       N_("Input voltage"),   "V",  0, 1000),
	NUMBER("output-voltage",      output_voltage,      N_("Output voltage"),  "V",  0, 1000),
	NUMBER("load-percent",        load_percent,        N_("Load"),            "%",  0, 1000),
	NUMBER("output-watts",        output_watts,        N_("Output power"),    "W",  0, 1e8),
	NUMBER("charge-percent",      charge_percent,      N_("Battery charge"),  "%",  0, 100),
	NUMBER("runtime-seconds",     runtime_seconds,     N_("Run time left"),   "s",  0, YEAR),
	NUMBER("temperature-celsius", temperature_celsius, N_("Temperature"),     "°C", -60, 200),
	NUMBER("battery-voltage",     battery_voltage,     N_("Battery voltage"), "V",  0, 2000),
	NUMBER("input-frequency",     input_frequency,     N_("Input frequency"), "Hz", 0, 1000),
	NUMBER("on-battery-seconds",  on_battery_seconds,  N_("Time on battery"), "s",  0, YEAR),
	TEXT("model",    model,    N_("Model")),
	TEXT("serial",   serial,   N_("Serial number")),
	TEXT("firmware", firmware, N_("Firmware")),
	{ .name = NULL }
};

static const struct {
	const char *word, *label;
	int severity;
} states[UPS_STATE_COUNT] = {
	[UPS_UNKNOWN]     = { "unknown",     N_("Unknown"),       1 },
	[UPS_ONLINE]      = { "online",      N_("Normal ON"),     0 },
	[UPS_ON_BATTERY]  = { "on-battery",  N_("On battery"),    2 },
	[UPS_LOW_BATTERY] = { "low-battery", N_("Low battery"),   3 },
	[UPS_OFF]         = { "off",         N_("Off"),           2 },
	[UPS_SLEEPING]    = { "sleeping",    N_("Sleeping"),      2 },
	[UPS_REBOOTING]   = { "rebooting",   N_("Rebooting"),     2 },
	[UPS_BYPASS]      = { "bypass",      N_("Bypass"),        2 },
	[UPS_TEST]        = { "test",        N_("Self-test"),     1 },
	[UPS_COMM_LOST]   = { "comm-lost",   N_("SNMP failure"),  3 },
};

static const struct {
	unsigned bit;
	const char *word, *label;
} flags[] = {
	{ FLAG_BOOST,           "boost",           N_("Raising the voltage") },
	{ FLAG_TRIM,            "trim",            N_("Lowering the voltage") },
	{ FLAG_REPLACE_BATTERY, "replace-battery", N_("Replace the battery") },
	{ FLAG_OVERLOAD,        "overload",        N_("Overload") },
	{ FLAG_CALIBRATING,     "calibrating",     N_("Calibrating the run time") },
	{ FLAG_BATTERY_FAULT,   "battery-fault",   N_("Battery fault") },
	{ FLAG_NO_BATTERY,      "no-battery",      N_("No battery") },
	{ FLAG_LOW_BATTERY,     "low-battery",     N_("Low battery") },
	{ FLAG_ECO,             "eco",             N_("Power saving") },
	{ FLAG_OVERHEATED,      "overheated",      N_("Too hot") },
};

void reading_clear(struct reading *r)
{
	const struct reading_attr *a;

	memset(r, 0, sizeof *r);
	for (a = reading_attrs; a->name; a++)
		if (!a->text)
			*(double *)(void *)((char *)r + a->offset) = NAN;
}

const struct reading_attr *reading_attr(const char *name)
{
	const struct reading_attr *a;

	for (a = reading_attrs; a->name; a++)
		if (strcmp(a->name, name) == 0)
			return a;
	return NULL;
}

static enum ups_state known(enum ups_state s)
{
	return (unsigned)s < UPS_STATE_COUNT ? s : UPS_UNKNOWN;
}

const char *state_word(enum ups_state s)
{
	return states[known(s)].word;
}

const char *state_label(enum ups_state s)
{
	return states[known(s)].label;
}

bool state_from_word(const char *word, enum ups_state *s)
{
	for (int i = 0; i < UPS_STATE_COUNT; i++)
		if (strcmp(states[i].word, word) == 0) {
			*s = (enum ups_state)i;
			return true;
		}
	return false;
}

int state_severity(enum ups_state s)
{
	return states[known(s)].severity;
}

#define FLAGS (sizeof flags / sizeof *flags)

const char *flag_word(unsigned bit)
{
	for (size_t i = 0; i < FLAGS; i++)
		if (flags[i].bit == bit)
			return flags[i].word;
	return NULL;
}

const char *flag_label(unsigned bit)
{
	for (size_t i = 0; i < FLAGS; i++)
		if (flags[i].bit == bit)
			return flags[i].label;
	return NULL;
}

bool flag_from_word(const char *word, unsigned *bit)
{
	for (size_t i = 0; i < FLAGS; i++)
		if (strcmp(flags[i].word, word) == 0) {
			*bit = flags[i].bit;
			return true;
		}
	return false;
}
