/*
 * cardstate - the parts of a simulated card, for card.c, cardlife.c and
 * cardlook.c alone; everybody else knows it by card.h.
 */
#ifndef AMC_SIM_CARDSTATE_H
#define AMC_SIM_CARDSTATE_H

#include "sim/card.h"

#define NEVER INT64_MAX
#define LONG_AGO (INT64_MIN / 2)

enum { CAUSE_NONE = 1, CAUSE_HIGH, CAUSE_BROWNOUT, CAUSE_BLACKOUT,
	CAUSE_TEST = 9 };
enum { CALIBRATION_OK = 1, CALIBRATION_RUNNING = 3, CALIBRATION_REFUSED,
	CALIBRATION_ABORTED, CALIBRATION_UNKNOWN = 7 };
#define CALIBRATED 25			/* %: as far down as a calibration goes */
enum { TEST_OK = 1, TEST_FAILED, TEST_INVALID, TEST_RUNNING };

struct simcard {
	char name[9], replaced[11], serial[13];
	unsigned seed;
	int64_t now, booted;
	/* the world */
	bool mains, comm, bad_battery;
	double volts, load, warmth;
	int64_t mains_changed;
	/* the machine */
	enum output output;
	double charge;
	bool good;			/* the input can be used */
	int64_t good_since, battery_since, off_since;
	int64_t simulate_until, test_until, wake_at;
	int64_t cut_at;			/* when the output is to go off */
	enum output cut_to;
	int64_t on_at;			/* when it is to come on by itself */
	bool anyhow;			/* comes back from a reboot without mains, too */
	bool bypass, calibrating;
	int fail_cause, test_result, calibration_result;
	struct group {
		bool off;		/* of its own */
		int64_t off_at, on_at;
		int delays[GROUP_DELAYS];
	} groups[OUTLET_GROUPS];
	struct simcard_mib mib;
	int64_t servers;		/* ms that those need that a card tells first; 0: none */
	int64_t lag;
	struct { int old, value; int64_t since; } settings[SETTING_COUNT];
	struct simview view;
	simcard_fn *listener;		/* NULL: nobody */
	void *arg;
};

/* cardlife.c: off at this moment; to is what it is then. */
void simcard_switch_off(struct simcard *, enum output to);
/* What follows at this moment from what is so at this moment. */
void simcard_settle(struct simcard *);
/* cardgroups.c: at the beginning, at this moment, and when something happens next. */
void simcard_groups_init(struct simcard *);
void simcard_groups_settle(struct simcard *);
int64_t simcard_groups_next(const struct simcard *);
/* cardlook.c: takes the view anew, unless the link to the UPS is lost. */
void simcard_look(struct simcard *);
double simcard_runtime(const struct simcard *);		/* s */

#endif
