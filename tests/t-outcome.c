/*
 * What a card makes of a setting, in words: the value that it will keep by its
 * rule, and every way in which writing can end.
 */
#include "model/command.h"
#include "model/outcome.h"
#include "model/record.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct outcome asking(const char *key, const char *before, const char *asked,
    const char *allowed, int snap)
{
	struct outcome o = { .field = field_find(ups_fields, key), .snap = snap,
	    .kind = OUTCOME_DIFFERS };

	assert_non_null(o.field);
	text_copy(o.before, sizeof o.before, before);
	text_copy(o.asked, sizeof o.asked, asked);
	text_copy(o.allowed, sizeof o.allowed, allowed);
	outcome_expect(&o);
	return o;
}

static void test_expectation(void **state)
{
	static const struct { const char *asked, *allowed; int snap; const char *kept; } cases[] = {
		{ "109", "108,110,112,114", 1, "110" },
		{ "110", "108,110,112,114", 1, "110" },
		{ "50", "108,110,112,114", 1, "108" },
		{ "115", "108,110,112,114", 1, "114" },
		{ "91", "92,90,88,86", -1, "90" },
		{ "85", "92,90,88,86", -1, "86" },
		{ "99", "92,90,88,86", -1, "92" },
		/* what the UPS-Link of 208 V gives is not in order */
		{ "230", "229,234,239,224", 1, "234" },
		{ "250", "229,234,239,224", 1, "239" },
		{ "109", "108,110", 0, "109" },
		{ "109", "", 1, "109" },
		{ "109", "?", 1, "109" },
		{ "", "108,110", 1, "" },
		{ "109", "110,", 1, "110" },
		{ "0", "0", -1, "0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct outcome o = asking("UpperVolts", "108", cases[i].asked, cases[i].allowed,
		    cases[i].snap);

		assert_string_equal(o.expected, cases[i].kept);
	}
}

/* RFC 1628 has the low battery time in minutes. */
static void test_steps(void **state)
{
	static const struct { const char *asked, *kept; } cases[] = {
		{ "120", "120" }, { "90", "120" }, { "89", "60" }, { "0", "0" }, { "150", "180" },
	};
	char words[300];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct outcome o = asking("LowBatterySeconds", "300", cases[i].asked, "", 0);

		o.step = 60;
		outcome_expect(&o);
		assert_string_equal(o.expected, cases[i].kept);
		outcome_judge(&o, o.expected, 1);
		outcome_words(&o, words, sizeof words);
		if (i == 1)
			assert_string_equal(words, "90 s was asked, the card keeps 120 s: nearest "
			    "that the card can count");
	}
}

/* before and asked, what is read back, and the words. */
static void test_words(void **state)
{
	static const struct {
		const char *key, *before, *asked, *allowed; int snap; const char *read;
		enum outcome_kind kind; const char *words;
	} cases[] = {
		{ "UpperVolts", "108", "109", "108,110,112,114", 1, "110", OUTCOME_SNAPPED,
		  "109 V was asked, the card keeps 110 V: next higher legal value" },
		{ "UpperVolts", "108", "120", "108,110,112,114", 1, "114", OUTCOME_SNAPPED,
		  "120 V was asked, the card keeps 114 V: highest legal value" },
		{ "LowerVolts", "92", "89", "92,90,88,86", -1, "88", OUTCOME_SNAPPED,
		  "89 V was asked, the card keeps 88 V: next lower legal value" },
		{ "LowerVolts", "92", "80", "92,90,88,86", -1, "86", OUTCOME_SNAPPED,
		  "80 V was asked, the card keeps 86 V: lowest legal value" },
		/* of what it has it would make what it has: nothing to wait for */
		{ "UpperVolts", "110", "109", "108,110,112,114", 1, "110", OUTCOME_SNAPPED,
		  "109 V was asked, the card keeps 110 V: next higher legal value" },
		{ "GraceSeconds", "300", "180", "20,180,300,600", 1, "180", OUTCOME_KEPT,
		  "180 s, as asked; it was 300 s" },
		{ "GraceSeconds", "300", "180", "20,180,300,600", 1, "300", OUTCOME_STAYED,
		  "180 s was asked, the card keeps 300 s: it took it, but still shows the old "
		  "value after 15 s" },
		{ "GraceSeconds", "300", "180", "20,180,300,600", 1, "600", OUTCOME_OTHER,
		  "180 s was asked, the card keeps 600 s; no rule of its profile tells why (it "
		  "takes 20,180,300,600)" },
		{ "GraceSeconds", "300", "180", "", 0, "200", OUTCOME_OTHER,
		  "180 s was asked, the card keeps 200 s; no rule of its profile tells why" },
		{ "Sensitivity", "1", "4", "1,2,3,4", 0, "4", OUTCOME_KEPT,
		  "high, as asked; it was auto" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct outcome o = asking(cases[i].key, cases[i].before, cases[i].asked,
		    cases[i].allowed, cases[i].snap);
		char words[300];

		outcome_judge(&o, cases[i].read, 15);
		assert_int_equal(o.kind, cases[i].kind);
		outcome_words(&o, words, sizeof words);
		assert_string_equal(words, cases[i].words);
	}
}

/* What is said before anything is sent. */
static void test_preview(void **state)
{
	struct outcome o;
	char words[300];

	(void)state;
	o = asking("UpperVolts", "108", "112", "108,110,112,114", 1);
	outcome_words(&o, words, sizeof words);
	assert_string_equal(words, "108 V in the card, 112 V asked");
	o = asking("UpperVolts", "108", "109", "108,110,112,114", 1);
	outcome_words(&o, words, sizeof words);
	assert_string_equal(words, "108 V in the card, 109 V asked: of that it will make 110 V "
	    "(next higher legal value)");
	o = asking("UpperVolts", "110", "109", "108,110,112,114", 1);
	outcome_words(&o, words, sizeof words);
	assert_string_equal(words, "110 V in the card, 109 V asked: of that it makes 110 V again "
	    "(next higher legal value)");
}

/* Late is not wrong: what shows the old value may still come. */
static void test_lag(void **state)
{
	struct outcome o = asking("GraceSeconds", "300", "180", "20,180,300,600", 1);

	(void)state;
	assert_false(outcome_waits(&o));
	o.kind = OUTCOME_WRITTEN;
	assert_true(outcome_waits(&o));
	outcome_judge(&o, "300", 1);
	assert_true(outcome_waits(&o));
	assert_true(outcome_offers(&o));
	outcome_judge(&o, "180", 3);
	assert_false(outcome_waits(&o));
	assert_true(outcome_is_good(o.kind));
	assert_false(outcome_offers(&o));
	assert_string_equal(o.why, "");
}

/* Only what a site could hold is offered to it. */
static void test_offers(void **state)
{
	struct outcome o = asking("UpperVolts", "108", "109", "108,110", 1);

	(void)state;
	outcome_judge(&o, "110", 1);
	assert_true(outcome_offers(&o));
	outcome_judge(&o, "9999", 1);
	assert_int_equal(o.kind, OUTCOME_OTHER);
	assert_false(outcome_offers(&o));
	outcome_judge(&o, "", 1);
	assert_false(outcome_offers(&o));
}

static void test_commands(void **state)
{
	struct reading r;

	(void)state;
	reading_clear(&r);
	for (const struct command *c = commands; c->word; c++) {
		assert_ptr_equal(command_find(c->word), c);
		/* what cuts power must be seen, or be of outlets, which are seen otherwise */
		if (c->risk == RISK_CUT && !c->outlet)
			assert_true(command_is_seen(c));
	}
	assert_null(command_find("explode"));
	r.state = UPS_OFF;
	assert_true(command_shows(command_find("off"), &r));
	assert_false(command_shows(command_find("on"), &r));
	r.state = UPS_ONLINE;
	r.flags = FLAG_CALIBRATING;
	assert_true(command_shows(command_find("calibrate"), &r));
	assert_false(command_shows(command_find("calibrate-cancel"), &r));
	r.flags = 0;
	assert_true(command_shows(command_find("calibrate-cancel"), &r));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_expectation),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_preview),
		cmocka_unit_test(test_lag),
		cmocka_unit_test(test_offers),
		cmocka_unit_test(test_commands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
