/*
 * card - one simulated UPS: a 100 V SMART-UPS 1400 with a network card in it.
 *
 * Pure: whoever calls says what time it is, in milliseconds of the card's own
 * clock, which begins at 0 and never goes back. The card first lives through
 * everything that falls between the last moment and this one - the end of the
 * battery, a delay that runs out - at the moment where it belongs, so it does
 * not matter how seldom it is looked at. The same seed gives the same readings.
 */
#ifndef AMC_SIM_CARD_H
#define AMC_SIM_CARD_H

#include "sim/setting.h"

#include <stdbool.h>
#include <stdint.h>

struct simcard;

/* upsBasicOutputStatus as PowerNet numbers it. */
enum output {
	OUTPUT_ON_LINE = 2, OUTPUT_ON_BATTERY = 3, OUTPUT_TIMED_SLEEP = 5,
	OUTPUT_BYPASS = 6, OUTPUT_OFF = 7, OUTPUT_REBOOTING = 8, OUTPUT_SLEEPING = 11,
};

/* What the card says of its UPS; the names of PowerNet, its numbers. */
struct simview {
	int output;
	int battery_status, replace, comm;	/* 2 normal 3 low; 1 2; 1 ok 2 lost */
	int fail_cause, test_result;
	int calibration_result;		/* as PowerNet numbers it: 1 ok .. 7 unknown */
	int on_battery, runtime;		/* ticks */
	/* tenths of %, C, V, Hz, A */
	int charge, temperature, battery_volts;
	int line, line_max, line_min, line_frequency;
	int out, out_frequency, load, current;
	int watts, volt_amperes;
	char state[65];				/* the 64 flags, '0' or '1' */
};

/* Name of at most 8 characters. Two cards of a farm need different numbers. */
struct simcard *simcard_new(const char *name, unsigned number, unsigned seed);
void simcard_free(struct simcard *);

/* Called at each moment at which something happened, with the view of then. */
typedef void simcard_fn(void *arg);
void simcard_listen(struct simcard *, simcard_fn *, void *arg);

/* Lives until now. */
void simcard_advance(struct simcard *, int64_t now);
/* How it looks now; borrowed until the card next advances or changes. */
const struct simview *simcard_view(const struct simcard *);
int64_t simcard_now(const struct simcard *);

/* The world around it: these are not seen by SNMP but their effects are. */
bool simcard_mains(const struct simcard *);
void simcard_set_mains(struct simcard *, bool on);
void simcard_set_volts(struct simcard *, double volts);
void simcard_set_load(struct simcard *, double percent);
void simcard_set_charge(struct simcard *, double percent);
void simcard_set_temperature(struct simcard *, double celsius);
/* The link between card and UPS; while it is lost the card shows what it last knew. */
void simcard_set_comm(struct simcard *, bool ok);
/* A card relays to its UPS: without the link nothing can be written. */
bool simcard_linked(const struct simcard *);
void simcard_set_bad_battery(struct simcard *, bool bad);
/* The card begins anew so many seconds from now: its uptime, not the UPS. */
void simcard_restart(struct simcard *, double seconds);
int64_t simcard_uptime(const struct simcard *);		/* ms */
/*
 * Servers are registered at the card, of which one needs so many seconds to stop; 0: none
 * are. What is done gracefully then waits for them (NMC3 guide, "Graceful shutdown"): for
 * that long, or for what a low battery lasts, and two minutes more, before ShutoffDelay.
 */
void simcard_set_servers(struct simcard *, double seconds);
/* How long a written setting still reads as before. */
void simcard_set_lag(struct simcard *, double seconds);

/* Texts of the card, borrowed. */
const char *simcard_serial(const struct simcard *);
const char *simcard_name(const struct simcard *);
const char *simcard_replaced(const struct simcard *);
void simcard_set_name(struct simcard *, const char *);		/* at most 8 */
void simcard_set_replaced(struct simcard *, const char *);	/* at most 10 */

int simcard_setting(const struct simcard *, enum setting);
/* False when the UPS refuses; with apply false nothing is changed. */
bool simcard_set_setting(struct simcard *, enum setting, int value, bool apply);

/* The numbers that are written to a command object: 2 now, 3 after ShutoffDelay. */
enum command {
	COMMAND_CONSERVE, COMMAND_OFF, COMMAND_REBOOT, COMMAND_SLEEP,
	COMMAND_SIMULATE, COMMAND_BEEP, COMMAND_ON, COMMAND_TEST,
	COMMAND_DEFAULTS, COMMAND_BYPASS, COMMAND_REBOOT_ANYHOW,
	COMMAND_CALIBRATE,
	COMMAND_COUNT
};
enum command_result { COMMAND_DONE, COMMAND_UNKNOWN, COMMAND_REFUSED };
/*
 * 1 does nothing. Bypass: 2 into it, 3 out of it. Calibrate: 2 begins, 3 ends it.
 * On: 4 after ReturnDelay. Beep: 2, 4 (goes on), 5 (stops). With apply false it is only asked whether it would. */
enum command_result simcard_command(struct simcard *, enum command, int number,
    bool apply);

/* The output goes off in so many seconds, and is this then. */
void simcard_cut_in(struct simcard *, double seconds, enum output to);
void simcard_cancel(struct simcard *);
/* Seconds until the output goes off, -1 if nobody said so. */
int simcard_countdown(const struct simcard *);

/* What only the UPS-MIB has: upsmib.c reads and writes it. */
struct simcard_mib {
	bool stays_off;		/* upsAutoRestart off */
	int audible;		/* upsConfigAudibleStatus: 1 disabled, 2 enabled, 3 muted */
	int lock;		/* upsTestSpinLock */
};
const struct simcard_mib *simcard_mib(const struct simcard *);
void simcard_set_mib(struct simcard *, const struct simcard_mib *);

/*
 * The outlet groups: what goes off and on with the output, or alone. Numbers are
 * those of upsOutletGroupControlCommand: 1 on, 2 off, 3 reboot, 4 to 6 the same
 * after a delay, 7 takes back what waits.
 */
enum { OUTLET_GROUPS = 2 };
enum group_delay { GROUP_ON_DELAY, GROUP_OFF_DELAY, GROUP_REBOOT_TIME, GROUP_DELAYS };
bool simcard_group_is_on(const struct simcard *, int group);
enum command_result simcard_group_command(struct simcard *, int group, int number,
    bool apply);
int simcard_group_delay(const struct simcard *, int group, enum group_delay);	/* s */
void simcard_set_group_delay(struct simcard *, int group, enum group_delay, int seconds);

#endif
