/*
 * Profiles: the embedded ones are read, wrong ones are refused with the line
 * and the reason; which one a card gets; what its values come to mean.
 */
#include "snmp/decode.h"
#include "snmp/identify.h"
#include "snmp/profile.h"
#include "base/file.h"
#include "base/mem.h"
#include "model/record.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/t-profile.XXXXXX";

static int setup(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	return rmdir(folder);
}

/* Loads the embedded profiles and these files. */
static struct profiles *load(const char *a, const char *b, struct err *e)
{
	const char *const texts[] = { a, b }, *const names[] = { "a.xml", "b.xml" };
	struct profiles *all;
	char *path;

	for (int i = 0; i < 2; i++) {
		path = file_join(folder, names[i]);
		assert_true(!texts[i] || file_replace(path, texts[i], strlen(texts[i]), 0600, e));
		free(path);
	}
	all = profiles_load(folder, e);
	for (int i = 0; i < 2; i++) {
		path = file_join(folder, names[i]);
		unlink(path);
		free(path);
	}
	return all;
}

static void embedded_ones(void **state)
{
	struct err e = { .text = "" };
	struct profiles *all = profiles_load(NULL, &e);
	const struct profile *apc;

	(void)state;
	if (!all)
		fail_msg("%s", e.text);
	apc = profiles_at(all, 0);
	assert_string_equal(apc->id, "apc");
	assert_true(apc->exclusive);
	/* of those that have the UPS-MIB this is the one to be found by probing */
	assert_string_equal(profiles_at(all, profiles_count(all) - 2)->id, "rfc1628");
	assert_true(profiles_known(all, "auto"));
	assert_true(profiles_known(all, "apc"));
	assert_false(profiles_known(all, "apcc"));
	assert_null(profiles_find(all, "auto"));
	/* every setting that stands in a UPS has a place in PowerNet */
	for (const struct field *f = ups_fields; f->key; f++) {
		size_t found = 0;

		for (size_t i = 0; i < apc->n_settings; i++)
			found += apc->settings[i].field == f;
		assert_int_equal(found, f->flags & FIELD_IN_CARD ? 1 : 0);
	}
	profiles_free(all);
}

#define HEAD "<profile id=\"x\" name=\"X\" rank=\"50\" base=\"1.3.6.1.4.1.9\">\n"
#define IDENT "<identify probe=\".1.0\"/>\n"
#define READ "<reading attr=\"model\" oid=\".1.0\"/>\n"
#define STATE "<state oid=\".2.0\"><map from=\"1\" to=\"online\"/></state>\n"
#define GOOD HEAD IDENT READ STATE "</profile>\n"

#define OURS "<profile id='apc' name='Ours' rank='99' base='1.3.6.1.4.1.9'>\n" \
	IDENT READ STATE "</profile>"

static const struct {
	const char *text, *words;
} bad[] = {
	{ "<profile", ":1: " },
	{ "<menu/>", ":1: <profile> is wanted here, not <menu>" },
	{ HEAD "<oid/></profile>", ":2: <profile> has no <oid>" },
	{ HEAD "<map/></profile>", ":2: <profile> has no <map>" },
	{ HEAD IDENT "<reading attr='model' oid='.1.0' unit='V'/></profile>",
	    ":3: <reading> has no attribute unit" },
	{ HEAD "<!-- <x y='z'> -->\n" IDENT READ "<state oid='.1.0'\n  of='.2.0'/></profile>",
	    ": <state> has no attribute of" },
	{ HEAD "<reading attr='model'/></profile>", ":2: <reading> needs the attribute oid" },
	{ "<profile id='X' name='x' rank='5'/>", ":1: id: X is not 1 to 32 of a-z" },
	{ "<profile id='auto' name='x' rank='5'/>", ":1: id: auto is not 1 to 32 of a-z" },
	{ "<profile id='x' name='' rank='5'/>", ":1: name: is empty" },
	{ "<profile id='x' name='x' rank='100'/>", ":1: rank: 100 is not between 1 and 99" },
	{ "<profile id='x' name='x' rank='5' base='1.x'/>", ":1: base: 1.x is no OID" },
	{ "<profile id='x' name='x' rank='5' none='1..b'/>", ":1: none: 1..b is no number" },
	{ "<profile id='x' name='x' rank='5' exclusive='1'/>",
	    ":1: exclusive: 1 is none of no, yes" },
	{ "<profile id='x' name='x' rank='5'><identify probe='.1.0'/></profile>",
	    ":1: probe: .1.0 begins with a point, but the profile has no base" },
	{ HEAD "<reading attr='modle' oid='.1.0'/></profile>",
	    ":2: attr: a UPS has no reading modle" },
	{ HEAD "<reading attr='model' oid='.1.'/></profile>", ":2: oid: .1. is no OID like" },
	{ HEAD "<reading attr='model' oid=''/></profile>", ":2: oid: is empty" },
	{ HEAD "<reading attr='model' oid='1.4294967296'/></profile>",
	    ":2: oid: 1.4294967296 is no OID" },
	{ HEAD "<reading attr='load-percent' oid='.1.0' scale='0,1'/></profile>",
	    ":2: scale: 0,1 is no number above 0 like 0.1" },
	{ HEAD "<reading attr='load-percent' oid='.1.0' scale='0'/></profile>",
	    ":2: scale: 0 is no" },
	{ HEAD "<reading attr='load-percent' oid='.1.0' none='5..1'/></profile>",
	    ":2: none: 5..1 is no" },
	{ HEAD "<reading attr='load-percent' oid='.1.0' join='max'/></profile>",
	    ":2: join: max is none of first, sum, most" },
	{ HEAD READ READ "</profile>", ":3: model is read from 1.3.6.1.4.1.9.1.0 already" },
	{ HEAD "<state oid='.1.0'/></profile>", ":2: <state> needs a <map>" },
	{ HEAD "<state oid='.1.0'><map to='off'/></state></profile>",
	    ":2: <map> needs either from or place" },
	{ HEAD "<state oid='.1.0'><map from='1'/></state></profile>",
	    ":2: <map> needs to or flag" },
	{ HEAD "<state oid='.1.0'><map from='' to='off'/></state></profile>",
	    ":2: from: is empty" },
	{ HEAD "<state oid='.1.0'><map from='1' to='fine'/></state></profile>",
	    ":2: to: a UPS has no state fine" },
	{ HEAD "<state oid='.1.0'><map from='1' flag='eco hot'/></state></profile>",
	    ":2: flag: a UPS has no flag hot" },
	{ HEAD "<state oid='.1.0'><map from='1..3' to='off'/>\n"
	    "<map from='3' to='online'/></state></profile>",
	    ":3: <map>: one of these is mapped above already" },
	{ HEAD "<setting field='Grace' oid='.1.0' type='integer'/></profile>",
	    ":2: field: Grace is no setting that is kept in a UPS" },
	{ HEAD "<setting field='ConfirmSeconds' oid='.1.0' type='integer'/></profile>",
	    ":2: field: ConfirmSeconds is no setting that is kept in a UPS" },
	{ HEAD "<setting field='UpperVolts' oid='.1.0' type='int'/></profile>",
	    ":2: type: int is none of integer, timeticks, string" },
	{ HEAD "<setting field='UpperVolts' oid='.1.0' type='integer' allowed='1 two'/></profile>",
	    ":2: allowed: two is no number" },
	{ HEAD "<setting field='UpperVolts' oid='.1.0' type='integer'/>\n"
	    "<setting field='UpperVolts' oid='.2.0' type='integer'/></profile>",
	    ":3: field: UpperVolts is here already" },
	{ HEAD "<allowed setting='.x' values='.2'/></profile>", ":2: setting: .x is no OID" },
	{ HEAD "<allowed setting='.1.1' values='.1.2'/>\n"
	    "<allowed setting='.1.1' values='.1.2'/></profile>",
	    ":3: <allowed> is here already" },
	{ HEAD "<caution> \n </caution></profile>", ":2: <caution> is empty" },
	{ HEAD "<caution if='1'>Mind.</caution></profile>", ":2: <caution> has no attribute if" },
	{ HEAD READ STATE "</profile>", ":1: <profile> needs an <identify> with a probe" },
	{ HEAD IDENT STATE "</profile>", ":1: <profile> needs a <reading> and a <state>" },
};

static void wrong_ones_are_refused(void **state)
{
	char prefix[64];

	(void)state;
	snprintf(prefix, sizeof prefix, "%s/a.xml:", folder);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err e = { .text = "" };

		if (load(bad[i].text, NULL, &e))
			fail_msg("taken: %s", bad[i].text);
		if (strncmp(e.text, prefix, strlen(prefix)) || !strstr(e.text, bad[i].words))
			fail_msg("wanted: %s\ngot: %s", bad[i].words, e.text);
	}
}

static void replacing(void **state)
{
	struct err e = { .text = "" };
	struct profiles *all = load(GOOD, NULL, &e);

	(void)state;
	assert_non_null(all);
	assert_true(profiles_known(all, "x"));
	assert_true(profiles_known(all, "apc"));
	profiles_free(all);

	all = load(OURS, NULL, &e);
	assert_non_null(all);
	assert_string_equal(profiles_find(all, "apc")->name, "Ours");
	assert_int_equal(profiles_find(all, "apc")->source, 1);
	assert_int_equal(profiles_find(all, "rfc1628")->source, 0);
	assert_ptr_equal(profiles_at(all, profiles_count(all) - 1), profiles_find(all, "apc"));
	profiles_free(all);

	assert_null(load(GOOD, GOOD, &e));
	assert_non_null(strstr(e.text, "b.xml: /tmp/"));
	assert_non_null(strstr(e.text, "/a.xml has the profile x already"));
	/* also where both replace one that is built in */
	assert_null(load(OURS, OURS, &e));
	assert_non_null(strstr(e.text, "/a.xml has the profile apc already"));
	assert_null(profiles_load("/nonexistent/profiles", &e));
	assert_non_null(strstr(e.text, "/nonexistent/profiles: "));
}

/* A second folder replaces what the first has, wherever that came from. */
static void folders(void **state)
{
	struct err e = { .text = "" };
	struct profiles *all = load(OURS, GOOD, &e);
	char *path = file_join(folder, "c.xml");

	(void)state;
	assert_non_null(all);
	assert_true(file_replace(path, GOOD, strlen(GOOD), 0600, &e));
	assert_true(profiles_add(all, folder, &e));
	assert_string_equal(profiles_find(all, "x")->file, path);
	assert_int_equal(profiles_find(all, "x")->source, 2);
	assert_int_equal(profiles_find(all, "apc")->source, 1);
	assert_ptr_equal(profiles_at(all, profiles_count(all) - 1), profiles_find(all, "apc"));
	profiles_free(all);
	unlink(path);
	free(path);
}

static struct agent_value text(const char *s)
{
	return (struct agent_value){ .type = AGENT_TEXT, .text = s };
}

static struct agent_value number(int64_t n)
{
	return (struct agent_value){ .type = AGENT_INTEGER, .number = n };
}

static void identifying(void **state)
{
	static const struct {
		const char *sysoid, *model;	/* "": none */
		int source;			/* 0: none */
		const char *wanted, *id, *words;
	} cases[] = {
		{ "1.3.6.1.4.1.318.1.3.27", "Smart", 2, "auto", "apc", NULL },
		{ "1.3.6.1.4.1.318.1.3.27", "Smart", 2, "rfc1628", NULL, "never read through" },
		{ "1.3.6.1.4.1.318.1.3.2.7", "", 2, "auto", NULL, "but shows no UPS there" },
		{ "1.3.6.1.4.1.318.1.3.2.7", "", 2, "apc", NULL, "but shows no UPS there" },
		{ "1.3.6.1.4.1.318.1.3.2.7", "", 2, "rfc1628", NULL, "never read through" },
		{ "", "Smart", 0, "auto", "apc", NULL },
		{ "", "Smart", 3, "auto", "apc", NULL },
		{ "1.3.6.1.4.1.3180.1", "", 3, "auto", "rfc1628", NULL },
		{ "1.3.6.1.2.1.33", "", 3, "auto", "rfc1628", NULL },
		{ "1.3.6.1.4.1.2011.6.174.4.1", "", 3, "auto", "huawei-small", NULL },
		{ "1.3.6.1.4.1.8072.3.2.10", "", 3, "auto", "rfc1628", NULL },
		{ "1.3.6.1.2.1.33", "", 3, "apc", NULL, "but not as APC (PowerNet)" },
		{ "1.3.6.1.2.1.33", "", 0, "auto", NULL,
		    "no UPS that a profile knows (sysObjectID 1.3.6.1.2.1.33)" },
		{ "", "", 0, "auto", NULL, "no UPS that a profile knows (sysObjectID none)" },
	};
	struct profiles *all = profiles_load(NULL, NULL);
	size_t n;
	const char **oids = identify_oids(all, &n);
	struct agent_value *v = mem_zero(n, sizeof *v);

	(void)state;
	assert_string_equal(oids[0], "1.3.6.1.2.1.1.2.0");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct profile *p;
		struct err e;

		memset(v, 0, n * sizeof *v);	/* AGENT_MISSING */
		if (*cases[i].sysoid) {
			v[0] = text(cases[i].sysoid);
			v[0].type = AGENT_OID;
		}
		for (size_t k = 1; k < n; k++) {
			if (*cases[i].model && strcmp(oids[k], "1.3.6.1.4.1.318.1.1.1.1.1.1.0") == 0)
				v[k] = text(cases[i].model);
			if (cases[i].source && strcmp(oids[k], "1.3.6.1.2.1.33.1.4.1.0") == 0)
				v[k] = number(cases[i].source);
		}
		p = identify(all, cases[i].wanted, "card", v, &e);
		if (cases[i].id) {
			assert_non_null(p);
			assert_string_equal(p->id, cases[i].id);
		} else {
			assert_null(p);
			assert_non_null(strstr(e.text, cases[i].words));
			assert_ptr_equal(strstr(e.text, "card answers"), e.text);
		}
	}
	free(v);
	free(oids);
	profiles_free(all);
}

/* JEMA's tree is the UPS-MIB's in another place, with a serial number more. */
static void like_another(void **state)
{
	struct profiles *all = profiles_load(NULL, NULL);
	const struct profile *jema = profiles_find(all, "jema2"), *rfc = profiles_find(all, "rfc1628");
	const struct profile *small = profiles_find(all, "huawei-small");
	static const char *const stray = "<profile id='x' name='X' rank='9' like='none'"
	    " base='1.3.6.1.4.1.9'>" IDENT "</profile>";
	struct err e = { .text = "" };

	(void)state;
	assert_int_equal(jema->n_readings, rfc->n_readings + 1);
	assert_int_equal(jema->n_states, rfc->n_states);
	assert_int_equal(jema->n_settings, rfc->n_settings);
	assert_string_equal(jema->oids[jema->readings[0].first], "1.3.6.1.4.1.4550.2.1.1.8.0");
	for (size_t i = 0; i < rfc->n_readings; i++) {
		const char *ours = jema->oids[jema->readings[i + 1].first];
		const char *theirs = rfc->oids[rfc->readings[i].first];

		assert_string_equal(oid_below(ours, "1.3.6.1.4.1.4550.2.1"),
		    oid_below(theirs, "1.3.6.1.2.1.33.1"));
		assert_ptr_equal(jema->readings[i + 1].attr, rfc->readings[i].attr);
		assert_int_equal(jema->readings[i + 1].none.n, rfc->readings[i].none.n);
	}
	/* a row of the same object is instead of the other's */
	assert_int_equal(small->n_readings, rfc->n_readings);
	assert_string_equal(small->readings[0].attr->name, "output-watts");
	assert_true(small->readings[0].scale == 1000);
	for (size_t i = 1; i < small->n_readings; i++)
		assert_string_not_equal(small->readings[i].attr->name, "output-watts");
	profiles_free(all);
	assert_null(load(stray, NULL, &e));
	assert_non_null(strstr(e.text, "like: there is no profile none"));
}

static void cautions(void **state)
{
	struct err e = { .text = "" };
	struct profiles *all = load(HEAD IDENT READ STATE "<caution>Mind\n    the  gap. </caution>"
	    "<caution>Twice.</caution></profile>", "<profile id='y' name='Y' rank='9' "
	    "base='1.3.6.1.4.1.9' like='rfc1628'>" IDENT "</profile>", &e);
	const struct profile *p;

	(void)state;
	assert_non_null(all);
	p = profiles_find(all, "x");
	assert_int_equal(p->n_cautions, 2);
	assert_string_equal(p->cautions[0], "Mind the gap.");
	assert_string_equal(p->cautions[1], "Twice.");
	/* they are about its own cards: not lent */
	assert_int_equal(profiles_find(all, "rfc1628")->n_cautions, 1);
	assert_int_equal(profiles_find(all, "y")->n_cautions, 0);
	profiles_free(all);
}

/* Values for the profile's oids, by what follows its base. */
struct given {
	const char *oid;
	struct agent_value v;
};

static struct reading decode(const struct profile *p, const char *base,
    const struct given *given, size_t n)
{
	const struct agent_value **all = mem_zero(p->n_oids, sizeof *all);
	bool *used = mem_zero(p->n_readings, sizeof *used);
	struct reading r;

	for (size_t i = 0; i < n; i++) {
		bool found = false;

		for (size_t k = 0; k < p->n_oids; k++) {
			const char *rest = oid_below(p->oids[k], base);

			if (rest && strcmp(rest, given[i].oid) == 0) {
				all[k] = &given[i].v;
				found = true;
			}
		}
		assert_true(found);
	}
	decode_reading(p, all, &r, used);
	free(all);
	free(used);
	return r;
}

#define APC_BASE "1.3.6.1.4.1.318.1.1.1"
#define DECODE(p, base, ...) decode(p, base, (struct given[]){ __VA_ARGS__ }, \
	sizeof((struct given[]){ __VA_ARGS__ }) / sizeof(struct given))

static void apc_states(void **state)
{
	static const struct {
		int output, battery, comm;
		enum ups_state want;
		unsigned flags;
	} cases[] = {
		{ 2, 2, 1, UPS_ONLINE, 0 },
		{ 3, 2, 1, UPS_ON_BATTERY, 0 },
		{ 3, 3, 1, UPS_LOW_BATTERY, FLAG_LOW_BATTERY },
		{ 2, 3, 1, UPS_ONLINE, FLAG_LOW_BATTERY },
		{ 7, 3, 1, UPS_OFF, FLAG_LOW_BATTERY },
		{ 4, 2, 1, UPS_ONLINE, FLAG_BOOST },
		{ 12, 2, 1, UPS_ONLINE, FLAG_TRIM },
		{ 13, 2, 1, UPS_ONLINE, FLAG_ECO },
		{ 5, 2, 1, UPS_SLEEPING, 0 }, { 11, 2, 1, UPS_SLEEPING, 0 },
		{ 8, 2, 1, UPS_REBOOTING, 0 },
		{ 6, 2, 1, UPS_BYPASS, 0 }, { 10, 2, 1, UPS_BYPASS, 0 },
		{ 15, 2, 1, UPS_TEST, 0 },
		{ 2, 4, 1, UPS_ONLINE, FLAG_BATTERY_FAULT },
		{ 2, 5, 1, UPS_ONLINE, FLAG_NO_BATTERY },
		{ 1, 1, 1, UPS_UNKNOWN, 0 },
		{ 99, 99, 99, UPS_UNKNOWN, 0 },
		{ 2, 3, 2, UPS_COMM_LOST, 0 },
	};
	struct profiles *all = profiles_load(NULL, NULL);
	const struct profile *apc = profiles_find(all, "apc");

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct reading r = DECODE(apc, APC_BASE, { "4.1.1.0", number(cases[i].output) },
		    { "2.1.1.0", number(cases[i].battery) }, { "8.1.0", number(cases[i].comm) },
		    { "1.1.1.0", text("M") }, { "3.2.1.0", number(101) });

		assert_int_equal(r.state, cases[i].want);
		assert_int_equal(r.flags, cases[i].flags);
		assert_string_equal(r.model, "M");
		/* without its UPS the card shows numbers of the past */
		assert_true(r.state == UPS_COMM_LOST ? isnan(r.input_voltage) :
		    r.input_voltage == 101);
	}
	profiles_free(all);
}

static void apc_readings(void **state)
{
	struct profiles *all = profiles_load(NULL, NULL);
	const struct profile *apc = profiles_find(all, "apc");
	struct agent_value never = { .type = AGENT_UNSIGNED, .number = 4294967295 };
	struct reading r;

	(void)state;
	/* tenths win; a sentinel falls through to the whole number */
	r = DECODE(apc, APC_BASE, { "3.3.1.0", number(1013) }, { "3.2.1.0", number(101) },
	    { "4.3.1.0", number(-1) }, { "4.2.1.0", number(100) }, { "2.2.3.0", never },
	    { "2.3.1.0", number(0) }, { "2.2.1.0", number(0) }, { "4.3.3.0", number(0) });
	assert_true(fabs(r.input_voltage - 101.3) < 1e-9);
	assert_true(fabs(r.output_voltage - 100) < 1e-9);
	assert_true(isnan(r.runtime_seconds));
	assert_true(isnan(r.charge_percent));
	assert_true(r.load_percent == 0);	/* no load is a load */
	/* temperatures: frost, a run time in the wrong place, nonsense */
	r = DECODE(apc, APC_BASE, { "2.3.2.0", number(0) }, { "2.3.13.0", number(-35) },
	    { "2.2.2.0", number(0) });
	assert_true(fabs(r.temperature_celsius + 3.5) < 1e-9);
	r = DECODE(apc, APC_BASE, { "2.3.2.0", number(32767) }, { "2.2.2.0", number(255) });
	assert_true(isnan(r.temperature_celsius));
	r = DECODE(apc, APC_BASE, { "2.2.2.0", number(0) });
	assert_true(r.temperature_celsius == 0);
	/* values of the wrong type are no values */
	r = DECODE(apc, APC_BASE, { "3.2.1.0", text("231") }, { "1.1.1.0", number(7) },
	    { "4.1.1.0", text("2") }, { "11.1.1.0", number(3) });
	assert_true(isnan(r.input_voltage));
	assert_string_equal(r.model, "");
	assert_int_equal(r.state, UPS_UNKNOWN);
	/* the text of flags: 1 and 2 do not matter, 3 low, 5 replace, 9 overload */
	r = DECODE(apc, APC_BASE, { "4.1.1.0", number(3) },
	    { "11.1.1.0", text("01101000100000000000000000000000000000000000") });
	assert_int_equal(r.flags, FLAG_LOW_BATTERY | FLAG_REPLACE_BATTERY | FLAG_OVERLOAD);
	assert_int_equal(r.state, UPS_LOW_BATTERY);
	r = DECODE(apc, APC_BASE, { "11.1.1.0", text("UNKNOWN") });
	assert_int_equal(r.flags, 0);
	profiles_free(all);
}

static void three_phases(void **state)
{
	struct profiles *all = profiles_load(NULL, NULL);
	const struct profile *rfc = profiles_find(all, "rfc1628");
	struct reading r = DECODE(rfc, "1.3.6.1.2.1.33.1",
	    { "4.4.1.4.1", number(1000) }, { "4.4.1.4.2", number(-1) },
	    { "4.4.1.4.3", number(500) },
	    { "4.4.1.5.1", number(20) }, { "4.4.1.5.2", number(35) }, { "4.4.1.5.3", number(30) },
	    { "2.3.0", number(59) }, { "1.1.0", text("Maker") }, { "2.7.0", number(-273) },
	    { "4.1.0", number(5) }, { "2.1.0", number(4) });

	(void)state;
	assert_true(r.output_watts == 1500);
	assert_true(r.load_percent == 35);
	assert_true(r.runtime_seconds == 59 * 60);
	assert_true(isnan(r.temperature_celsius));
	assert_string_equal(r.model, "Maker");
	assert_int_equal(r.state, UPS_LOW_BATTERY);
	profiles_free(all);
}

static void settings(void **state)
{
	static const struct {
		const char *text, *unit, *want;	/* NULL: cannot be set */
	} lists[] = {
		{ "020, 180, 300, 600 seconds", "s", "20,180,300,600" },
		{ "02, 05, 07, 10 minutes", "s", "120,300,420,600" },
		{ "0 , 30 seconds", "s", "0,30" },
		{ "00, 15, 50, 90 percent", "%", "0,15,50,90" },
		{ "253, 264, 271, 280 Vac", "V", "253,264,271,280" },
		{ "229, 234, 239, 224 Vac", "V", "229,234,239,224" },
		{ "1 hour", "s", "3600" },
		{ "Not Configurable", "s", NULL },
		{ "not configurable", "s", NULL },
		{ "", "s", "" },
		{ "high, low", NULL, "" },
		{ "99999999999999999999", "s", "" },
	};
	struct profiles *all = profiles_load(NULL, NULL);
	const struct profile *apc = profiles_find(all, "apc");
	char buf[128], small[12];

	(void)state;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		bool can = decode_allowed(lists[i].text, lists[i].unit, buf, sizeof buf);

		assert_int_equal(can, lists[i].want != NULL);
		assert_string_equal(buf, lists[i].want ? lists[i].want : "");
	}
	/* what does not fit is left out, whole */
	decode_allowed("1000, 2000, 3000, 4000", NULL, small, sizeof small);
	assert_string_equal(small, "1000,2000");

	assert_string_equal(apc->settings[0].field->key, "GraceSeconds");
	decode_setting(&apc->settings[0], &(struct agent_value){ .type = AGENT_TICKS,
	    .number = 30000 }, buf, sizeof buf);
	assert_string_equal(buf, "300");
	decode_setting(&apc->settings[0], &(struct agent_value){ .type = AGENT_INTEGER,
	    .number = -1 }, buf, sizeof buf);
	assert_string_equal(buf, "");
	decode_setting(&apc->settings[0], &(struct agent_value){ .type = AGENT_ODD }, buf,
	    sizeof buf);
	assert_string_equal(buf, "");
	profiles_free(all);
}

static void words(void **state)
{
	unsigned bit, seen = 0;
	enum ups_state s;

	(void)state;
	for (int i = 0; i < UPS_STATE_COUNT; i++) {
		assert_true(state_from_word(state_word((enum ups_state)i), &s));
		assert_int_equal(s, i);
		assert_in_range(state_severity((enum ups_state)i), 0, 3);
		assert_true(*state_label((enum ups_state)i));
	}
	assert_false(state_from_word("fine", &s));
	for (bit = 1; flag_word(bit); bit <<= 1) {
		unsigned back;

		assert_true(flag_from_word(flag_word(bit), &back));
		assert_int_equal(back, bit);
		assert_non_null(flag_label(bit));
		seen |= bit;
	}
	assert_int_equal(seen, FLAG_OVERHEATED * 2 - 1);
	assert_null(flag_label(bit));
	assert_null(reading_attr("colour"));
	assert_string_equal(reading_attr("load-percent")->json, "load_percent");
}

static void oids(void **state)
{
	static const char *const wrong[] = { "", "1", ".1.3", "1.3.", "1..3", "1.a", "1.-3",
		" 1.3", "1.4294967296",
		("1.3.6.1.4.1.1111111111.1111111111.1111111111.1111111111."
		"1111111111.1111111111.1111111111.1111111111.1111111111.1111111111.1.1.1.1") };

	(void)state;
	assert_true(oid_valid("1.3.6.1.4.1.318.1.1.1.1.1.1.0"));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(oid_valid(wrong[i]));
	assert_string_equal(oid_below("1.3.6.1", "1.3"), "6.1");
	assert_null(oid_below("1.33.1", "1.3"));
	assert_null(oid_below("1.3", "1.3"));
	assert_true(oid_starts("1.3", "1.3"));
	assert_true(oid_compare("1.3.9", "1.3.10") < 0);
	assert_true(oid_compare("1.3.10", "1.3.9.1") > 0);
	assert_true(oid_compare("1.3", "1.3.1") < 0);
	assert_int_equal(oid_compare("1.3", "1.3"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(embedded_ones),
		cmocka_unit_test(wrong_ones_are_refused),
		cmocka_unit_test(replacing),
		cmocka_unit_test(folders),
		cmocka_unit_test(identifying),
		cmocka_unit_test(like_another),
		cmocka_unit_test(cautions),
		cmocka_unit_test(apc_states),
		cmocka_unit_test(apc_readings),
		cmocka_unit_test(three_phases),
		cmocka_unit_test(settings),
		cmocka_unit_test(words),
		cmocka_unit_test(oids),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
