/*
 * setting - the settings that a Smart-UPS keeps, and what it makes of others.
 *
 * A 100 V unit. The allowed values stand once, in the words in which the card
 * shows them (its table 5.2.16); legal values are read from these words.
 * Delays are kept in ticks of 1/100 s, as on the wire.
 */
#ifndef AMC_SIM_SETTING_H
#define AMC_SIM_SETTING_H

#include <stdbool.h>

enum setting {
	SETTING_RATED_VOLTS, SETTING_HIGH_VOLTS, SETTING_LOW_VOLTS,
	SETTING_ALARM, SETTING_ALARM_TIMER, SETTING_MIN_CHARGE,
	SETTING_SENSITIVITY, SETTING_LOW_BATTERY, SETTING_RETURN_DELAY,
	SETTING_SHUTOFF_DELAY, SETTING_SLEEP_TIME, SETTING_EXHAUST,
	SETTING_TEST_SCHEDULE,
	SETTING_COUNT
};

/* What it has when it leaves the factory. */
int setting_initial(enum setting);
/* "92, 90, 88, 86 Vac"; NULL for one that has no such words. */
const char *setting_allowed(enum setting);
/*
 * What the UPS keeps when *value is asked of it, into *value. False when it
 * refuses. Delays snap to the next legal value, enumerations do not.
 */
bool setting_snap(enum setting, int *value);
bool setting_is_fixed(enum setting);

#endif
