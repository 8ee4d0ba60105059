/*
 * Events in the words of their reader: what cards were set to has the field's label and
 * units, in the events, in notifications and for who reads English or Japanese, and what
 * programs read does not.
 */
#include "app/entry-words.h"
#include "app/message.h"
#include "app/said.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/phrase.h"

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

static void acts(void **unused)
{
	struct entry off = { .kind = ENTRY_ACT, .after = "off", .name = "UPS1",
		.detail = "outlet group 2, denied: this UPS has no outlet group 2" };
	struct entry wake = { .kind = ENTRY_ACT, .after = "wake", .name = "SV1",
		.detail = "192.0.2.255, done 2026-09-21T12:13:20.000Z" };
	struct entry login = { .kind = ENTRY_ACT, .after = "login",
		.detail = "wrong password, failure 3, waits 4 s" };
	struct entry trap = { .kind = ENTRY_TRAP, .after = "v3",
		.detail = "from=192.0.2.1 version=3 oid=? text=\"another privacy password or protocol\"" };
	struct entry other = { .kind = ENTRY_ACT, .after = "dance", .detail = "waltz" };

	(void)unused;
	i18n_language("en");
	words_of(&off, "UPS1: Output off now · outlet group 2, not done: this UPS has no outlet group 2");
	words_of(&wake, "SV1: Start by Wake-on-LAN · 192.0.2.255, done at 2026-09-21 12:13:20");
	words_of(&login, "gave a wrong password · wrong password, failure 3, waits 4 s");
	words_of(&other, "dance · waltz");
	words_of(&trap, "v3 · from=192.0.2.1 version=3 oid=? text=\"another privacy password or protocol\"");
	i18n_language("ja");
	words_of(&trap, "v3 · from=192.0.2.1 version=3 oid=? text=\"暗号化パスワードか暗号化プロトコルが違います\"");
	words_of(&off, "UPS1: 直ちに出力切断 · アウトレットグループ 2、実行されませんでした: "
	    "このUPSにアウトレットグループ 2 はありません");
	words_of(&other, "dance · waltz");
}

static void said(const char *text, const char *english, const char *japanese)
{
	struct text t = { 0 };

	i18n_language("en");
	said_add(text, &t);
	assert_string_equal(t.s ? t.s : "", english);
	text_done(&t);
	i18n_language("ja");
	said_add(text, &t);
	assert_string_equal(t.s ? t.s : "", japanese);
	text_done(&t);
}

/* A log has both languages when its terminals have, and each reader his own. */
static void sentences(void **unused)
{
	static const char en[] = "192.0.2.1 does not answer SNMP v1; check the address, the "
	    "community and the card's access list", ja[] =
	    "192.0.2.1 は SNMP v1 に応答しません。アドレス、コミュニティ、カードのアクセスリストを確認してください";
	static const char reached[] = "[2001:db8::1]:161 cannot be reached: Network is unreachable; "
	    "check the address and the network";
	static const char writes[] = "with the community for writing: 192.0.2.1 does not answer SNMP "
	    "v1; check the address, the community and the card's access list";
	static const char value[] = "the card does not take this value (badValue); it takes 108,110";
	static const char channel[] = "web: notifications fail: it says no";

	(void)unused;
	said(en, en, ja);
	said(ja, en, ja);
	said(reached, reached, "[2001:db8::1]:161 に到達できません: Network is unreachable。"
	    "アドレスとネットワークを確認してください");
	said(writes, writes, "書き込み用コミュニティ: 192.0.2.1 は SNMP v1 に応答しません。アドレス、"
	    "コミュニティ、カードのアクセスリストを確認してください");
	said(value, value, "カードはこの値を受け付けません (badValue)。設定できる値: 108,110");
	said(channel, channel, "web: 通知を送信できません: it says no");
}

/* What nobody of us says stays, and no % of it is anything. */
static void foreign_words(void **unused)
{
	static const char *const texts[] = { "", "%s", "%n%n%n%s", "%1$s: 100%", "a: b: c; d, e (f)",
		"Off", "none", "the card says: no", "\xe3\x81", ": : : : : : : : : : : : : : : : : : :" };

	(void)unused;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		said(texts[i], texts[i], texts[i]);
	/* a name with a % is an argument, no format */
	said("%n%s does not answer SNMP %d; check the address, the community and the card's access "
	    "list", "%n%s does not answer SNMP %d; check the address, the community and the card's "
	    "access list", "%n%s は SNMP %d に応答しません。アドレス、コミュニティ、カードのアクセスリストを確認してください");
}

/* Also what is cut off, or comes from nobody of us: it ends, and what is said is a text. */
static void mangled(void **unused)
{
	unsigned seed = 1;

	(void)unused;
	for (int i = 0; i < 3000; i++) {
		const char *from = said_table[(unsigned)i % 40];
		char text[300];
		struct text t = { 0 };
		size_t n = strlen(from);

		snprintf(text, sizeof text, "%s: %s", from, from);
		for (int k = 0; k < i % 5; k++) {
			seed = seed * 1103515245 + 12345;
			text[(seed >> 8) % n] = "%s: ;,(1$n\n"[(seed >> 20) % 11];
		}
		text[1 + (seed >> 4) % (sizeof text - 1)] = '\0';
		i18n_language(i % 2 ? "ja" : "en");
		said_add(text, &t);
		assert_non_null(t.s);
		assert_true(t.len == strlen(t.s) && t.len < 2000);
		text_done(&t);
	}
	i18n_language("ja");
}

/* A sentence that had no room: what is there of it. */
static void cut_off(void **unused)
{
	char text[230];
	struct text t = { 0 };

	(void)unused;
	i18n_language("ja");
	snprintf(text, sizeof text, "%0100d speaks SNMP v3, but does not answer user \"amc\"; check "
	    "the user name, the level, passwords and protocols, and the c", 7);
	said_add(text, &t);
	assert_non_null(strstr(t.s, "カードのアクセスリスト"));
	text_done(&t);
}

static void as_it_is(const char *at, size_t len, void *arg, struct text *t)
{
	(void)arg;
	text_add_len(t, at, len);
}

/* Where a wrong end was tried first, nothing of what stood behind that is told. */
static void cut_off_behind_a_wrong_end(void **unused)
{
	static const char format[] = "what it said of the room was %s at %d degrees";
	struct text t = { 0 };
	struct phrase p;

	(void)unused;
	assert_true(phrase_match(format, "what it said of the room was warm at 30 or so", true, &p));
	assert_true(phrase_print("%2$d: %1$s", &p, as_it_is, NULL, &t));
	assert_string_equal(t.s, "…: warm at 30 or so");
	text_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings),
		cmocka_unit_test(notifications),
		cmocka_unit_test(acts),
		cmocka_unit_test(sentences),
		cmocka_unit_test(foreign_words),
		cmocka_unit_test(cut_off),
		cmocka_unit_test(cut_off_behind_a_wrong_end),
		cmocka_unit_test(mangled),
	};

	setenv("TZ", "UTC", 1);
	i18n_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
