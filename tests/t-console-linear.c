/* The linear mode at a terminal: TERM=dumb gets it, it never moves the cursor, a password is not shown. */
#include "console-steps.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static void say(const char *line)
{
	vt_type(&vt, line);
	vt_type(&vt, "\r");
}

static void start(const char *with, const char *file)
{
	const char *words[] = { with, file, NULL };

	assert_true(console_start(&vt, 60, 100, words));
}

static void test_dumb(void **state)
{
	(void)state;
	setenv("TERM", "dumb", 1);
	start("--demo", NULL);
	see("This terminal (TERM=dumb) cannot move its cursor");
	see("network>");
	say("status");
	see("All is well.");
	/* each is starting until it has asked all its UPSs */
	for (int i = 0; i < 20 && !vt_wait_text(&vt, "Master active", 1000); i++)
		say("status");
	see("Master active");
	say("send SSC-CL-SV1");
	see("Password of the terminal's operator");
	/* the prompt comes when nothing typed is shown any more */
	VT_UNTIL(&vt, CONSOLE_MS, vt.cursor.col == 2);
	say("not-the-word");
	see("the password is wrong");
	assert_false(vt_has(&vt, "not-the-word"));
	say("cancel");		/* a password may be called so */
	VT_UNTIL(&vt, CONSOLE_MS, vt.cursor.col == 2);
	/* with a Ctrl-C the line discipline may drop what is written just then: a prompt */
	vt_type(&vt, "\3");
	say("live on");
	see("What happens is told at once.");
	/* while the prompt waits; the demo's mains go after 20 s */
	VT_UNTIL(&vt, 2 * CONSOLE_MS, vt_has(&vt, "! UPS4: On battery"));
	see("! UPS4: On battery");
	say("quit");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
	assert_true(vt_restored(&vt, CONSOLE_MS));
	assert_int_equal(vt.unknown, 0);
	assert_false(vt.altscreen);
	setenv("TERM", "xterm-256color", 1);
}

/* Esc and Ctrl-C leave a question; Ctrl-C at the prompt leaves the program, Ctrl-D keeps edits. */
static void test_leaving(void **state)
{
	char site[64], mine[80];

	(void)state;
	snprintf(site, sizeof site, "%s/site.ini", console_dir());
	snprintf(mine, sizeof mine, "%s.mine", site);
	start("--linear", site);
	see("network>");
	say("create-group");
	see("1 Name: (empty)");
	say("\33");
	see("network>");
	say("create-group");
	see("  >");
	say("G");
	see("Description");
	vt_type(&vt, "\3");
	see("Leave the form without these changes?");
	say("y");
	say("create-group");
	say("G2");
	say("ok");
	see("The form is taken");
	see("*G2>");
	vt_type(&vt, "\3");
	see("The site was changed and not saved.");
	say("cancel");
	see("*G2>");
	vt_type(&vt, "\4");
	see("your changes: ");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 1);
	assert_int_equal(access(mine, F_OK), 0);
	assert_int_not_equal(access(site, F_OK), 0);
}

/* However it dies while a password is typed, the terminal shows what is typed next. */
static void test_dying(void **state)
{
	static const int deadly[] = { SIGTERM, SIGHUP, SIGQUIT, SIGSEGV };

	(void)state;
	for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
		start("--linear", "--demo");
		see("network>");
		say("send SSC-CL-SV1");
		see("Password of the terminal's operator");
		VT_UNTIL(&vt, CONSOLE_MS, vt.cursor.col == 2);
		kill(vt.pid, deadly[i]);
		vt_wait_exit(&vt, CONSOLE_MS);
		assert_true(vt_restored(&vt, CONSOLE_MS));
		vt_close(&vt);
	}
}

static int open_folder(void **state)
{
	(void)state;
	return console_open("t-console-linear") ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_dumb, steps_end),
		cmocka_unit_test_teardown(test_leaving, steps_end),
		cmocka_unit_test(test_dying),
	};

	return cmocka_run_group_tests_name("linear", tests, open_folder, steps_close);
}
