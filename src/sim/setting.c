/* setting - the settings that a Smart-UPS keeps; see setting.h */
#include "sim/setting.h"

#include <stdlib.h>
#include <string.h>

enum rule {
	FIXED,			/* cannot be set */
	UP,			/* to the next higher legal value, or the highest */
	DOWN,			/* to the next lower legal value, or the lowest */
	ONE_OF,			/* min..max and nothing else */
	TENTH_HOURS,		/* the nearest six minutes; a little is one of them */
};

static const struct {
	int initial;
	enum rule rule;
	const char *allowed;
	int min, max;
} settings[] = {
	[SETTING_RATED_VOLTS]   = { 100,   FIXED,  "Not Configurable", 0, 0 },
	[SETTING_HIGH_VOLTS]    = { 108,   UP,     "108, 110, 112, 114 Vac", 0, 0 },
	[SETTING_LOW_VOLTS]     = { 92,    DOWN,   "92, 90, 88, 86 Vac", 0, 0 },
	[SETTING_ALARM]         = { 1,     ONE_OF, NULL, 1, 3 },
	[SETTING_ALARM_TIMER]   = { 0,     DOWN,   "0 , 30 seconds", 0, 0 },
	[SETTING_MIN_CHARGE]    = { 0,     UP,     "00, 15, 50, 90 percent", 0, 0 },
	[SETTING_SENSITIVITY]   = { 1,     ONE_OF, NULL, 1, 4 },
	[SETTING_LOW_BATTERY]   = { 12000, UP,     "02, 05, 07, 10 minutes", 0, 0 },
	[SETTING_RETURN_DELAY]  = { 6000,  UP,     "000, 060, 180, 300 seconds", 0, 0 },
	[SETTING_SHUTOFF_DELAY] = { 30000, UP,     "020, 180, 300, 600 seconds", 0, 0 },
	[SETTING_SLEEP_TIME]    = { 0,     TENTH_HOURS, NULL, 0, 0 },
	[SETTING_EXHAUST]       = { 0,     FIXED,  "Not Configurable", 0, 0 },
	[SETTING_TEST_SCHEDULE] = { 2,     ONE_OF, NULL, 2, 5 },
};

int setting_initial(enum setting s)
{
	return settings[s].initial;
}

const char *setting_allowed(enum setting s)
{
	return settings[s].allowed;
}

bool setting_is_fixed(enum setting s)
{
	return settings[s].rule == FIXED;
}

/* On the wire minutes and seconds are ticks. */
static int unit_scale(const char *allowed)
{
	return strstr(allowed, "minutes") ? 6000 :
	    strstr(allowed, "seconds") ? 100 : 1;
}

/* The legal value next to v on the rule's side, else the one at the end. */
static int snap_to_list(const char *allowed, enum rule rule, int v)
{
	const int scale = unit_scale(allowed);
	const char *s = allowed;
	bool found = false;
	int best = 0, end = 0, legal;
	char *after;

	for (;;) {
		legal = strtol(s, &after, 10) * scale;
		if (s == allowed || (rule == UP ? legal > end : legal < end))
			end = legal;
		if ((rule == UP ? legal >= v : legal <= v) && (!found ||
		    (rule == UP ? legal < best : legal > best))) {
			best = legal;
			found = true;
		}
		s = strchr(after, ',');
		if (!s)
			return found ? best : end;
		s++;
	}
}

bool setting_snap(enum setting s, int *value)
{
	const int tenth = 36000;

	switch (settings[s].rule) {
	case FIXED:
		return false;
	case UP:
	case DOWN:
		*value = snap_to_list(settings[s].allowed, settings[s].rule, *value);
		return true;
	case ONE_OF:
		return *value >= settings[s].min && *value <= settings[s].max;
	case TENTH_HOURS:
		if (*value < 0 || *value > 359 * 360000)
			return false;
		if (*value > 0 && *value < tenth)
			*value = tenth;
		*value = (*value + tenth / 2) / tenth * tenth;
		return true;
	}
	return false;
}
