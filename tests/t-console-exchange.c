/*
 * The file side of the console, as a person uses it: history and back, save as,
 * a file that changed underneath, export and import.
 */
#include "console-steps.h"
#include "base/file.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

/* Into a line that has something in it already. */
static void answer(const char *text)
{
	press("Ctrl-U");
	type(text);
	press("Enter");
}

static void start(void)
{
	assert_true(console_started(&vt, 24, 80));
	see("SSC_Cluster");
}

static char *path_of(const char *name)
{
	return file_join(console_dir(), name);
}

static bool has(const char *name, const char *what)
{
	char *path = path_of(name), *bytes;
	size_t len;
	bool found;

	bytes = file_read(path, 1 << 24, &len, NULL);
	found = bytes && strstr(bytes, what);
	free(bytes);
	free(path);
	return found;
}

static mode_t mode_of(const char *name)
{
	char *path = path_of(name);
	struct stat st = { 0 };

	stat(path, &st);
	free(path);
	return st.st_mode & 07777;
}

static void write_file(const char *name, const char *text)
{
	char *path = path_of(name);
	struct err e;

	if (!file_replace(path, text, strlen(text), 0600, &e))
		fail_msg("%s", e.text);
	free(path);
}

/* What somebody else does to the file, by the verb. */
static void other(const char *words)
{
	const char *top = getenv("top_builddir");
	char command[1000];

	snprintf(command, sizeof command, "cd '%s' && '%s/amc' %s >/dev/null", console_dir(),
	    top ? top : ".", words);
	assert_int_equal(system(command), 0);
}

/* Sets ConfirmSeconds of a UPS in its form. */
static void set_confirm(const char *ups, const char *seconds)
{
	press("/");
	see("Part of a name");
	answer(ups);
	gone("Part of a name");
	press("F4");
	see("Power device: ");
	for (int i = 0; i < 4; i++)
		press("Down");
	see("How long mains must be out");
	answer(seconds);
	gone("Power device: ");
}

/* Chooses an entry of the File menu. */
static void file_menu(const char *entry)
{
	static const char *const entries[] = { "New", "Wizard", "Open", "Reload",
	    "Save settings", "Save as", "History", "Import", "Export" };

	press("Alt-f");
	see("Save settings");
	for (size_t i = 0; strcmp(entries[i], entry) != 0; i++)
		press("Down");
	press("Enter");
	gone("Save settings");
}

static void test_history(void **state)
{
	(void)state;
	other("set ac_e_net.ini UPS1 ConfirmSeconds=90");
	other("remove ac_e_net.ini UPS5");
	start();
	press("H");
	see("History of ac_e_net.ini");
	see("1 removed");
	see("1 set");
	press("Enter");
	see("That is the file as it is now");
	press("End");
	press("Enter");
	see("Revision 1");
	see("90 s -> 120 s");
	see("+ UPS5 (");
	/* closing is the default */
	press("Enter");
	gone("Revision 1");
	press("Enter");
	see("Go back to it");
	press("Left");
	see("[ Go back to it ]");
	press("Enter");
	see("The site is as in revision 1");
	gone("History of");
	see("modified");
	assert_false(site_has("ConfirmSeconds=120\nRecovery=ups\n\n[Terminal1]"));
	/* one edit, that can be taken back and done again */
	press("u");
	gone("modified");
	press("Ctrl-R");
	see("modified");
	press("F2");
	see("Saved as revision 4");
	assert_true(site_has("ConfirmSeconds=120"));
	assert_true(site_has("Name=UPS5"));
	assert_true(has("history/ac_e_net.ini.3", "ConfirmSeconds=90"));
	quit();
}

static void test_no_history(void **state)
{
	static const char *const words[] = { "new.ini", NULL };

	(void)state;
	assert_true(console_start(&vt, 24, 80, words));
	see("Nothing here yet");
	press("H");
	see("There is no file yet");
	quit();
}

static void test_save_as(void **state)
{
	(void)state;
	start();
	set_confirm("UPS1", "77");
	see("modified");
	file_menu("Save as");
	see("the console goes on with it");
	answer("other.ini");
	see("Saved as other.ini, revision 1");
	gone("modified");
	see("other.ini");
	assert_true(has("other.ini", "ConfirmSeconds=77"));
	assert_false(site_has("ConfirmSeconds=77"));
	assert_int_equal(mode_of("other.ini"), 0600);
	/* what it saves now is that file */
	set_confirm("UPS1", "78");
	press("F2");
	see("Saved as revision 2");
	assert_true(has("other.ini", "ConfirmSeconds=78"));
	assert_true(has("history/other.ini.1", "ConfirmSeconds=77"));
	/* back over the first: it asks, No is the default */
	file_menu("Save as");
	answer("ac_e_net.ini");
	see("is there already. Replace it?");
	press("Enter");
	gone("Replace it?");
	assert_false(site_has("ConfirmSeconds=78"));
	file_menu("Save as");
	answer("ac_e_net.ini");
	see("Replace it?");
	press("y");
	see("Saved as ac_e_net.ini, revision 2");
	assert_true(site_has("ConfirmSeconds=78"));
	assert_true(has("history/ac_e_net.ini.1", "ConfirmSeconds=120"));
	/* where nothing can be written */
	file_menu("Save as");
	answer("none/x.ini");
	see("there is no such folder");
	press("Enter");
	quit();
}

/* Another site in place of the open one, and back; edits are not dropped by chance. */
static void test_new_and_open(void **state)
{
	(void)state;
	start();
	set_confirm("UPS1", "77");
	file_menu("New");
	see("was changed and not saved");
	press("Enter");			/* Cancel is the default */
	gone("was changed and not saved");
	see("modified");
	file_menu("New");
	see("was changed and not saved");
	press("s");
	see("must not be there yet");
	assert_true(site_has("ConfirmSeconds=77"));
	answer("ac_e_net.ini");
	see("is there already");
	press("Enter");
	file_menu("New");
	see("must not be there yet");
	answer("empty.ini");
	see("empty.ini is open");
	gone("SSC_Cluster");
	press("F2");
	see("Saved as revision 1");
	file_menu("Open");
	see("The site file to open");
	answer("nowhere.ini");
	see("No such file");
	press("Enter");
	file_menu("Open");
	see("The site file to open");
	answer("ac_e_net.ini");
	see("SSC_Cluster");
	quit();
}

static void test_merge(void **state)
{
	(void)state;
	start();
	set_confirm("UPS1", "77");
	other("set ac_e_net.ini UPS2 ConfirmSeconds=88");
	press("F2");
	see("Somebody else changed the file");
	see("120 s -> 88 s");
	see("120 s -> 77 s");
	see("both can be merged");
	/* the arrow keys choose, as does a letter */
	press("Right");
	press("Right");
	see("[ Merge ]");
	press("Enter");
	see("your changes are in it");
	see("modified");
	assert_false(vt_has(&vt, "changed on disk"));
	press("F2");
	see("Saved as revision 3");
	assert_true(site_has("ConfirmSeconds=77"));
	assert_true(site_has("ConfirmSeconds=88"));
	quit();
}

static void test_conflict(void **state)
{
	char *mine = path_of("ac_e_net.ini.mine");

	(void)state;
	start();
	set_confirm("UPS1", "77");
	other("set ac_e_net.ini UPS1 ConfirmSeconds=88");
	see("changed on disk");
	file_menu("Reload");
	see("Changed by both: 1");
	see("here 77 s, in the file 88 s");
	see("Keep a copy, read the file again");
	assert_false(vt_has(&vt, "Merge"));
	/* going on is the default and changes nothing */
	press("Enter");
	gone("Changed by both");
	see("modified");
	press("F2");
	see("Changed by both: 1");
	type("s");
	see("A copy with your changes is");
	assert_int_equal(access(mine, F_OK), 0);
	press("F2");
	see("Drop mine");
	/* it has a size, whatever the terminal's */
	vt_resize(&vt, 43, 132);
	see("Changed by both: 1");
	vt_resize(&vt, 24, 80);
	VT_UNTIL(&vt, CONSOLE_MS, !console_broken(&vt));
	assert_null(console_broken(&vt));
	type("d");
	see("Read again");
	gone("modified");
	press("F4");
	see("88");
	press("F10");
	quit();
	free(mine);
}

static void test_reload(void **state)
{
	(void)state;
	start();
	set_confirm("UPS1", "77");
	file_menu("Reload");
	see("drops what was changed here");
	see("120 s -> 77 s");
	press("Enter");
	gone("drops what");
	see("modified");
	file_menu("Reload");
	see("drops what");
	press("Right");
	press("Enter");
	see("Read again");
	gone("modified");
	quit();
}

/* Nothing was changed here: what the other did is seen before it is read. */
static void test_reload_theirs(void **state)
{
	(void)state;
	start();
	other("set ac_e_net.ini UPS1 ConfirmSeconds=88");
	see("O shows what, and reads it");
	press("O");
	see("nothing was changed here");
	see("120 s -> 88 s");
	press("Right");
	press("Enter");
	gone("nothing was changed here");
	see("changed on disk");
	press("O");
	see("[ Read it ]");
	press("Enter");
	see("Read again");
	gone("changed on disk");
	see("rev 2");
	quit();
}

/* A file that is no site is not shown as a new one. */
static void test_no_site(void **state)
{
	(void)state;
	if (!file_replace(console_site(), "rubbish\n", 8, 0600, NULL))
		fail_msg("%s is not written", console_site());
	assert_true(console_start(&vt, 24, 80, (const char *[]){ console_site(), NULL }));
	see("Nothing of this file could be understood");
	assert_false(vt_has(&vt, "F7 creates what can stand here"));
	press("F2");
	see("nothing was saved");
	press("Enter");
	gone("nothing was saved");
	assert_false(vt_has(&vt, "saved 20"));
	quit();
}

/* A file that was taken away is not merged with, and nothing is lost. */
static void test_file_gone(void **state)
{
	(void)state;
	start();
	set_confirm("UPS1", "77");
	unlink(console_site());
	press("F2");
	see("No such file");
	see("Save a copy");
	press("Enter");
	gone("Save a copy");
	see("modified");
	file_menu("Save as");
	answer("ac_e_net.ini");
	see("Saved as ac_e_net.ini");
	assert_true(site_has("ConfirmSeconds=77"));
	quit();
}

static void test_export(void **state)
{
	(void)state;
	start();
	file_menu("Export");
	see("XML: the whole site");
	press("Enter");
	see("Write to the file:");
	see("ac_e_net.xml");
	press("Enter");
	see("Without secrets");
	press("Enter");
	see("Written to ac_e_net.xml; 7 secrets were left out");
	assert_true(has("ac_e_net.xml", "<ups id=\"Ups1\" name=\"UPS1\">"));
	assert_false(has("ac_e_net.xml", "public"));
	/* with secrets, over one that is there */
	write_file("all.json", "old");
	file_menu("Export");
	see("JSON: the whole site");
	press("Down");
	press("Enter");
	see("Write to the file:");
	answer("all.json");
	see("Without secrets");
	press("Right");
	see("[ With secrets ]");
	press("Enter");
	see("all.json is there already. Replace it?");
	press("y");
	see("it has the site's secrets");
	assert_true(has("all.json", "\"SnmpCommunity\": \"public\""));
	assert_int_equal(mode_of("all.json"), 0600);
	/* not over the site itself */
	file_menu("Export");
	see("XML: the whole site");
	press("Enter");
	see("Write to the file:");
	answer("ac_e_net.ini");
	see("Without secrets");
	press("Enter");
	see("Replace it?");
	press("y");
	see("is the site file itself");
	press("Enter");
	assert_true(site_has("[Network]"));
	quit();
}

static void test_import(void **state)
{
	(void)state;
	write_file("t.csv", "name,ConfirmSeconds\nUPS1,99\n");
	write_file("bad.csv", "name,ConfirmSeconds\nUPS1,99\nUPS2,x\n");
	write_file("ups.conf", "[NEW1]\ndriver = snmp-ups\nport = 127.0.0.9\n"
	    "[usb]\ndriver = usbhid-ups\nport = auto\n");
	start();
	file_menu("Import");
	see("An XML, JSON or CSV file");
	answer("bad.csv");
	see("bad.csv:3: ConfirmSeconds: ");
	press("Enter");
	assert_false(vt_has(&vt, "modified"));
	file_menu("Import");
	answer("t.csv");
	see("t.csv makes these changes");
	see("120 s -> 99 s");
	/* cancelling is the default */
	press("Enter");
	gone("makes these changes");
	assert_false(vt_has(&vt, "modified"));
	file_menu("Import");
	answer("t.csv");
	see("makes these changes");
	type("i");
	see("Imported, not saved yet");
	see("modified");
	press("u");
	gone("modified");
	/* into the group that is selected */
	press("/");
	see("Part of a name");
	answer("Blade");
	gone("Part of a name");
	file_menu("Import");
	see("ups.conf go into SSC/");
	answer("ups.conf");
	see("[usb] is passed over");
	see("+ NEW1 (");
	type("i");
	see("Imported");
	press("F2");
	see("Saved as revision 2");
	assert_true(site_has("Name=NEW1\nParent=Group6.PowerDevices\n"));
	quit();
}

static struct text written;	/* what the console wrote, byte by byte */

static void record(char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		text_add_len(&written, bytes[i] ? bytes + i : "?", 1);
}

static void wrote(const char *text)
{
	assert_non_null(written.s);
	if (!strstr(written.s, text))
		fail_msg("\"%s\" was never on the screen", text);
}

/* A large file takes a moment, which is said before. */
static void test_large_import(void **state)
{
	FILE *out;
	char *path = path_of("large.xml");

	(void)state;
	out = fopen(path, "w");
	assert_non_null(out);
	fputs("<site format=\"1\" secrets=\"no\">\n", out);
	for (int i = 1; i <= 4000; i++)
		fprintf(out, "<group id=\"Group%d\" name=\"L%d\">"
		    "<set key=\"CommunicationAddress\" value=\"127.255.255.255\"/></group>\n",
		    i + 100, i);
	fputs("</site>\n", out);
	fclose(out);
	start();
	vt.tap = record;
	file_menu("Import");
	see("An XML, JSON or CSV file");
	answer(path);
	see("makes these changes");
	wrote("Reading ");
	press("Left");
	see("[ Import ]");
	press("Enter");
	see("Imported, not saved yet");
	wrote("Taking it into the site");
	press("u");
	see("Undone: import");
	gone("modified");
	quit();
	vt.tap = NULL;
	text_done(&written);
	free(path);
}

static void test_read_only(void **state)
{
	static const char *const words[] = { "-r", "ac_e_net.ini", NULL };

	(void)state;
	other("set ac_e_net.ini UPS1 ConfirmSeconds=90");
	assert_true(console_start(&vt, 24, 80, words));
	see("read-only");
	press("Alt-f");
	see("Export");
	press("Esc");
	gone("Export");
	press("H");
	see("1 set");
	press("End");
	press("Enter");
	see("Go back to it");
	press("Left");
	press("Enter");
	see("The site was opened read-only.");
	press("Enter");
	press("q");
	gone("History of");
	quit();
	assert_true(site_has("ConfirmSeconds=90"));
}

/* All of it in Japanese, whole at both sizes. */
static void test_japanese(void **state)
{
	(void)state;
	console_language("ja");
	other("set ac_e_net.ini UPS1 ConfirmSeconds=90");
	start();
	press("H");
	see("の履歴");
	see("変更 1");
	press("End");
	press("Enter");
	see("これに戻す");
	VT_UNTIL(&vt, CONSOLE_MS, !console_broken(&vt));
	assert_null(console_broken(&vt));
	vt_resize(&vt, 43, 132);
	see("これに戻す");
	VT_UNTIL(&vt, CONSOLE_MS, !console_broken(&vt));
	assert_null(console_broken(&vt));
	press("F10");
	gone("これに戻す");
	press("q");
	gone("の履歴");
	quit();
	console_language("en");
}

static int make_site(void **state)
{
	char command[300];

	(void)state;
	snprintf(command, sizeof command, "cd '%s' && rm -rf -- *", console_dir());
	return system(command) == 0 && console_sample("demo.ini") ? 0 : -1;
}

static int open_folder(void **state)
{
	(void)state;
	if (!console_open("t-exchange"))
		return -1;
	console_language("en");
	return 0;
}

#define CONSOLE_TEST(t) cmocka_unit_test_setup_teardown(t, make_site, steps_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CONSOLE_TEST(test_history),
		CONSOLE_TEST(test_no_history),
		CONSOLE_TEST(test_save_as),
		CONSOLE_TEST(test_new_and_open),
		CONSOLE_TEST(test_merge),
		CONSOLE_TEST(test_conflict),
		CONSOLE_TEST(test_reload),
		CONSOLE_TEST(test_reload_theirs),
		CONSOLE_TEST(test_no_site),
		CONSOLE_TEST(test_file_gone),
		CONSOLE_TEST(test_export),
		CONSOLE_TEST(test_import),
		CONSOLE_TEST(test_large_import),
		CONSOLE_TEST(test_read_only),
		CONSOLE_TEST(test_japanese),
	};

	return cmocka_run_group_tests_name("console-exchange", tests, open_folder,
	    steps_close);
}
