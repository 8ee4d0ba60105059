/*
 * Servers that are shut down from the console, and an outage that is rehearsed: from the
 * menu to what became of it, over real amcds that may be ordered to do nothing.
 */
#include "console-steps.h"
#include "own.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define PASSWORD "demodemo"

static FILE *own;

static void start(void)
{
	static const char *const words[] = { "ac_e_net.ini", NULL };

	start_words(24, 80, words, "F10");
	/* who is asked has to answer */
	see("Master active");
}

/* The entry of the menu Operate that is so many above its last. */
static void choose(int up)
{
	press("Alt-o");
	see("Rehearse outage");
	while (up-- >= 0)
		press("Up");
	press("Enter");
}
static void shut_down(void) { choose(3); }
static void rehearse(void) { choose(1); }

static void log_in(void)
{
	see("Password of the terminal's operator");
	type(PASSWORD ENTER);
}

/* What a terminal has taken, as its log of acts has it. */
static bool was_ordered(const char *name)
{
	char path[200];
	size_t len;
	char *text;
	bool was;

	snprintf(path, sizeof path, "%s/own/%s/state/audit.log", console_dir(), name);
	text = file_read(path, 1 << 20, &len, NULL);
	was = text && strstr(text, "\"shutdown\"");
	free(text);
	return was;
}

static void test_leaving(void **state)
{
	(void)state;
	start();
	find("SV2");
	shut_down();
	see("Password of the terminal's operator");
	console_escape(&vt);
	gone("Password of the terminal's operator");
	shut_down();
	log_in();
	see("Type SV2 to go on");
	console_escape(&vt);
	gone("Type SV2");
	find("UPS1");
	rehearse();
	see("Password of the terminal's operator");
	console_escape(&vt);
	gone("Password of the terminal's operator");
	assert_false(was_ordered("SV2"));
	quit();
}

/* What is typed wrong is said, and typed again. */
static void test_called_off(void **state)
{
	(void)state;
	start();
	find("SV2");
	shut_down();
	see("Password of the terminal's operator");
	type("not-the-word" ENTER);
	see("the password is wrong");
	assert_false(was_ordered("SV2"));
	type(PASSWORD ENTER);
	see("1 server goes down: SV2");
	see("It can be called off for 10 s.");
	type("SV1" ENTER);
	see("That is another name. Type SV2 to go on:");
	type(CTRL_U "SV2" ENTER);
	see("+ goes down in ");
	see("it runs /bin/true");
	see("c calls it off.");
	assert_true(was_ordered("SV2"));
	type("c");
	see("= called off: it stays up");
	gone("c calls it off.");
	type("c");
	see("There is nothing to call off any more.");
	press("Enter");
	gone("Ordered over SV1");
	quit();
}

/* The screen becomes too small, and large again, at each step. */
static void squeeze(const char *text)
{
	see(text);
	vt_resize(&vt, 10, 40);
	see("The console needs");
	vt_resize(&vt, 24, 80);
	see(text);
}

static void test_small(void **state)
{
	(void)state;
	start();
	find("SV2");
	type(" ");
	see("1 tagged");
	find("SV1");
	type(" ");
	see("2 tagged");
	shut_down();
	squeeze("Password of the terminal's operator");
	type(PASSWORD ENTER);
	squeeze("Type G to go on");
	see("2 servers go down: SV1 (G), SV2 (G).");
	type("G" ENTER);
	/* all in the 10 s in which it can be called off */
	see("+ goes down in ");
	type("jkc");
	gone("goes down");
	squeeze("= called off: it stays up");
	type("?");
	see("Shutting servers down");
	type("q");
	gone("Shutting servers down");
	type("r");
	type("q");
	gone("Ordered over");
	find("UPS1");
	rehearse();
	log_in();
	squeeze("4 orders");
	type("?");
	see("Rehearsing an outage");
	type("q");
	gone("Rehearsing an outage");
	type("jkY");
	press("F10");
	gone("4 orders");
	quit();
}

/* One that is away would fail, and one that takes longer than the plan counts is doubtful. */
static void test_rehearse(void **state)
{
	(void)state;
	assert_true(own_tell(own, "amc set ac_e_net.ini SV1 ShutdownSeconds=30; stop SV2"));
	start();
	find("UPS1");
	type("p");
	see("Outage plan: 1 of 1 power device fails");
	type("a");
	see("0 of 1");
	type("r");
	see("Nothing fails.");
	type("ar");
	log_in();
	see("Rehearsal: 1 of 1 power device fails");
	see("4 orders · would obey: 2 · doubtful: 1 · would fail: 1");
	see("Nothing is switched.");
	see("~ doubtful");
	see("! would fail");
	see("the plan counts 30 s");
	assert_true(own_tell(own, "start SV2"));
	type("r");
	see("4 orders · would obey: 3 · doubtful: 1");
	gone("! would fail");
	press("End");
	see("UPS1, output off ordered");
	press("Enter");
	gone("4 orders");
	/* past the plan, on the node */
	see("Power network");
	assert_false(vt_has(&vt, "Outage plan"));
	see("runtime");
	assert_true(own_tell(own, "amc set ac_e_net.ini SV1 ShutdownSeconds=60"));
	type("q");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
}

static void say(const char *line)
{
	vt_type(&vt, line);
	vt_type(&vt, "\r");
}

static void say_password(void)
{
	see("Password of the terminal's operator");
	VT_UNTIL(&vt, CONSOLE_MS, vt.cursor.col == 2);
	say(PASSWORD);
}

static void test_linear(void **state)
{
	static const char *const words[] = { "--linear", "ac_e_net.ini", NULL };

	(void)state;
	start_words(60, 100, words, "network>");
	for (int i = 0; i < 20 && !vt_wait_text(&vt, "Master active", 500); i++)
		say("status");
	say("shut-down SV2");
	say_password();
	see("1 server goes down: SV2 (G).");
	see("Type SV2 to go on:");
	say("SV2");
	see("SV2: goes down in ");
	see("c Call off");
	say("c");
	see("SV2: called off: it stays up");
	say("");
	say("rehearse UPS1");
	say_password();
	see("Rehearsal: 1 of 1 power device fails");
	see("Nothing is switched.");
	see("SV2, shutdown ordered");
	see("4 orders · would obey: 4");
	see("r Rehearse");
	say("");
	see("UPS1>");
	say("quit");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
}

/* The menu says why it cannot be. */
static void test_refused(void **state)
{
	(void)state;
	assert_true(own_tell(own, "cp ac_e_net.ini armed.ini; amc set ac_e_net.ini Network Armed=no"));
	start();
	find("SV2");
	shut_down();
	see("The site is not armed");
	console_escape(&vt);
	quit();
	vt_close(&vt);
	assert_true(own_tell(own, "cp armed.ini ac_e_net.ini"));
	start();
	find("UPS1");
	shut_down();
	see("Select a server, or tag some.");
	console_escape(&vt);
	quit();
}

/* One that does not answer is waited for, and keeps nobody from calling the others off. */
static void test_silent(void **state)
{
	(void)state;
	start();
	find("SV2");
	type(" ");
	see("1 tagged");
	find("SV3");
	type(" ");
	see("2 tagged");
	assert_true(own_tell(own, "kill -STOP ${pids[SV3]}"));
	shut_down();
	log_in();
	see("Type G to go on");
	type("G" ENTER);
	see("+ goes down in ");
	see("being asked");
	type("c");
	see("= called off: it stays up");
	see("not reached");
	console_escape(&vt);
	quit();
	assert_true(own_tell(own, "stop SV3 KILL"));
}

/* Leaving the view calls nothing off. */
static void test_stays(void **state)
{
	(void)state;
	start();
	find("SV2");
	shut_down();
	log_in();
	see("Type SV2 to go on");
	type("SV2" ENTER);
	see("+ goes down in ");
	console_escape(&vt);
	gone("Ordered over");
	see("What was sent stays sent");
	see("Shutting down");
	quit();
}

static int open_site(void **state)
{
	const char *top = getenv("top_srcdir"), *build = getenv("top_builddir");
	char script[300];

	(void)state;
	setenv("top_srcdir", top ? top : ".", 0);
	setenv("top_builddir", build ? build : ".", 0);
	snprintf(script, sizeof script, "%s/tests/site-of-its-own.sh", getenv("top_srcdir"));
	setenv("SCREENS_OWN", script, 1);
	if (!console_open("t-console-orders"))
		return -1;
	own = own_start("3", "armed");
	return own && own_tell(own, "cp own.ini ac_e_net.ini") ? 0 : -1;
}

static int close_site(void **state)
{
	if (own)
		fclose(own);
	return steps_close(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_leaving, steps_end),
		cmocka_unit_test_teardown(test_called_off, steps_end),
		cmocka_unit_test_teardown(test_small, steps_end),
		cmocka_unit_test_teardown(test_rehearse, steps_end),
		cmocka_unit_test_teardown(test_linear, steps_end),
		cmocka_unit_test_teardown(test_refused, steps_end),
		cmocka_unit_test_teardown(test_silent, steps_end),
		cmocka_unit_test_teardown(test_stays, steps_end),
	};

	return cmocka_run_group_tests_name("orders", tests, open_site, close_site);
}
