/* The list of the console in a real terminal: find, filter, sort, columns, tags and what is done to many, moving. */
#include "console-steps.h"
#include "base/file.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#define CTRL_UP "\33[1;5A"
#define CTRL_DOWN "\33[1;5B"

/* Where a text stands in the saved site; -1: it does not. */
static long where(const char *what)
{
	char *s = console_bytes(), *at;
	long pos;

	assert_non_null(s);
	at = strstr(s, what);
	pos = at ? at - s : -1;
	free(s);
	return pos;
}

/* Is the row in which the cursor is parked one with this text? */
static bool on(const char *text)
{
	char row[4096];

	return strstr(vt_row(&vt, vt.cursor.row, row, sizeof row), text) != NULL;
}

static void cursor_on(const char *text)
{
	VT_UNTIL(&vt, CONSOLE_MS, on(text));
	if (on(text))
		return;
	console_show(&vt);
	fail_msg("the cursor is in row %d, not on \"%s\"", vt.cursor.row, text);
}

static void order(const char *first, const char *second)
{
	VT_UNTIL(&vt, CONSOLE_MS, row_of(first) >= 0 && row_of(first) < row_of(second));
	if (row_of(first) >= 0 && row_of(first) < row_of(second))
		return;
	console_show(&vt);
	fail_msg("\"%s\" does not stand above \"%s\"", first, second);
}

static void key(VTermKey k)
{
	vt_key(&vt, k);
}

static void escape(void)
{
	type("\33");
}

static void start_with(const char *option)
{
	const char *words[] = { option ? option : console_site(),
	    option ? console_site() : NULL, NULL };

	start_words(30, 100, words, "F10");
	see("SSC_Cluster");
}

static void start(void)
{
	start_with(NULL);
}

static void quit_unsaved(void)
{
	type("q");
	see("changed and not saved");
	type("d");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
}

static void test_find_while_typing(void **state)
{
	(void)state;
	start();
	cursor_on("network");
	type("/");
	see("Part of a name");
	type("ups");
	see("─ UPS1 ");
	/* more of it, more exactly; what does not match stays where one was */
	type("4");
	see("─ UPS4 ");
	type("xx");
	see("Nothing has \"ups4xx\"");
	see("─ network ");
	type("\177\177");
	see("─ UPS4 ");
	escape();
	gone("Part of a name");
	see("─ network ");
	/* Enter stays, n and N go on from there */
	type("/UPS1" ENTER);
	gone("Part of a name");
	cursor_on("UPS1");
	type("/" CTRL_U "ups" ENTER);
	cursor_on("UPS2");
	type("n");
	cursor_on("UPS3");
	type("N");
	cursor_on("UPS2");
	type("N");
	cursor_on("UPS1");
	type("N");
	see("Past the beginning");
	cursor_on("UPS6");
	quit();
}

/* Full and half width are alike; Esc folds again what a match had unfolded. */
static void test_find_unfolds(void **state)
{
	(void)state;
	start();
	type("/ssc" ENTER);
	cursor_on("SSC");
	type("-");
	see("▸ SSC");
	/* folded, it says what is wrong below it */
	type("z");
	gone("IP address");
	see("no answer");
	type("z");
	see("IP address");
	type("/");
	type("ＢＬＡＤＥ１");
	see("─ BLADE1 ");
	see("▾ SSC");
	escape();
	see("▸ SSC");
	cursor_on("▸ SSC");
	type("/blade1" ENTER);
	see("▾ SSC");
	cursor_on("BLADE1");
	quit();
}

/* What is found stands out with its own cells, in the tree and in the list. */
static void test_find_marks(void **state)
{
	int row;

	(void)state;
	start();
	type("/cluster" ENTER);
	cursor_on("SSC_Cluster");
	row = row_of("SSC_SEIGYO_1");
	escape();
	see("SSC_SEIGYO_1");
	type("n");
	cursor_on("SSC_Cluster");
	assert_true(row > 0);
	quit();
}

static void test_filter(void **state)
{
	(void)state;
	start();
	type("f");
	see("any text, state:");
	type("kind:ups");
	see("Filter: kind:ups · 6 of 19");
	type(" shared-nothing");
	see("· 0 of 19");
	see("The filter takes nothing that is here");
	type(CTRL_U "state:froz");
	see("no state is called so");
	type(CTRL_U "ups4" ENTER);
	see("Filter: ups4 · 1 of 19");
	/* it stays while one works, and Esc shows all again */
	key(VTERM_KEY_TAB);
	cursor_on("UPS4");
	type("\33");
	gone("Filter: ups4");
	cursor_on("UPS4");
	see("BLADE1");
	/* Esc in the line goes back to the filter before */
	type("fups2" ENTER);
	see("Filter: ups2");
	type("f" CTRL_U "ups3");
	see("Filter: ups3");
	escape();
	see("Filter: ups2");
	quit();
}

/* Nothing answers there: alarms. The filter that hides them says how many. */
static void test_filter_tells_hidden_alarms(void **state)
{
	(void)state;
	start();
	see("no answer");
	type("f100サーバ kind:group" ENTER);
	see("Filter: 100サーバ kind:group · 1 of 19 · ! hides");
	type("f" CTRL_U "alarm" ENTER);
	see("Filter: alarm");
	gone("hides");
	quit();
}

static void test_sort(void **state)
{
	(void)state;
	start();
	key(VTERM_KEY_TAB);
	type("/BLADE1" ENTER);
	cursor_on("BLADE1");
	type("S");
	see("Name▲");
	cursor_on("BLADE1");
	order("BLADE1 ", "SSC_Cluster  ");
	type("R");
	see("Name▼");
	cursor_on("BLADE1");
	type("S");
	see("IP address▲");
	gone("Name▼");
	/* it is kept */
	quit();
	vt_close(&vt);
	start();
	see("IP address▲");
	type("S");
	see("State▲");
	type("SSS");
	gone("▲");
	order("SSC_Cluster  ", "BLADE1 ");
	type("R");
	see("choose a column first");
	quit();
}

static void test_columns(void **state)
{
	(void)state;
	start();
	see("in[V]");
	type("C");
	see("[x] Name");
	key(VTERM_KEY_DOWN);
	type(" ");
	see("[ ] IP address");
	type("+");
	escape();
	gone("[x] Name");
	gone("IP address");
	quit();
	vt_close(&vt);
	/* kept for the next time; Delete brings back what was delivered */
	start();
	gone("IP address");
	type("C");
	see("[ ] IP address");
	key(VTERM_KEY_DEL);
	escape();
	see("IP address");
	quit();
}

static void test_tags(void **state)
{
	(void)state;
	start();
	key(VTERM_KEY_TAB);
	cursor_on("SSC ");
	type("/ups1" ENTER);
	cursor_on("UPS1");
	type(" ");
	see("# 1 tagged");
	see("#UPS1");
	cursor_on("SSC-CL-SV1");
	key(VTERM_KEY_DOWN);
	key(VTERM_KEY_DOWN);
	cursor_on("UPS2");
	type("V");
	see("# 4 tagged");
	see("#SSC_SEIGYO_2");
	type("U");
	gone("# 4 tagged");
	gone("#UPS1");
	/* all below a group, and not any more */
	type("/ssc_seigyo_2" ENTER "t");
	see("# 3 tagged");
	type("t");
	gone("# 3 tagged");
	type("V");
	see("Tag one end first");
	quit();
}

static void test_change_all(void **state)
{
	(void)state;
	start();
	type("b");
	see("Tag the nodes first");
	type("fkind:ups" ENTER);
	see("6 of 19");
	key(VTERM_KEY_TAB);
	cursor_on("UPS1");
	type(" ");
	key(VTERM_KEY_DOWN);
	type("V");
	see("# 3 tagged");
	type("b");
	see("Change in all tagged: Power device (3)");
	type("P");		/* by its first letter */
	cursor_on("Power failure confirmation time");
	type(ENTER);
	see("New value for all (0..3600 s)");
	type("99999" ENTER);
	see("99999 is not between 0 and 3600 s");
	type(CTRL_U "77" ENTER);
	see("Power failure confirmation time changes in 3 of 3 nodes");
	see("-> 77 s");
	escape();
	gone("-> 77 s");
	assert_false(vt_has(&vt, "modified"));
	type("b");
	see("Change in all tagged");
	type("P" ENTER);
	see("New value for all");
	type(CTRL_U "77" ENTER);
	see("-> 77 s");
	type(ENTER);
	see("changed in 3 nodes; u undoes it");
	see("modified");
	/* one act: undone as one */
	type("u");
	gone("modified");
	quit();
}

static void test_delete_all(void **state)
{
	(void)state;
	start();
	type("/ups2" ENTER " /ups5" ENTER " ");
	see("# 2 tagged");
	key(VTERM_KEY_FUNCTION(8));
	see("Delete what is tagged: UPS2, UPS5?");
	see("0 groups, 2 power devices, 0 terminals");
	see("3 terminals that stay lose a power device: SSC-CL-SV2, BLADE1");
	type(ENTER);
	gone("Delete what is tagged");
	assert_false(vt_has(&vt, "modified"));
	key(VTERM_KEY_FUNCTION(8));
	type("y");
	see("2 nodes are deleted");
	gone("# 2 tagged");
	type("u");
	gone("modified");
	type("/ups5" ENTER);
	cursor_on("UPS5");
	quit();
}

static void test_move(void **state)
{
	(void)state;
	start();
	type("/ups2" ENTER "M");
	see("Move UPS2 to");
	see("(here now)");
	/* where it cannot go says why */
	key(VTERM_KEY_DOWN);
	cursor_on("Control terminals");
	see("R2: a power device goes into");
	type(ENTER);
	see("Move UPS2 to");
	key(VTERM_KEY_TAB);
	gone("R2: a power device goes into");
	cursor_on("Linked devices");
	type(ENTER);
	gone("Move UPS2 to");
	see("1 node moved");
	cursor_on("UPS2");
	type(CTRL_S);
	see("Saved as revision 2");
	assert_true(where("Name=UPS2\nParent=Group4.LinkedDevices\n") > 0 ||
	    where(".LinkedDevices") > 0);
	quit();
}

static void test_rank(void **state)
{
	(void)state;
	start();
	assert_true(where("Name=SSC_SEIGYO_1") < where("Name=SSC_SEIGYO_2"));
	type("/ssc_seigyo_1" ENTER CTRL_DOWN);
	see("modified");
	cursor_on("SSC_SEIGYO_1");
	type(CTRL_DOWN);
	see("It is the last in its place");
	type(CTRL_S);
	see("Saved as revision 2");
	assert_true(where("Name=SSC_SEIGYO_2") < where("Name=SSC_SEIGYO_1"));
	type(CTRL_UP);
	see("modified");
	cursor_on("SSC_SEIGYO_1");
	type(CTRL_S);
	see("Saved as revision 3");
	assert_true(where("Name=SSC_SEIGYO_1") < where("Name=SSC_SEIGYO_2"));
	quit();
}

/* Cards that do not answer are told one by one; taking nothing changes nothing. */
static void test_collect_all(void **state)
{
	(void)state;
	start();
	type("/ups1" ENTER " /ups2" ENTER " ");
	see("# 2 tagged");
	type("o");
	see("Collect SNMP settings: ");
	see("Collect SNMP settings: 2 of 2");
	escape();
	gone("Collect SNMP settings: 2 of 2");
	quit();
}

static void test_read_only(void **state)
{
	(void)state;
	start_with("-r");
	type("/ups1" ENTER " b");
	see("opened read-only");
	type("/ups1" ENTER "M");
	see("opened read-only");
	type(CTRL_UP);
	see("opened read-only");
	quit();
}

static void test_japanese(void **state)
{
	(void)state;
	setenv("LANGUAGE", "ja", 1);
	start();
	type("/");
	see("検索");
	type("ﾌﾞﾚｰﾄﾞ");
	see("を含むものはありません");
	escape();
	gone("を含むものはありません");
	type("f");
	see("絞り込み");
	type("kind:電源装置" ENTER);
	see("19 件中 6 件");
	unsetenv("LANGUAGE");
	quit();
}

static void test_leaving_with_a_line_open(void **state)
{
	(void)state;
	start();
	type("/ups");
	see("─ UPS1 ");
	vt_resize(&vt, 24, 80);
	see("Part of a name");
	vt_resize(&vt, 40, 140);
	see("Description");
	kill(vt.pid, SIGTERM);
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), -SIGTERM);
	assert_true(vt_restored(&vt, CONSOLE_MS));
	(void)quit_unsaved;
}

static int make_site(void **state)
{
	char command[100], *s, *at;
	struct err e;
	bool ok;

	(void)state;
	unsetenv("LANGUAGE");
	snprintf(command, sizeof command, "rm -rf '%s/amc'", console_dir());
	if (system(command) || !console_sample("demo.ini"))
		return -1;
	s = console_bytes();
	for (at = s; at && (at = strstr(at, "Address=127.0.5"));)
		memcpy(at, "Address=127.9.9", 15);	/* nobody answers there */
	ok = s && file_replace(console_site(), s, strlen(s), 0600, &e);
	free(s);
	return ok ? 0 : -1;
}

static int open_folder(void **state)
{
	(void)state;
	return console_open("t-console-list") ? 0 : -1;
}

#define CONSOLE_TEST(t) cmocka_unit_test_setup_teardown(t, make_site, steps_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CONSOLE_TEST(test_find_while_typing),
		CONSOLE_TEST(test_find_unfolds),
		CONSOLE_TEST(test_find_marks),
		CONSOLE_TEST(test_filter),
		CONSOLE_TEST(test_filter_tells_hidden_alarms),
		CONSOLE_TEST(test_sort),
		CONSOLE_TEST(test_columns),
		CONSOLE_TEST(test_tags),
		CONSOLE_TEST(test_change_all),
		CONSOLE_TEST(test_delete_all),
		CONSOLE_TEST(test_move),
		CONSOLE_TEST(test_rank),
		CONSOLE_TEST(test_collect_all),
		CONSOLE_TEST(test_read_only),
		CONSOLE_TEST(test_japanese),
		CONSOLE_TEST(test_leaving_with_a_line_open),
	};

	return cmocka_run_group_tests_name("console-list", tests, open_folder, steps_close);
}
