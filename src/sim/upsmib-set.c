/* What is written to the UPS-MIB of a simulated card; a part of upsmib */
#include "sim/upsmib-set.h"

#include <string.h>

enum { MAX_WAIT = 3600, MAX_REBOOT = 300 };

/*
 * Off in so many seconds; -1 takes it back. It stays off until it is told otherwise; in an
 * outage upsAutoRestart decides whether it comes back with the mains.
 */
enum set_result upsmib_set_off(struct simcard *c, const struct value *v, bool apply)
{
	if (v->number < UPSMIB_ABORT || v->number > MAX_WAIT)
		return SET_WRONG_VALUE;
	if (!simcard_linked(c))
		return SET_GENERAL_ERROR;
	if (!apply)
		return SET_OK;
	if (v->number == UPSMIB_ABORT)
		simcard_cancel(c);
	else
		simcard_cut_in(c, v->number, simcard_view(c)->output == OUTPUT_ON_BATTERY &&
		    !simcard_mib(c)->stays_off ? OUTPUT_SLEEPING : OUTPUT_OFF);
	return SET_OK;
}

enum set_result upsmib_set_on(struct simcard *c, const struct value *v, bool apply)
{
	if (v->number < UPSMIB_ABORT || v->number > 0)
		return SET_WRONG_VALUE;
	if (v->number == UPSMIB_ABORT)
		return SET_OK;
	return simcard_command(c, COMMAND_ON, 2, apply) == COMMAND_DONE ? SET_OK :
	    SET_GENERAL_ERROR;
}

enum set_result upsmib_set_reboot(struct simcard *c, const struct value *v, bool apply)
{
	if (v->number < UPSMIB_ABORT || v->number > MAX_REBOOT)
		return SET_WRONG_VALUE;
	if (v->number == UPSMIB_ABORT)
		return upsmib_set_off(c, v, apply);
	return simcard_command(c, COMMAND_REBOOT, 2, apply) == COMMAND_DONE ? SET_OK :
	    SET_GENERAL_ERROR;
}

enum set_result upsmib_set_auto_restart(struct simcard *c, const struct value *v, bool apply)
{
	struct simcard_mib mib = *simcard_mib(c);

	if (v->number != 1 && v->number != 2)
		return SET_WRONG_VALUE;
	mib.stays_off = v->number == 2;
	if (apply)
		simcard_set_mib(c, &mib);
	return SET_OK;
}

enum set_result upsmib_set_audible(struct simcard *c, const struct value *v, bool apply)
{
	struct simcard_mib mib = *simcard_mib(c);

	if (v->number < 1 || v->number > 3)
		return SET_WRONG_VALUE;
	mib.audible = (int)v->number;
	if (apply)
		simcard_set_mib(c, &mib);
	return SET_OK;
}

/* TestAndIncr, RFC 2579. */
enum set_result upsmib_set_lock(struct simcard *c, const struct value *v, bool apply)
{
	struct simcard_mib mib = *simcard_mib(c);

	if (v->number != mib.lock)
		return SET_INCONSISTENT;
	mib.lock = mib.lock == INT32_MAX ? 0 : mib.lock + 1;
	if (apply)
		simcard_set_mib(c, &mib);
	return SET_OK;
}

/* The last number of 1.3.6.1.2.1.33.1.7.7.N names the test. */
enum set_result upsmib_set_test(struct simcard *c, const struct value *v, bool apply)
{
	enum { NONE = 1, STOP, GENERAL, QUICK, DEEP };
	static const struct oid tests = { 9, { 1, 3, 6, 1, 2, 1, 33, 1, 7 } };
	const struct oid *o = &v->oid;

	if (o->n != tests.n + 2 || o->sub[tests.n] != 7 ||
	    memcmp(o->sub, tests.sub, tests.n * sizeof *o->sub) != 0)
		return SET_WRONG_VALUE;
	switch (o->sub[o->n - 1]) {
	case NONE:
		return SET_OK;
	case STOP:
		simcard_command(c, COMMAND_CALIBRATE, 3, apply);
		return SET_OK;
	case GENERAL:
	case QUICK:
		return simcard_command(c, COMMAND_TEST, 2, apply) == COMMAND_DONE ?
		    SET_OK : SET_GENERAL_ERROR;
	case DEEP:
		return simcard_command(c, COMMAND_CALIBRATE, 2, apply) ==
		    COMMAND_DONE ? SET_OK : SET_GENERAL_ERROR;
	}
	return SET_WRONG_VALUE;
}

static enum set_result set_setting(struct simcard *c, enum setting s, int64_t n,
    bool apply)
{
	if (n < 0 || n > INT32_MAX)
		return SET_WRONG_VALUE;
	if (!simcard_linked(c))
		return SET_GENERAL_ERROR;
	return simcard_set_setting(c, s, n, apply) ? SET_OK : SET_WRONG_VALUE;
}

enum set_result upsmib_set_low_volts(struct simcard *c, const struct value *v,
    bool apply)
{
	return set_setting(c, SETTING_LOW_VOLTS, v->number, apply);
}

enum set_result upsmib_set_high_volts(struct simcard *c, const struct value *v,
    bool apply)
{
	return set_setting(c, SETTING_HIGH_VOLTS, v->number, apply);
}

enum set_result upsmib_set_low_minutes(struct simcard *c, const struct value *v,
    bool apply)
{
	if (v->number < 0 || v->number > 1000)
		return SET_WRONG_VALUE;
	return set_setting(c, SETTING_LOW_BATTERY, v->number * 6000, apply);
}

enum set_result upsmib_set_name(struct simcard *c, const struct value *v, bool apply)
{
	char name[9];

	if (v->len > 8)
		return SET_WRONG_LENGTH;
	memcpy(name, v->bytes, v->len);
	name[v->len] = '\0';
	if (apply)
		simcard_set_name(c, name);
	return SET_OK;
}
