/*
 * The event log: what is put in comes out, filtered and in order; it survives a
 * killed process, damage and a disk without room, and nobody's acknowledgement
 * is overwritten.
 */
#include "store/eventlog.h"

#include "base/file.h"
#include "base/mem.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder.h"

#define LOG "events.db"

static struct eventlog *open_log(int64_t max)
{
	struct err e = { .text = "" };
	struct eventlog *l = eventlog_open(LOG, max, &e);

	if (!l || *e.text)
		fail_msg("%s", e.text);
	return l;
}

static void flush(struct eventlog *l)
{
	struct err e = { .text = "" };

	if (!eventlog_flush(l, &e) || *e.text)
		fail_msg("%s", e.text);
}

static struct entry state_entry(int64_t at, unsigned node, int severity)
{
	struct entry x = { .at = at, .kind = ENTRY_UPS_STATE, .severity = severity, .node = node };

	snprintf(x.name, sizeof x.name, "UPS%u", node);
	strcpy(x.before, "online");
	strcpy(x.after, "on-battery");
	return x;
}

struct seen {
	struct entry list[40];
	size_t n, stop;
};

static bool see(const struct entry *x, void *arg)
{
	struct seen *s = arg;

	if (s->n < 40)
		s->list[s->n] = *x;
	return ++s->n != s->stop;
}

static struct seen list(struct eventlog *l, struct eventlog_filter f)
{
	struct seen s = { .n = 0 };
	struct err e = { .text = "" };

	if (!eventlog_list(l, &f, see, &s, &e))
		fail_msg("%s", e.text);
	return s;
}

static void keeps_every_word(void **state)
{
	struct entry x = { .at = 1790000000123, .kind = ENTRY_SETTING, .severity = 1, .node = 7,
		.name = "電源'1\"; DROP TABLE entry", .before = "60", .after = "90", .cause = 3,
		.who = "山田", .origin = "192.0.2.7", .detail = "ConfirmSeconds" };
	struct eventlog *l = open_log(0);
	struct seen s;

	(void)state;
	assert_int_equal(eventlog_add(l, &x), 1);
	eventlog_close(l);
	l = open_log(0);
	s = list(l, (struct eventlog_filter){ 0 });
	assert_int_equal(s.n, 1);
	x.id = 1;
	assert_memory_equal(&s.list[0], &x, sizeof x);
	assert_int_equal(eventlog_add(l, &x), 2);
	eventlog_close(l);
}

static void is_for_nobody_else(void **state)
{
	struct stat st;

	(void)state;
	eventlog_close(open_log(0));
	assert_int_equal(stat(LOG, &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
}

static void filters(void **state)
{
	struct eventlog *l = open_log(0);
	struct entry x;
	struct seen s;

	(void)state;
	for (int i = 0; i < 20; i++) {
		x = state_entry(1000 * i, i % 4 + 1, i % 4);
		if (i % 5 == 0)
			x.kind = ENTRY_TRAP;
		eventlog_add(l, &x);
	}
	s = list(l, (struct eventlog_filter){ 0 });
	assert_int_equal(s.n, 20);
	assert_int_equal(s.list[0].id, 20);	/* the newest first */
	assert_int_equal(s.list[19].id, 1);
	assert_int_equal(list(l, (struct eventlog_filter){ .since = 5000, .until = 8000 }).n, 3);
	assert_int_equal(list(l, (struct eventlog_filter){ .node = 2 }).n, 5);
	assert_int_equal(list(l, (struct eventlog_filter){ .severity = 2 }).n, 10);
	assert_int_equal(list(l, (struct eventlog_filter){ .kinds = 1u << ENTRY_TRAP }).n, 4);
	assert_int_equal(list(l, (struct eventlog_filter){ .kinds = 1u << ENTRY_TRAP |
		1u << ENTRY_UPS_STATE }).n, 20);
	assert_int_equal(list(l, (struct eventlog_filter){ .kinds = 1u << ENTRY_ACT }).n, 0);
	assert_int_equal(list(l, (struct eventlog_filter){ .text = "ups3" }).n, 5);
	assert_int_equal(list(l, (struct eventlog_filter){ .text = "%" }).n, 0);
	assert_int_equal(list(l, (struct eventlog_filter){ .max = 7 }).n, 7);
	s = list(l, (struct eventlog_filter){ .before_id = 5, .max = 2 });
	assert_int_equal(s.n, 2);
	assert_int_equal(s.list[0].id, 4);
	eventlog_close(l);
}

static void stops_when_told(void **state)
{
	struct eventlog *l = open_log(0);
	struct entry x = state_entry(1, 1, 1);
	struct seen s = { .stop = 2 };

	(void)state;
	for (int i = 0; i < 5; i++)
		eventlog_add(l, &x);
	assert_true(eventlog_list(l, &(struct eventlog_filter){ 0 }, see, &s, NULL));
	assert_int_equal(s.n, 2);
	eventlog_close(l);
}

static void the_first_acknowledgement_stays(void **state)
{
	struct eventlog *l = open_log(0);
	struct entry x = state_entry(1, 1, 3), calm = state_entry(2, 1, 0);
	struct err e = { .text = "" };
	struct seen s;
	size_t n;

	(void)state;
	for (int i = 0; i < 3; i++)
		eventlog_add(l, &x);
	eventlog_add(l, &calm);
	assert_int_equal(eventlog_unseen(l), 3);
	assert_int_equal(list(l, (struct eventlog_filter){ .waiting = true }).n, 3);
	assert_int_equal(eventlog_unseen(l), 3);
	assert_true(eventlog_ack(l, 2, "sato", 500, &e));
	assert_true(eventlog_ack(l, 2, "suzuki", 900, &e));
	s = list(l, (struct eventlog_filter){ 0 });
	assert_string_equal(s.list[2].acked_by, "sato");
	assert_int_equal(s.list[2].acked_at, 500);
	assert_false(entry_waits(&s.list[2]));
	assert_true(eventlog_ack_until(l, 4, "suzuki", 900, &n, &e));
	assert_int_equal(n, 2);
	assert_int_equal(list(l, (struct eventlog_filter){ .waiting = true }).n, 0);
	s = list(l, (struct eventlog_filter){ 0 });
	assert_string_equal(s.list[2].acked_by, "sato");
	assert_string_equal(s.list[0].acked_by, "");	/* it asked for nothing */
	assert_false(eventlog_ack(l, 77, "sato", 1, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_non_null(strstr(e.text, "77"));
	eventlog_close(l);
}

/* What was flushed is there after kill -9, at whatever moment it comes. */
static void survives_a_kill(void **state)
{
	(void)state;
	for (int round = 0; round < 10; round++) {
		int told[2], status;
		int64_t last = 0, id;
		struct eventlog *l;
		struct seen s;
		pid_t pid;

		assert_int_equal(pipe(told), 0);
		pid = fork();
		if (pid == 0) {
			struct entry x = state_entry(1, 1, 1);

			l = eventlog_open(LOG, 0, NULL);
			for (;;) {
				for (int i = 0; i < 3; i++)
					id = eventlog_add(l, &x);
				if (!eventlog_flush(l, NULL) ||
				    write(told[1], &id, sizeof id) != sizeof id)
					_exit(1);
			}
		}
		close(told[1]);
		for (int i = 0; i < 5 + 3 * round; i++)
			assert_int_equal(read(told[0], &last, sizeof last), sizeof last);
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		assert_true(WIFSIGNALED(status));
		while (read(told[0], &id, sizeof id) == sizeof id)
			last = id;
		close(told[0]);
		l = open_log(0);
		s = list(l, (struct eventlog_filter){ .max = 1 });
		assert_true(s.list[0].id >= last);
		eventlog_close(l);
	}
}

static void damage_is_put_aside(void **state)
{
	struct err e = { .text = "" };
	struct entry x = state_entry(1, 1, 1);
	struct eventlog *l;
	char *junk = mem_zero(1, 20000);

	(void)state;
	memset(junk, 'x', 20000);
	assert_true(file_replace(LOG, junk, 20000, 0600, &e));
	free(junk);
	for (int i = 0; i < 2; i++) {
		e.text[0] = '\0';
		l = eventlog_open(LOG, 0, &e);
		assert_non_null(l);
		assert_int_equal(*e.text != '\0', i == 0);	/* said once, and mended */
		eventlog_add(l, &x);
		flush(l);
		eventlog_close(l);
	}
	assert_int_equal(access(LOG ".damaged", F_OK), 0);
}

/* Of 60000; more than is looked through at each start. */
static void make_damaged_large_one(void)
{
	struct entry x = state_entry(1, 1, 1);
	struct eventlog *l = open_log(0);
	struct stat st;
	char *junk = mem_zero(1, 1 << 20);
	FILE *f;

	memset(x.detail, 'x', sizeof x.detail - 1);
	for (int i = 0; i < 60000; i++)
		if (eventlog_add(l, &x) % 500 == 0)
			flush(l);
	eventlog_close(l);
	assert_int_equal(stat(LOG, &st), 0);
	assert_true(st.st_size > 17 << 20);
	f = fopen(LOG, "r+");
	assert_non_null(f);
	fseek(f, 8 << 20, SEEK_SET);
	memset(junk, 'x', 1 << 20);
	assert_int_equal(fwrite(junk, 1 << 20, 1, f), 1);
	fclose(f);
	free(junk);
}

/* It shows when it is read, written to or looked through for what is old: once, and it is mended. */
static void damage_of_a_large_one(void **state)
{
	struct err e = { .text = "" };
	struct entry x = state_entry(1, 1, 1);
	struct eventlog *l;
	struct seen s;
	size_t n;

	(void)state;
	make_damaged_large_one();
	for (int i = 0; i < 4; i++) {
		assert_int_equal(system("cp " LOG " kept.db"), 0);
		l = open_log(0);
		if (i == 0)
			assert_false(eventlog_list(l, &(struct eventlog_filter){ .text = "nowhere" },
			    see, &s, &e));
		else if (i == 1)
			assert_false(eventlog_ack(l, 22000, "sato", 1, &e));
		else if (i == 2)
			assert_false(eventlog_forget(l, 100, &e));
		else	/* by its index alone it finds nothing to do */
			assert_true(eventlog_ack_until(l, 60000, "sato", 1, &n, &e));
		if (i == 3)
			eventlog_list(l, &(struct eventlog_filter){ .text = "nowhere" }, see, &s, &e);
		eventlog_add(l, &x);
		e.text[0] = '\0';
		assert_true(eventlog_flush(l, &e));
		assert_non_null(strstr(e.text, LOG ".damaged"));
		s = list(l, (struct eventlog_filter){ .max = 10 });
		assert_int_equal(s.n, 1);
		eventlog_close(l);
		assert_int_equal(access(LOG ".damaged", F_OK), 0);
		assert_int_equal(system("rm " LOG "*; mv kept.db " LOG), 0);
	}
}

static void is_bounded(void **state)
{
	struct eventlog *l = open_log(256 * 1024);
	struct entry x = state_entry(1, 1, 1);
	struct stat st;
	struct seen s;
	int64_t id = 0;

	(void)state;
	memset(x.detail, 'd', sizeof x.detail - 1);
	for (int i = 0; i < 3000; i++) {
		id = eventlog_add(l, &x);
		if (i % 10 == 9)
			flush(l);
	}
	s = list(l, (struct eventlog_filter){ .max = 100000 });
	assert_int_equal(s.list[0].id, id);
	assert_in_range(s.n, 300, 2000);
	assert_int_equal(eventlog_lost(l), 0);
	assert_int_equal(stat(LOG, &st), 0);
	assert_true(st.st_size <= 256 * 1024);
	eventlog_close(l);
}

/* A disk without room for a while: what came last is there in the end. */
static void waits_for_room(void **state)
{
	struct rlimit was, none = { 0, 0 };
	struct eventlog *l = open_log(0);
	struct entry x = state_entry(1, 1, 1);
	struct err e = { .text = "" };
	struct seen s;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &was);
	none.rlim_max = was.rlim_max;
	setrlimit(RLIMIT_FSIZE, &none);
	eventlog_add(l, &x);
	assert_false(eventlog_flush(l, &e));
	assert_true(*e.text);
	e.text[0] = '\0';
	s = list(l, (struct eventlog_filter){ .max = 5000 });
	assert_int_equal(s.n, 1);	/* what waits is shown */
	for (int i = 0; i < EVENTLOG_WAITING + 9; i++)
		eventlog_add(l, &x);
	assert_false(eventlog_flush(l, &e));
	assert_true(*e.text);
	s = list(l, (struct eventlog_filter){ .max = 10, .text = "NOBODY" });
	assert_int_equal(s.n, 0);
	setrlimit(RLIMIT_FSIZE, &was);
	flush(l);
	assert_int_equal(eventlog_lost(l), 10);
	s = list(l, (struct eventlog_filter){ .max = 5000 });
	assert_int_equal(s.n, EVENTLOG_WAITING);
	assert_int_equal(s.list[0].id, EVENTLOG_WAITING + 10);
	eventlog_close(l);
}

static void forgets_and_shrinks(void **state)
{
	struct eventlog *l = open_log(0);
	struct stat before, after;
	struct err e = { .text = "" };
	struct entry x;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		x = state_entry(i, 1, 1);
		memset(x.detail, 'd', 200);
		eventlog_add(l, &x);
		if (i % 500 == 499)
			flush(l);
	}
	eventlog_close(l);
	assert_int_equal(stat(LOG, &before), 0);
	l = open_log(0);
	assert_true(eventlog_forget(l, 3900, &e));
	assert_int_equal(list(l, (struct eventlog_filter){ .max = 9999 }).n, 1100);
	/* the clock is wrong, or nothing has happened for long: the newest stay */
	for (int i = 0; i < 40; i++)
		assert_true(eventlog_forget(l, 900000, &e));
	assert_int_equal(list(l, (struct eventlog_filter){ .max = 9999 }).n, EVENTLOG_KEPT);
	eventlog_close(l);
	assert_int_equal(stat(LOG, &after), 0);
	assert_true(after.st_size < before.st_size / 3);
}

/* Somebody reads while another writes; he sees what was flushed, and changes nothing. */
static void a_reader_disturbs_nobody(void **state)
{
	struct eventlog *l = open_log(0), *r;
	struct entry x = state_entry(1, 1, 1);
	struct err e = { .text = "" };

	(void)state;
	eventlog_add(l, &x);
	flush(l);
	r = eventlog_open_readonly(LOG, &e);
	assert_non_null(r);
	assert_int_equal(list(r, (struct eventlog_filter){ 0 }).n, 1);
	eventlog_add(l, &x);
	flush(l);
	assert_int_equal(list(r, (struct eventlog_filter){ 0 }).n, 2);
	eventlog_close(r);
	eventlog_close(l);
	assert_null(eventlog_open_readonly("other.db", &e));
	assert_int_equal(access("other.db", F_OK), -1);
}

static void a_newer_one_is_left_alone(void **state)
{
	const char *const steps[] = { "SELECT 1", "SELECT 1", "SELECT 1" };
	struct err e = { .text = "" };
	struct db *d;

	(void)state;
	eventlog_close(open_log(0));
	d = db_open(LOG, steps, 3, 0, &e);	/* what comes after us */
	assert_non_null(d);
	db_close(d);
	assert_null(eventlog_open(LOG, 0, &e));
	assert_non_null(strstr(e.text, "newer"));
	assert_int_equal(access(LOG ".damaged", F_OK), -1);
}

static void told_twice_is_one(void **state)
{
	static const char id[] = "00112233445566778899aabbccddeeff", other[] = "ff";
	struct entry x = state_entry(1, 1, 1), none = state_entry(2, 1, 1);
	struct eventlog *l = open_log(0);
	struct seen s;

	(void)state;
	strcpy(x.told, id);
	assert_false(eventlog_was_told(l, id));
	eventlog_add(l, &x);
	assert_true(eventlog_was_told(l, id));	/* also before it is written */
	eventlog_close(l);
	l = open_log(0);
	assert_true(eventlog_was_told(l, id));
	assert_false(eventlog_was_told(l, other));
	/* the first one stays, with who has seen it; others have no id and are many */
	assert_true(eventlog_ack(l, 1, "sato", 500, NULL));
	eventlog_add(l, &x);
	eventlog_add(l, &none);
	eventlog_add(l, &none);
	flush(l);
	s = list(l, (struct eventlog_filter){ 0 });
	assert_int_equal(s.n, 3);
	assert_int_equal(s.list[2].id, 1);
	assert_string_equal(s.list[2].told, id);
	assert_string_equal(s.list[2].acked_by, "sato");
	eventlog_close(l);
}

/* As the first amc made it. */
#define FIRST_SCHEMA \
	"CREATE TABLE entry (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL," \
	" severity INTEGER NOT NULL, node INTEGER, name TEXT, before TEXT, after TEXT," \
	" cause INTEGER, who TEXT, origin TEXT, detail TEXT, acked_at INTEGER, acked_by TEXT);"

static void an_old_one_is_brought_up(void **state)
{
	const char *const first[] = {
		FIRST_SCHEMA
		"INSERT INTO entry VALUES (7, 1, 'act', 1, 1, 'UPS1', NULL, 'off', NULL, 'sato',"
		" '::1', 'shown', NULL, NULL)" };
	struct entry x = state_entry(1, 1, 1);
	struct eventlog *l;
	struct err e;
	struct seen s;

	(void)state;
	db_close(db_open(LOG, first, 1, 0, &e));
	l = open_log(0);
	strcpy(x.told, "00112233445566778899aabbccddeeff");
	assert_int_equal(eventlog_add(l, &x), 8);
	flush(l);
	s = list(l, (struct eventlog_filter){ 0 });
	assert_int_equal(s.n, 2);
	assert_string_equal(s.list[1].who, "sato");
	assert_string_equal(s.list[1].told, "");
	assert_true(eventlog_was_told(l, x.told));
	eventlog_close(l);
}

/* Without a page to spare: nobody waits for ever because a newer amc wants one more. */
static void an_old_full_one_is_brought_up(void **state)
{
	const char *const first[] = {
		FIRST_SCHEMA
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)"
		" INSERT INTO entry SELECT i, i, 'act', 1, 1, 'UPS1', NULL, 'off', NULL, 'sato',"
		" '::1', printf('%200d', i), NULL, NULL FROM n" };
	struct entry x = state_entry(1, 1, 1);
	struct eventlog *l;
	struct stat st;
	struct err e;

	(void)state;
	db_close(db_open(LOG, first, 1, 0, &e));
	assert_int_equal(stat(LOG, &st), 0);
	l = open_log(st.st_size);
	strcpy(x.told, "00112233445566778899aabbccddeeff");
	assert_int_equal(eventlog_add(l, &x), 1000);
	flush(l);
	assert_true(eventlog_was_told(l, x.told));
	eventlog_close(l);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(keeps_every_word),
		TEST(is_for_nobody_else),
		TEST(filters),
		TEST(stops_when_told),
		TEST(the_first_acknowledgement_stays),
		TEST(survives_a_kill),
		TEST(damage_is_put_aside),
		TEST(damage_of_a_large_one),
		TEST(is_bounded),
		TEST(waits_for_room),
		TEST(forgets_and_shrinks),
		TEST(a_reader_disturbs_nobody),
		TEST(a_newer_one_is_left_alone),
		TEST(told_twice_is_one),
		TEST(an_old_one_is_brought_up),
		TEST(an_old_full_one_is_brought_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
