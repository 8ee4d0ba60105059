/* upsmib - a simulated card as RFC 1628 has it; see upsmib.h */
#include "sim/upsmib.h"

#include <assert.h>
#include <string.h>

enum { ABORT = -1, MAX_WAIT = 3600, MAX_REBOOT = 300 };

struct row {
	const char *oid;
	enum type type;
	int64_t (*number)(const struct simcard *, const struct simview *);
	const char *text;
	enum set_result (*set)(struct simcard *, const struct value *, bool apply);
};

static int64_t one(const struct simcard *c, const struct simview *v)
{
	(void)c;
	(void)v;
	return 1;
}

static int64_t uptime(const struct simcard *c, const struct simview *v)
{
	(void)v;
	return simcard_uptime(c) / 10;
}

static int64_t battery_status(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return v->charge <= 0 ? 4 : v->battery_status;
}

static int64_t seconds_on_battery(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return v->on_battery / 100;
}

static int64_t minutes_left(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return v->runtime / 6000;
}

static int64_t charge(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return (v->charge + 5) / 10;
}

static int64_t battery_volts(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return v->battery_volts;
}

static int64_t temperature(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return (v->temperature + 5) / 10;
}

static int64_t in_hertz(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return v->line_frequency;
}

static int64_t in_volts(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return (v->line + 5) / 10;
}

static int64_t source(const struct simcard *c, const struct simview *v)
{
	enum { NONE = 2, NORMAL, BYPASS, BATTERY };

	(void)c;
	switch (v->output) {
	case OUTPUT_ON_LINE:
		return NORMAL;
	case OUTPUT_ON_BATTERY:
	case 15:			/* a test */
		return BATTERY;
	case OUTPUT_BYPASS:
		return BYPASS;
	default:
		return NONE;
	}
}

static int64_t out_hertz(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return v->out_frequency;
}

static int64_t out_volts(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return (v->out + 5) / 10;
}

static int64_t out_amperes(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return v->current;
}

static int64_t out_watts(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return v->watts;
}

static int64_t load(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return (v->load + 5) / 10;
}

static int64_t alarms(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return (v->replace == 2) + (v->output == OUTPUT_ON_BATTERY) +
	    (v->battery_status == 3) + (v->comm == 2);
}

static int64_t test_result(const struct simcard *c, const struct simview *v)
{
	enum { PASSED = 1, FAILED = 3, ABORTED, RUNNING };

	(void)c;
	return v->test_result == 4 || v->calibration_result == 3 ? RUNNING : v->test_result == 2 ? FAILED :
	    v->test_result == 3 ? ABORTED : PASSED;
}

static int64_t countdown(const struct simcard *c, const struct simview *v)
{
	(void)v;
	return simcard_countdown(c);
}

static int64_t nothing_waits(const struct simcard *c, const struct simview *v)
{
	(void)c;
	(void)v;
	return ABORT;
}

static int64_t rated_volts(const struct simcard *c, const struct simview *v)
{
	(void)v;
	return simcard_setting(c, SETTING_RATED_VOLTS);
}

static int64_t low_volts(const struct simcard *c, const struct simview *v)
{
	(void)v;
	return simcard_setting(c, SETTING_LOW_VOLTS);
}

static int64_t high_volts(const struct simcard *c, const struct simview *v)
{
	(void)v;
	return simcard_setting(c, SETTING_HIGH_VOLTS);
}

static int64_t low_minutes(const struct simcard *c, const struct simview *v)
{
	(void)v;
	return simcard_setting(c, SETTING_LOW_BATTERY) / 6000;
}

static int64_t rated_hertz(const struct simcard *c, const struct simview *v)
{
	(void)c;
	(void)v;
	return 500;
}

static int64_t rated_va(const struct simcard *c, const struct simview *v)
{
	(void)c;
	(void)v;
	return 1400;
}

static int64_t rated_watts(const struct simcard *c, const struct simview *v)
{
	(void)c;
	(void)v;
	return 950;
}

static bool linked(const struct simcard *c)
{
	return simcard_view(c)->comm == 1;
}

/*
 * Off in so many seconds; -1 takes it back. It stays off until it is told otherwise; in an
 * outage upsAutoRestart decides whether it comes back with the mains.
 */
static enum set_result set_off(struct simcard *c, const struct value *v, bool apply)
{
	if (v->number < ABORT || v->number > MAX_WAIT)
		return SET_WRONG_VALUE;
	if (!linked(c))
		return SET_GENERAL_ERROR;
	if (!apply)
		return SET_OK;
	if (v->number == ABORT)
		simcard_cancel(c);
	else
		simcard_cut_in(c, v->number, simcard_view(c)->output == OUTPUT_ON_BATTERY &&
		    !simcard_mib(c)->stays_off ? OUTPUT_SLEEPING : OUTPUT_OFF);
	return SET_OK;
}

static enum set_result set_on(struct simcard *c, const struct value *v, bool apply)
{
	if (v->number < ABORT || v->number > 0)
		return SET_WRONG_VALUE;
	if (v->number == ABORT)
		return SET_OK;
	return simcard_command(c, COMMAND_ON, 2, apply) == COMMAND_DONE ? SET_OK :
	    SET_GENERAL_ERROR;
}

static enum set_result set_reboot(struct simcard *c, const struct value *v, bool apply)
{
	if (v->number < ABORT || v->number > MAX_REBOOT)
		return SET_WRONG_VALUE;
	if (v->number == ABORT)
		return set_off(c, v, apply);
	return simcard_command(c, COMMAND_REBOOT, 2, apply) == COMMAND_DONE ? SET_OK :
	    SET_GENERAL_ERROR;
}

static int64_t auto_restart(const struct simcard *c, const struct simview *v)
{
	(void)v;
	return simcard_mib(c)->stays_off ? 2 : 1;
}

static enum set_result set_auto_restart(struct simcard *c, const struct value *v, bool apply)
{
	struct simcard_mib mib = *simcard_mib(c);

	if (v->number != 1 && v->number != 2)
		return SET_WRONG_VALUE;
	mib.stays_off = v->number == 2;
	if (apply)
		simcard_set_mib(c, &mib);
	return SET_OK;
}

static int64_t audible(const struct simcard *c, const struct simview *v)
{
	(void)v;
	return simcard_mib(c)->audible;
}

static enum set_result set_audible(struct simcard *c, const struct value *v, bool apply)
{
	struct simcard_mib mib = *simcard_mib(c);

	if (v->number < 1 || v->number > 3)
		return SET_WRONG_VALUE;
	mib.audible = (int)v->number;
	if (apply)
		simcard_set_mib(c, &mib);
	return SET_OK;
}

static int64_t lock(const struct simcard *c, const struct simview *v)
{
	(void)v;
	return simcard_mib(c)->lock;
}

/* TestAndIncr, RFC 2579. */
static enum set_result set_lock(struct simcard *c, const struct value *v, bool apply)
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
static enum set_result set_test(struct simcard *c, const struct value *v, bool apply)
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
	if (!linked(c))
		return SET_GENERAL_ERROR;
	return simcard_set_setting(c, s, n, apply) ? SET_OK : SET_WRONG_VALUE;
}

static enum set_result set_low_volts(struct simcard *c, const struct value *v,
    bool apply)
{
	return set_setting(c, SETTING_LOW_VOLTS, v->number, apply);
}

static enum set_result set_high_volts(struct simcard *c, const struct value *v,
    bool apply)
{
	return set_setting(c, SETTING_HIGH_VOLTS, v->number, apply);
}

static enum set_result set_low_minutes(struct simcard *c, const struct value *v,
    bool apply)
{
	if (v->number < 0 || v->number > 1000)
		return SET_WRONG_VALUE;
	return set_setting(c, SETTING_LOW_BATTERY, v->number * 6000, apply);
}

static enum set_result set_name(struct simcard *c, const struct value *v, bool apply)
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

#define SYS "1.3.6.1.2.1.1."
#define R "1.3.6.1.2.1.33.1."
#define INTEGER VALUE_INTEGER
#define TEXT(o, words)		{ o, VALUE_STRING, NULL, words, NULL }
#define NAME(o, set)		{ o, VALUE_STRING, NULL, NULL, set }
#define NUMBER(o, type, f)	{ o, type, f, NULL, NULL }
#define WRITABLE(o, f, set)	{ o, INTEGER, f, NULL, set }

static const struct row rows[] = {
	TEXT    (SYS "1.0", "Simulated UPS with UPS-MIB"),
	{ SYS "2.0", VALUE_OID, NULL, "1.3.6.1.2.1.33", NULL },
	NUMBER  (SYS "3.0", VALUE_TICKS, uptime),
	NAME    (SYS "5.0", NULL),
	TEXT    (R "1.1.0", "Simulated"),
	TEXT    (R "1.2.0", "UPS 1400"),
	TEXT    (R "1.3.0", "1.0"),
	TEXT    (R "1.4.0", "upssim"),
	NAME    (R "1.5.0", set_name),
	TEXT    (R "1.6.0", ""),
	NUMBER  (R "2.1.0", INTEGER, battery_status),
	NUMBER  (R "2.2.0", INTEGER, seconds_on_battery),
	NUMBER  (R "2.3.0", INTEGER, minutes_left),
	NUMBER  (R "2.4.0", INTEGER, charge),
	NUMBER  (R "2.5.0", INTEGER, battery_volts),
	NUMBER  (R "2.7.0", INTEGER, temperature),
	NUMBER  (R "3.2.0", INTEGER, one),
	NUMBER  (R "3.3.1.2.1", INTEGER, in_hertz),
	NUMBER  (R "3.3.1.3.1", INTEGER, in_volts),
	NUMBER  (R "4.1.0", INTEGER, source),
	NUMBER  (R "4.2.0", INTEGER, out_hertz),
	NUMBER  (R "4.3.0", INTEGER, one),
	NUMBER  (R "4.4.1.2.1", INTEGER, out_volts),
	NUMBER  (R "4.4.1.3.1", INTEGER, out_amperes),
	NUMBER  (R "4.4.1.4.1", INTEGER, out_watts),
	NUMBER  (R "4.4.1.5.1", INTEGER, load),
	NUMBER  (R "6.1.0", VALUE_GAUGE, alarms),
	{ R "7.1.0", VALUE_OID, NULL, R "7.7.1", set_test },
	WRITABLE(R "7.2.0", lock, set_lock),
	NUMBER  (R "7.3.0", INTEGER, test_result),
	NUMBER  (R "8.1.0", INTEGER, one),
	WRITABLE(R "8.2.0", countdown, set_off),
	WRITABLE(R "8.3.0", nothing_waits, set_on),
	WRITABLE(R "8.4.0", nothing_waits, set_reboot),
	WRITABLE(R "8.5.0", auto_restart, set_auto_restart),
	NUMBER  (R "9.1.0", INTEGER, rated_volts),
	NUMBER  (R "9.2.0", INTEGER, rated_hertz),
	NUMBER  (R "9.3.0", INTEGER, rated_volts),
	NUMBER  (R "9.4.0", INTEGER, rated_hertz),
	NUMBER  (R "9.5.0", INTEGER, rated_va),
	NUMBER  (R "9.6.0", INTEGER, rated_watts),
	WRITABLE(R "9.7.0", low_minutes, set_low_minutes),
	WRITABLE(R "9.8.0", audible, set_audible),
	WRITABLE(R "9.9.0", low_volts, set_low_volts),
	WRITABLE(R "9.10.0", high_volts, set_high_volts),
};
enum { ROWS = sizeof rows / sizeof *rows };

static void get(void *of, size_t i, struct value *v)
{
	const struct row *r = &rows[i];
	const struct simcard *c = of;

	v->type = r->type;
	if (r->number) {
		v->number = r->number(c, simcard_view(c));
	} else if (r->type == VALUE_OID) {
		oid_parse(&v->oid, r->text);
	} else {
		v->bytes = r->text ? r->text : simcard_name(c);
		v->len = strlen(v->bytes);
	}
}

static enum set_result set(void *of, size_t i, const struct value *v, bool apply)
{
	if (!rows[i].set)
		return SET_NOT_WRITABLE;
	if (v->type != rows[i].type)
		return SET_WRONG_TYPE;
	return rows[i].set(of, v, apply);
}

void upsmib_objects(struct objects *all, struct simcard *card)
{
	static struct oid oids[ROWS];
	size_t i;
	bool ok;

	for (i = 0; i < ROWS && !oids[ROWS - 1].n; i++) {
		ok = oid_parse(&oids[i], rows[i].oid);
		assert(ok && (i == 0 || oid_compare(&oids[i - 1], &oids[i]) < 0));
		(void)ok;
	}
	*all = (struct objects){ oids, ROWS, card, get, set };
}
