/*
 * What profiles tell of commands: the embedded ones have those that matter, wrong
 * ones are refused with the line and the reason; how values become objects.
 */
#include "snmp/encode.h"
#include "snmp/profile-command.h"
#include "base/file.h"
#include "model/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/t-profile-command.XXXXXX";

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

static struct profiles *load(const char *text, struct err *e)
{
	char *path = file_join(folder, "x.xml");
	struct profiles *all;

	assert_true(file_replace(path, text, strlen(text), 0600, e));
	all = profiles_load(folder, e);
	unlink(path);
	free(path);
	return all;
}

#define HEAD "<profile id='x' name='X' rank='50' base='1.3.6.1.4.1.9'>\n" \
	"<identify probe='.1.0'/><reading attr='model' oid='.1.0'/>" \
	"<state oid='.2.0'><map from='1' to='online'/></state>\n" \
	"<setting field='GraceSeconds' oid='.3.0' type='timeticks' scale='0.01'/>\n"
#define OUTLETS "<outlets state='.5.1' name='.5.2' on='1' off='2'/>\n"

static void test_what_is_read(void **state)
{
	struct err e = { .text = "" };
	struct profiles *all = load(HEAD OUTLETS
	    "<command id='off' needs='online bypass' delay='GraceSeconds' within='7' lock='.9.0'>\n"
	    "<set oid='.4.0' value='GraceSeconds' scale='0.01' type='timeticks'/>\n"
	    "<set oid='.5.0' value='-1'/><set oid='.6.0' type='oid' value='.7.7'/></command>\n"
	    "<command id='outlet-off'><set oid='.8' value='2'/></command>\n"
	    "<result of='test' oid='.10.0'><map from='1 3' to='passed'/>"
	    "<map from='5..' to='running'/></result></profile>", &e);
	const struct profile *x = all ? profiles_find(all, "x") : NULL;
	const struct profile_command *off = x ? profile_command(x, command_find("off")) : NULL;
	const struct profile_result *result;

	(void)state;
	if (!x)
		fail_msg("%s", e.text);
	assert_non_null(off);
	assert_int_equal(off->needs, STATE_BIT(UPS_ONLINE) | STATE_BIT(UPS_BYPASS));
	assert_string_equal(off->delay->key, "GraceSeconds");
	assert_int_equal(off->within, 7);
	assert_string_equal(off->lock, "1.3.6.1.4.1.9.9.0");
	assert_int_equal(off->n, 3);
	assert_string_equal(off->orders[0].field->key, "GraceSeconds");
	assert_int_equal(off->orders[0].type, TYPE_TICKS);
	assert_string_equal(off->orders[1].value, "-1");
	assert_int_equal(off->orders[1].type, TYPE_INTEGER);
	assert_string_equal(off->orders[2].value, "1.3.6.1.4.1.9.7.7");
	assert_int_equal(profile_command(x, command_find("outlet-off"))->within, 30);
	assert_null(profile_command(x, command_find("on")));
	result = profile_result(x, command_find("test"));
	assert_int_equal(profile_result_of(result, 3), RESULT_PASSED);
	assert_int_equal(profile_result_of(result, 9), RESULT_RUNNING);
	assert_int_equal(profile_result_of(result, 2), RESULT_NONE);
	assert_string_equal(x->commands->outlets.name, "1.3.6.1.4.1.9.5.2");
	profiles_free(all);
}

static const struct {
	const char *text, *words;
} bad[] = {
	{ "<command id='explode'><set oid='.1.0' value='1'/></command>",
	  ":4: id: a UPS has no command explode" },
	{ "<command id='off'/>", ":4: <command> needs a <set>" },
	{ "<command><set oid='.1.0' value='1'/></command>", ":4: <command> needs the attribute id" },
	{ "<command id='off'><set oid='.1.0'/></command>", ":4: <set> needs the attribute value" },
	{ "<command id='off'><set oid='1' value='1'/></command>", ":4: oid: 1 is no OID" },
	{ "<command id='off'><set oid='.1.0' value='two'/></command>",
	  ":4: value: two is no number and no setting of a power device that is one" },
	{ "<command id='off'><set oid='.1.0' value='Sensitivity'/></command>",
	  ":4: value: Sensitivity is no number and no setting" },
	{ "<command id='off'><set oid='.1.0' value='x' type='oid'/></command>",
	  ":4: value: x is no OID" },
	{ "<command id='off'><set oid='.1.0' value='1' type='int'/></command>",
	  ":4: type: int is none of integer, unsigned, timeticks, string, oid" },
	{ "<command id='off' needs='asleep'><set oid='.1.0' value='1'/></command>",
	  ":4: needs: a UPS has no state asleep" },
	{ "<command id='off' within='0'><set oid='.1.0' value='1'/></command>",
	  ":4: within: 0 is not between 1 and 3600 s" },
	{ "<command id='off' delay='UpperVolts'><set oid='.1.0' value='1'/></command>",
	  ":4: delay: UpperVolts is no <setting> that stands above" },
	{ "<command id='off' lock='x'><set oid='.1.0' value='1'/></command>",
	  ":4: lock: x is no OID" },
	{ "<command id='off'><set oid='.1.0' value='1'/></command>\n"
	  "<command id='off'><set oid='.1.0' value='1'/></command>", ":5: id: off is here already" },
	{ "<command id='off'><set oid='.1.0' value='1'/><set oid='.1.0' value='1'/>\n"
	  "<set oid='.1.0' value='1'/><set oid='.1.0' value='1'/>\n<set oid='.1.0' value='1'/>"
	  "</command>", ":6: <command> has more than 4 <set>" },
	{ "<command id='outlet-on'><set oid='.1' value='1'/></command>",
	  ":4: id: outlet-on needs an <outlets> above" },
	{ OUTLETS OUTLETS, ":5: <outlets> is here already" },
	{ "<outlets state='.5.1' on='one' off='2'/>", ":4: on and off: are to be numbers" },
	{ "<result of='beep' oid='.1.0'><map from='1' to='passed'/></result>",
	  ":4: of: beep has no result" },
	{ "<result of='test' oid='.1.0'/>", ":4: <result> needs a <map>" },
	{ "<result of='test' oid='.1.0'><map from='1' to='fine'/></result>",
	  ":4: to: a test has no result fine" },
	{ "<result of='test' oid='.1.0'><map from='' to='passed'/></result>", ":4: from: is empty" },
	{ "<result of='test' oid='.1.0'><map from='1' to='passed'/></result>\n"
	  "<result of='test' oid='.1.0'><map from='1' to='passed'/></result>",
	  ":5: of: test is here already" },
	{ "<set oid='.1.0' value='1'/>", ":4: <profile> has no <set>" },
	{ "<result of='test' oid='.1.0'><map from='1' to='passed' flag='eco'/></result>",
	  ":4: <map> has no attribute flag" },
};

static void test_wrong_ones_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err e = { .text = "" };
		char text[2000];
		struct profiles *all;

		snprintf(text, sizeof text, HEAD "%s</profile>", bad[i].text);
		all = load(text, &e);
		if (all || !strstr(e.text, bad[i].words))
			fail_msg("%s\nwanted: %s\ngot: %s", bad[i].text, bad[i].words,
			    all ? "(taken)" : e.text);
	}
}

/* By a setting of the card, or by what is sent. */
static bool waits(const struct profile_command *c)
{
	bool any = c->delay;

	for (size_t i = 0; i < c->n; i++)
		any = any || c->orders[i].field;
	return any;
}

/* What cuts power must have a way back; what is pending must be seen. */
static void test_embedded_ones(void **state)
{
	struct err e = { .text = "" };
	struct profiles *all = profiles_load(NULL, &e);

	(void)state;
	assert_non_null(all);
	for (size_t i = 0; i < profiles_count(all); i++) {
		const struct profile *p = profiles_at(all, i);

		if (profile_command(p, command_find("off")) &&
		    !profile_command(p, command_find("on")))
			fail_msg("%s: off, but not on", p->id);
		for (const struct command *c = commands; c->word; c++)
			if (strstr(c->word, "gracefully") && !c->outlet && profile_command(p, c) &&
			    !waits(profile_command(p, c)))
				fail_msg("%s: %s has no delay", p->id, c->word);
	}
	for (const char *const *w = (const char *const[]){ "test", "off", "off-gracefully",
	    "off-until-mains", "on", "reboot", "bypass", "beep", "outlet-off", NULL }; *w; w++)
		assert_non_null(profile_command(profiles_find(all, "apc"), command_find(*w)));
	/* what is like another has its commands, in its own place */
	assert_string_equal(profile_command(profiles_find(all, "mitsubishi"),
	    command_find("on"))->orders[0].oid, "1.3.6.1.4.1.13891.101.8.3.0");
	profiles_free(all);
}

static void test_values(void **state)
{
	static const struct {
		enum profile_type type; double scale; const char *text;
		enum agent_type as; int64_t number; const char *words;
	} cases[] = {
		{ TYPE_TICKS, 0.01, "300", AGENT_TICKS, 30000, NULL },
		{ TYPE_INTEGER, 1, "-1", AGENT_INTEGER, -1, NULL },
		{ TYPE_INTEGER, 60, "120", AGENT_INTEGER, 2, NULL },
		{ TYPE_INTEGER, 60, "90", AGENT_INTEGER, 2, NULL },
		{ TYPE_UNSIGNED, 1, "4294967295", AGENT_UNSIGNED, 4294967295, NULL },
		{ TYPE_TICKS, 1, "-1", AGENT_TICKS, 0, "-1 is more than an object of SNMP can hold" },
		{ TYPE_INTEGER, 1, "2147483648", AGENT_INTEGER, 0,
		  "2147483648 is more than an object of SNMP can hold" },
		{ TYPE_INTEGER, 1, "", AGENT_INTEGER, 0, " is no number" },
		{ TYPE_INTEGER, 1, "12 V", AGENT_INTEGER, 0, "12 V is no number" },
		{ TYPE_OID, 1, "1.x", AGENT_OID, 0, "1.x is no OID" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct agent_value v;
		struct err e = { .text = "" };
		bool ok = encode_value("1.3.6.1", cases[i].type, cases[i].scale, cases[i].text, &v,
		    &e);

		assert_string_equal(e.text, cases[i].words ? cases[i].words : "");
		assert_int_equal(ok, !cases[i].words);
		assert_int_equal(v.type, cases[i].as);
		if (ok)
			assert_int_equal(v.number, cases[i].number);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_read),
		cmocka_unit_test(test_wrong_ones_are_refused),
		cmocka_unit_test(test_embedded_ones),
		cmocka_unit_test(test_values),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
