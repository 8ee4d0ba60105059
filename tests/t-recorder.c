/* Events of a control terminal whose database is not to be had, or not yet: none is lost. */
#include "app/recorder.h"
#include "app/note.h"
#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char site[] = "[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n"
	"[Ups1]\nName=UPS1\nParent=Group1.PowerDevices\n";

static struct loop *loop;
static struct app *app;
static struct recorder *recorder;

static void start(void)
{
	struct app_options o = { .read_only = true };
	struct err e;

	loop = loop_new();
	app = app_new(loop, &o, &e);
	assert_true(app_open_text(app, "site", site, strlen(site), &e));
	recorder = recorder_new(app, ".");
}

static void stop(void)
{
	recorder_free(recorder);
	app_free(app);
	loop_free(loop);
}

static void happens(enum entry_kind kind, int severity, const char *after)
{
	app_note_node(app, site_id(KIND_UPS, 1), kind, severity, NULL, after, NULL);
}

struct seen {
	struct entry list[10];
	size_t n;
};

static bool see(const struct entry *x, void *arg)
{
	struct seen *s = arg;

	if (s->n < 10)
		s->list[s->n] = *x;
	s->n++;
	return true;
}

static struct seen events(void)
{
	struct seen s = { .n = 0 };

	assert_true(eventlog_list(recorder_events(recorder),
	    &(struct eventlog_filter){ .max = 9999 }, see, &s, NULL));
	return s;
}

static void nothing_is_lost_before_it_can_be_had(void **state)
{
	struct seen s;
	struct err e;

	(void)state;
	start();
	happens(ENTRY_UPS_STATE, 1, "online");
	stop();
	assert_int_equal(rename("events.db", "kept.db"), 0);
	assert_int_equal(mkdir("events.db", 0700), 0);
	start();
	assert_null(recorder_events(recorder));
	happens(ENTRY_UPS_STATE, 3, "on-battery");
	happens(ENTRY_UPS_FLAG, 2, "overload");
	assert_false(recorder_keep(recorder, &e));
	assert_non_null(strstr(e.text, "events.db"));
	assert_int_equal(rmdir("events.db"), 0);
	assert_int_equal(rename("kept.db", "events.db"), 0);
	assert_true(recorder_keep(recorder, &e));
	happens(ENTRY_UPS_STATE, 1, "online");
	s = events();
	assert_int_equal(s.n, 4);
	assert_string_equal(s.list[3].after, "online");
	assert_string_equal(s.list[2].after, "on-battery");
	assert_int_equal(s.list[2].id, 2);
	assert_true(s.list[2].at > 0);
	/* and what follows from what */
	assert_int_equal(s.list[1].cause, 2);
	assert_int_equal(s.list[0].cause, 2);
	stop();
}

static void so_many_wait(void **state)
{
	struct err e;

	(void)state;
	assert_int_equal(mkdir("events.db", 0700), 0);
	start();
	for (int i = 0; i < EVENTLOG_WAITING + 5; i++)
		happens(ENTRY_TRAP, 1, i < 5 ? "old" : "new");
	assert_int_equal(rmdir("events.db"), 0);
	assert_true(recorder_keep(recorder, &e));
	assert_int_equal(events().n, EVENTLOG_WAITING);
	assert_string_equal(events().list[9].after, "new");
	assert_string_equal(recorder_trouble(recorder), "");
	stop();
}

/* Told by another program, which tells it until it is kept. */
static void what_was_told_is_known(void **state)
{
	struct entry x = { .kind = ENTRY_ACT, .after = "off",
		.told = "00112233445566778899aabbccddeeff" };
	struct err e;

	(void)state;
	assert_int_equal(mkdir("events.db", 0700), 0);
	start();
	assert_false(recorder_was_told(recorder, x.told));
	app_note(app, &x);
	assert_true(recorder_was_told(recorder, x.told));
	assert_false(recorder_keep(recorder, &e));
	assert_int_equal(rmdir("events.db"), 0);
	assert_true(recorder_keep(recorder, &e));
	assert_true(recorder_was_told(recorder, x.told));
	assert_int_equal(events().n, 1);
	stop();
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_lost_before_it_can_be_had), TEST(so_many_wait),
		TEST(what_was_told_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
