/* powernet - a simulated card as its OIDs; see powernet.h */
#include "sim/powernet-set.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static void put_text(struct value *v, const char *text)
{
	v->bytes = text;
	v->len = strlen(text);
}

static void get_text(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	(void)c;
	put_text(v, r->text);
}

static void get_number(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	(void)c;
	v->number = r->id;
}

/* A command is done, not kept. */
static void get_one(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	(void)c;
	(void)r;
	v->number = 1;
}

static void get_oid(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	(void)c;
	oid_parse(&v->oid, r->text);
}

static void get_view(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	v->number = *(const int *)((const char *)simcard_view(c) + r->id);
}

/* An integer object beside its tenths. */
static void get_whole(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	get_view(c, r, v);
	v->number = (v->number + 5) / 10;
}

static void get_state(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	(void)r;
	put_text(v, simcard_view(c)->state);
}

static void get_description(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	static char text[128];

	(void)r;
	snprintf(text, sizeof text, "Simulated Web/SNMP Management Card "
	    "(MB:v1.0.0 PF:v1.0.0 MN:AP9617 HR:A10 SN: ZA%s)",
	    simcard_serial(c) + 2);
	put_text(v, text);
}

static void get_uptime(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	(void)r;
	v->number = simcard_uptime(c) / 10 & UINT32_MAX;
}

static void get_name(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	(void)r;
	put_text(v, simcard_name(c));
}

static void get_serial(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	(void)r;
	put_text(v, simcard_serial(c));
}

static void get_replaced(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	(void)r;
	put_text(v, simcard_replaced(c));
}

static void get_setting(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	v->number = simcard_setting(c, r->id);
}

static void get_allowed(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	(void)c;
	put_text(v, setting_allowed(r->id));
}

/* Delays of groups: the group and which delay in one number. */
#define DELAY(group, which)	((group) * GROUP_DELAYS + GROUP_##which)

static void get_group(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	v->number = simcard_group_is_on(c, r->id) ? 1 : 2;
}

/* What upsOutletGroupControlCommand reads as. */
static void get_unknown(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	(void)c;
	(void)r;
	v->number = 8;
}

static void get_delay(const struct simcard *c, const struct powernet_row *r,
    struct value *v)
{
	v->number = simcard_group_delay(c, r->id / GROUP_DELAYS,
	    r->id % GROUP_DELAYS);
}

#define SYS "1.3.6.1.2.1.1."
#define UPS "1.3.6.1.4.1.318.1.1.1."
#define INTEGER VALUE_INTEGER
#define GAUGE VALUE_GAUGE
#define TICKS VALUE_TICKS

#define TEXT(o, words)		{ o, VALUE_STRING, get_text, NULL, 0, words }
#define STRING(o, get, set)	{ o, VALUE_STRING, get, set, 0, NULL }
#define NUMBER(o, type, n)	{ o, type, get_number, NULL, n, NULL }
#define VIEW(o, type, m)	{ o, type, get_view, NULL, offsetof(struct simview, m), NULL }
#define WHOLE(o, type, m)	{ o, type, get_whole, NULL, offsetof(struct simview, m), NULL }
#define SETTING(o, type, s)	{ o, type, get_setting, powernet_set_setting, SETTING_##s, NULL }
#define COMMAND(o, c)		{ o, INTEGER, get_one, powernet_set_command, COMMAND_##c, NULL }
#define ALLOWED_OF(o, which)	{ o, VALUE_OID, get_oid, NULL, 0, which }
#define ALLOWED(o, s)		{ o, VALUE_STRING, get_allowed, NULL, SETTING_##s, NULL }

#define GROUPS(o, get, set, first, second, type) \
	{ o ".1", type, get, set, first, NULL }, { o ".2", type, get, set, second, NULL }

/* In the order of GETNEXT. */
static const struct powernet_row rows[] = {
	STRING (SYS "1.0", get_description, NULL),
	{ SYS "2.0", VALUE_OID, get_oid, NULL, 0, "1.3.6.1.4.1.318.1.3.2.7" },
	{ SYS "3.0", TICKS, get_uptime, NULL, 0, NULL },
	TEXT   (SYS "4.0", "upssim"),
	STRING (SYS "5.0", get_name, NULL),
	TEXT   (SYS "6.0", "simulated"),
	NUMBER (SYS "7.0", INTEGER, 72),

	/* identity */
	TEXT   (UPS "1.1.1.0", "SMART-UPS 1400"),
	STRING (UPS "1.1.2.0", get_name, powernet_set_name),
	TEXT   (UPS "1.2.1.0", "70.14S.A"),
	TEXT   (UPS "1.2.2.0", "11/21/01"),
	STRING (UPS "1.2.3.0", get_serial, NULL),

	/* battery */
	VIEW   (UPS "2.1.1.0", INTEGER, battery_status),
	VIEW   (UPS "2.1.2.0", TICKS, on_battery),
	STRING (UPS "2.1.3.0", get_replaced, powernet_set_replaced),
	WHOLE  (UPS "2.2.1.0", GAUGE, charge),
	WHOLE  (UPS "2.2.2.0", GAUGE, temperature),
	VIEW   (UPS "2.2.3.0", TICKS, runtime),
	VIEW   (UPS "2.2.4.0", INTEGER, replace),
	NUMBER (UPS "2.2.5.0", INTEGER, 0),
	NUMBER (UPS "2.2.6.0", INTEGER, 0),
	NUMBER (UPS "2.2.7.0", INTEGER, 24),
	WHOLE  (UPS "2.2.8.0", INTEGER, battery_volts),
	VIEW   (UPS "2.3.1.0", GAUGE, charge),
	VIEW   (UPS "2.3.2.0", GAUGE, temperature),
	VIEW   (UPS "2.3.4.0", INTEGER, battery_volts),

	/* input */
	NUMBER (UPS "3.1.1.0", INTEGER, 1),
	WHOLE  (UPS "3.2.1.0", GAUGE, line),
	WHOLE  (UPS "3.2.2.0", GAUGE, line_max),
	WHOLE  (UPS "3.2.3.0", GAUGE, line_min),
	WHOLE  (UPS "3.2.4.0", GAUGE, line_frequency),
	VIEW   (UPS "3.2.5.0", INTEGER, fail_cause),
	VIEW   (UPS "3.3.1.0", GAUGE, line),
	VIEW   (UPS "3.3.2.0", GAUGE, line_max),
	VIEW   (UPS "3.3.3.0", GAUGE, line_min),
	VIEW   (UPS "3.3.4.0", GAUGE, line_frequency),

	/* output */
	VIEW   (UPS "4.1.1.0", INTEGER, output),
	NUMBER (UPS "4.1.2.0", INTEGER, 1),
	WHOLE  (UPS "4.2.1.0", GAUGE, out),
	WHOLE  (UPS "4.2.2.0", GAUGE, out_frequency),
	WHOLE  (UPS "4.2.3.0", GAUGE, load),
	WHOLE  (UPS "4.2.4.0", GAUGE, current),
	VIEW   (UPS "4.2.8.0", INTEGER, watts),
	VIEW   (UPS "4.2.9.0", INTEGER, volt_amperes),
	VIEW   (UPS "4.3.1.0", GAUGE, out),
	VIEW   (UPS "4.3.2.0", GAUGE, out_frequency),
	VIEW   (UPS "4.3.3.0", GAUGE, load),
	VIEW   (UPS "4.3.4.0", GAUGE, current),

	/* settings */
	SETTING(UPS "5.2.1.0",  INTEGER, RATED_VOLTS),
	SETTING(UPS "5.2.2.0",  INTEGER, HIGH_VOLTS),
	SETTING(UPS "5.2.3.0",  INTEGER, LOW_VOLTS),
	SETTING(UPS "5.2.4.0",  INTEGER, ALARM),
	SETTING(UPS "5.2.5.0",  TICKS,   ALARM_TIMER),
	SETTING(UPS "5.2.6.0",  INTEGER, MIN_CHARGE),
	SETTING(UPS "5.2.7.0",  INTEGER, SENSITIVITY),
	SETTING(UPS "5.2.8.0",  TICKS,   LOW_BATTERY),
	SETTING(UPS "5.2.9.0",  TICKS,   RETURN_DELAY),
	SETTING(UPS "5.2.10.0", TICKS,   SHUTOFF_DELAY),
	SETTING(UPS "5.2.11.0", TICKS,   SLEEP_TIME),
	COMMAND(UPS "5.2.12.0", DEFAULTS),
	SETTING(UPS "5.2.14.0", TICKS,   EXHAUST),

	/* what of it is allowed: index, object, words */
	NUMBER (UPS "5.2.16.1.1.1", INTEGER, 1),
	NUMBER (UPS "5.2.16.1.1.2", INTEGER, 2),
	NUMBER (UPS "5.2.16.1.1.3", INTEGER, 3),
	NUMBER (UPS "5.2.16.1.1.4", INTEGER, 4),
	NUMBER (UPS "5.2.16.1.1.5", INTEGER, 5),
	NUMBER (UPS "5.2.16.1.1.6", INTEGER, 6),
	NUMBER (UPS "5.2.16.1.1.7", INTEGER, 7),
	NUMBER (UPS "5.2.16.1.1.8", INTEGER, 8),
	NUMBER (UPS "5.2.16.1.1.9", INTEGER, 9),
	ALLOWED_OF(UPS "5.2.16.1.2.1", UPS "5.2.1"),
	ALLOWED_OF(UPS "5.2.16.1.2.2", UPS "5.2.2"),
	ALLOWED_OF(UPS "5.2.16.1.2.3", UPS "5.2.3"),
	ALLOWED_OF(UPS "5.2.16.1.2.4", UPS "5.2.5"),
	ALLOWED_OF(UPS "5.2.16.1.2.5", UPS "5.2.6"),
	ALLOWED_OF(UPS "5.2.16.1.2.6", UPS "5.2.8"),
	ALLOWED_OF(UPS "5.2.16.1.2.7", UPS "5.2.9"),
	ALLOWED_OF(UPS "5.2.16.1.2.8", UPS "5.2.10"),
	ALLOWED_OF(UPS "5.2.16.1.2.9", UPS "5.2.14"),
	ALLOWED(UPS "5.2.16.1.3.1", RATED_VOLTS),
	ALLOWED(UPS "5.2.16.1.3.2", HIGH_VOLTS),
	ALLOWED(UPS "5.2.16.1.3.3", LOW_VOLTS),
	ALLOWED(UPS "5.2.16.1.3.4", ALARM_TIMER),
	ALLOWED(UPS "5.2.16.1.3.5", MIN_CHARGE),
	ALLOWED(UPS "5.2.16.1.3.6", LOW_BATTERY),
	ALLOWED(UPS "5.2.16.1.3.7", RETURN_DELAY),
	ALLOWED(UPS "5.2.16.1.3.8", SHUTOFF_DELAY),
	ALLOWED(UPS "5.2.16.1.3.9", EXHAUST),

	/* commands */
	COMMAND(UPS "6.1.1.0", CONSERVE),
	COMMAND(UPS "6.2.1.0", OFF),
	COMMAND(UPS "6.2.2.0", REBOOT),
	COMMAND(UPS "6.2.3.0", SLEEP),
	COMMAND(UPS "6.2.4.0", SIMULATE),
	COMMAND(UPS "6.2.5.0", BEEP),
	COMMAND(UPS "6.2.6.0", ON),
	COMMAND(UPS "6.2.7.0", BYPASS),
	COMMAND(UPS "6.2.8.0", REBOOT_ANYHOW),

	/* tests */
	SETTING(UPS "7.2.1.0", INTEGER, TEST_SCHEDULE),
	COMMAND(UPS "7.2.2.0", TEST),
	VIEW   (UPS "7.2.3.0", INTEGER, test_result),
	COMMAND(UPS "7.2.5.0", CALIBRATE),
	VIEW   (UPS "7.2.6.0", INTEGER, calibration_result),

	/* the link to the UPS, and all its flags */
	VIEW   (UPS "8.1.0", INTEGER, comm),
	STRING (UPS "11.1.1.0", get_state, NULL),

	/* outlet groups: names and states, delays, commands */
	NUMBER (UPS "12.1.1.0", INTEGER, OUTLET_GROUPS),
	GROUPS (UPS "12.1.2.1.1", get_number, NULL, 1, 2, INTEGER),
	TEXT   (UPS "12.1.2.1.2.1", "Outlet Group 1"),
	TEXT   (UPS "12.1.2.1.2.2", "Outlet Group 2"),
	GROUPS (UPS "12.1.2.1.3", get_group, NULL, 0, 1, INTEGER),
	NUMBER (UPS "12.2.1.0", INTEGER, OUTLET_GROUPS),
	GROUPS (UPS "12.2.2.1.1", get_number, NULL, 1, 2, INTEGER),
	TEXT   (UPS "12.2.2.1.2.1", "Outlet Group 1"),
	TEXT   (UPS "12.2.2.1.2.2", "Outlet Group 2"),
	GROUPS (UPS "12.2.2.1.3", get_delay, powernet_set_delay, DELAY(0, ON_DELAY), DELAY(1, ON_DELAY), INTEGER),
	GROUPS (UPS "12.2.2.1.4", get_delay, powernet_set_delay, DELAY(0, OFF_DELAY), DELAY(1, OFF_DELAY), INTEGER),
	GROUPS (UPS "12.2.2.1.5", get_delay, powernet_set_delay, DELAY(0, REBOOT_TIME), DELAY(1, REBOOT_TIME), INTEGER),
	NUMBER (UPS "12.3.1.0", INTEGER, OUTLET_GROUPS),
	GROUPS (UPS "12.3.2.1.1", get_number, NULL, 1, 2, INTEGER),
	TEXT   (UPS "12.3.2.1.2.1", "Outlet Group 1"),
	TEXT   (UPS "12.3.2.1.2.2", "Outlet Group 2"),
	GROUPS (UPS "12.3.2.1.3", get_unknown, powernet_set_group, 0, 1, INTEGER),
};
enum { ROWS = sizeof rows / sizeof *rows };

static void get(void *card, size_t i, struct value *v)
{
	v->type = rows[i].type;
	rows[i].get(card, &rows[i], v);
}

static enum set_result set(void *card, size_t i, const struct value *v,
    bool apply)
{
	if (!rows[i].set)
		return SET_NOT_WRITABLE;
	if (v->type != rows[i].type)
		return SET_WRONG_TYPE;
	return rows[i].set(card, &rows[i], v, apply);
}

static void parse_rows(struct oid oids[ROWS])
{
	size_t i;
	bool ok;

	for (i = 0; i < ROWS; i++) {
		ok = oid_parse(&oids[i], rows[i].oid);
		assert(ok && (i == 0 || oid_compare(&oids[i - 1], &oids[i]) < 0));
		(void)ok;
	}
}

void powernet_objects(struct objects *all, struct simcard *card)
{
	static struct oid oids[ROWS];

	if (!oids[0].n)
		parse_rows(oids);
	all->oids = oids;
	all->n = ROWS;
	all->of = card;
	all->get = get;
	all->set = set;
}
