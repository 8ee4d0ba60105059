/* The linear mode at a terminal: TERM=dumb gets it, it never moves the cursor, a password is not shown. */
#include "vt.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

enum { MS = 30000 };

static char dir[] = "/tmp/t-linear.XXXXXX";
static struct vt vt;

static void see(const char *text)
{
	char row[4096];

	if (vt_wait_text(&vt, text, MS))
		return;
	for (int i = 0; i < vt.rows; i++)
		fprintf(stderr, "# %s\n", vt_row(&vt, i, row, sizeof row));
	fail_msg("\"%s\" is not on the screen", text);
}

static void type(const char *line)
{
	vt_type(&vt, line);
	vt_type(&vt, "\r");
}

static void start(const char *with, const char *file)
{
	char amc[512];
	char *argv[] = { amc, (char *)with, (char *)file, NULL };
	const char *top = getenv("top_builddir");

	snprintf(amc, sizeof amc, "%s/amc", top ? top : ".");
	assert_int_equal(vt_start(&vt, 60, 100, argv), 0);
}

static void test_dumb(void **state)
{
	(void)state;
	setenv("TERM", "dumb", 1);
	start("--demo", NULL);
	see("This terminal (TERM=dumb) cannot move its cursor");
	see("network>");
	type("status");
	see("All is well.");
	see("Master active");
	type("send SSC-CL-SV1");
	see("Password of the terminal's operator");
	/* the prompt comes when nothing typed is shown any more */
	VT_UNTIL(&vt, MS, vt.cursor.col == 2);
	type("not-the-word");
	see("the password is wrong");
	assert_false(vt_has(&vt, "not-the-word"));
	type("cancel");		/* a password may be called so */
	VT_UNTIL(&vt, MS, vt.cursor.col == 2);
	/* with a Ctrl-C the line discipline may drop what is written just then: a prompt */
	vt_type(&vt, "\3");
	type("live on");
	see("What happens is told at once.");
	see("! UPS4: On battery");	/* while the prompt waits */
	type("quit");
	assert_int_equal(vt_wait_exit(&vt, MS), 0);
	assert_true(vt_restored(&vt, MS));
	assert_int_equal(vt.unknown, 0);
	assert_false(vt.altscreen);
	setenv("TERM", "xterm-256color", 1);
}

/* Esc and Ctrl-C leave a question; Ctrl-C at the prompt leaves the program, Ctrl-D keeps edits. */
static void test_leaving(void **state)
{
	char site[64], mine[80];

	(void)state;
	snprintf(site, sizeof site, "%s/site.ini", dir);
	snprintf(mine, sizeof mine, "%s.mine", site);
	start("--linear", site);
	see("network>");
	type("create-group");
	see("1 Name: (empty)");
	type("\33");
	see("network>");
	type("create-group");
	see("  >");
	type("G");
	see("Description");
	vt_type(&vt, "\3");
	see("Leave the form without these changes?");
	type("y");
	type("create-group");
	type("G2");
	type("ok");
	see("The form is taken");
	see("*G2>");
	vt_type(&vt, "\3");
	see("The site was changed and not saved.");
	type("cancel");
	see("*G2>");
	vt_type(&vt, "\4");
	see("your changes: ");
	assert_int_equal(vt_wait_exit(&vt, MS), 1);
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
		type("send SSC-CL-SV1");
		see("Password of the terminal's operator");
		VT_UNTIL(&vt, MS, vt.cursor.col == 2);
		kill(vt.pid, deadly[i]);
		vt_wait_exit(&vt, MS);
		assert_true(vt_restored(&vt, MS));
		vt_close(&vt);
	}
}

static int end(void **state)
{
	(void)state;
	vt_close(&vt);
	return 0;
}

static int make_dir(void **state)
{
	(void)state;
	if (!mkdtemp(dir))
		return -1;
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("XDG_STATE_HOME", dir, 1);
	unsetenv("LANGUAGE");
	unsetenv("LINES");
	unsetenv("COLUMNS");
	return 0;
}

static int remove_dir(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_dumb, end),
		cmocka_unit_test_teardown(test_leaving, end),
		cmocka_unit_test(test_dying),
	};

	return cmocka_run_group_tests_name("linear", tests, make_dir, remove_dir);
}
