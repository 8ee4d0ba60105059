/*
 * The document behind a site file: not a byte is lost, an edit changes only
 * its own lines, and every fault has its line.
 */
#include "store/ini.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void note(void *arg, long line, const char *words)
{
	text_printf(arg, "%ld: %s\n", line, words);
}

/* A document of these bytes; its faults, if any, into *faults (may be NULL). */
static struct ini *parse(const char *s, size_t len, struct text *faults)
{
	struct text unheard = { 0 };
	struct ini *ini = ini_parse(mem_ndup(s, len), len, note,
	    faults ? faults : &unheard);

	text_done(&unheard);
	return ini;
}

static void prints(struct ini *ini, const char *want)
{
	struct text out = { 0 };

	text_add(&out, "");
	ini_print(ini, &out);
	assert_string_equal(out.s, want);
	text_done(&out);
}

static ini_section section(const struct ini *ini, const char *title)
{
	ini_section s;
	const char *name;
	size_t len;

	for (s = ini_first(ini); s; s = ini_next(ini, s)) {
		name = ini_title(ini, s, &len);
		if (len == strlen(title) && memcmp(name, title, len) == 0)
			return s;
	}
	fail_msg("no [%s]", title);
	return 0;
}

static void set(struct ini *ini, const char *title, const char *key,
    const char *value)
{
	struct err e = { .text = "" };

	if (!ini_set(ini, section(ini, title), key, value, &e))
		fail_msg("%s: %s", key, e.text);
}

#define BYTES(s) s, sizeof s - 1

static const struct {
	const char *s;
	size_t len;
	enum encoding encoding;
	const char *faults;
} documents[] = {
	{ BYTES(""), ENCODING_UTF8, "" },
	{ BYTES("\n"), ENCODING_UTF8, "" },
	{ BYTES("; only words"), ENCODING_UTF8, "" },
	{ BYTES("\xef\xbb\xbf[A]\nk=v\n"), ENCODING_UTF8, "" },
	{ BYTES("[A]\r\nk=v\r\n\r\n"), ENCODING_UTF8, "" },
	{ BYTES("[A]\r\nk=v\n[B]\n\r\n"), ENCODING_UTF8, "" },	/* mixed */
	{ BYTES("  [ A ]  \n \t k \t = v w \t\n# c\n;c\n"), ENCODING_UTF8, "" },
	{ BYTES("[A]\nName=電源装置\n"), ENCODING_UTF8, "" },
	{ BYTES("[A]\nName=\x95\x5c\n"), ENCODING_CP932, "" },	/* 表 */
	{ BYTES("[A]\nName=\xb1\xb2\xb3\n"), ENCODING_CP932, "" },	/* ｱｲｳ */
	{ BYTES("[A]\nk=\n=\nk\n"), ENCODING_UTF8,
	  "3: neither a [section], key=value nor a ; comment\n"
	  "4: neither a [section], key=value nor a ; comment\n" },
	{ BYTES("[A\n[B] x\n[C:D]\n"), ENCODING_UTF8,
	  "1: a section's title must end with ]\n"
	  "2: nothing may follow a section's title; a comment needs a line of its own\n"
	  "3: a colon is not allowed in a section's title\n" },
	{ BYTES("[A]\nk=a\0b\nl=\x1b[m\nm=a\rb\n"), ENCODING_UTF8,
	  "2: a NUL byte is not allowed\n"
	  "3: a control character is not allowed; in a value it is written as %XX\n"
	  "4: a control character is not allowed; in a value it is written as %XX\n" },
	{ BYTES("[A]\nk=v\nName=\xff\xfe\n"), ENCODING_UTF8,
	  "3: these bytes are neither UTF-8 nor CP932\n" },
};

static void every_byte_is_kept(void **state)
{
	size_t i, len;

	(void)state;
	for (i = 0; i < sizeof documents / sizeof *documents; i++) {
		struct text faults = { 0 }, out = { 0 };
		struct ini *ini = parse(documents[i].s, documents[i].len,
		    &faults);

		ini_print(ini, &out);
		assert_int_equal(out.len, documents[i].len);
		if (out.len)
			assert_memory_equal(out.s, documents[i].s, out.len);
		ini_pack(ini);
		assert_memory_equal(ini_original(ini, &len), documents[i].s,
		    documents[i].len);
		assert_int_equal(len, documents[i].len);
		assert_int_equal(ini_encoding(ini), documents[i].encoding);
		assert_string_equal(faults.s ? faults.s : "",
		    documents[i].faults);
		text_done(&faults);
		text_done(&out);
		ini_free(ini);
	}
}

static void a_line_of_1000_bytes_is_the_longest(void **state)
{
	struct text line = { 0 }, faults = { 0 };
	struct err e = { .text = "" };
	struct ini *ini;
	char value[1000];

	(void)state;
	text_add(&line, "[A]\nk=");
	while (line.len < 4 + INI_LINE)
		text_add(&line, "x");
	text_add(&line, "\r\n");
	ini = parse(line.s, line.len, &faults);
	assert_null(faults.s);
	ini_free(ini);
	line.s[line.len - 2] = 'x';
	ini = parse(line.s, line.len, &faults);
	assert_string_equal(faults.s,
	    "2: the line is longer than 1000 bytes: other readers would cut it\n");
	prints(ini, line.s);
	ini_free(ini);
	text_done(&faults);
	text_done(&line);
	/* nor is one written */
	ini = parse(BYTES("[A]\nk=v\n"), NULL);
	memset(value, 'x', sizeof value);
	value[sizeof value - 1] = '\0';
	assert_false(ini_set(ini, section(ini, "A"), "k", value, &e));
	assert_string_equal(e.text,
	    "the value is too long for a line of 1000 bytes");
	assert_false(ini_set(ini, section(ini, "A"), "new", value, &e));
	assert_string_equal(e.text,
	    "the value is too long for a line of 1000 bytes");
	prints(ini, "[A]\nk=v\n");
	value[998] = '\0';
	assert_true(ini_set(ini, section(ini, "A"), "k", value, &e));
	ini_free(ini);
}

/* Two sections are walked side by side, and one is changed meanwhile. */
static void sections_are_read_side_by_side(void **state)
{
	struct ini *ini = parse(BYTES("[A]\na=1\nb=2\n[B]\nc=3\n; last\nd=4"), NULL);
	ini_section a = section(ini, "A"), b = section(ini, "B");
	struct ini_key of_a, of_b;
	size_t at_a = 0, at_b = 0;
	struct err e;

	(void)state;
	assert_true(ini_each(ini, a, &at_a, &of_a));
	assert_true(ini_each(ini, b, &at_b, &of_b));
	assert_true(ini_set(ini, a, "a", "10", &e));
	assert_memory_equal(of_a.raw, "1", 1);
	assert_memory_equal(of_b.raw, "3", 1);
	assert_int_equal(of_b.line, 5);
	assert_true(ini_each(ini, a, &at_a, &of_a));
	assert_memory_equal(of_a.key, "b", 1);
	assert_true(ini_each(ini, b, &at_b, &of_b));
	assert_memory_equal(of_b.raw, "4", 1);
	assert_int_equal(of_b.line, 7);
	assert_false(ini_each(ini, a, &at_a, &of_a));
	assert_false(ini_each(ini, b, &at_b, &of_b));
	prints(ini, "[A]\na=10\nb=2\n[B]\nc=3\n; last\nd=4");
	ini_move(ini, a, b);
	prints(ini, "[B]\nc=3\n; last\nd=4\n\n[A]\na=10\nb=2\n");
	ini_remove(ini, b);
	prints(ini, "[A]\na=10\nb=2\n");
	ini_free(ini);
}

static const char file[] =
	"; on top\n"
	"\n"
	"; about A\n"
	"[A]\n"
	"One = 1\n"
	"; in the middle\n"
	"Two=\"2\"\n"
	"what is this\n"
	"\n"
	"[B]\r\n"
	"One=b\r\n"
	"; at the end\r\n";

static void an_edit_changes_its_own_line(void **state)
{
	struct ini *ini = parse(BYTES(file), NULL);

	(void)state;
	set(ini, "A", "One", "1");	/* what they are already */
	set(ini, "A", "Two", "2");
	prints(ini, file);
	set(ini, "A", "one", "11");	/* in whichever case the key is */
	set(ini, "B", "One", "c");
	set(ini, "A", "Three", "3");
	prints(ini, "; on top\n\n; about A\n[A]\nOne = 11\n; in the middle\n"
	    "Two=\"2\"\nThree=3\nwhat is this\n\n[B]\r\nOne=c\r\n; at the end\r\n");
	ini_unset(ini, section(ini, "A"), "Two");
	ini_unset(ini, section(ini, "A"), "none");
	prints(ini, "; on top\n\n; about A\n[A]\nOne = 11\n; in the middle\n"
	    "Three=3\nwhat is this\n\n[B]\r\nOne=c\r\n; at the end\r\n");
	ini_free(ini);
}

/* What is packed meanwhile is as before, edited or not. */
static void a_packed_document_is_the_same(void **state)
{
	struct ini *ini = parse(BYTES(file), NULL);
	struct ini_key k;

	(void)state;
	ini_pack(ini);
	set(ini, "B", "One", "c");
	ini_pack(ini);
	ini_pack(ini);
	assert_true(ini_find(ini, section(ini, "A"), "Two", &k));
	assert_int_equal(k.line, 7);
	assert_memory_equal(k.raw, "\"2\"", 3);
	assert_true(ini_find(ini, section(ini, "B"), "One", &k));
	assert_int_equal(k.line, 11);
	ini_pack(ini);
	ini_move(ini, section(ini, "A"), section(ini, "B"));
	ini_pack(ini);
	prints(ini, "; on top\n\n[B]\r\nOne=c\r\n; at the end\r\n\n; about A\n[A]\n"
	    "One = 1\n; in the middle\nTwo=\"2\"\nwhat is this\n\n");
	ini_free(ini);
}

static void sections_come_and_go(void **state)
{
	struct ini *ini = parse(BYTES("; top\n\n[A]\na=1\n\n; about B\n[B]\nb=1\n"),
	    NULL);

	(void)state;
	ini_add(ini, section(ini, "A"), "C");
	set(ini, "C", "c", "1");
	prints(ini, "; top\n\n[A]\na=1\n\n[C]\nc=1\n\n; about B\n[B]\nb=1\n");
	ini_add(ini, 0, "D");
	prints(ini, "; top\n\n[A]\na=1\n\n[C]\nc=1\n\n; about B\n[B]\nb=1\n\n[D]\n");
	ini_move(ini, section(ini, "B"), section(ini, "D"));
	prints(ini, "; top\n\n[A]\na=1\n\n[C]\nc=1\n\n[D]\n\n; about B\n[B]\nb=1\n\n");
	/* its comments go with it, those above others stay */
	ini_remove(ini, section(ini, "B"));
	ini_remove(ini, section(ini, "C"));
	prints(ini, "; top\n\n[A]\na=1\n\n[D]\n\n");
	ini_free(ini);
}

static void line_ends_are_those_of_the_file(void **state)
{
	struct ini *ini = parse(BYTES("[A]\r\nk=v\r\n"), NULL);

	(void)state;
	set(ini, "A", "l", "w");
	ini_add(ini, 0, "B");
	prints(ini, "[A]\r\nk=v\r\nl=w\r\n\r\n[B]\r\n");
	ini_free(ini);
	/* a last line without one gets it when another follows */
	ini = parse(BYTES("[A]\nk=v"), NULL);
	prints(ini, "[A]\nk=v");
	set(ini, "A", "l", "w");
	prints(ini, "[A]\nk=v\nl=w\n");
	ini_free(ini);
}

static void keys_are_read_in_order(void **state)
{
	struct ini *ini = parse(BYTES(file), NULL);
	ini_section a = section(ini, "A");
	struct ini_key k;
	size_t at = 0;

	(void)state;
	assert_int_equal(ini_section_line(ini, a), 4);
	assert_true(ini_each(ini, a, &at, &k));
	assert_int_equal(k.line, 5);
	assert_memory_equal(k.key, "One", k.key_len);
	assert_memory_equal(k.raw, "1", k.raw_len);
	assert_true(ini_each(ini, a, &at, &k));
	assert_int_equal(k.line, 7);
	assert_memory_equal(k.raw, "\"2\"", k.raw_len);
	assert_false(ini_each(ini, a, &at, &k));
	assert_true(ini_find(ini, a, "TWO", &k));
	assert_false(ini_find(ini, a, "Tw", &k));
	assert_true(ini_rank(ini, section(ini, "B")) > ini_rank(ini, a));
	assert_int_equal(ini_tag(ini, a), 0);
	ini_set_tag(ini, a, 7);
	assert_int_equal(ini_tag(ini, a), 7);
	ini_free(ini);
}

/* How a text stands in the file, by encoding. NULL: it cannot. */
static const struct {
	enum encoding encoding;
	const char *text, *raw;
} values[] = {
	{ ENCODING_UTF8, "plain words", "plain words" },
	{ ENCODING_UTF8, "", "" },
	{ ENCODING_UTF8, "電源装置", "電源装置" },
	{ ENCODING_UTF8, "a;b", "\"a;b\"" },
	{ ENCODING_UTF8, "#1", "\"#1\"" },
	{ ENCODING_UTF8, " blanks ", "\" blanks \"" },
	{ ENCODING_UTF8, "say \"hi\"", "say %22hi%22" },
	{ ENCODING_UTF8, "\"", "%22" },
	{ ENCODING_UTF8, "100%", "100%25" },
	{ ENCODING_UTF8, "%41", "%2541" },
	{ ENCODING_UTF8, "C:\\", "C:%5C" },
	{ ENCODING_UTF8, "C:\\AMC", "C:\\AMC" },
	{ ENCODING_UTF8, "; \\", "\"; %5C\"" },
	{ ENCODING_UTF8, "'quoted'", "\"'quoted'\"" },
	{ ENCODING_UTF8, "a=b", "a=b" },
	{ ENCODING_UTF8, "[A]", "[A]" },
	{ ENCODING_UTF8, "two\nlines\t\x7f", "two%0Alines%09%7F" },
	{ ENCODING_CP932, "plain", "plain" },
	{ ENCODING_CP932, "電源", "\x93\x64\x8c\xb9" },
	{ ENCODING_CP932, "表", "\"\x95\x5c\"" },	/* its second byte is \ */
	{ ENCODING_CP932, "表\\", "\x95\x5c%5C" },
	{ ENCODING_CP932, "表示", "\x95\x5c\x8e\xa6" },
	{ ENCODING_CP932, "十ソ", "\"\x8f\x5c\x83\x5c\"" },
	{ ENCODING_CP932, "ｱｲｳ", "\xb1\xb2\xb3" },
	{ ENCODING_CP932, "①", "\x87\x40" },
	{ ENCODING_CP932, "🔋", NULL },
};

static void a_value_comes_back_as_it_was(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof values / sizeof *values; i++) {
		struct text raw = { 0 }, back = { 0 };
		struct err e = { .text = "" };
		bool doubtful, ok;

		text_add(&raw, "");
		text_add(&back, "");
		ok = value_encode(values[i].encoding, values[i].text, &raw, &e);
		if (!values[i].raw) {
			assert_false(ok);
			assert_string_equal(e.text, "\"🔋\" has a character that "
			    "CP932, the file's encoding, has not: 🔋");
		} else {
			assert_string_equal(raw.s, values[i].raw);
			assert_true(value_decode(values[i].encoding, raw.s,
			    raw.len, &back, &doubtful, &e));
			assert_string_equal(back.s, values[i].text);
			assert_false(doubtful);
		}
		text_done(&raw);
		text_done(&back);
	}
}

/* What a person may have written. */
static const struct {
	const char *raw, *text;
	bool doubtful;
	const char *words;
} written[] = {
	{ "'single'", "single", false, NULL },
	{ "\"", "\"", false, NULL },
	{ "a;b", "a;b", true, NULL },
	{ "a #b", "a #b", true, NULL },
	{ "C:\\", "C:\\", true, NULL },
	{ "50%", "50%", false, NULL },
	{ "%zz%4", "%zz%4", false, NULL },
	{ "%e9%9b%bb", "電", false, NULL },
	{ "a%00b", NULL, false, "%00 is not allowed in a value" },
	{ "%ff", NULL, false, "the escaped bytes are no character" },
};

static void values_by_hand_are_read(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof written / sizeof *written; i++) {
		struct text text = { 0 };
		struct err e = { .text = "" };
		bool doubtful, ok;

		text_add(&text, "");
		ok = value_decode(ENCODING_UTF8, written[i].raw,
		    strlen(written[i].raw), &text, &doubtful, &e);
		assert_int_equal(ok, !written[i].words);
		if (ok) {
			assert_string_equal(text.s, written[i].text);
			assert_int_equal(doubtful, written[i].doubtful);
		} else {
			assert_string_equal(e.text, written[i].words);
		}
		text_done(&text);
	}
}

/*
 * EUC-JP can mostly be read as CP932, as half-width katakana that nobody wrote; who did
 * write half-width katakana must not be refused.
 */
static const struct {
	const char *name;
	bool eucjp;
} old_names[] = {
	{ "\xc0\xa9\xb8\xe6\xc3\xbc\xcb\xf6", true },	/* 制御端末 */
	{ "\xa5\xb5\xa1\xbc\xa5\xd0", true },	/* サーバ */
	{ "UPS\xa5\xb5\xa1\xbc\xa5\xd0", true },	/* UPSサーバ */
	{ "\xb6\xa6\xcd\xad\xa5\xc7\xa5\xa3\xa5\xb9\xa5\xaf", true },	/* 共有ディスク */
	{ "\xbb\xb0\xca\xde\xbb\xb0\xca\xde", false },	/* ｻｰﾊﾞｻｰﾊﾞ */
	{ "\xc3\xde\xa8\xbd\xb8\xb1", false },	/* ﾃﾞｨｽｸｱ */
	{ "UPS\xa5\xbb\xb0\xca", false },	/* UPS･ｻｰﾊ */
	{ "\xd8\xdd\xb8\xa4\xbb\xb0\xca\xde\xc6", false },	/* ﾘﾝｸ､ｻｰﾊﾞﾆ */
	{ "\x96\xb3\x92\xe2\x93\x64 \xbb\xb0\xca\xde", false },	/* 無停電 ｻｰﾊﾞ */
	/* kanji of CP932 whose bytes are EUC-JP, too */
	{ "\x8e\xba", false },	/* 室 */
	{ "\x8e\xba" "1", false },	/* 室1 */
	{ "\x8e\xa9\x8e\xd0", false },	/* 自社 */
	{ "\x8e\xc5\xbb\xb0\xca\xde", false },	/* 芝ｻｰﾊﾞ */
	{ "\x8f\xe3\xd7\xaf\xb8", false },	/* 上ﾗｯｸ */
	{ "\xbb\xb0\xca\xde\x8e\xba", false },	/* ｻｰﾊﾞ室 */
	{ "\xfb\xfc", false },	/* 髙 */
	{ "\xee\xe0", false },	/* the same on another machine */
	{ "UPS\xb0\xd7\xaf\xb8", false },	/* UPSｰﾗｯｸ */
	{ "\x8e\xbb\x8e\xb0\x8e\xca\x8e\xde", true },	/* ｻｰﾊﾞ */
	{ "\xc5\xc5\xb8\xbb\xbc\xbc", false },	/* 電源室, or ﾅﾅｸｻｼｼ */
	{ "\xbc\xd2\xc6\xe2\xbc\xbc", true },	/* 社内室 */
};

static void eucjp_is_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof old_names / sizeof *old_names; i++) {
		char *s = mem_printf("[A]\nName=%s\n", old_names[i].name);
		struct text faults = { 0 }, out = { 0 };
		struct ini *ini = parse(s, strlen(s), &faults);

		ini_print(ini, &out);
		assert_string_equal(out.s, s);
		if (!old_names[i].eucjp)
			assert_int_equal(ini_encoding(ini), ENCODING_CP932);
		assert_string_equal(faults.s ? faults.s : "", !old_names[i].eucjp ? "" :
		    "2: this is EUC-JP, neither UTF-8 nor CP932: \"iconv -f EUC-JP -t UTF-8\""
		    " makes a file that can be read\n");
		text_done(&faults);
		text_done(&out);
		ini_free(ini);
		free(s);
	}
}

/* In a CP932 file a value is compared as text and written as CP932. */
static void a_cp932_file_stays_one(void **state)
{
	struct ini *ini = parse(BYTES("[A]\nName=\x95\x5c\nOld=\xb1\n"), NULL);
	struct err e = { .text = "" };

	(void)state;
	set(ini, "A", "Name", "表");	/* as it stands there, though we would quote it */
	set(ini, "A", "Old", "ｱ");
	prints(ini, "[A]\nName=\x95\x5c\nOld=\xb1\n");
	set(ini, "A", "Old", "表示");
	set(ini, "A", "New", "能");	/* 0x94 0x5c */
	prints(ini, "[A]\nName=\x95\x5c\nOld=\x95\x5c\x8e\xa6\nNew=\"\x94\x5c\"\n");
	assert_false(ini_set(ini, section(ini, "A"), "New", "🔋", &e));
	prints(ini, "[A]\nName=\x95\x5c\nOld=\x95\x5c\x8e\xa6\nNew=\"\x94\x5c\"\n");
	ini_free(ini);
}

/*
 * When what could only be CP932 is edited away, the rest must not be read as
 * UTF-8: C3 B1 is two katakana in the one and an n with a tilde in the other.
 */
static void a_cp932_file_says_so_when_nothing_else_does(void **state)
{
	struct ini *ini = parse(BYTES("; x\r\n[A]\r\nName=\xc3\xb1\r\n"
	    "[B]\r\nName=\x95\x5c\r\n"), NULL);
	static const char want[] = "; CP932 (\x95\xb6\x8e\x9a\x83\x52\x81\x5b"
	    "\x83\x68)\r\n; x\r\n[A]\r\nName=\xc3\xb1\r\n";
	struct ini *again;

	(void)state;
	ini_remove(ini, section(ini, "B"));
	prints(ini, want);
	prints(ini, want);	/* once is enough */
	again = parse(BYTES(want), NULL);
	assert_int_equal(ini_encoding(again), ENCODING_CP932);
	ini_free(again);
	ini_free(ini);
}

/* Nor is it refused as EUC-JP, as which what is left could be read. */
static void a_cp932_file_says_so_when_it_could_be_eucjp(void **state)
{
	struct ini *ini = parse(BYTES("[A]\nName=\x95\x5c\n"), NULL), *again;
	struct text faults = { 0 };
	static const char want[] = "; CP932 (\x95\xb6\x8e\x9a\x83\x52\x81\x5b\x83\x68)\n"
	    "[A]\nName=\xa5\xb5\xa1\xbc\xa5\xd0\n";

	(void)state;
	set(ini, "A", "Name", "･ｵ｡ｼ･ﾐ");
	prints(ini, want);
	again = parse(BYTES(want), &faults);
	assert_int_equal(ini_encoding(again), ENCODING_CP932);
	assert_null(faults.s);
	ini_free(again);
	ini_free(ini);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_is_kept),
		cmocka_unit_test(eucjp_is_told),
		cmocka_unit_test(a_line_of_1000_bytes_is_the_longest),
		cmocka_unit_test(sections_are_read_side_by_side),
		cmocka_unit_test(an_edit_changes_its_own_line),
		cmocka_unit_test(a_packed_document_is_the_same),
		cmocka_unit_test(sections_come_and_go),
		cmocka_unit_test(line_ends_are_those_of_the_file),
		cmocka_unit_test(keys_are_read_in_order),
		cmocka_unit_test(a_value_comes_back_as_it_was),
		cmocka_unit_test(values_by_hand_are_read),
		cmocka_unit_test(a_cp932_file_stays_one),
		cmocka_unit_test(a_cp932_file_says_so_when_nothing_else_does),
		cmocka_unit_test(a_cp932_file_says_so_when_it_could_be_eucjp),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
