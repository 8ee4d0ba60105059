/* The console in a real terminal, as a person uses it: the real amc on a copy of a sample. */
#include "console-steps.h"
#include "base/file.h"
#include "base/mem.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#define CTRL_Z "\32"

static void f(int n)
{
	vt_key(&vt, VTERM_KEY_FUNCTION(n));
}

static void escape(void)
{
	type("\33");
}

static void start_with(const char *a, const char *b, const char *c)
{
	const char *words[] = { a, b, c, NULL };

	assert_true(console_start(&vt, 24, 80, words));
}

static void start(void)
{
	start_with(console_site(), NULL, NULL);
	see("F10");
	see("SSC_Cluster");
}

static void test_first_screen(void **state)
{
	(void)state;
	start();
	see("File  Edit  Operate  View  Help");
	see("Power network");
	see("IP address");
	see("255.255.255");
	see("共有ディスク");
	see("rev 1");
	assert_false(vt_has(&vt, "modified"));
	quit();
	assert_true(vt_restored(&vt, CONSOLE_MS));
	assert_int_equal(vt.unknown, 0);
}

static void test_form(void **state)
{
	(void)state;
	start();
	find("UPS1");
	f(4);
	see("Power device: UPS1");
	down(4);
	see("How long mains must be out");
	type("99999");
	see("99999 is not between 0 and 3600 s");
	/* it is not left with that */
	down(1);
	see("99999 is not between 0 and 3600 s");
	type(CTRL_U "90" ENTER);
	gone("Power device: UPS1");
	see("modified");
	type(CTRL_S);
	see("Saved as revision 2");
	gone("modified");
	assert_true(site_has("ConfirmSeconds=90"));
	assert_true(site_has("Revision=2"));
	quit();
}

static void test_leaving_a_form(void **state)
{
	(void)state;
	start();
	find("UPS1");
	f(4);
	see("Power device: UPS1");
	escape();
	gone("Power device: UPS1");
	f(4);
	see("Power device: UPS1");
	down(3);
	type("x");
	escape();
	see("Leave the form without these changes?");
	/* No is the default */
	type(ENTER);
	gone("Leave the form");
	see("Power device: UPS1");
	escape();
	see("Leave the form");
	type("y");
	gone("Power device: UPS1");
	assert_false(vt_has(&vt, "modified"));
	quit();
}

static void test_japanese(void **state)
{
	(void)state;
	start();
	find("SSC_Cluster");
	f(4);
	see("Power control group: SSC_Cluster");
	type("電源制御グループ");
	see("電源制御グループ");
	/* one too many, and a mark with its letter */
	type("あe\u0301");
	type("\177\177");
	f(2);
	gone("Power control group: SSC_Cluster");
	see("電源制御グループ");
	f(2);
	see("Saved as revision 2");
	assert_true(site_has("Name=電源制御グループ\n"));
	quit();
}

static void test_delete_asks(void **state)
{
	(void)state;
	start();
	find("UPS5");
	f(8);
	see("Delete UPS5?");
	type(ENTER);
	gone("Delete UPS5?");
	assert_false(vt_has(&vt, "modified"));
	f(8);
	see("Delete UPS5?");
	type("y");
	see("UPS5 is deleted");
	see("modified");
	/* the cursor is where it was, and leaving asks */
	type("q");
	see("changed and not saved");
	escape();
	gone("changed and not saved");
	type("qd");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
	assert_true(site_has("Name=UPS5"));
}

/* From nothing: a group, a UPS, a terminal, each where the cursor is. */
static void test_create(void **state)
{
	(void)state;
	unlink(console_site());
	start_with(console_site(), NULL, NULL);
	see("Nothing here yet");
	type("d");
	see("Select a place first");
	f(7);
	see("New: Power control group (network)");
	type("SSC" ENTER);
	see("Power devices");
	/* the new group is selected; below it its containers */
	down(1);
	type("d");
	see("New: Power device (SSC / Power devices)");
	/* a name that no card can hold is refused */
	type("UPS-NUMBER-1" ENTER);
	see("8 half-width");
	type("\25UPS1");
	down(1);
	type("127.0.50.1" ENTER);
	gone("New: Power device");
	see("127.0.50.1");
	/* Control terminals; F7 offers both that can stand there */
	down(2);
	f(7);
	see("Control terminal");
	type(ENTER);
	see("New: Terminal (SSC / Control terminals)");
	type("サーバ1");
	down(1);
	type("127.0.51.1" ENTER);
	gone("New: Terminal");
	type(CTRL_S);
	see("Saved as revision");
	assert_true(site_has("[Group1]\nName=SSC\nParent=Network\n"));
	assert_true(site_has("[Ups1]\nName=UPS1\nParent=Group1.PowerDevices\nAddress=127.0.50.1\n"));
	assert_true(site_has("[Terminal1]\nName=サーバ1\nParent=Group1.ControlTerminals\n"));
	quit();
}

/* What a form would break is told while it is typed, before anything is taken. */
static void test_rules_as_you_type(void **state)
{
	(void)state;
	start();
	find("UPS3");
	type(ENTER);
	see("Managed by this console");
	down(8);
	see("initial value");		/* where the temperature comes from */
	for (int i = 0; i < 4; i++)
		vt_key(&vt, VTERM_KEY_UP);
	type("10");
	see("!10");
	see("R25");
	type("\33");
	see("Leave the form without these changes?");
	type("y");
	gone("Managed by this console");
	find("UPS1");
	type(ENTER);
	see("Managed by this console");
	down(4);
	type("130");
	see("R24");
	type(ENTER);
	gone("Managed by this console");
	see("modified");
	type("u");
	see("Undone: UPS1: form");
	gone("modified");
	type("\22");			/* Ctrl-R */
	see("Done again: UPS1: form");
	see("modified");
	type("u");
	gone("modified");
	find("UPS1");
	type(ENTER);
	see("Managed by this console");
	type("UPS2");			/* two of a name: refused at the field */
	see("so already");
	down(1);
	see("so already");
	type("\33");
	see("Leave the form");
	type("y");
	gone("Managed by this console");
	quit();
}

/* A value that must be alike in all groups can be set in all of them at once. */
static void test_same_in_all_groups(void **state)
{
	(void)state;
	start();
	find("SSC_SEIGYO_1");
	type(ENTER);
	see("Group policy");
	down(3);
	type("ANOTHER");
	see("R15");
	type(ENTER);
	see("Set it to ANOTHER in all");
	type(ENTER);			/* All groups */
	gone("Set it to ANOTHER");
	gone("Group policy");
	type(CTRL_S);
	see("rev 2");
	assert_true(site_has("RecognitionCode=ANOTHER"));
	assert_false(site_has("RecognitionCode=ESMAcnet"));
	type("u");
	see("Undone: SSC_SEIGYO_1: form");
	type(CTRL_S);
	see("rev 3");
	assert_false(site_has("RecognitionCode=ANOTHER"));
	quit();
}

/* f in the problems view makes the offered change, u takes it back. */
static void test_mend_a_problem(void **state)
{
	(void)state;
	start();
	f(6);
	see("Mended by");
	type("f");
	see("Mended: ");
	see("modified");
	type("u");
	see("Undone: ");
	gone("modified");
	escape();
	gone("Mended by");
	quit();
}

/* What a rule finds is seen in the tree, also in what is folded; an error before a warning. */
static void test_findings_in_the_tree(void **state)
{
	(void)state;
	start();
	find("UPS1");
	type(ENTER);
	see("Managed by this console");
	down(1);
	type(CTRL_U "127.0.50.2");
	see("R13");
	type(ENTER);
	gone("Managed by this console");
	see("UPS2       E");		/* it is the second that is one too many */
	find("SSC_SEIGYO_2");
	type("-");
	see("SSC_SEIGYO_2 E");
	type("u");
	see("Undone: ");
	gone("SSC_SEIGYO_2 E");
	see("SSC_SEIGYO_2 W");		/* R27 is left */
	find("UPS2");
	see("UPS2       W");
	/* a name that reaches to the letter is cut: it would have one more, or another last */
	find("SSC-CL-SV2");
	type(ENTER);
	see("Server name");
	type(CTRL_U "SSC-CL-SV2ab");
	down(1);
	type(CTRL_U "127.0.51.1");
	see("R13");
	type(ENTER);
	gone("Server name");
	see(" SSC-CL-SV2…E");
	type("u");
	gone(" SSC-CL-SV2…E");
	quit();
}

/* Settings of one UPS into another, seen before they are there. */
static void test_copy_settings(void **state)
{
	(void)state;
	start();
	find("UPS1");
	type("v");
	see("No settings have been copied yet");
	type("y");
	see("The settings of UPS1 are copied");
	find("UPS3");
	type("v");
	see("The settings of UPS1 go into 1 node");
	see("90 s -> 120 s");
	type("\33");
	gone("go into 1 node");
	type("v");
	see("go into 1 node");
	type(ENTER);
	see("Pasted");
	type("v");
	see("the settings are alike");
	type(CTRL_S);
	see("rev 2");
	assert_true(site_has("Name=UPS3\n"));	/* what is its own stays */
	type("u");
	see("Undone: settings of UPS1 pasted");
	find("SSC-CL-SV1");
	type("v");
	see("same kind as UPS1");
	type("q");
	see("was changed and not saved");
	type("d");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
}

/* Into all that are tagged: as one, after a look; what is of another kind is left out. */
static void test_paste_into_tagged(void **state)
{
	(void)state;
	start();
	find("UPS1");
	type("y");
	see("The settings of UPS1 are copied");
	find("UPS3");
	type(" ");
	find("UPS4");
	type(" ");
	see("2 tagged");
	find("UPS1");		/* the cursor is not what counts */
	type("v");
	see("The settings of UPS1 go into 2 nodes");
	see("90 s -> 120 s");
	vt_key(&vt, VTERM_KEY_END);
	see("30 s -> 120 s");
	type(ENTER);
	see("Pasted");
	type(CTRL_S);
	see("rev 2");
	assert_false(site_has("ConfirmSeconds=90"));
	assert_false(site_has("ConfirmSeconds=30"));
	type("u");		/* one act */
	see("Undone: settings of UPS1 pasted");
	type(CTRL_S);
	see("rev 3");
	assert_true(site_has("ConfirmSeconds=90"));
	assert_true(site_has("ConfirmSeconds=30"));
	find("SSC-CL-SV1");
	type(" ");
	see("3 tagged");
	type("v");
	see("go into 2 nodes");
	escape();
	gone("go into 2 nodes");
	quit();
}

static void test_menu(void **state)
{
	(void)state;
	start();
	type("\33e");		/* Alt-e */
	see("Create power control group");
	/* what cannot be done says why */
	down(5);
	see("Select a place first");
	type(ENTER);
	see("Create power control group");
	escape();
	gone("Create power control group");
	type("\33" "6");	/* Esc 6 is F6 */
	see("Mended by");
	escape();
	gone("Mended by");
	type("\33" "0");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
}

static void test_help(void **state)
{
	(void)state;
	start();
	f(1);
	see("The main screen");
	vt_key(&vt, VTERM_KEY_END);
	see("Esc and then a digit");
	/* found from here on, around the end */
	type("/");
	see("A word of this text");
	type("four places" ENTER);
	gone("Esc and then a digit");
	see("A group has four places");
	type("/");
	see("A word of this text");
	type("\25nowhere" ENTER);
	see("is not in this text");
	escape();
	gone("A group has four places");
	type("\33h");
	see("Contents");
	down(1);
	type(ENTER);
	see("Sending the settings");
	down(1);
	type(ENTER);
	see("go from field to field");
	escape();
	gone("go from field to field");
	quit();
}

static void test_resize(void **state)
{
	char row[4096];

	(void)state;
	start();
	for (int i = 0; i < 3; i++) {
		vt_resize(&vt, 43, 132);
		VT_UNTIL(&vt, CONSOLE_MS, strstr(vt_row(&vt, 42, row, sizeof row), "F10"));
		assert_non_null(strstr(vt_row(&vt, 42, row, sizeof row), "F10"));
		see("Description");
		see("charge");
		vt_resize(&vt, 20, 60);
		see("80x24");
		assert_false(vt_has(&vt, "F10"));
		vt_resize(&vt, 24, 80);
		VT_UNTIL(&vt, CONSOLE_MS, strstr(vt_row(&vt, 23, row, sizeof row), "F10"));
		assert_non_null(strstr(vt_row(&vt, 23, row, sizeof row), "F10"));
		assert_false(vt_has(&vt, "charge"));
	}
	/* also with a form open */
	find("UPS1");
	f(4);
	see("Power device: UPS1");
	vt_resize(&vt, 43, 132);
	see("SNMP v3 privacy password");
	vt_resize(&vt, 24, 80);
	gone("SNMP v3 privacy password");
	see("Power device: UPS1");
	escape();
	gone("Power device: UPS1");
	quit();
}

/* Many sizes in a row: the last one counts. */
static void test_resize_often(void **state)
{
	char row[4096];

	(void)state;
	start();
	for (int i = 0; i < 200; i++)
		vt_resize(&vt, 24 + i % 20, 80 + i % 52);
	vt_resize(&vt, 30, 100);
	VT_UNTIL(&vt, CONSOLE_MS, strstr(vt_row(&vt, 29, row, sizeof row), "F10"));
	assert_non_null(strstr(vt_row(&vt, 29, row, sizeof row), "F10"));
	quit();
}

static void test_suspend(void **state)
{
	int status;

	(void)state;
	start();
	type(CTRL_Z);
	assert_true(vt_restored(&vt, CONSOLE_MS));
	VT_UNTIL(&vt, CONSOLE_MS, waitpid(vt.pid, &status, WUNTRACED | WNOHANG) == vt.pid);
	assert_true(WIFSTOPPED(status));
	vt_resize(&vt, 30, 100);
	kill(vt.pid, SIGCONT);
	VT_UNTIL(&vt, CONSOLE_MS, vt.altscreen && vt_has(&vt, "F10"));
	see("SSC_Cluster");
	assert_true(vt.altscreen);
	quit();
	assert_true(vt_restored(&vt, CONSOLE_MS));
}

static void test_ways_to_die(void **state)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT,
	    SIGBUS, SIGFPE };

	(void)state;
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		start();
		kill(vt.pid, signals[i]);
		assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), -signals[i]);
		assert_true(vt_restored(&vt, CONSOLE_MS));
		vt_close(&vt);
	}
	start();
	quit();
}

/* A line that is cut must not take the edits of a night with it. */
static void test_edits_outlive_a_hangup(void **state)
{
	char *mine = mem_printf("%s.mine", console_site()), *bytes;
	size_t len;

	(void)state;
	start();
	find("UPS5");
	f(8);
	type("y");
	see("modified");
	kill(vt.pid, SIGHUP);
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), -SIGHUP);
	assert_true(vt_restored(&vt, CONSOLE_MS));
	assert_true(site_has("Name=UPS5"));
	bytes = file_read(mine, 1 << 20, &len, NULL);
	assert_non_null(bytes);
	assert_null(strstr(bytes, "Name=UPS5"));
	unlink(mine);
	free(bytes);
	free(mine);
}

/* Ctrl-C asks when something would be lost. */
static void test_interrupt(void **state)
{
	(void)state;
	start();
	find("UPS5");
	f(8);
	type("y");
	see("modified");
	kill(vt.pid, SIGINT);
	see("changed and not saved");
	type("s");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
	assert_true(vt_restored(&vt, CONSOLE_MS));
	assert_false(site_has("Name=UPS5"));
}

static void test_read_only(void **state)
{
	(void)state;
	start_with("-r", console_site(), NULL);
	see("read-only");
	find("UPS1");
	f(8);
	see("opened read-only");
	/* a form can be looked at */
	f(4);
	see("Power device: UPS1");
	down(4);
	type("90" ENTER);
	see("The site was opened read-only.");
	escape();
	see("Leave the form");
	type("y");
	gone("Power device: UPS1");
	quit();
}

/* The whole way on the simulated site: watch, read a card, edit, save, send. */
/* Another saved it meanwhile: neither work is lost, and the way on is told. */
static void test_changed_underneath(void **state)
{
	char path[80];
	char *old, *theirs;
	struct err e;

	(void)state;
	start();
	find("UPS2");
	f(8);
	see("Delete UPS2?");
	vt_key(&vt, VTERM_KEY_LEFT);
	type(ENTER);
	see("modified");
	old = console_bytes();
	theirs = mem_printf("%s; theirs\n", old);
	if (!file_replace(console_site(), theirs, strlen(theirs), 0600, &e))
		fail_msg("%s", e.text);
	free(theirs);
	free(old);
	see("changed on disk");
	see("was changed by somebody else; O shows what");
	type("O");
	see("Somebody else changed the file");
	see("[ Go on editing ]");
	escape();
	gone("Go on editing");
	type(CTRL_S);
	see("Go on editing");
	vt_key(&vt, VTERM_KEY_RIGHT);
	see("[ Save a copy ]");
	type(ENTER);
	see("A copy with your changes");
	see("modified");
	assert_true(site_has("; theirs"));
	assert_true(site_has("Name=UPS2"));
	snprintf(path, sizeof path, "%s.mine", console_site());
	assert_int_equal(access(path, F_OK), 0);
	unlink(path);
	type("q");
	see("not saved");
	escape();
	gone("not saved");
	type(CTRL_S);
	see("Go on editing");
	vt_key(&vt, VTERM_KEY_LEFT);
	type(ENTER);
	see("Read again");
	gone("changed on disk");
	quit();
}

static void test_demo(void **state)
{
	(void)state;
	start_with("--demo", NULL, NULL);
	see("Normal ON");
	see("Master active");
	see("· MASTER");	/* all of the demo is this machine */
	find("UPS1");
	see("serial");
	type("o");
	see("Read by profile apc");
	see("= 300");
	escape();
	gone("Read by profile");
	find("SSC-CL-SV2");
	f(4);
	down(3);
	type("変更" ENTER);
	gone("Terminal: SSC-CL-SV2");
	type("s");
	see("Save it, then send it?");
	type("y");
	see("Password of the terminal");
	type("wrong" ENTER);
	see("password is wrong");
	type("demodemo" ENTER);
	see("It will hold this site instead");
	see("-> 変更");
	type(ENTER);
	see("Done: it now holds revision 3");
	escape();
	gone("Done:");
	/* in the list those that hold another have a sign besides the colour */
	find("SSC_Cluster");
	vt_resize(&vt, 43, 200);
	see("≠2");
	vt_resize(&vt, 24, 80);
	gone("≠2");
	/* all terminals at a glance; the others are behind the one that was sent to */
	type("T");
	see("Terminals: 6; this site is revision 3");
	see("= 3");
	see("2 behind");
	type("a");
	see("the same on all that answer");
	type("demodemo" ENTER);
	see("They will hold this site instead");
	see("revision 2, 1 difference");
	type(ENTER);
	see("Done: all 6 terminals hold this site");
	escape();
	gone("Done:");
	escape();
	gone("this site is revision 3");
	/* one that cannot be reached fails alone */
	find("EXP2");
	f(4);
	down(2);
	type("1" ENTER);
	gone("Terminal: EXP2");
	type("a");
	see("Save it, then send it?");
	type("y");
	see("the same on all that answer");
	see("EXP2");
	type("demodemo" ENTER);
	see("They will hold this site instead");
	type(ENTER);
	see("Partly done: 5 of 6");
	see("sent, it holds revision 4 now");
	escape();
	gone("Partly done");
	quit();
	assert_true(vt_restored(&vt, CONSOLE_MS));
}

/* What an armed site may do is said before it is armed. */
static void test_arm(void **state)
{
	(void)state;
	start();
	type("\33o");
	see("Arm / disarm");
	vt_key(&vt, VTERM_KEY_END);
	type(ENTER);
	see("Arm the site?");
	see("6 power devices");
	type(ENTER);			/* No is the default */
	gone("Arm the site?");
	assert_false(vt_has(&vt, "modified"));
	type("\33o");
	see("Arm / disarm");
	vt_key(&vt, VTERM_KEY_END);
	type(ENTER);
	see("Arm the site?");
	type("y");
	see("modified");
	type(CTRL_S);
	see("rev 2");
	assert_true(site_has("Armed=yes"));
	quit();
}

/* A terminal that has no colours is told all the same. */
static void test_monochrome(void **state)
{
	(void)state;
	setenv("TERM", "vt220", 1);
	start();
	see("▾ SSC");
	quit();
	setenv("TERM", "xterm-256color", 1);
}

static void test_wrong_ui(void **state)
{
	char keys[80];
	FILE *out;

	(void)state;
	snprintf(keys, sizeof keys, "%s/keys.xml", console_dir());
	out = fopen(keys, "w");
	assert_non_null(out);
	fputs("<keys>\n<context name=\"main\">\n<key name=\"F1\" action=\"hlp\"/>\n</context></keys>\n", out);
	fclose(out);
	start_with("--ui", console_dir(), console_site());
	see("keys.xml:3: there is no action \"hlp\"");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 1);
	unlink(keys);
}

/* A dumb terminal gets lines of text, and is told why. */
static void test_no_terminal(void **state)
{
	(void)state;
	setenv("TERM", "dumb", 1);
	start_with(console_site(), NULL, NULL);
	see("TERM=dumb");
	type("quit" ENTER);
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
	setenv("TERM", "xterm-256color", 1);
}

static int open_folder(void **state)
{
	(void)state;
	return console_open("t-console") ? 0 : -1;
}

#define CONSOLE_TEST(t) cmocka_unit_test_setup_teardown(t, steps_site, steps_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CONSOLE_TEST(test_first_screen),
		CONSOLE_TEST(test_form),
		CONSOLE_TEST(test_leaving_a_form),
		CONSOLE_TEST(test_japanese),
		CONSOLE_TEST(test_delete_asks),
		CONSOLE_TEST(test_create),
		CONSOLE_TEST(test_rules_as_you_type),
		CONSOLE_TEST(test_same_in_all_groups),
		CONSOLE_TEST(test_mend_a_problem),
		CONSOLE_TEST(test_findings_in_the_tree),
		CONSOLE_TEST(test_copy_settings),
		CONSOLE_TEST(test_paste_into_tagged),
		CONSOLE_TEST(test_menu),
		CONSOLE_TEST(test_help),
		CONSOLE_TEST(test_resize),
		CONSOLE_TEST(test_resize_often),
		CONSOLE_TEST(test_suspend),
		CONSOLE_TEST(test_ways_to_die),
		CONSOLE_TEST(test_edits_outlive_a_hangup),
		CONSOLE_TEST(test_interrupt),
		CONSOLE_TEST(test_read_only),
		CONSOLE_TEST(test_changed_underneath),
		CONSOLE_TEST(test_demo),
		CONSOLE_TEST(test_arm),
		CONSOLE_TEST(test_monochrome),
		CONSOLE_TEST(test_wrong_ui),
		CONSOLE_TEST(test_no_terminal),
	};

	return cmocka_run_group_tests_name("console", tests, open_folder, steps_close);
}
