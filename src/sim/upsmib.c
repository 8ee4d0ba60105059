/* upsmib - a simulated card as RFC 1628 has it; see upsmib.h */
#include "sim/upsmib-set.h"

#include <assert.h>
#include <string.h>

/*
 * One object. A number is what its function says; or with `per` a member of the view, in
 * so many parts of what the object counts in; or else fixed.
 */
struct row {
	const char *oid;
	enum type type;
	int64_t (*number)(const struct simcard *, const struct simview *);
	const char *text;
	enum set_result (*set)(struct simcard *, const struct value *, bool apply);
	int fixed, at, per;
};

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

static int64_t alarms(const struct simcard *c, const struct simview *v)
{
	(void)c;
	return (v->replace == 2) + (v->output == OUTPUT_ON_BATTERY) +
	    (v->battery_status == 3) + (v->comm == 2);
}

static int64_t test_result(const struct simcard *c, const struct simview *v)
{
	enum { PASSED = 1, FAILED = 3, UPSMIB_ABORTED, RUNNING };

	(void)c;
	return v->test_result == 4 || v->calibration_result == 3 ? RUNNING : v->test_result == 2 ? FAILED :
	    v->test_result == 3 ? UPSMIB_ABORTED : PASSED;
}

static int64_t countdown(const struct simcard *c, const struct simview *v)
{
	(void)v;
	return simcard_countdown(c);
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

static int64_t auto_restart(const struct simcard *c, const struct simview *v)
{
	(void)v;
	return simcard_mib(c)->stays_off ? 2 : 1;
}

static int64_t audible(const struct simcard *c, const struct simview *v)
{
	(void)v;
	return simcard_mib(c)->audible;
}

static int64_t lock(const struct simcard *c, const struct simview *v)
{
	(void)v;
	return simcard_mib(c)->lock;
}

#define SYS "1.3.6.1.2.1.1."
#define R "1.3.6.1.2.1.33.1."
#define INTEGER VALUE_INTEGER
#define TEXT(o, words)		{ o, VALUE_STRING, NULL, words, NULL, 0, 0, 0 }
#define NAME(o, set)		{ o, VALUE_STRING, NULL, NULL, set, 0, 0, 0 }
#define NUMBER(o, type, f)	{ o, type, f, NULL, NULL, 0, 0, 0 }
#define WRITABLE(o, f, set)	{ o, INTEGER, f, NULL, set, 0, 0, 0 }
#define VIEW(o, m)		{ o, INTEGER, NULL, NULL, NULL, 0, offsetof(struct simview, m), 1 }
#define WHOLE(o, m)		{ o, INTEGER, NULL, NULL, NULL, 0, offsetof(struct simview, m), 10 }
#define FIXED(o, n, set)	{ o, INTEGER, NULL, NULL, set, n, 0, 0 }

static const struct row rows[] = {
	TEXT    (SYS "1.0", "Simulated UPS with UPS-MIB"),
	{ SYS "2.0", VALUE_OID, NULL, "1.3.6.1.2.1.33", NULL, 0, 0, 0 },
	NUMBER  (SYS "3.0", VALUE_TICKS, uptime),
	NAME    (SYS "5.0", NULL),
	TEXT    (R "1.1.0", "Simulated"),
	TEXT    (R "1.2.0", "UPS 1400"),
	TEXT    (R "1.3.0", "1.0"),
	TEXT    (R "1.4.0", "upssim"),
	NAME    (R "1.5.0", upsmib_set_name),
	TEXT    (R "1.6.0", ""),
	NUMBER  (R "2.1.0", INTEGER, battery_status),
	NUMBER  (R "2.2.0", INTEGER, seconds_on_battery),
	NUMBER  (R "2.3.0", INTEGER, minutes_left),
	WHOLE   (R "2.4.0", charge),
	VIEW    (R "2.5.0", battery_volts),
	WHOLE   (R "2.7.0", temperature),
	FIXED   (R "3.2.0", 1, NULL),
	VIEW    (R "3.3.1.2.1", line_frequency),
	WHOLE   (R "3.3.1.3.1", line),
	NUMBER  (R "4.1.0", INTEGER, source),
	VIEW    (R "4.2.0", out_frequency),
	FIXED   (R "4.3.0", 1, NULL),
	WHOLE   (R "4.4.1.2.1", out),
	VIEW    (R "4.4.1.3.1", current),
	VIEW    (R "4.4.1.4.1", watts),
	WHOLE   (R "4.4.1.5.1", load),
	NUMBER  (R "6.1.0", VALUE_GAUGE, alarms),
	{ R "7.1.0", VALUE_OID, NULL, R "7.7.1", upsmib_set_test, 0, 0, 0 },
	WRITABLE(R "7.2.0", lock, upsmib_set_lock),
	NUMBER  (R "7.3.0", INTEGER, test_result),
	FIXED   (R "8.1.0", 1, NULL),
	WRITABLE(R "8.2.0", countdown, upsmib_set_off),
	FIXED   (R "8.3.0", UPSMIB_ABORT, upsmib_set_on),
	FIXED   (R "8.4.0", UPSMIB_ABORT, upsmib_set_reboot),
	WRITABLE(R "8.5.0", auto_restart, upsmib_set_auto_restart),
	NUMBER  (R "9.1.0", INTEGER, rated_volts),
	FIXED   (R "9.2.0", 500, NULL),
	NUMBER  (R "9.3.0", INTEGER, rated_volts),
	FIXED   (R "9.4.0", 500, NULL),
	FIXED   (R "9.5.0", 1400, NULL),
	FIXED   (R "9.6.0", 950, NULL),
	WRITABLE(R "9.7.0", low_minutes, upsmib_set_low_minutes),
	WRITABLE(R "9.8.0", audible, upsmib_set_audible),
	WRITABLE(R "9.9.0", low_volts, upsmib_set_low_volts),
	WRITABLE(R "9.10.0", high_volts, upsmib_set_high_volts),
};
enum { ROWS = sizeof rows / sizeof *rows };

static int64_t number_of(const struct simcard *c, const struct row *r)
{
	const struct simview *v = simcard_view(c);

	if (r->number)
		return r->number(c, v);
	if (!r->per)
		return r->fixed;
	return (*(const int *)((const char *)v + r->at) + r->per / 2) / r->per;
}

static void get(void *of, size_t i, struct value *v)
{
	const struct row *r = &rows[i];

	v->type = r->type;
	if (r->type == VALUE_OID) {
		oid_parse(&v->oid, r->text);
	} else if (r->type == VALUE_STRING) {
		v->bytes = r->text ? r->text : simcard_name(of);
		v->len = strlen(v->bytes);
	} else {
		v->number = number_of(of, r);
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
