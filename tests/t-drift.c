/*
 * Do the terminals hold the same site? Who is told of, when, and when no more; and
 * how what one holds compares with the file that is open.
 */
#include "app/context.h"
#include "app/watching.h"
#include "base/mem.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { N = 4, WAIT_MS = 20000 };

static struct loop *loop;
static struct app *app;

static struct watched *watched(int i)
{
	return watching_find(app->watching, site_id(KIND_TERMINAL, i));
}

static const struct terminal_status *status(int i)
{
	return watch_terminal(app, site_id(KIND_TERMINAL, i));
}

/* Nobody listens there: what they hold is told by holds(). */
static int set_up(void **state)
{
	static const char ini[] = "[Network]\nFormat=1\nRevision=7\n[Group1]\nName=G\n"
	    "Parent=Network\n"
	    "[Terminal1]\nName=C1\nParent=Group1.ControlTerminals\nAddress=127.61.77.1\n"
	    "[Terminal2]\nName=C2\nParent=Group1.ControlTerminals\nAddress=127.61.77.2\n"
	    "[Terminal3]\nName=L1\nParent=Group1.LinkedTerminals\nAddress=127.61.77.3\n"
	    "[Terminal4]\nName=L2\nParent=Group1.LinkedTerminals\nAddress=127.61.77.4\n";
	struct app_options none = { 0 };
	int64_t end = loop_now() + WAIT_MS;

	(void)state;
	loop = loop_new();
	app = app_new(loop, &none, NULL);
	assert_true(app_open_text(app, "site.ini", ini, sizeof ini - 1, NULL));
	watch_start(app);
	while (!watch_settled(app) && loop_now() < end)
		loop_once(loop, 100);
	assert_true(watch_settled(app));
	for (int i = 1; i <= N; i++)
		watched_again(watched(i), 3600 * 1000);	/* they are not asked again */
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	app_free(app);
	loop_free(loop);
	return 0;
}

static void holds(int i, int revision, uint64_t digest)
{
	struct terminal_status *s = watched_terminal_own(watched(i));

	s->state = TERMINAL_NORMAL;
	s->revision = revision;
	s->digest = digest;
}

/* A look at them, as if the differences that are known were so many ms old. */
static void look(int older)
{
	int64_t end = loop_now() + 1200;

	for (int i = 1; i <= N; i++) {
		struct terminal_status *s = watched_terminal_own(watched(i));

		if (s->differs_since)
			s->differs_since -= older;
	}
	watching_compare(app->watching);
	while (loop_now() < end)
		loop_once(loop, 50);
}

static void one_is_behind(void **state)
{
	struct alarm alarm;

	(void)state;
	holds(1, 7, 0xa);
	holds(2, 7, 0xa);
	holds(3, 6, 0xb);
	look(0);
	assert_true(status(3)->differs_since > 0);
	assert_false(status(3)->differs);	/* a sending under way is no news */
	look(WATCH_DRIFT_MS - 5000);
	assert_false(status(3)->differs);
	look(6000);
	assert_true(status(3)->differs);
	assert_false(status(1)->differs);
	assert_int_equal(status(3)->others, 7);
	assert_int_equal(watch_severity(app, site_id(KIND_TERMINAL, 3)), 2);
	assert_int_equal(status(4)->state, TERMINAL_STOPPED);	/* counts for nothing */
	holds(4, 7, 0xa);
	for (int i = 1; i <= N; i++)
		watching_judge(watched(i));
	assert_true(watch_alarm(app, &alarm));
	assert_non_null(strstr(alarm.text, "L1 holds revision 6, others 7, since "));
	holds(3, 7, 0xa);
	look(0);
	assert_false(status(3)->differs);
	assert_int_equal(status(3)->differs_since, 0);
	assert_int_equal(watch_severity(app, site_id(KIND_TERMINAL, 3)), 0);
}

static void one_has_other_bytes(void **state)
{
	struct alarm alarm;

	(void)state;
	holds(1, 7, 0xb);
	for (int i = 2; i <= N; i++)
		holds(i, 7, 0xa);
	for (int i = 1; i <= N; i++)
		watching_judge(watched(i));
	look(0);
	look(WATCH_DRIFT_MS);
	assert_true(status(1)->differs);
	for (int i = 2; i <= N; i++)
		assert_false(status(i)->differs);
	assert_true(watch_alarm(app, &alarm));
	assert_non_null(strstr(alarm.text,
	    "C1 holds revision 7 with other content than the others since "));
}

/* With many terminals somebody answers all the time: they are compared all the same. */
static void while_all_are_heard(void **state)
{
	int64_t end = loop_now() + 2500;

	(void)state;
	for (int i = 1; i <= N; i++)
		holds(i, 7, i == 1 ? 0xb : 0xa);
	while (loop_now() < end) {
		watching_compare(app->watching);
		loop_once(loop, 100);
	}
	assert_true(status(1)->differs_since > 0);
}

static void beside_the_file(void **state)
{
	(void)state;
	assert_int_equal(watch_drift(app, NULL), DRIFT_UNKNOWN);
	assert_int_equal(watch_drift(app, status(1)), DRIFT_UNKNOWN);
	holds(1, 7, app_digest(app));
	assert_int_equal(watch_drift(app, status(1)), DRIFT_SAME);
	holds(1, 7, app_digest(app) + 1);
	assert_int_equal(watch_drift(app, status(1)), DRIFT_DIFFERENT);
	holds(1, 6, 1);
	assert_int_equal(watch_drift(app, status(1)), DRIFT_BEHIND);
	holds(1, 8, 1);
	assert_int_equal(watch_drift(app, status(1)), DRIFT_AHEAD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_is_behind, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_has_other_bytes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(while_all_are_heard, set_up, tear_down),
		cmocka_unit_test_setup_teardown(beside_the_file, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("drift", tests, NULL, NULL);
}
