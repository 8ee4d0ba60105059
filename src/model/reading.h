/*
 * reading - what a UPS says of itself, in one vocabulary for all makers.
 *
 * A profile (snmp/profile.h) fills it from a card's answer by these attribute
 * names; a number that the card does not give is NAN, a text "".
 */
#ifndef AMC_MODEL_READING_H
#define AMC_MODEL_READING_H

#include <stdbool.h>
#include <stddef.h>

/* state_severity() tells how bad each is. */
enum ups_state {
	UPS_UNKNOWN, UPS_ONLINE, UPS_ON_BATTERY, UPS_LOW_BATTERY, UPS_OFF,
	UPS_SLEEPING, UPS_REBOOTING, UPS_BYPASS, UPS_TEST, UPS_COMM_LOST,
	UPS_STATE_COUNT
};

enum ups_flag {
	FLAG_BOOST = 1, FLAG_TRIM = 2, FLAG_REPLACE_BATTERY = 4,
	FLAG_OVERLOAD = 8, FLAG_CALIBRATING = 16, FLAG_BATTERY_FAULT = 32,
	FLAG_NO_BATTERY = 64, FLAG_LOW_BATTERY = 128, FLAG_ECO = 256,
	FLAG_OVERHEATED = 512,
};

struct reading {
	enum ups_state state;
	unsigned flags;			/* enum ups_flag */
	double input_voltage, output_voltage, battery_voltage;	/* V */
	double input_frequency;		/* Hz */
	double load_percent, output_watts;
	double charge_percent, runtime_seconds, on_battery_seconds;
	double temperature_celsius;
	char model[64], serial[64], firmware[64];
};

/* A row an attribute: what profiles, JSON and screens call it. */
struct reading_attr {
	const char *name;		/* "input-voltage" */
	const char *json;		/* "input_voltage" */
	const char *label;		/* "Input voltage", N_() */
	const char *unit;		/* "V" or "" */
	size_t offset;
	bool text;			/* char[64], else double */
	double least, most;		/* no UPS has a number beyond these */
};
extern const struct reading_attr reading_attrs[];	/* ended by a NULL name */

/* Everything unknown. */
void reading_clear(struct reading *);
const struct reading_attr *reading_attr(const char *name);

/* "on-battery"; as files and JSON have it. */
const char *state_word(enum ups_state);
/* "On battery", N_(): as screens have it. */
const char *state_label(enum ups_state);
bool state_from_word(const char *, enum ups_state *);
/* 0 all is well, 1 worth a look, 2 warning, 3 alarm. */
int state_severity(enum ups_state);

/* "replace-battery"; NULL behind the last. bit goes 1, 2, 4, ... */
const char *flag_word(unsigned bit);
const char *flag_label(unsigned bit);
bool flag_from_word(const char *, unsigned *bit);

#endif
