/* base: columns and characters, maps and pools, errors with words, JSON. */
#include "base/err.h"
#include "base/json.h"
#include "base/library.h"
#include "base/loop.h"
#include "base/index.h"
#include "base/map.h"
#include "base/pack.h"
#include "base/pool.h"
#include "base/mem.h"
#include "base/shelf.h"
#include "base/text.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
	const char *s;
	int cols;
	bool ascii, half;
} widths[] = {
	{ "", 0, true, true },
	{ "UPS1", 4, true, true },
	{ "電源装置", 8, false, false },
	{ "ｱｲｳ", 3, false, true },		/* half-width katakana */
	{ "ﾊﾞﾂ", 3, false, true },		/* its voiced mark has a column */
	{ "か\xe3\x82\x99", 2, false, false },	/* a combining one has none */
	{ "e\xcc\x81", 1, false, false },
	{ "🔋", 2, false, false },
	{ "①", 1, false, true },
	{ "a\tb", 3, false, false },		/* shown as a mark */
	{ "a\xe2\x80\xae" "b", 3, false, false },	/* turns the direction: shown as one */
	{ "👨\xe2\x80\x8d👩", 4, false, false },	/* joined, and counted as if not */
	{ "❤\xef\xb8\x8f", 1, false, false },
	{ "\xff", 1, false, true },		/* shown as one U+FFFD */
};

static void text_is_measured_in_columns(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof widths / sizeof *widths; i++) {
		if (text_width(widths[i].s) != widths[i].cols ||
		    text_is_ascii(widths[i].s) != widths[i].ascii ||
		    text_is_half_width(widths[i].s) != widths[i].half)
			fail_msg("\"%s\": %d columns, ASCII %d, half-width %d",
			    widths[i].s, text_width(widths[i].s),
			    text_is_ascii(widths[i].s),
			    text_is_half_width(widths[i].s));
	}
}

static bool is_box(uint32_t cp)
{
	return cp == 0x25a0;
}

/* Some terminals have them two columns wide. */
static void ambiguous_widths(void **state)
{
	(void)state;
	assert_int_equal(text_width("①α■e\u0301 電"), 7);
	text_set_ambiguous(2, is_box);
	assert_int_equal(text_width("①α■e\u0301 電"), 9);
	assert_int_equal(text_width("aé▸"), 4);
	assert_int_equal(text_fit("①②", 3), 3);
	text_set_ambiguous(1, NULL);
	assert_int_equal(text_width("①α■"), 3);
}

static const struct {
	const char *s;
	int cols;
	size_t bytes;
} fits[] = {
	{ "UPS1", 2, 2 },
	{ "電源", 3, 3 },			/* not half of the second */
	{ "電源", 4, 6 },
	{ "電源", 0, 0 },
	{ "e\xcc\x81x", 1, 3 },			/* the mark goes with its letter */
	{ "", 5, 0 },
};

static void text_is_cut_between_characters(void **state)
{
	char buf[6];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof fits / sizeof *fits; i++)
		assert_int_equal(text_fit(fits[i].s, fits[i].cols),
		    fits[i].bytes);
	text_copy(buf, sizeof buf, "電源");
	assert_string_equal(buf, "電");
	text_copy(buf, sizeof buf, "abcdefg");
	assert_string_equal(buf, "abcde");
	text_copy(buf, 1, "電");
	assert_string_equal(buf, "");
}

static const struct {
	const char *s;
	size_t len;
	long at;
} bytes[] = {
	{ "all of it is plain", 18, -1 },
	{ "電源装置と日本語", 24, -1 },
	{ "\xf4\x8f\xbf\xbf", 4, -1 },		/* the last character of all */
	{ "12345678\x95\x5c", 10, 8 },		/* CP932 */
	{ "a\xc0\xaf", 3, 1 },			/* longer than it needs to be */
	{ "\xed\xa0\x80", 3, 0 },		/* half of a pair */
	{ "\xf4\x90\x80\x80", 4, 0 },		/* above the last */
	{ "ab\xe9\x9b", 4, 2 },			/* cut off */
	{ "\x80", 1, 0 },
};

static void what_is_not_utf8_is_found(void **state)
{
	uint32_t cp;
	size_t i;
	char s[4];

	(void)state;
	for (i = 0; i < sizeof bytes / sizeof *bytes; i++)
		assert_int_equal(text_invalid(bytes[i].s, bytes[i].len),
		    bytes[i].at);
	assert_int_equal(text_next("\xe9\x9b", NULL, &cp), 1);
	assert_int_equal(cp, 0xfffd);
	assert_int_equal(text_next("", NULL, &cp), 0);
	for (cp = 1; cp < 0x110000; cp += 0x3f) {
		uint32_t back;
		size_t n = text_put(s, cp);

		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		assert_int_equal(text_next(s, s + n, &back), n);
		assert_int_equal(back, cp);
	}
}

static void strings_grow(void **state)
{
	struct text t = { 0 };
	char *s;
	int i;

	(void)state;
	for (i = 0; i < 1000; i++)
		text_printf(&t, "%d,", i % 10);
	assert_int_equal(t.len, 2000);
	assert_int_equal(strlen(t.s), 2000);
	s = text_take(&t);
	assert_memory_equal(s, "0,1,2,", 6);
	free(s);
	s = text_take(&t);
	assert_string_equal(s, "");
	free(s);
	assert_true(text_equal_fold("ConfirmSeconds", "confirmseconds"));
	assert_false(text_equal_fold("Confirm", "ConfirmSeconds"));
	assert_false(text_equal_fold("[", "{"));
}

/* Against an array that holds the same. */
static void a_map_holds_what_was_put(void **state)
{
	static int values[500], *want[500];
	struct map m = { 0 };
	unsigned seed = 1, key;
	size_t i, n = 0, held = 0;
	void *value, *before;

	(void)state;
	assert_null(map_get(&m, 1));
	assert_null(map_remove(&m, 1));
	for (i = 0; i < 20000; i++) {
		seed = seed * 1103515245 + 12345;
		key = seed >> 8 & 0x1ff;
		if (key == 0 || key >= 500)
			continue;
		if (seed & 0x40000000) {
			before = map_put(&m, key, &values[key]);
			assert_ptr_equal(before, want[key]);
			want[key] = &values[key];
		} else {
			assert_ptr_equal(map_remove(&m, key), want[key]);
			want[key] = NULL;
		}
	}
	for (key = 1; key < 500; key++) {
		assert_ptr_equal(map_get(&m, key), want[key]);
		held += want[key] != NULL;
	}
	for (i = 0; (value = map_each(&m, &i)); n++)
		assert_ptr_equal(value, want[(int *)value - values]);
	assert_int_equal(n, held);
	assert_int_equal(m.n, held);
	map_done(&m);
}

/* What is given back comes again, zeroed; nothing stands where something else is. */
static void a_shelf_has_room_for_all(void **state)
{
	struct thing { void *p; int n; } *things[200];
	unsigned places[200];
	struct shelf s = { .size = sizeof(struct thing) };

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 60; i++) {
			places[i] = shelf_take(&s);
			things[i] = shelf_at(&s, places[i]);
			assert_null(things[i]->p);
			assert_int_equal(things[i]->n, 0);
			*things[i] = (struct thing){ things[i], i };
		}
		for (int i = 0; i < 60; i++) {
			assert_ptr_equal(things[i]->p, things[i]);
			assert_int_equal(things[i]->n, i);
		}
		for (int i = round; i < 60; i++)
			shelf_give(&s, places[i]);
	}
	shelf_done(&s);
}

struct keeper {
	unsigned numbers[1000];		/* by place */
};

static unsigned number_of(const void *keeper, unsigned place)
{
	return ((const struct keeper *)keeper)->numbers[place];
}

/* What is taken out is not found, and hides nobody else. */
static void an_index_finds_by_number(void **state)
{
	struct keeper k = { { 0 } };
	struct index x = { .number = number_of, .keeper = &k };
	unsigned place;
	size_t at, n;

	(void)state;
	assert_int_equal(index_find(&x, 7), 0);
	for (unsigned step = 1; step < 1u << 20; step *= 64) {
		for (unsigned i = 1; i < 1000; i++) {
			k.numbers[i] = i * step;
			assert_int_equal(index_find(&x, i * step), 0);
			index_put(&x, i * step, i);
		}
		assert_int_equal(x.n, 999);
		for (unsigned i = 1; i < 1000; i += 3)
			index_remove(&x, i * step);
		index_remove(&x, step);	/* is not there any more */
		assert_int_equal(x.n, 666);
		for (unsigned i = 1; i < 1000; i++)
			assert_int_equal(index_find(&x, i * step), i % 3 == 1 ? 0 : i);
		at = n = 0;
		while ((place = index_each(&x, &at))) {
			assert_int_not_equal(place % 3, 1);
			n++;
		}
		assert_int_equal(n, x.n);
		index_done(&x);
	}
}

/* Packed bytes are the same again, also none, and those that do not shrink. */
static void what_was_packed_comes_back(void **state)
{
	static const size_t lengths[] = { 0, 1, 1000, 300000 };
	struct pack p = { 0 };
	char *text = mem_realloc(NULL, 300000, 1), *back;
	unsigned dice = 1;

	(void)state;
	for (int noise = 0; noise < 2; noise++)
		for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
			for (size_t j = 0; j < lengths[i]; j++) {
				dice = dice * 1103515245 + 12345;
				text[j] = noise ? (char)(dice >> 16) : "Name=\n"[j % 6];
			}
			pack_put(&p, text, lengths[i]);
			assert_true(noise || lengths[i] < 1000 || p.packed_len < lengths[i] / 5);
			back = pack_take(&p);
			assert_memory_equal(back, text, lengths[i]);
			assert_int_equal(back[lengths[i]], 0);
			assert_null(p.packed);
			free(back);
		}
	free(text);
}

static void a_pool_has_one_copy_of_each(void **state)
{
	struct pool p = { 0 };
	const char *kept[3000];
	char s[40], *giant = mem_zero(1, 40000);
	int i;

	(void)state;
	assert_null(pool_find(&p, "x"));
	for (i = 0; i < 3000; i++) {
		snprintf(s, sizeof s, "a rather long name %d", i);
		kept[i] = pool_put(&p, s);
	}
	for (i = 0; i < 3000; i++) {
		snprintf(s, sizeof s, "a rather long name %d", i);
		assert_string_equal(kept[i], s);
		assert_ptr_equal(pool_put(&p, s), kept[i]);
		assert_ptr_equal(pool_find(&p, s), kept[i]);
	}
	assert_null(pool_find(&p, "a rather long name"));
	assert_ptr_equal(pool_put_len(&p, "abc", 2), pool_put(&p, "ab"));
	assert_string_equal(pool_put(&p, ""), "");
	memset(giant, 'g', 39999);
	assert_string_equal(pool_put(&p, giant), giant);
	free(giant);
	pool_done(&p);
}

static void errors_get_words_on_their_way(void **state)
{
	struct err e;
	char giant[2000];

	(void)state;
	assert_false(err_set(&e, "%s is %d", "it", 7));
	assert_int_equal(e.kind, ERR_FAILED);
	assert_false(err_at(&e, "line %d", 3));
	assert_string_equal(e.text, "line 3: it is 7");
	assert_false(err_set(&e, "again: %s", e.text));	/* its own words in it */
	assert_string_equal(e.text, "again: line 3: it is 7");
	assert_false(err_kind(&e, ERR_REFUSED, "no"));
	assert_int_equal(e.kind, ERR_REFUSED);
	err_at(&e, "x");
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_false(err_rule(&e, "R2", "%s is no group", "it"));
	assert_string_equal(e.text, "R2: it is no group");
	assert_string_equal(err_words(&e), "it is no group");
	assert_string_equal(e.rule, "R2");
	errno = ENOENT;
	err_errno(&e, "a.ini");
	assert_null(e.rule);
	assert_ptr_equal(err_words(&e), e.text);
	assert_string_equal(e.text, "a.ini: No such file or directory");
	memset(giant, 'w', sizeof giant - 1);
	giant[sizeof giant - 1] = '\0';
	err_set(&e, "%s", giant);
	err_at(&e, "%s", giant);
	assert_int_equal(strlen(e.text), sizeof e.text - 1);
	assert_false(err_set(NULL, "dropped"));
	assert_false(err_at(NULL, "dropped"));
	assert_false(err_rule(NULL, "R1", "dropped"));
	assert_false(err_errno(NULL, "dropped"));
}

/* As a document that is printed, and member by member: the same text, which reads as what was put. */
static void json_is_written_in_two_ways(void **state)
{
	static const double numbers[] = { 0, -0.1, 0.1, 102.4, -102.4, 27.123, 1e20, 1.5e-7, 99999999.9,
		1e8 + 0.5, 8820, -7, 1e14, NAN };
	static const char *const texts[] = { "", "UPS1", "\"\\\n\t\x01/", "\u96fb\u6e90", "half \xe9\x9b", NULL };
	struct json *j = json_new_object(), *list = json_new_array(), *back;
	struct json_writer w = { .depth = 0 };
	struct err e = { .text = "" };
	char *one, *two, key[24];
	size_t i, len;

	(void)state;
	json_write_open(&w, NULL, '{');
	for (i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		snprintf(key, sizeof key, "n%zu", i);
		json_put_number(j, key, numbers[i]);
		json_write_number(&w, key, numbers[i]);
	}
	json_put_bool(j, "yes", true);
	json_write_bool(&w, "yes", true);
	json_write_open(&w, "list", '[');
	for (i = 0; i < sizeof texts / sizeof *texts; i++) {
		json_add_text(list, texts[i]);
		json_write_text(&w, NULL, texts[i]);
	}
	json_write_close(&w);
	json_put(j, "list", list);
	json_write_open(&w, "none", '{');
	json_write_close(&w);
	json_put(j, "none", json_new_object());
	json_write_close(&w);
	one = json_print(j);
	two = json_write_take(&w, &len);
	assert_string_equal(one, two);
	assert_int_equal(len, strlen(two));
	assert_non_null(strstr(one, "\"n1\": -0.1,\n \"n2\": 0.1,\n \"n3\": 102.4,\n \"n4\": -102.4,"));
	assert_non_null(strstr(one, "\"none\": {}\n}\n"));
	back = json_parse(one, strlen(one), &e);
	assert_non_null(back);
	for (i = 0; i < sizeof numbers / sizeof *numbers - 1; i++) {
		snprintf(key, sizeof key, "n%zu", i);
		assert_true(fabs(json_get_number(back, key, 42) - numbers[i]) <= fabs(numbers[i]) * 1e-9);
	}
	assert_string_equal(json_word(json_at(json_get(back, "list"), 2), key), texts[2]);
	free(one);
	free(two);
	json_free(back);
	json_free(j);
}

/* By the C library, which is there: what is asked of it need not be. */
static void a_library_that_lacks_something_is_told(void **state)
{
	static const char *const good[] = { "strlen", "memcmp", NULL };
	static const char *const newer[] = { "strlen", "no_such_function", NULL };
	void *table[2] = { NULL, NULL };
	struct err e = { .text = "" };

	(void)state;
	assert_false(library_load("libamc-is-not-there.so.1", good, table, &e));
	assert_non_null(strstr(e.text, "not installed: libamc-is-not-there.so.1"));
	assert_null(table[0]);
	assert_false(library_load("libc.so.6", newer, table, &e));
	assert_non_null(strstr(e.text, "of another version: "));
	assert_non_null(strstr(e.text, "no_such_function"));
	assert_null(table[0]);
	assert_true(library_load("libc.so.6", good, table, &e));
	assert_non_null(table[0]);
	assert_non_null(table[1]);
}

/* The best of many, in ns: what the machine does besides only ever makes one longer. */
static double least_ns(bool same(const void *, const void *, size_t), const char *a,
    const char *b, size_t n)
{
	static volatile bool sink;
	double least = 1e18;

	for (int i = 0; i < 400; i++) {
		struct timespec from, to;
		double ns;

		clock_gettime(CLOCK_MONOTONIC, &from);
		for (int k = 0; k < 10; k++)
			sink = same(a, b, n);
		clock_gettime(CLOCK_MONOTONIC, &to);
		ns = (double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec);
		least = ns < least ? ns : least;
		(void)sink;
	}
	return least;
}

#ifndef __SANITIZE_ADDRESS__	/* whose memcmp() looks at all */
static bool stops_early(const void *a, const void *b, size_t n)
{
	return memcmp(a, b, n) == 0;
}
#endif

/* Where two differ does not show in the time that it takes; with memcmp() it would. */
static void comparing_takes_alike(void **state)
{
	enum { N = 1 << 13 };	/* all of them stay in the nearest cache */
	char *a = mem_zero(N, 1), *first = mem_zero(N, 1), *last = mem_zero(N, 1);
	double none, ratio;

	(void)state;
	memset(a, 7, N);
	memset(first, 7, N);
	memset(last, 7, N);
	assert_true(mem_same(a, first, N) && mem_same(first, last, 0));
	none = least_ns(mem_same, a, first, N);
	first[0] = 1;
	last[N - 1] = 1;
	assert_false(mem_same(a, first, N) || mem_same(a, last, N));
	ratio = least_ns(mem_same, a, first, N) / least_ns(mem_same, a, last, N);
	if (ratio < 0.4 || ratio > 2.5)
		fail_msg("a difference at the start takes %.3f times what one at the end does", ratio);
	ratio = least_ns(mem_same, a, first, N) / none;
	if (ratio < 0.4 || ratio > 2.5)
		fail_msg("a difference takes %.3f times what none does", ratio);
#ifndef __SANITIZE_ADDRESS__	/* whose memcmp() looks at all */
	/* this would have been found */
	ratio = least_ns(stops_early, a, first, N) / least_ns(stops_early, a, last, N);
	assert_true(ratio < 0.4);
#endif
	free(a);
	free(first);
	free(last);
}

static void count_call(void *arg)
{
	++*(int *)arg;
}

/* Whoever is due when the loop goes may be gone before it. */
static void nobody_is_called_by_a_loop_that_ends(void **state)
{
	struct loop *l = loop_new();
	int calls = 0;

	(void)state;
	loop_after(l, 0, count_call, &calls);
	loop_signal(l, SIGUSR1, count_call, &calls);
	raise(SIGUSR1);
	usleep(2000);
	loop_free(l);
	assert_int_equal(calls, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_measured_in_columns),
		cmocka_unit_test(ambiguous_widths),
		cmocka_unit_test(text_is_cut_between_characters),
		cmocka_unit_test(what_is_not_utf8_is_found),
		cmocka_unit_test(strings_grow),
		cmocka_unit_test(a_map_holds_what_was_put),
		cmocka_unit_test(a_shelf_has_room_for_all),
		cmocka_unit_test(an_index_finds_by_number),
		cmocka_unit_test(what_was_packed_comes_back),
		cmocka_unit_test(a_pool_has_one_copy_of_each),
		cmocka_unit_test(json_is_written_in_two_ways),
		cmocka_unit_test(errors_get_words_on_their_way),
		cmocka_unit_test(a_library_that_lacks_something_is_told),
		cmocka_unit_test(comparing_takes_alike),
		cmocka_unit_test(nobody_is_called_by_a_loop_that_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
