/* The line editor: characters, columns and combining marks; keys in, text and cursor out. */
#include "tui/line.h"
#include "base/i18n.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define KEYS_MAX 12

static const struct {
	const char *about, *before;
	const char *keys[KEYS_MAX];
	const char *after;
	int cursor;		/* column, in a window of 10 */
} edits[] = {
	{ "typing", "", { "a", "b", "Space", "c" }, "ab c", 4 },
	{ "Japanese takes two columns", "", { "電", "源" }, "電源", 4 },
	{ "left goes over a whole character", "電源", { "Left" }, "電源", 2 },
	{ "insert in the middle", "電源", { "Left", "気" }, "電気源", 4 },
	{ "erase a wide character", "電源", { "Backspace" }, "電", 2 },
	{ "delete under the cursor", "電源1", { "Home", "Delete" }, "源1", 0 },
	{ "a combining mark belongs to its letter", "ae\u0301b", { "Left", "Left" }, "ae\u0301b", 1 },
	{ "and is erased with it", "ae\u0301", { "Backspace" }, "a", 1 },
	{ "a mark typed joins", "e", { "\u0301" }, "e\u0301", 1 },
	{ "dakuten as a mark", "カ\u3099", { "Backspace" }, "", 0 },
	{ "home and end", "abc", { "Home", "x", "End", "y" }, "xabcy", 5 },
	{ "word left, word right", "one two", { "Ctrl-Left", "x" }, "one xtwo", 5 },
	{ "word right", "one two", { "Home", "Alt-f", "x" }, "onex two", 4 },
	{ "cut a word", "one two", { "Ctrl-W" }, "one ", 4 },
	{ "cut all", "電源", { "Ctrl-U", "a" }, "a", 1 },
	{ "cut the rest", "abc", { "Home", "Right", "Ctrl-K" }, "a", 1 },
	{ "nothing to erase", "", { "Backspace", "Delete", "Left", "Right" }, "", 0 },
};

static void test_edits(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
		struct line l;
		int cursor;

		line_init(&l, edits[i].before);
		for (int k = 0; k < KEYS_MAX && edits[i].keys[k]; k++)
			assert_true(line_key(&l, edits[i].keys[k]));
		line_window(&l, 10, false, &cursor);
		if (strcmp(l.s, edits[i].after) != 0 || cursor != edits[i].cursor)
			fail_msg("%s: \"%s\", column %d, not \"%s\", column %d",
			    edits[i].about, l.s, cursor, edits[i].after, edits[i].cursor);
		assert_int_equal(l.len, strlen(l.s));
		line_done(&l);
	}
}

static void test_other_keys(void **state)
{
	static const char *const keys[] = { "F1", "Up", "Enter", "Esc", "Ctrl-S", "Alt-x" };
	struct line l;

	(void)state;
	line_init(&l, "ab");
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		assert_false(line_key(&l, keys[i]));
	assert_string_equal(l.s, "ab");
	assert_true(line_inserts("Space"));
	assert_true(line_inserts("電"));
	assert_false(line_inserts("Delete"));
	line_done(&l);
}

/* The cursor is always inside the window, and a wide character is never cut. */
static void test_window(void **state)
{
	struct line l;
	int cursor;

	(void)state;
	line_init(&l, "abcdefghij");
	assert_int_equal(line_window(&l, 5, false, &cursor), 6);
	assert_int_equal(cursor, 4);
	l.at = 0;
	assert_int_equal(line_window(&l, 5, false, &cursor), 0);
	assert_int_equal(cursor, 0);
	line_set(&l, "電源装置");
	assert_int_equal(line_window(&l, 6, false, &cursor), 6);
	assert_int_equal(cursor, 4);
	for (int cols = 3; cols < 12; cols++)
		for (l.at = 0; l.at <= l.len; l.at += 3) {
			line_window(&l, cols, false, &cursor);
			assert_in_range(cursor, 0, cols - 1);
		}
	/* a secret is a dot for each character */
	l.at = l.len;
	assert_int_equal(line_window(&l, 10, true, &cursor), 0);
	assert_int_equal(cursor, 4);
	line_done(&l);
}

static void test_too_long(void **state)
{
	struct line l;

	(void)state;
	line_init(&l, "");
	for (int i = 0; i < 2000; i++)
		line_key(&l, "電");
	assert_in_range(l.len, LINE_MAX_BYTES - 3, LINE_MAX_BYTES);
	line_done(&l);
}

static void test_inserted(void **state)
{
	char long_one[LINE_MAX_BYTES + 1];
	struct line l;

	(void)state;
	line_init(&l, "ab");
	l.at = 1;
	assert_true(line_insert(&l, "電源 x"));
	assert_string_equal(l.s, "a電源 xb");
	assert_int_equal(l.at, 9);
	memset(long_one, 'x', sizeof long_one);
	long_one[LINE_MAX_BYTES] = '\0';
	assert_false(line_insert(&l, long_one));
	assert_string_equal(l.s, "a電源 xb");
	line_done(&l);
}

/* A click puts the cursor before the character that is there. */
static void test_clicked(void **state)
{
	static const struct { int column; size_t at; } clicks[] = {
		{ 0, 0 }, { 1, 1 }, { 2, 1 }, { 3, 4 }, { 4, 4 }, { 5, 7 }, { 6, 10 }, { 40, 11 },
	};
	struct line l;

	(void)state;
	line_init(&l, "a電源e\u0301b");
	for (size_t i = 0; i < sizeof clicks / sizeof *clicks; i++) {
		l.at = 0;
		line_point(&l, 20, false, clicks[i].column);
		if (l.at != clicks[i].at)
			fail_msg("column %d: byte %zu", clicks[i].column, l.at);
	}
	line_point(&l, 20, true, 2);
	assert_int_equal(l.at, 4);
	line_done(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edits),
		cmocka_unit_test(test_other_keys),
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_inserted),
		cmocka_unit_test(test_clicked),
	};

	i18n_init();
	return cmocka_run_group_tests_name("line", tests, NULL, NULL);
}
