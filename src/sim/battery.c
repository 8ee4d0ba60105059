/* battery - how a lead battery runs down and fills; see battery.h */
#include "sim/battery.h"

#include <math.h>

#define FULL_LOAD_RUNTIME 390.0		/* s */
#define PEUKERT 1.27
#define OWN_LOAD 3.0			/* %: what the UPS takes for itself */

/* The last tenth fills as slowly as the first nine do. */
#define KNEE 90.0			/* % */
#define FAST (90.0 / 10800)		/* % a second below it */
#define SLOW (10.0 / 5400)		/* and above */

double battery_runtime(double charge, double load)
{
	if (load < OWN_LOAD)
		load = OWN_LOAD;
	return charge / 100 * FULL_LOAD_RUNTIME * pow(100 / load, PEUKERT);
}

double battery_drained(double charge, double load, double seconds)
{
	charge -= 100 * seconds / battery_runtime(100, load);
	return charge > 0 ? charge : 0;
}

double battery_charge_time(double charge, double target)
{
	double t = 0;

	if (charge < KNEE && charge < target)
		t += (fmin(target, KNEE) - charge) / FAST;
	if (target > KNEE && charge < target)
		t += (target - fmax(charge, KNEE)) / SLOW;
	return t;
}

double battery_charged(double charge, double seconds)
{
	double knee = battery_charge_time(charge, KNEE);

	if (seconds <= knee)
		return charge + seconds * FAST;
	return fmin(100, fmax(charge, KNEE) + (seconds - knee) * SLOW);
}

/* Two 12 V blocks: floating at 27.4 V, cut off at 21 V. */
double battery_volts(double charge, double load, int discharging)
{
	if (!discharging)
		return 25.2 + 2.2 * charge / 100;
	return 21.4 + 4.0 * charge / 100 - 0.8 * (load / 100) *
	    (1 - charge / 200);
}
