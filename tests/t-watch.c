/*
 * Watching cards: how often they are asked, what is said of those that do not
 * answer, and of what is found where another UPS was.
 */
#include "app/context.h"
#include "app/watching.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { PORT = 16131, WAIT_MS = 20000, CARDS = 3, TERMINALS = 60 };

static struct loop *loop;
static struct app *app;
static char dir[64], *upssim, *control;
static pid_t sim;
static char address[CARDS][32];
static unsigned id[CARDS];

/* Cards at base and the addresses after it, or one that replays a record. */
static void start_cards(const char *base, int cards, const char *record)
{
	char *at = mem_printf("%s:%d", base, PORT), *n = mem_printf("%d", cards);
	char line[64] = "";
	int out[2];
	FILE *f;

	assert_int_equal(pipe(out), 0);
	sim = fork();
	if (sim == 0) {
		dup2(out[1], STDOUT_FILENO);
		execl(upssim, upssim, "--with-parent", "--base", at, "--cards", n, "--control",
		    control, record ? "--replay" : "--seed", record ? record : "1", (char *)NULL);
		_exit(127);
	}
	close(out[1]);
	f = fdopen(out[0], "r");
	assert_non_null(fgets(line, sizeof line, f));
	assert_string_equal(line, "ready\n");
	fclose(f);
	free(at);
	free(n);
}

static void stop_cards(void)
{
	if (sim <= 0)
		return;
	kill(sim, SIGTERM);
	waitpid(sim, NULL, 0);
	sim = 0;
}

static void say(const char *line)
{
	char *command = mem_printf("'%s' ctl '%s' %s", upssim, control, line);

	assert_int_equal(system(command), 0);
	free(command);
}

/* UPS1 to UPS3 at addresses, or at what is given instead of the third. */
static void open_site(const char *third)
{
	struct text ini = { 0 };
	struct err e = { .text = "" };

	text_add(&ini, "[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n"
	    "SnmpFailConfirmSeconds=10\n");
	for (int i = 0; i < CARDS; i++)
		text_printf(&ini, "[Ups%d]\nName=UPS%d\nParent=Group1.PowerDevices\nAddress=%s\n"
		    "SnmpPort=%d\nSnmpVersion=2c\n", i + 1, i + 1,
		    i == 2 && third ? third : address[i], PORT);
	if (!app_open_text(app, "watch", ini.s, ini.len, &e))
		fail_msg("%s", e.text);
	text_done(&ini);
	for (int i = 0; i < CARDS; i++) {
		char name[8];

		snprintf(name, sizeof name, "UPS%d", i + 1);
		id[i] = site_named(app_site(app), KIND_UPS, name, NULL)->id;
	}
	watch_start(app);
}

static int setup(void **state)
{
	const char *build = getenv("top_builddir");
	struct err e;

	(void)state;
	snprintf(dir, sizeof dir, "/tmp/amc-watch-XXXXXX");
	assert_non_null(mkdtemp(dir));
	control = file_join(dir, "control");
	upssim = file_join(build ? build : ".", "upssim");
	loop = loop_new();
	app = app_new(loop, &(struct app_options){ .profiles = NULL }, &e);
	for (int i = 0; i < CARDS; i++)
		snprintf(address[i], sizeof address[i], "127.63.%d.%d", getpid() % 250, i + 1);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	stop_cards();
	app_free(app);
	loop_free(loop);
	unlink(control);
	rmdir(dir);
	free(control);
	free(upssim);
	return 0;
}

static const struct ups_status *status(int card)
{
	return watch_ups(app, id[card]);
}

/* Until the card has answered, or failed, since then. */
static const struct ups_status *hear(int card, bool answer)
{
	int64_t since = loop_now(), end = since + WAIT_MS;
	const struct ups_status *s;

	while (loop_now() < end) {
		loop_once(loop, 20);
		s = status(card);
		if (s && (answer ? s->known && s->at > since && !s->silent_since :
		    s->silent_since != 0))
			return s;
	}
	fail_msg("%s: nothing heard", address[card]);
	return NULL;
}

static bool was_told(const char *words)
{
	unsigned long seen = 0;
	char text[200];

	while (watch_news(app, &seen, text, sizeof text))
		if (strstr(text, words))
			return true;
	return false;
}

static void reasons_are_told_apart(void **state)
{
	const struct ups_status *s;

	(void)state;
	start_cards(address[0], 2, NULL);
	say("UPS2 dead");
	open_site(NULL);	/* nobody is at the third */
	s = hear(2, false);
	assert_non_null(strstr(s->error, "refuses: nothing listens on UDP port 16131"));
	s = hear(1, false);
	assert_non_null(strstr(s->error, "does not answer SNMP v2c; check the address, the "
	    "community and the card's access list"));
	/* the card speaks, its UPS does not */
	say("UPS1 comm off");
	watch_soon(app, id[0]);
	s = hear(0, true);
	assert_int_equal(s->reading.state, UPS_COMM_LOST);
	assert_string_equal(s->error, "");
}

static void what_is_no_ups_says_so(void **state)
{
	char *record = file_join(dir, "printer.snmprec");
	const char *text = "1.3.6.1.2.1.1.1.0|4|a printer\n1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.11.2.3.9\n";
	const struct ups_status *s;
	struct err e;

	(void)state;
	assert_true(file_replace(record, text, strlen(text), 0600, &e));
	start_cards(address[0], 1, record);
	open_site(NULL);
	s = hear(0, false);
	assert_non_null(strstr(s->error, "answers, but is no UPS that a profile knows "
	    "(sysObjectID 1.3.6.1.4.1.11.2.3.9)"));
	unlink(record);
	free(record);
}

/* The cards that are started next begin an address before: each gets another number. */
static void another_ups_is_noticed(void **state)
{
	struct alarm alarm;
	char before[64], earlier[32];

	(void)state;
	start_cards(address[0], CARDS, NULL);
	open_site(NULL);
	snprintf(before, sizeof before, "%s", hear(0, true)->reading.serial);
	assert_true(*before);
	assert_false(watch_ups_replaced(app, id[0]));
	stop_cards();
	snprintf(earlier, sizeof earlier, "127.63.%d.0", getpid() % 250);
	start_cards(earlier, CARDS + 1, NULL);
	watch_soon(app, id[0]);
	assert_string_not_equal(hear(0, true)->reading.serial, before);
	assert_true(watch_ups_replaced(app, id[0]));
	assert_string_equal(status(0)->replaced, before);
	assert_true(was_told("UPS1: another UPS answers there: serial number "));
	assert_int_equal(watch_severity(app, id[0]), 1);
	assert_true(watch_alarm(app, &alarm));
	assert_non_null(strstr(alarm.text, "is another UPS since"));
	/* told once: the next reading is an ordinary one */
	watch_soon(app, id[0]);
	assert_true(status(0)->replaced_at < hear(0, true)->at);
}

/* Every 2 s while on battery: one outage and its end are seen in time. */
static void an_outage_is_seen_in_time(void **state)
{
	int64_t begin;

	(void)state;
	start_cards(address[0], CARDS, NULL);
	open_site(NULL);
	hear(0, true);
	say("UPS1 mains off");
	begin = loop_now();
	while (status(0)->reading.state != UPS_ON_BATTERY)
		loop_once(loop, 20);
	assert_in_range(loop_now() - begin, 0, WATCH_MS + 1000);
	assert_int_equal(status(0)->interval, WATCH_BATTERY_MS);
	say("UPS1 mains on");
	begin = loop_now();
	while (status(0)->reading.state == UPS_ON_BATTERY && loop_now() < begin + WAIT_MS)
		loop_once(loop, 20);
	/* the simulated UPS takes a moment to go back */
	assert_in_range(loop_now() - begin, 0, WATCH_BATTERY_MS + 6000);
	assert_true(was_told("UPS1: mains power is back"));
}

static void wait_until(bool (*what)(void), int64_t end)
{
	while (!what() && loop_now() < end)
		loop_once(loop, 20);
}

static bool is_stale(void)
{
	return watch_ups_stale(app, id[0]);
}

static bool is_lost(void)
{
	return watch_ups_state(app, id[0]) == UPS_COMM_LOST;
}

static bool on_battery(void)
{
	return status(0)->reading.state == UPS_ON_BATTERY;
}

/* Its readings look old after two intervals; it is lost when its group says so. */
static void silence_grows_old(void **state)
{
	int64_t last, silent;

	(void)state;
	start_cards(address[0], CARDS, NULL);
	open_site(NULL);
	hear(0, true);
	say("UPS1 mains off");
	watch_soon(app, id[0]);
	wait_until(on_battery, loop_now() + WAIT_MS);
	say("UPS1 dead");
	assert_false(is_stale());
	wait_until(is_stale, loop_now() + WAIT_MS);
	last = status(0)->at;
	assert_in_range(loop_now() - last, 2 * WATCH_BATTERY_MS, 2 * WATCH_BATTERY_MS + 1000);
	silent = hear(0, false)->silent_since;
	assert_int_equal(watch_ups_state(app, id[0]), UPS_ON_BATTERY);
	wait_until(is_lost, silent + WAIT_MS);
	assert_in_range(loop_now() - silent, 10000, 11000);
	say("UPS1 alive");
	watch_soon(app, id[0]);
	hear(0, true);
	assert_false(is_lost());
	assert_true(was_told("UPS1: answers again"));
	assert_true(status(0)->interval < WATCH_MS);
	/* the others were asked all the while */
	assert_in_range(loop_now() - status(1)->at, 0, WATCH_MS + 500);
}

static void intervals(void **state)
{
	(void)state;
	assert_int_equal(watching_interval(0, false), 8000);
	assert_int_equal(watching_interval(0, true), 2000);
	assert_int_equal(watching_interval(1, true), 8000);
	for (unsigned failures = 0; failures < 1000; failures++) {
		assert_in_range(watching_interval(failures, false), 8000, 60000);
		assert_true(watching_interval(failures + 1, false) >=
		    watching_interval(failures, false));
	}
}

/* However often something happens, a card is asked now and then only. */
static void soon_is_bounded(void **state)
{
	int64_t last = 0, end;
	int answers = 0;

	(void)state;
	start_cards(address[0], 1, NULL);
	open_site(NULL);
	hear(0, true);
	for (end = loop_now() + 1200; loop_now() < end;) {
		watch_soon(app, id[0]);
		watch_soon(app, 4711);
		loop_once(loop, 1);
		answers += status(0)->at != last;
		last = status(0)->at;
	}
	assert_in_range(answers, 3, 7);
}

/* One that has not answered yet is not asked a second thing, whatever happens. */
static void one_question_at_a_time(void **state)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(PORT) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0), heard = 0;
	int64_t end = 0;
	char packet[1500];

	(void)state;
	inet_pton(AF_INET, address[0], &a.sin_addr);
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof a), 0);
	open_site(NULL);
	/* three times as long as the shortest time between two questions */
	for (int64_t most = loop_now() + WAIT_MS; loop_now() < (end ? end : most);) {
		watch_soon(app, id[0]);
		loop_once(loop, 1);
		while (recv(fd, packet, sizeof packet, 0) > 0)
			heard++;
		if (heard && !end)
			end = loop_now() + 3 * WATCH_LEAST_MS;
	}
	close(fd);
	assert_int_equal(heard, 1);
}

/* A name of the hosts file is looked up; what does not exist says so. */
static void names_are_looked_up(void **state)
{
	const struct ups_status *s;

	(void)state;
	start_cards("127.0.0.1", 1, NULL);
	open_site("localhost");
	s = hear(2, true);
	assert_int_equal(s->reading.state, UPS_ONLINE);
	/* RFC 6761: a name that nobody has, whatever server is asked */
	watch_stop(app);
	open_site("ups.invalid");
	s = hear(2, false);
	assert_non_null(strstr(s->error, "ups.invalid: "));
}

static size_t terminals_heard(void)
{
	size_t i = 0, n = 0;

	while (watch_each_asked(app, &i))
		n++;
	return n;
}

/*
 * Terminals that are silent at once, as they have no address. While keys are pressed few
 * are asked at a time, and yet all of them; and the rules have nothing of it to look at.
 */
static void keys_come_first(void **state)
{
	struct text ini = { 0 };
	struct err e = { .text = "" };
	int64_t from, at;
	size_t n = 0;

	(void)state;
	text_add(&ini, "[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n");
	for (int i = 1; i <= TERMINALS; i++)
		text_printf(&ini, "[Terminal%d]\nName=T%d\nParent=Group1.LinkedTerminals\n", i, i);
	if (!app_open_text(app, "watch", ini.s, ini.len, &e))
		fail_msg("%s", e.text);
	text_done(&ini);
	app_check(app);
	watch_start(app);
	watch_at_leisure(app);
	for (from = at = loop_now(); n < TERMINALS && at < from + WAIT_MS; n = terminals_heard()) {
		watch_typed(app);
		loop_once(loop, WATCH_SLICE_MS);
		at = loop_now();
		assert_true((int64_t)terminals_heard() <=
		    (1 + (at - from) / WATCH_SLICE_MS) * WATCH_SLICE_TYPED);
	}
	assert_int_equal(n, TERMINALS);
	assert_false(app->live_heard || app->live_due);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(reasons_are_told_apart),
		TEST(what_is_no_ups_says_so),
		TEST(another_ups_is_noticed),
		TEST(an_outage_is_seen_in_time),
		TEST(silence_grows_old),
		TEST(intervals),
		TEST(soon_is_bounded),
		TEST(one_question_at_a_time),
		TEST(names_are_looked_up),
		TEST(keys_come_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
