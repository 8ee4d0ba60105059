/*
 * The wizard with the keyboard alone: the sites of the documents from an empty
 * file, bad input refused at its field, answers that outlive going back, and no
 * open edits lost. All addresses are in 127.16.1.0/24, as the console asks them.
 */
#include "console-steps.h"
#include "app/app.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "same-site.h"

static const char *env(const char *name)
{
	const char *s = getenv(name);

	return s ? s : ".";
}

static void tab(int n)
{
	while (n-- > 0)
		vt_key(&vt, VTERM_KEY_TAB);
}

/* Enter, then the page of this number is there. */
static void next(const char *progress)
{
	type(ENTER);
	see(progress);
}

static void start_with(const char *a, const char *b)
{
	const char *words[] = { a, b, NULL };

	assert_true(console_start(&vt, 24, 80, words));
}

static void start(void)
{
	start_with(console_site(), NULL);
	see("Nothing here yet");
}

/* Opens the wizard on the site of that number in the list, in our network. */
static void open_wizard(int number, const char *first)
{
	type("w");
	see("Which site is it to be?");
	down(number);
	next(first);
	see("172.16.1.255");
	type("127.16.1.0/24");
	see("127.16.1.255");
}

static void create(void)
{
	see("[ Create ]");
	type(ENTER);
	gone("New from wizard");
	see("modified");
}

static void save_and_quit(void)
{
	type(CTRL_S);
	see("Saved as revision");
	quit();
}

static char *sample_text(const char *name, size_t *len)
{
	char *path = mem_printf("%s/data/samples/%s.ini", env("top_srcdir"), name);
	struct text t = { 0 };
	char *s = file_read(path, 1 << 20, len, NULL), *at = s, *found;

	assert_non_null(s);
	for (; (found = strstr(at, "=172.16.1.")); at = found + 4) {
		text_add_len(&t, at, (size_t)(found - at));
		text_add(&t, "=127");
	}
	text_add(&t, at);
	free(s);
	free(path);
	*len = t.len;
	return text_take(&t);
}

/* The file of the console is the sample in our network. */
static void is_sample(const char *name)
{
	struct app_options o = { 0 };
	struct loop *loop = loop_new();
	struct app *made = app_new(loop, &o, NULL), *sample = app_new(loop, &o, NULL);
	size_t len;
	char *text = sample_text(name, &len);
	struct err e;

	if (!app_open(made, console_site(), &e) || !app_open_text(sample, name, text, len, &e))
		fail_msg("%s", e.text);
	same_site(name, app_site(made), app_site(sample));
	app_free(made);
	app_free(sample);
	loop_free(loop);
	free(text);
}

/* (A): the manual's way with two servers first, then two more. */
static void test_management_terminal(void **state)
{
	(void)state;
	start();
	open_wizard(1, "1/8");
	next("2/8");
	type("2");
	next("3/8");
	see("SERVER2");
	next("4/8");
	see("CLUS2");
	assert_false(vt_has(&vt, "CLUS3"));
	vt_key(&vt, VTERM_KEY_PAGEUP);
	see("3/8");
	vt_key(&vt, VTERM_KEY_PAGEUP);
	see("2/8");
	type("4");
	next("3/8");
	next("4/8");
	see("CLUS4");
	next("5/8");
	see("UPS of the shared disk");
	next("6/8");
	see("R25: ");
	next("7/8");
	see("Power-off grace time");
	next("8/8");
	see("0 errors, 4 warnings");
	create();
	save_and_quit();
	is_sample("management-terminal");
}

/* (B): every name typed, in a form that proposes others. */
static void test_no_management_terminal(void **state)
{
	(void)state;
	start();
	open_wizard(2, "1/8");
	next("2/8");
	type("Cluster1");
	tab(1);
	type("4");
	see("Control terminals");
	type(CTRL_U "3");
	next("3/8");
	see("SEIGYO-SV3");
	tab(1);
	type("sv");
	/* the others count on from it */
	see("sv3");
	type(CTRL_U "SEIGYO-SV1");
	see("SEIGYO-SV3");
	tab(1);
	type("127.16.1.117");
	next("4/8");
	next("5/8");
	see("RENDOU-SV2");
	next("6/8");
	see("reboot from control terminal");
	next("7/8");
	next("8/8");
	create();
	save_and_quit();
	is_sample("no-management-terminal");
}

static void test_ssc_cluster(void **state)
{
	(void)state;
	start();
	open_wizard(3, "1/9");
	next("2/9");
	next("3/9");
	see("SSC-CL-SV2");
	next("4/9");
	next("5/9");
	see("BLADE2");
	next("6/9");
	see("EXP2");
	next("7/9");
	/* a time of one's own, and back by the choice of the form */
	type("100");
	tab(2);
	type("90");
	tab(1);
	vt_key(&vt, VTERM_KEY_RIGHT);
	see("do not reboot");
	type("r");
	see("reboot by UPS");
	vt_key(&vt, VTERM_KEY_RIGHT);
	gone("do not reboot");
	for (int i = 0; i < 3; i++)
		vt_key(&vt, VTERM_KEY_UP);
	type("120");
	next("8/9");
	next("9/9");
	see("SSC_SEIGYO_2");
	create();
	save_and_quit();
	is_sample("ssc-cluster");
}

/* What cannot be is refused where it stands, and nothing goes on with it. */
static void test_refused_at_the_field(void **state)
{
	(void)state;
	start();
	open_wizard(3, "1/9");
	type(CTRL_U "127.16.1.0/40");
	see("is not an address and a mask");
	type(ENTER);
	see("1/9");
	down(1);
	see("is not an address and a mask");
	type(CTRL_U "127.16.1.9/255.255.255.0");
	next("2/9");
	down(3);
	type("17");
	see("17 is not between 2 and 16");
	type(CTRL_U "2");
	next("3/9");
	/* the same name and the same address twice: the rules say so at once */
	down(1);
	tab(1);
	type(CTRL_U "SSC-CL-SV1");
	/* the first was only proposed and gives way */
	see("SSC-CL-SV2");
	vt_key(&vt, VTERM_KEY_UP);
	type(CTRL_U "SSC-CL-SV1");
	see("R13: SSC-CL-SV1 is also the name");
	type(ENTER);
	see("3/9");
	type(CTRL_U "SSC-CL-SV9");
	gone("R13");
	tab(2);
	type("UPS-NUMBER-1");
	see("is not 1..8 half-width characters");
	type(CTRL_U "UPS1");
	next("4/9");
	type("\33");
	see("Leave the wizard and drop its answers?");
	type(ENTER);
	gone("Leave the wizard");
	see("4/9");
	/* what was answered is still there */
	vt_key(&vt, VTERM_KEY_PAGEUP);
	see("SSC-CL-SV9");
	type("\33");
	see("Leave the wizard");
	type("y");
	gone("New from wizard");
	see("Nothing here yet");
	assert_int_not_equal(access(console_site(), F_OK), 0);
	quit();
}

static void test_interfaces(void **state)
{
	(void)state;
	start();
	type("w");
	see("Which site is it to be?");
	next("1/4");
	type(" ");
	see("lo ");
	see("127.255.255.255");
	vt_key(&vt, VTERM_KEY_END);
	type(ENTER);
	gone("Interface →");
	see("127.0.0.1/255.0.0.0");
	see("127.255.255.255");
	type("\33");
	see("Leave the wizard");
	type("y");
	gone("New from wizard");
	quit();
}

/* Sixteen servers do not fit on the screen: the table follows the cursor. */
static void test_many(void **state)
{
	(void)state;
	start();
	open_wizard(1, "1/8");
	next("2/8");
	type("16");
	next("3/8");
	next("4/8");
	see("▼");
	assert_false(vt_has(&vt, "CLUS16"));
	down(15);
	see("CLUS16");
	see("▲");
	vt_resize(&vt, 43, 132);
	see("The tree");
	see("CLUS1 ");
	vt_resize(&vt, 20, 60);
	see("80x24");
	vt_resize(&vt, 24, 80);
	see("CLUS16");
	down(1);
	see("[ Next page ]");
	vt_key(&vt, VTERM_KEY_UP);
	gone("[ Next page ]");
	type("\33");
	see("Leave the wizard");
	type("y");
	gone("New from wizard");
	quit();
}

static void make_single(const char *name)
{
	type("w");
	see("Which site is it to be?");
	next("1/4");
	type("127.16.1.0/24");
	see("127.16.1.255");
	next("2/4");
	if (name)
		type(name);
	next("3/4");
	next("4/4");
	see("[ Create ]");
	type(ENTER);
}

/* Where something is open it is never lost: another file, and a question. */
static void test_open_site_is_kept(void **state)
{
	char other[80], *s;
	size_t len;

	(void)state;
	snprintf(other, sizeof other, "%s/new.ini", console_dir());
	unlink(other);
	start();
	make_single(NULL);
	gone("New from wizard");
	see("POWER1");
	make_single("OTHER1");
	see("File of the new one");
	/* a file that is there is not replaced */
	type(CTRL_U "/dev/null" ENTER);
	see("/dev/null: is there already");
	type(ENTER);
	gone("is there already");
	type(ENTER);
	see("File of the new one");
	type(ENTER);
	see("changed and not saved");
	/* Cancel is the default: all is as it was */
	type(ENTER);
	gone("changed and not saved");
	see("4/4");
	type(ENTER);
	see("File of the new one");
	type(ENTER);
	see("changed and not saved");
	type("s");
	gone("New from wizard");
	see("OTHER1");
	see("new.ini");
	s = file_read(console_site(), 1 << 20, &len, NULL);
	assert_non_null(s);
	assert_non_null(strstr(s, "Name=POWER1"));
	free(s);
	assert_int_not_equal(access(other, F_OK), 0);
	save_and_quit();
	s = file_read(other, 1 << 20, &len, NULL);
	assert_non_null(s);
	assert_non_null(strstr(s, "Name=OTHER1"));
	free(s);
	unlink(other);
}

static void test_another_site(void **state)
{
	(void)state;
	start();
	open_wizard(0, "1/4");
	vt_key(&vt, VTERM_KEY_PAGEUP);
	see("Which site is it to be?");
	/* the same one: its answers are there */
	next("1/4");
	see("127.16.1.255");
	vt_key(&vt, VTERM_KEY_PAGEUP);
	see("Which site is it to be?");
	down(4);
	type(ENTER);
	see("Drop the answers that were given");
	type(ENTER);
	gone("Drop the answers");
	type(ENTER);
	see("Drop the answers that were given");
	type("y");
	see("Mixed 1");
	see("172.16.1.255");
	type("\33");
	gone("New from wizard");
	quit();
}

static void test_read_only(void **state)
{
	FILE *f = fopen(console_site(), "w");

	(void)state;
	assert_non_null(f);
	fputs("[Network]\nFormat=1\nRevision=1\n", f);
	fclose(f);
	start_with("-r", console_site());
	see("Nothing here yet");
	type("w");
	see("The site was opened read-only.");
	quit();
}

static void test_japanese(void **state)
{
	(void)state;
	console_language("ja");
	start_with(console_site(), NULL);
	see("F10");
	type("w");
	see("簡易設定支援");
	down(1);
	next("1/8");
	type("127.16.1.0/24");
	see("通信用 IP");
	next("2/8");
	next("3/8");
	see("電源制御1");
	next("4/8");
	see("CLUS4");
	next("5/8");
	next("6/8");
	see("電源異常確認時間");
	next("7/8");
	next("8/8");
	see("UPSによるリブート");
	type(ENTER);
	gone("簡易設定支援");
	see("電源制御1");
}

static void test_menu_and_help(void **state)
{
	(void)state;
	start();
	type("\33f");
	see("New from wizard");
	vt_key(&vt, VTERM_KEY_DOWN);
	type(ENTER);
	see("Which site is it to be?");
	vt_key(&vt, VTERM_KEY_FUNCTION(1));
	see("The wizard");
	type("\33");
	gone("The wizard");
	type("\33");
	gone("Which site is it to be?");
	quit();
}

static int begin(void **state)
{
	(void)state;
	console_language("en");
	unlink(console_site());
	return 0;
}

static int make_folder(void **state)
{
	(void)state;
	return console_open("t-console-wizard") ? 0 : -1;
}

#define CONSOLE_TEST(t) cmocka_unit_test_setup_teardown(t, begin, steps_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CONSOLE_TEST(test_management_terminal),
		CONSOLE_TEST(test_no_management_terminal),
		CONSOLE_TEST(test_ssc_cluster),
		CONSOLE_TEST(test_refused_at_the_field),
		CONSOLE_TEST(test_interfaces),
		CONSOLE_TEST(test_many),
		CONSOLE_TEST(test_open_site_is_kept),
		CONSOLE_TEST(test_another_site),
		CONSOLE_TEST(test_read_only),
		CONSOLE_TEST(test_japanese),
		CONSOLE_TEST(test_menu_and_help),
	};

	return cmocka_run_group_tests_name("console-wizard", tests, make_folder, steps_close);
}
