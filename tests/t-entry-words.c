/*
 * Events in the words of their reader: what cards were set to has the field's label and
 * units, in the events, in notifications and for who reads English or Japanese, and what
 * programs read does not.
 */
#include "app/entry-words.h"
#include "app/message.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void words_of(const struct entry *x, const char *expected)
{
	struct text t = { 0 };

	entry_text(x, &t);
	assert_string_equal(t.s, expected);
	text_done(&t);
}

static struct entry setting(const char *before, const char *after, const char *detail)
{
	struct entry x = { .kind = ENTRY_SETTING, .severity = 1, .name = "UPS1" };

	snprintf(x.before, sizeof x.before, "%s", before);
	snprintf(x.after, sizeof x.after, "%s", after);
	snprintf(x.detail, sizeof x.detail, "%s", detail);
	return x;
}

static void settings(void **unused)
{
	struct entry kept = setting("110", "108", "UpperVolts kept");
	struct entry snapped = setting("108", "109", "UpperVolts snapped (110)");
	struct entry refused = setting("1", "2", "Sensitivity refused (1): no");
	struct entry strange = setting("1", "2", "Flux%n kept");

	(void)unused;
	i18n_language("en");
	words_of(&kept, "UPS1: Allowable voltage, upper: 110 V -> 108 V · as asked");
	words_of(&snapped, "UPS1: Allowable voltage, upper: 108 V -> 109 V · by the card's rule (110 V)");
	words_of(&refused, "UPS1: Power failure detection sensitivity: auto -> low · refused (auto): no");
	words_of(&strange, "UPS1: Flux%n 1 -> 2 · kept");
	snprintf(kept.who, sizeof kept.who, "sato");
	words_of(&kept, "UPS1: Allowable voltage, upper: 110 V -> 108 V · as asked (by sato from -)");
	i18n_language("ja");
	words_of(&snapped, "UPS1: 許容電圧(上限): 108 V -> 109 V · カードの規則 (110 V)");
}

/* What a notification has of it. */
static struct message noticed(const struct entry *list, size_t n)
{
	struct notices l = { .severity = 1, .wait_ms = 1 };
	struct message m = { .id = 1, .at = 1790000000000 };

	for (size_t i = 0; i < n; i++)
		assert_true(notices_add(&l, &list[i], m.at));
	m.items = notices_take(&l, m.at + 60000, &m.n);
	assert_int_equal(m.n, n);
	notices_done(&l);
	return m;
}

static void notifications(void **unused)
{
	struct entry list[] = { setting("110", "108", "UpperVolts kept"),
		setting("108", "107", "LowerVolts kept") };
	struct message m = noticed(list, 2);
	struct text t = { 0 };
	struct notice_item copy;
	struct json *j;

	(void)unused;
	i18n_language("en");
	message_subject(&m, "SV1", &t);
	assert_string_equal(t.s, "AMC SV1: Allowable voltage, upper: 110 V -> 108 V · as asked: UPS1; "
	    "Allowable voltage, lower: 108 V -> 107 V · as asked: UPS1");
	text_done(&t);
	message_body(&m, "SV1", &t);
	assert_non_null(strstr(t.s, "UPS1: Allowable voltage, upper: 110 V -> 108 V · as asked\n"));
	text_done(&t);
	/* a program has the key and the values as they are, and so has its file */
	j = notice_item_json(&m.items[0]);
	assert_string_equal(json_get_text(j, "detail"), "UpperVolts kept");
	assert_string_equal(json_get_text(j, "before"), "110");
	assert_string_equal(json_get_text(j, "what"), "108");
	assert_true(notice_item_parse(&copy, j));
	assert_string_equal(copy.before, "110");
	json_free(j);
	message_done(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings),
		cmocka_unit_test(notifications),
	};

	i18n_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
