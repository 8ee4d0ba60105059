/*
 * The life of an order to go down: kept before anything is done, over a restart, a kill
 * and another boot; run once at most; called off in time or too late; and what goes wrong.
 */
#include "app/duty.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "folder.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static struct loop *loop;
static struct duty *duty;
static char folder[100];

/* What was told last, and how often. */
static struct {
	enum duty_news news;
	unsigned times;
	char who[132], words[400];
	bool kept;		/* was the file there when it was told? */
} heard;

static bool is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static void told(enum duty_news n, const struct duty_order *o, const char *words, void *arg)
{
	(void)arg;
	heard.news = n;
	heard.times++;
	heard.kept = is_there("state/duty");
	text_copy(heard.who, sizeof heard.who, o->who);
	text_copy(heard.words, sizeof heard.words, words);
}

static void put_file(const char *path, const char *text, mode_t mode)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	assert_int_equal(chmod(path, mode), 0);
}

static char *contents(const char *path)
{
	size_t len;
	char *text = file_read(path, 100000, &len, NULL);

	return text ? text : mem_dup("");
}

static bool has(const char *path, const char *words)
{
	char *text = contents(path);
	bool is = strstr(text, words) != NULL;

	free(text);
	return is;
}

static unsigned runs(void)
{
	char *text = contents("ran");
	unsigned n = 0;

	for (const char *p = text; (p = strchr(p, '\n')); p++)
		n++;
	free(text);
	return n;
}

static void boot(const char *id)
{
	put_file("root/proc/sys/kernel/random/boot_id", id, 0600);
}

/* Its program is SCRIPT, which ends in a folder of its own, with the folder as argument. */
static void command(const char *script)
{
	struct words w = { 0 };
	char *text = mem_printf("%s/%s %s", folder, script, folder);

	words_split(&w, text, " ");
	duty_command(duty, &w);
	words_done(&w);
	free(text);
}

static void start(void)
{
	char *root = mem_printf("%s/root", folder);

	loop = loop_new();
	duty = duty_new(loop, "state", root, told, NULL);
	free(root);
	memset(&heard, 0, sizeof heard);
	command("down");
	duty_go_on(duty);
}

static void stop(void)
{
	duty_free(duty);
	loop_free(loop);
	duty = NULL;
	loop = NULL;
}

static void restart(void)
{
	stop();
	start();
}

static int begin(void **state)
{
	if (make_folder(state) < 0 || !getcwd(folder, sizeof folder) ||
	    !file_mkdirs("root/proc/sys/kernel/random", 0700, NULL) || mkdir("state", 0700))
		return -1;
	boot("11111111-2222-3333-4444-555555555555\n");
	put_file("down", "#!/bin/sh\nenv | sort >\"$1/env\"\npwd >>\"$1/env\"\necho x >>\"$1/ran\"\n",
	    0700);
	put_file("broken", "#!/bin/sh\necho 'the disks are busy'\nexit 3\n", 0700);
	start();
	return 0;
}

static int end(void **state)
{
	stop();
	return remove_folder(state);
}

static const struct duty_order an_order = { .who = "sato", .why = "drill", .from = "SV1",
	.address = "127.0.0.1", .in = 0, .takes = 60 };

static bool take(int in, struct err *e)
{
	struct duty_order o = an_order;

	o.in = in;
	return duty_take(duty, &o, e);
}

static bool cancel(struct err *e)
{
	struct duty_order o = { .who = "suzuki", .why = "mains back", .from = "SV2" };

	return duty_cancel(duty, &o, e);
}

/* Until that was told, or ms have gone. */
static bool comes(enum duty_news news, int ms)
{
	int64_t limit = loop_now() + ms;

	while (!(heard.times && heard.news == news) && loop_now() < limit)
		loop_once(loop, 20);
	return heard.times && heard.news == news;
}

static bool runs_soon(unsigned n)
{
	int64_t limit = loop_now() + 5000;

	while (runs() != n && loop_now() < limit)
		loop_once(loop, 20);
	return runs() == n;
}

static void pass(int ms)
{
	int64_t limit = loop_now() + ms;

	while (loop_now() < limit)
		loop_once(loop, 20);
}

/* One number of the kept file is another one. */
static void edit(const char *key, long long value)
{
	char *text = contents("state/duty"), *at, *behind, *out, *name = mem_printf("\"%s\": ", key);

	at = strstr(text, name);
	assert_non_null(at);
	at += strlen(name);
	behind = at + strspn(at, "-0123456789");
	*at = *behind == ',' ? '\0' : *at;
	out = mem_printf("%s%lld,%s", text, value, behind + 1);
	put_file("state/duty", out, 0600);
	free(out);
	free(name);
	free(text);
}

static void is_kept_before_it_is_told(void **state)
{
	struct err e = { .text = "" };
	struct stat st;
	struct json *j;

	(void)state;
	assert_null(duty_order(duty));
	assert_null(duty_json(duty));
	assert_true(take(30, &e));
	assert_int_equal(heard.news, DUTY_TAKEN);
	assert_true(heard.kept);
	assert_int_equal(stat("state/duty", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	j = duty_json(duty);
	assert_in_range(json_get_number(j, "in_seconds", -1), 29, 30);
	assert_string_equal(json_get_text(j, "who"), "sato");
	assert_string_equal(json_get_text(j, "why"), "drill");
	assert_string_equal(json_get_text(j, "from"), "SV1");
	assert_false(json_is_yes(json_get(j, "begun")));
	json_free(j);
	assert_false(take(0, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_string_equal(e.text, "it is ordered to go down already, by sato; that can be called off");
	pass(100);
	assert_int_equal(runs(), 0);
}

static void at_once_is_from_the_loop(void **state)
{
	struct err e = { .text = "" };

	(void)state;
	assert_true(take(0, &e));
	assert_int_equal(heard.news, DUTY_TAKEN);
	assert_true(comes(DUTY_BEGUN, 5000));
	assert_true(has("state/duty", "\"begun\": ") && !has("state/duty", "\"begun\": 0,"));
	assert_true(runs_soon(1));
	assert_true(has("env", "AMC_FROM=SV1\nAMC_WHO=sato\nAMC_WHY=drill\n"));
	assert_true(has("env", "\n/\n"));
	assert_false(take(0, &e));
	assert_string_equal(e.text, "it is going down already, ordered by sato");
	assert_false(cancel(&e));
	assert_string_equal(e.text, "too late: it began to go down 0 s ago");
	restart();
	assert_non_null(duty_order(duty));
	pass(200);
	assert_int_equal(runs(), 1);
	assert_int_equal(heard.times, 0);
}

static void is_called_off_in_time(void **state)
{
	struct err e = { .text = "" };

	(void)state;
	assert_false(cancel(&e));
	assert_string_equal(e.text, "it is not ordered to go down: there is nothing to call off");
	assert_true(take(0, &e));
	restart();
	assert_true(cancel(&e));
	assert_int_equal(heard.news, DUTY_CANCELLED);
	assert_string_equal(heard.who, "suzuki");
	assert_false(heard.kept);
	assert_null(duty_order(duty));
	restart();
	pass(150);
	assert_int_equal(runs(), 0);
	assert_true(take(0, &e));
	duty_call_off(duty, "the site is not armed any more");
	assert_int_equal(heard.news, DUTY_CALLED_OFF);
	pass(100);
	assert_int_equal(runs(), 0);
	assert_false(is_there("state/duty"));
}

static void goes_on_after_a_restart(void **state)
{
	struct err e = { .text = "" };
	int64_t taken = loop_now();

	(void)state;
	assert_true(take(1, &e));
	restart();
	assert_int_equal(heard.times, 0);
	assert_true(comes(DUTY_BEGUN, 5000));
	assert_in_range(loop_now() - taken, 990, 3000);
	assert_true(runs_soon(1));
}

/* Whoever goes on is for the next start; what runs is not ended. */
static void rests_when_amcd_ends(void **state)
{
	struct err e = { .text = "" };

	(void)state;
	assert_true(take(0, &e));
	duty_rest(duty);
	pass(150);
	assert_int_equal(runs(), 0);
	put_file("down", "#!/bin/sh\necho x >>\"$1/began\"\nsleep 0.3\necho x >>\"$1/ran\"\n", 0700);
	restart();
	assert_true(comes(DUTY_BEGUN, 5000));
	while (!is_there("began"))
		loop_once(loop, 20);
	stop();
	for (int i = 0; i < 100 && !runs(); i++)
		usleep(50000);
	assert_int_equal(runs(), 1);
	start();
}

/* A process of its own that takes an order, and is killed after ms. */
static void take_and_be_killed(int ms)
{
	struct err e;
	pid_t pid = fork();

	if (pid == 0) {
		start();
		if (take(0, &e))
			for (;;)
				loop_once(loop, 20);
		_exit(1);
	}
	usleep((useconds_t)ms * 1000);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void is_run_once_whenever_it_is_killed(void **state)
{
	unsigned ran = 0;

	(void)state;
	stop();
	for (int ms = 0; ms < 24; ms += 2) {
		unlink("ran");
		unlink("state/duty");
		take_and_be_killed(ms);
		start();
		pass(40);
		restart();
		pass(10);
		assert_in_range(runs(), 0, 1);
		/* not once only when it was killed before it was kept, or just as it began */
		assert_true(runs() == 1 || !is_there("state/duty") || !has("state/duty", "\"begun\": 0,"));
		ran += runs();
		stop();
	}
	assert_true(ran > 0);
	start();
}

static void another_boot_drops_it(void **state)
{
	struct err e = { .text = "" };

	(void)state;
	assert_true(take(1, &e));
	boot("99999999-2222-3333-4444-555555555555\n");
	restart();
	assert_int_equal(heard.news, DUTY_CALLED_OFF);
	assert_string_equal(heard.words, "the machine was started anew before its time came");
	assert_null(duty_order(duty));
	assert_false(is_there("state/duty"));
	/* one that had begun has gone down */
	assert_true(take(0, &e));
	assert_true(runs_soon(1));
	boot("77777777-2222-3333-4444-555555555555\n");
	restart();
	assert_int_equal(heard.news, DUTY_OVER);
	assert_string_equal(heard.who, "sato");
	assert_null(duty_order(duty));
	assert_int_equal(runs(), 1);
	/* nor is it run when the boot is not known */
	assert_true(take(1, &e));
	unlink("root/proc/sys/kernel/random/boot_id");
	restart();
	assert_int_equal(heard.news, DUTY_CALLED_OFF);
	assert_false(take(0, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_non_null(strstr(e.text, "boot_id"));
}

static void what_is_doubtful_is_dropped(void **state)
{
	struct err e = { .text = "" };

	(void)state;
	assert_true(take(10, &e));
	edit("due", loop_now() - 61000);
	restart();
	assert_int_equal(heard.news, DUTY_CALLED_OFF);
	assert_string_equal(heard.words, "no amcd ran when its time came");
	assert_true(take(10, &e));
	edit("due", loop_now() + 100000);
	restart();
	assert_string_equal(heard.words, "its time cannot be told");
	assert_true(take(10, &e));
	assert_int_equal(truncate("state/duty", 40), 0);
	restart();
	assert_int_equal(heard.news, DUTY_FAILED);
	assert_false(is_there("state/duty"));
	assert_true(is_there("state/duty.damaged"));
	put_file("state/duty", "{\"schema\":\"amc.duty-kept.v1\",\"in\":0}", 0600);
	restart();
	assert_string_equal(heard.words, "state/duty: not a whole order");
	restart();
	assert_int_equal(heard.times, 0);
	pass(100);
	assert_int_equal(runs(), 0);
}

static void a_command_that_fails_is_told(void **state)
{
	struct err e = { .text = "" };

	(void)state;
	command("broken");
	assert_true(take(0, &e));
	assert_true(comes(DUTY_FAILED, 5000));
	assert_non_null(strstr(heard.words, "broken ended with status 3: the disks are busy"));
	assert_null(duty_order(duty));
	assert_false(heard.kept);
	/* one that was there when the order was taken */
	command("down");
	assert_true(take(0, &e));
	unlink("down");
	assert_true(comes(DUTY_FAILED, 5000));
	assert_non_null(strstr(heard.words, "down: No such file or directory"));
	put_file("down", "#!/no/such/shell\n", 0700);
	assert_true(take(0, &e));
	memset(&heard, 0, sizeof heard);
	assert_true(comes(DUTY_FAILED, 5000));
	assert_null(duty_order(duty));
}

static void a_machine_that_still_runs_is_told(void **state)
{
	struct err e = { .text = "" };

	(void)state;
	assert_true(take(0, &e));
	assert_true(runs_soon(1));
	edit("begun", loop_now() - (60 + DUTY_PATIENCE_S) * 1000 - 1000);
	restart();
	assert_true(comes(DUTY_FAILED, 5000));
	assert_string_equal(heard.words, "it began 361 s ago, and the machine still runs");
	assert_null(duty_order(duty));
	assert_int_equal(runs(), 1);
	assert_true(take(30, &e));
}

/* An outage does not wait for room; and nothing is left that could be run again. */
static void a_full_disk_holds_nothing_up(void **state)
{
	struct rlimit was, none = { 0, 0 };
	struct err e = { .text = "" };

	(void)state;
	put_file("down", "#!/bin/sh\nmkdir \"$1/made\"\n", 0700);
	assert_true(take(0, &e));
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	none.rlim_max = was.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	comes(DUTY_BEGUN, 5000);
	for (int i = 0; i < 100 && !is_there("made"); i++)
		loop_once(loop, 20);
	duty_call_off(duty, "too late");
	assert_non_null(duty_order(duty));
	stop();
	start();
	assert_null(duty_order(duty));
	/* one that cannot be kept is not taken */
	assert_false(take(0, &e));
	assert_int_equal(e.kind, ERR_FAILED);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	assert_true(is_there("made"));
	assert_null(duty_order(duty));
	assert_false(is_there("state/duty"));
}

static void says_what_is_missing(void **state)
{
	struct words none = { 0 };
	struct err e = { .text = "" };

	(void)state;
	assert_true(duty_could(duty, &e));
	assert_false(is_there("state/duty"));
	duty_command(duty, &none);
	assert_false(take(0, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_string_equal(e.text, "it is not told how to go down: its amcd.conf needs "
	    "Shutdown = /usr/bin/systemctl poweroff -i in [commands]");
	command("nothing");
	assert_false(duty_could(duty, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_non_null(strstr(e.text, "nothing: No such file or directory"));
	put_file("nothing", "#!/bin/sh\n", 0600);
	assert_false(duty_could(duty, &e));
	command("state");
	assert_false(duty_could(duty, &e));
	assert_non_null(strstr(e.text, "not a regular file"));
	command("down");
	assert_int_equal(rmdir("state"), 0);
	assert_false(take(0, &e));
	assert_null(duty_order(duty));
	assert_int_equal(heard.times, 0);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		CASE(is_kept_before_it_is_told), CASE(at_once_is_from_the_loop),
		CASE(is_called_off_in_time), CASE(goes_on_after_a_restart),
		CASE(rests_when_amcd_ends), CASE(is_run_once_whenever_it_is_killed),
		CASE(another_boot_drops_it), CASE(what_is_doubtful_is_dropped),
		CASE(a_command_that_fails_is_told), CASE(a_machine_that_still_runs_is_told),
		CASE(a_full_disk_holds_nothing_up), CASE(says_what_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
