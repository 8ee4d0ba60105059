/*
 * Which events become which messages: a cause is one message, one that flaps is told
 * seldom, what is worse is told soon, that it is over follows. Time is an argument.
 */
#include "base/text.h"
#include "model/notice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WAIT = 20000, QUIET = 600000, SECOND = 1000 };
#define START INT64_C(1700000000000)

static struct notices fresh(void)
{
	return (struct notices){ .severity = 2, .wait_ms = WAIT, .quiet_ms = QUIET };
}

static bool add(struct notices *l, enum entry_kind kind, unsigned node, int severity,
    const char *after, int64_t at)
{
	struct entry x = { .kind = kind, .node = node, .severity = severity };

	snprintf(x.name, sizeof x.name, "UPS%u", node);
	text_copy(x.after, sizeof x.after, after);
	return notices_add(l, &x, START + at);
}

static bool state(struct notices *l, unsigned node, const char *word, int severity, int64_t at)
{
	return add(l, ENTRY_UPS_STATE, node, severity, word, at);
}

/* Everything that is told until then; how many messages and lines. */
static void run(struct notices *l, int64_t until, size_t *messages, size_t *lines)
{
	int64_t due;

	*messages = *lines = 0;
	while ((due = notices_due(l)) && due <= START + until) {
		size_t n;

		free(notices_take(l, due, &n));
		assert_true(n > 0);
		(*messages)++;
		*lines += n;
	}
}

static void a_cause_is_one_message(void **unused)
{
	struct notices l = fresh();
	size_t messages, lines;

	(void)unused;
	for (unsigned i = 1; i <= 40; i++)
		assert_true(add(&l, ENTRY_UPS_SILENT, i, 2, "", i * 400));
	run(&l, WAIT - 1, &messages, &lines);
	assert_int_equal(messages, 0);
	run(&l, 3600000, &messages, &lines);
	assert_int_equal(messages, 1);
	assert_int_equal(lines, 40);
	for (unsigned i = 1; i <= 40; i++)
		assert_true(add(&l, ENTRY_UPS_BACK, i, 1, "", 3700000 + i * 1000));
	run(&l, 7200000, &messages, &lines);
	assert_int_equal(messages, 1);
	assert_int_equal(lines, 40);
	notices_done(&l);
}

static void bad_comes_first(void **unused)
{
	struct notices l = fresh();
	struct notice_item *items;
	size_t n;

	(void)unused;
	state(&l, 1, "on-battery", 2, 0);
	state(&l, 1, "online", 0, 5 * SECOND);
	state(&l, 2, "on-battery", 2, 6 * SECOND);
	state(&l, 3, "low-battery", 3, 30 * SECOND);
	items = notices_take(&l, START + 33 * SECOND, &n);
	assert_int_equal(n, 3);
	assert_string_equal(items[0].word, "low-battery");
	assert_string_equal(items[1].name, "UPS2");
	assert_true(items[2].over);
	assert_int_equal(items[2].since, START);
	assert_int_equal(items[2].at, START + 5 * SECOND);
	free(items);
	assert_int_equal(notices_due(&l), 0);
	notices_done(&l);
}

static void one_that_flaps_is_told_seldom(void **unused)
{
	struct notices l = fresh();
	size_t messages = 0, lines = 0, all = 0;

	(void)unused;
	for (int i = 0; i < 180; i++) {		/* an hour, each 10 s another state */
		state(&l, 1, i % 2 ? "online" : "on-battery", i % 2 ? 0 : 2, i * 20 * SECOND);
		run(&l, (i + 1) * 20 * SECOND, &messages, &lines);
		all += messages;
	}
	assert_in_range(all, 3, 9);
	/* and in the end that it is over, with the last word */
	run(&l, 3 * 3600000, &messages, &lines);
	assert_true(messages <= 1);
	assert_true(l.n == 0 || l.list[0].item.over);
	assert_true(l.n == 0 || !l.list[0].told);
	notices_done(&l);
}

static void worse_is_told_soon(void **unused)
{
	struct notices l = fresh();
	size_t messages, lines;

	(void)unused;
	for (int i = 0; i < 10; i++) {
		state(&l, 1, i % 2 ? "online" : "on-battery", i % 2 ? 0 : 2, i * 61 * SECOND);
		run(&l, (i + 1) * 61 * SECOND, &messages, &lines);
	}
	state(&l, 1, "low-battery", 3, 611 * SECOND);
	assert_int_equal(notices_due(&l), START + 614 * SECOND);
	run(&l, 614 * SECOND, &messages, &lines);
	assert_int_equal(messages, 1);
	notices_done(&l);
}

static void only_what_concerns(void **unused)
{
	struct notices l = fresh();

	(void)unused;
	assert_false(state(&l, 1, "test", 1, 0));
	assert_false(state(&l, 1, "online", 0, 1));
	assert_false(add(&l, ENTRY_UPS_BACK, 1, 1, "", 2));
	l.kinds = 1u << ENTRY_UPS_SILENT;
	assert_false(state(&l, 1, "on-battery", 2, 3));
	assert_true(add(&l, ENTRY_UPS_SILENT, 1, 2, "", 4));
	assert_true(add(&l, ENTRY_UPS_BACK, 1, 1, "", 5));
	notices_done(&l);
}

/* After a restart the same is heard again. */
static void what_was_told_is_not_told_again(void **unused)
{
	struct notices l = fresh();
	size_t messages, lines;

	(void)unused;
	state(&l, 1, "on-battery", 2, 0);
	run(&l, WAIT, &messages, &lines);
	assert_int_equal(messages, 1);
	assert_false(state(&l, 1, "on-battery", 2, 60 * SECOND));
	assert_int_equal(notices_due(&l), 0);
	notices_end(&l, &l.list[0], START + 70 * SECOND);
	run(&l, 200 * SECOND, &messages, &lines);
	assert_int_equal(messages, 1);
	notices_done(&l);
}

static void a_trap_has_no_end(void **unused)
{
	struct notices l = fresh();
	size_t messages, lines, all = 0;

	(void)unused;
	l.severity = 1;
	for (int i = 0; i < 100; i++) {
		add(&l, ENTRY_TRAP, 1, 1, "upsOnBattery", i * SECOND);
		run(&l, i * SECOND, &messages, &lines);
		all += messages;
	}
	assert_int_equal(all, 1);
	run(&l, 3600000, &messages, &lines);
	assert_int_equal(messages, 1);
	notices_done(&l);
}

static void it_is_bounded(void **unused)
{
	struct notices l = fresh();

	(void)unused;
	l.wait_ms = 1;
	for (unsigned i = 1; i <= NOTICE_SUBJECTS + 50; i++)
		add(&l, ENTRY_UPS_SILENT, i, 2, "", i);
	assert_int_equal(l.n, NOTICE_SUBJECTS);
	notices_done(&l);
}

static void nothing_but_printable_text(void **unused)
{
	struct notices l = fresh();
	struct entry x = { .kind = ENTRY_UPS_SILENT, .severity = 2, .name = "A\r\nBcc: b@c.d",
		.detail = "x\033[2J\ny" };

	(void)unused;
	assert_true(notices_add(&l, &x, START));
	assert_string_equal(l.list[0].item.name, "A??Bcc: b@c.d");
	assert_string_equal(l.list[0].item.detail, "x?[2J?y");
	notices_done(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cause_is_one_message),
		cmocka_unit_test(bad_comes_first),
		cmocka_unit_test(one_that_flaps_is_told_seldom),
		cmocka_unit_test(worse_is_told_soon),
		cmocka_unit_test(only_what_concerns),
		cmocka_unit_test(what_was_told_is_not_told_again),
		cmocka_unit_test(a_trap_has_no_end),
		cmocka_unit_test(it_is_bounded),
		cmocka_unit_test(nothing_but_printable_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
