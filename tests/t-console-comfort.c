/* What makes the console comfortable: mouse, paste, clipboard, themes, terminals of every kind, keys of one's own, language, pause. */
#include "console-steps.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define MOUSE_ON "\33[?1006;1000h"
#define MOUSE_OFF "\33[?1006;1000l"

static struct text written;	/* what the console wrote, byte by byte */

static void record(char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)	/* no NUL, so that strstr() finds all */
		text_add_len(&written, bytes[i] ? bytes + i : "?", 1);
}

static bool was_written(const char *bytes)
{
	return written.s && strstr(written.s, bytes);
}

static void wrote(const char *bytes)
{
	VT_UNTIL(&vt, CONSOLE_MS, was_written(bytes));
	assert_true(was_written(bytes));
}

static void start(void)
{
	text_done(&written);
	vt.tap = record;
	if (!console_started(&vt, 24, 80))
		fail_msg("no first screen");
}

/* a, or a and b, before the site. */
static void start_with(const char *a, const char *b)
{
	const char *words[] = { a, b ? b : console_site(), b ? console_site() : NULL, NULL };

	if (!a)
		words[0] = console_site(), words[1] = NULL;
	text_done(&written);
	assert_true(console_start(&vt, 24, 80, words));
}

static void leave(void)
{
	press("q");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
	assert_true(vt_restored(&vt, CONSOLE_MS));
	vt_close(&vt);
}

/* Where a text begins; the first one from row `from` on. */
static void find_on_screen(const char *text, int from, int *y, int *x)
{
	see(text);
	for (*y = from; *y < vt.rows; ++*y)
		for (*x = 0; *x < vt.cols; ++*x) {
			const char *s = text;
			int col = *x;

			for (uint32_t cp; *s && col < vt.cols; col += text_char_width(cp)) {
				s += text_next(s, NULL, &cp);
				if (vt_cell(&vt, *y, col).chars[0] != (cp == ' ' &&
				    !vt_cell(&vt, *y, col).chars[0] ? 0 : cp)) {
					s = NULL;
					break;
				}
			}
			if (s && !*s)
				return;
		}
	console_show(&vt);
	fail_msg("\"%s\" is not there", text);
}

#define REPORT "\33[<%d;%d;%d%c"

static void report(int button, int y, int x, char end)
{
	char bytes[40];

	snprintf(bytes, sizeof bytes, REPORT, button, x + 1, y + 1, end);
	vt_type(&vt, bytes);
}

static void click(int y, int x)
{
	report(0, y, x, 'M');
	report(0, y, x, 'm');
}

static void click_on(const char *text, int from)
{
	int y, x;

	find_on_screen(text, from, &y, &x);
	click(y, x);
}

/* The list is right of the tree, which has the same names. */
static void click_in_list(const char *name, int times)
{
	int y, x;

	for (y = 0; y < vt.rows; y++) {
		char row[4096];
		const char *at = strstr(vt_row(&vt, y, row, sizeof row), name);

		if (at && vt_cell(&vt, y, 40).chars[0])
			break;
	}
	x = 30;
	while (times-- > 0)
		click(y, x);
}

static void test_mouse_main(void **state)
{
	int y, x;

	(void)state;
	start();
	/* no motion, with which Shift would select nothing in some terminals */
	wrote(MOUSE_ON);
	assert_false(was_written("1002h") || was_written("1003h"));
	/* a click selects, two open the form, its button closes it */
	click_in_list("127.9.50.1 ", 1);
	see("─ UPS1 ");
	click_in_list("127.9.50.2 ", 2);
	see("Power device: UPS2");
	see("Enter OK Esc Cancel");	/* the last of it: what is under the mouse is the form */
	click_on("127.9.50.2", 0);
	see("IP address (");
	click_on("reboot by UPS", 0);
	see("On power recovery (");
	click_on("< Cancel >", 0);
	gone("Power device: UPS2");
	/* the wheel moves in the pane under it */
	find_on_screen("127.9.50.1 ", 0, &y, &x);
	click(y, x);
	see("─ UPS1 ");
	report(65, y, x, 'M');
	see("─ UPS2 ");
	report(64, y, x, 'M');
	see("─ UPS1 ");
	/* the mark of a group folds it, a double click unfolds it */
	find_on_screen("▾ SSC_Cluster", 0, &y, &x);
	click(y, x);
	see("▸ SSC_Cluster");
	click(y, x + 4);
	click(y, x + 4);
	see("▾ SSC_Cluster");
	/* a device opens from the tree, too */
	find_on_screen("UPS1", 4, &y, &x);
	click(y, x);
	click(y, x);
	see("Power device: UPS1");
	see("Enter OK Esc Cancel");
	console_escape(&vt);
	gone("Power device: UPS1");
	/* the keys at the bottom */
	click_on("Check", 23);
	see("Problems");
	console_escape(&vt);
	leave();
}

/* A line that loses the end of a mouse's sequence does not hold up the keys behind it. */
static void test_mouse_cut_off(void **state)
{
	(void)state;
	start();
	vt_type(&vt, "\33[<0;5");
	for (long end = vt_clock() + 1000; vt_before(&vt, end); )
		continue;
	press("F1");
	see("The main screen");
	console_escape(&vt);
	gone("The main screen");
	/* nor are keys behind such a beginning a part of it */
	vt_type(&vt, "\33[<\33OP");
	see("The main screen");
	console_escape(&vt);
	gone("The main screen");
	leave();
}

static void test_mouse_menu(void **state)
{
	char bytes[80];
	int y, x;

	(void)state;
	start();
	click_on("View", 0);
	see("Draw the screen anew");
	click_on("File", 0);
	see("Reload");
	gone("Draw the screen anew");
	click_on("File", 0);
	gone("Reload");
	click_on("Help", 0);
	click_on("About", 1);
	see("an open AC Management Console");
	click_on("[ OK ]", 0);
	gone("an open AC Management Console");
	click_on("View", 0);
	see("Draw the screen anew");
	click(12, 1);		/* beside it */
	gone("Draw the screen anew");
	/* a second click that comes at once is not for what the first one opened */
	find_on_screen("Help", 0, &y, &x);
	snprintf(bytes, sizeof bytes, REPORT REPORT, 0, x + 1, y + 1, 'M', 0, x + 1, y + 4, 'M');
	vt_type(&vt, bytes);
	see("About");
	assert_false(vt_has(&vt, "an open AC Management Console"));
	console_escape(&vt);
	gone("About");
	leave();
}

/* What is read at once need not be a whole screen: it becomes one. */
static void whole(void)
{
	VT_UNTIL(&vt, CONSOLE_MS, !console_broken(&vt));
	assert_null(console_broken(&vt));
}

/* Where the border is: the column of the joint in the upper border. */
static int border(void)
{
	for (int x = 0; x < vt.cols; x++)
		if (vt_cell(&vt, 1, x).chars[0] == 0x252c)
			return x;
	return -1;
}

static void test_drag_border(void **state)
{
	(void)state;
	start();
	assert_int_equal(border(), 23);
	report(0, 10, 23, 'M');
	report(0, 12, 33, 'm');
	VT_UNTIL(&vt, CONSOLE_MS, border() == 33);
	assert_int_equal(border(), 33);
	whole();
	/* too far: there must be room for the list */
	report(0, 10, 33, 'M');
	report(0, 12, 78, 'm');
	VT_UNTIL(&vt, CONSOLE_MS, border() == 41);
	assert_int_equal(border(), 41);
	report(0, 10, 41, 'M');
	report(0, 12, 30, 'm');
	VT_UNTIL(&vt, CONSOLE_MS, border() == 30);
	leave();
	start();
	assert_int_equal(border(), 30);
	leave();
}

/* The border with keys: by steps, no further than there is room, kept. */
static void test_border_keys(void **state)
{
	(void)state;
	start();
	assert_int_equal(border(), 23);
	for (int i = 0; i < 30; i++)
		press("]");
	VT_UNTIL(&vt, CONSOLE_MS, border() == 41);
	assert_int_equal(border(), 41);
	whole();
	press("[");
	VT_UNTIL(&vt, CONSOLE_MS, border() == 39);
	assert_int_equal(border(), 39);
	for (int i = 0; i < 30; i++)
		press("[");
	VT_UNTIL(&vt, CONSOLE_MS, border() == 13);
	assert_int_equal(border(), 13);
	whole();
	press("z");
	press("]");
	see("no border to move");
	press("z");
	press("]");
	VT_UNTIL(&vt, CONSOLE_MS, border() == 15);
	leave();
	start();
	assert_int_equal(border(), 15);
	leave();
}

static void test_mouse_switch(void **state)
{
	(void)state;
	start();
	press("F9");
	for (int i = 0; i < 3; i++)
		press("Right");
	click_on("Mouse on", 1);
	see("the terminal's again");
	wrote(MOUSE_OFF);
	leave();
	start();
	assert_false(was_written(MOUSE_ON));
	leave();
}

#define PASTE(s) "\33[200~" s "\33[201~"

static void test_paste(void **state)
{
	(void)state;
	start();
	wrote("\33[?2004h");
	/* outside of a field nothing happens: q would quit, F8 ask */
	vt_type(&vt, PASTE("q\33[19~y\r"));
	see("no field to paste into");
	press("/");
	see("Part of a name");
	/* the newline presses no Enter, and the text is one line */
	vt_type(&vt, PASTE("UP\r\nS\t5\n"));
	see("UP S 5");
	see("Nothing has \"UP S 5\"");
	vt_type(&vt, CTRL_U PASTE("UPS5"));
	press("Enter");
	see("─ UPS5 ");
	press("F4");
	see("Power device: UPS5");
	for (int i = 0; i < 3; i++)
		press("Down");
	vt_type(&vt, PASTE("電源\33]0;x\7装置\1"));
	see("電源]0;x装置");
	/* more than a field can hold: nothing of it */
	vt_type(&vt, "\33[200~");
	for (int i = 0; i < 30; i++)
		vt_type(&vt, "0123456789012345678901234567890123456789");
	vt_type(&vt, "\33[201~");
	see("longer than a field can be");
	console_escape(&vt);
	see("Leave the form");
	press("y");
	gone("Power device: UPS5");
	assert_false(was_written("\33]0;x"));
	leave();
}

static void test_copy(void **state)
{
	(void)state;
	setenv("TMUX", "", 1);
	start();
	press("/");
	see("Part of a name");
	vt_type(&vt, "UPS5");
	press("Enter");
	see("─ UPS5 ");
	press("Y");
	see("Copied to the clipboard: 127.9.50.5");
	wrote("\33]52;c;MTI3LjkuNTAuNQ==\7");
	press("F4");
	see("Power device: UPS5");
	press("Ctrl-Y");
	wrote("\33]52;c;VVBTNQ==\7");
	press("F10");
	gone("Power device: UPS5");
	leave();
	/* inside tmux, and inside screen */
	setenv("TMUX", "/tmp/x,1,0", 1);
	start();
	press("Down");
	see("─ SSC ");
	press("Y");
	wrote("\33Ptmux;\33\33]52;c;MTI3LjI1NS4yNTUuMjU1\7\33\\");
	leave();
	unsetenv("TMUX");
	setenv("TERM", "screen-256color", 1);
	start();
	press("Down");
	see("─ SSC ");
	press("Y");
	wrote("\33P\33]52;c;MTI3LjI1NS4yNTUuMjU1\7\33\\");
	leave();
	/* a terminal that would show it as text */
	setenv("TERM", "vt100", 1);
	start();
	press("Y");
	see("takes nothing for its clipboard");
	assert_false(was_written("\33]52"));
	leave();
	setenv("TERM", "xterm-256color", 1);
}

static void test_title(void **state)
{
	(void)state;
	start();
	wrote("\33[22;0t");
	press("/");
	see("Part of a name");
	vt_type(&vt, "UPS5");
	press("Enter");
	see("─ UPS5 ");
	press("F8");
	see("Delete UPS5?");
	press("y");
	see("modified");
	wrote("\33]0;amc: ac_e_net.ini · modified");
	press("Ctrl-S");
	see("Saved as revision");
	press("q");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
	wrote("\33[23;0t");
	wrote("\33[?2004l");
	wrote(MOUSE_OFF);
	vt_close(&vt);
}

/* The colour behind a cell; -1: the terminal's own. */
static int back(int y, int x)
{
	VTermScreenCell c = vt_cell(&vt, y, x);

	return VTERM_COLOR_IS_DEFAULT_BG(&c.bg) ? -1 : c.bg.indexed.idx;
}

/* On the alarm line, where nothing stands. */
static void is_back(int colour)
{
	VT_UNTIL(&vt, CONSOLE_MS, back(22, 78) == colour);
	assert_int_equal(back(22, 78), colour);
}

static void choose_theme(const char *title)
{
	press("Alt-v");
	click_on("Theme", 1);
	see("┌ Theme ─");
	click_on(title, 1);
	gone("┌ Theme ─");
}

static void test_themes(void **state)
{
	(void)state;
	start();
	is_back(-1);
	choose_theme("Light");
	is_back(255);
	choose_theme("High contrast");
	is_back(16);
	choose_theme("Dark");
	is_back(234);
	leave();
	/* it is kept */
	start();
	is_back(234);
	/* while it is being chosen it is seen, and Esc leaves all as it was */
	press("Alt-v");
	see("Theme");
	click_on("Theme", 1);
	see("High contrast");
	press("L");
	is_back(255);
	press("Down");
	is_back(16);
	console_escape(&vt);
	is_back(234);
	leave();
	/* and gives way to NO_COLOR: states have words, the selection is reversed */
	setenv("NO_COLOR", "1", 1);
	start();
	is_back(-1);
	VT_UNTIL(&vt, CONSOLE_MS, vt_cell(&vt, 2, 5).attrs.reverse);
	assert_true(vt_cell(&vt, 2, 5).attrs.reverse);
	leave();
	unsetenv("NO_COLOR");
	start();
	choose_theme("Monochrome");
	is_back(-1);
	VT_UNTIL(&vt, CONSOLE_MS, vt_cell(&vt, 2, 5).attrs.reverse);
	assert_true(vt_cell(&vt, 2, 5).attrs.reverse);
	leave();
}

static void write_own(const char *name, const char *text)
{
	char *folder = mem_printf("%s/amc", console_dir());
	char *path = file_join(folder, name);
	struct err e;

	assert_true(file_mkdirs(folder, 0700, &e));
	assert_true(file_replace(path, text, strlen(text), 0600, &e));
	free(path);
	free(folder);
}

static void test_own_theme(void **state)
{
	(void)state;
	write_own("theme.xml", "<themes>\n<theme name=\"night\" title=\"Night\" base=\"dark\">\n"
	    "<role name=\"text\" fg=\"130 red\" bg=\"17 bright-blue blue\"/>\n</theme></themes>\n");
	start();
	choose_theme("Night");
	is_back(17);
	leave();
	write_own("theme.xml", "<themes>\n<theme name=\"night\" title=\"Night\" base=\"dark\">\n"
	    "<role name=\"text\" fg=\"130\"/>\n</theme></themes>\n");
	start_with(NULL, NULL);
	see("theme.xml:3: fg=\"130\" needs a name");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 1);
	vt_close(&vt);
}

/* A theme in terminals with many, few and no colours; each is left as it was. */
static void test_terminals(void **state)
{
	static const struct { const char *term; int back; } terms[] = {
		{ "xterm-256color", 17 }, { "xterm-16color", 12 }, { "xterm", 4 },
		{ "linux", 4 }, { "vt100", -1 }, { "vt220", -1 },
	};

	(void)state;
	write_own("theme.xml", "<themes>\n<theme name=\"dark\" title=\"Night\" base=\"dark\">\n"
	    "<role name=\"text\" fg=\"130 red\" bg=\"17 bright-blue blue\"/>\n</theme></themes>\n");
	write_own("console.conf", "[console]\ntheme = dark\n");
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		setenv("TERM", terms[i].term, 1);
		start();
		is_back(terms[i].back);
		whole();
		press("F4");
		console_escape(&vt);
		leave();
	}
	setenv("TERM", "xterm-256color", 1);
}

/* Characters on the screen that are no ASCII. */
static int beyond_ascii(void)
{
	int n = 0;

	for (int y = 0; y < vt.rows; y++)
		for (int x = 0; x < vt.cols; x++) {
			uint32_t c = vt_cell(&vt, y, x).chars[0];

			n += c > 0x7e && c != (uint32_t)-1;
		}
	return n;
}

static void test_no_utf8(void **state)
{
	(void)state;
	setenv("LC_ALL", "C", 1);
	setenv("LANGUAGE", "ja", 1);
	start_with(NULL, NULL);
	see("F10");
	see("+ Power network ---");
	see("- SSC_Cluster");
	/* as wide as it is: the columns behind it stand where they should */
	see("Blade??????");
	VT_UNTIL(&vt, CONSOLE_MS, beyond_ascii() == 0);
	assert_int_equal(beyond_ascii(), 0);
	press("F1");
	see("The main screen");
	VT_UNTIL(&vt, CONSOLE_MS, beyond_ascii() == 0);
	assert_int_equal(beyond_ascii(), 0);
	press("q");
	gone("The main screen");
	/* Japanese would be question marks */
	press("Alt-v");
	click_on("Language", 1);
	see("+ Language -");
	press("End");
	press("Enter");
	see("only English can be shown");
	leave();
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("LANGUAGE");
}

static void test_ascii(void **state)
{
	(void)state;
	start_with("--ascii", NULL);
	see("F10");
	see("+ Power network ---");
	see("Bladeサーバ");
	see("- SSC_Cluster");
	assert_false(vt_has(&vt, "│"));
	leave();
}

/* A terminal that has ① two columns wide: for libvterm it becomes a letter that is. */
static void widen(char *bytes, size_t n)
{
	for (size_t i = 0; i + 3 <= n; i++)
		if (memcmp(bytes + i, "①", 3) == 0)
			memcpy(bytes + i, "一", 3);
}

static void test_ambiguous(void **state)
{
	char *bytes = console_bytes(), *at = strstr(bytes, "Name=SSC_Cluster");
	char *text = mem_printf("%.*sName=A①B①C%s", (int)(at - bytes), bytes,
	    at + strlen("Name=SSC_Cluster"));
	struct err e;

	(void)state;
	assert_true(file_replace(console_site(), text, strlen(text), 0600, &e));
	free(text);
	free(bytes);
	vt.tap = widen;
	start_with("--ambiguous", "2");
	see("F10");
	see("A一B一C");
	/* no line or mark of ours is one that is wide */
	assert_false(vt_has(&vt, "─"));
	assert_false(vt_has(&vt, "│"));
	see("F10Quit");
	for (int y = 2; y < 20; y++)
		assert_non_null(strchr("|+", (int)vt_cell(&vt, y, 79).chars[0]));
	see("▾ A一B一C");
	/* by choice, and back, while it runs */
	press("Alt-v");
	click_on("Width of", 1);
	see("One column");
	press("Up");
	press("Enter");
	see("│");
	leave();
}

/* In the terminal the characters of the question become others of the width wanted. */
static void widen_question(char *bytes, size_t n)
{
	for (size_t i = 0; i + 3 <= n; i++)
		if (memcmp(bytes + i, "▽", 3) == 0 || memcmp(bytes + i, "①", 3) == 0)
			memcpy(bytes + i, "一", 3);
}

/* One that is answered with nothing: CSI 6n becomes CSI 0m. */
static void silence(char *bytes, size_t n)
{
	record(bytes, n);
	for (size_t i = 0; i + 4 <= n; i++)
		if (memcmp(bytes + i, "\33[6n", 4) == 0)
			memcpy(bytes + i + 2, "0m", 2);
}

/* The terminal is asked how wide: two, one, nothing, and too late. */
static void test_width_is_asked(void **state)
{
	(void)state;
	text_done(&written);
	vt.tap = widen_question;
	start_with(NULL, NULL);
	see("F10Quit");
	VT_UNTIL(&vt, CONSOLE_MS, !vt_has(&vt, "│"));
	assert_false(vt_has(&vt, "─"));
	see("▾ SSC");
	assert_false(vt_has(&vt, "一"));
	leave();

	start();
	wrote("\33[6n");
	see("│");
	assert_false(vt_has(&vt, "▽"));
	leave();

	/* who has said it himself is not asked about */
	vt.tap = record;
	start_with("--ambiguous", "1");
	see("F10");
	assert_false(was_written("\33[6n"));
	leave();

	text_done(&written);
	vt.tap = silence;
	start_with(NULL, NULL);
	see("F10");
	wrote("\33[6n");
	see("│");
	assert_false(vt_has(&vt, "▽"));
	/* late, but while it runs: taken, and no key */
	vt_type(&vt, "\33[2;3R");
	VT_UNTIL(&vt, CONSOLE_MS, !vt_has(&vt, "│"));
	assert_false(vt_has(&vt, "│"));
	leave();

	/* a Shift-F3 is what it was */
	vt.tap = silence;
	start_with(NULL, NULL);
	see("│");
	vt_type(&vt, "\33[1;2R");
	press("q");
	vt_type(&vt, "\33[2;2R");	/* it leaves before this is read: dropped, not echoed */
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
	assert_true(vt_restored(&vt, CONSOLE_MS));
	assert_false(vt_has(&vt, "2R"));
	vt_close(&vt);
}

static void test_own_keys(void **state)
{
	static const struct { const char *line, *words; } faults[] = {
		{ "<key name=\"Ctrl-I\" action=\"save\"/>", "keys.xml:2: Ctrl-I arrives as Tab" },
		{ "<key name=\"Hyper-X\" action=\"save\"/>", "keys.xml:2: no terminal sends Hyper-X" },
		{ "<key name=\"x\" action=\"sav\"/>", "keys.xml:2: there is no action \"sav\"" },
		{ "<key name=\"Alt-v\" action=\"save\"/>", "keys.xml:2: Alt-v opens the menu \"View\"" },
		{ "<key name=\"x\" action=\"save\"/><key name=\"x\" action=\"quit\"/>",
		  "keys.xml:2: x already does \"save\" here" },
	};

	(void)state;
	write_own("keys.xml", "<keys>\n<context name=\"main\">\n"
	    "<key name=\"Ctrl-W\" action=\"problems\"/>\n"
	    "<key name=\"F6\" action=\"zoom\"/>\n"
	    "<key name=\"c\" action=\"none\"/>\n</context>\n</keys>\n");
	start();
	see("F6Zoom");
	press("Ctrl-W");
	see("Problems");
	console_escape(&vt);
	gone("Problems");
	press("c");
	see("c does nothing here");
	press("F1");
	see("The main screen");
	press("End");
	press("PageUp");
	see("Ctrl-W");
	press("q");
	gone("The main screen");
	leave();
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		char *text = mem_printf("<keys><context name=\"main\">\n%s\n</context></keys>\n",
		    faults[i].line);

		write_own("keys.xml", text);
		free(text);
		start_with(NULL, NULL);
		see(faults[i].words);
		assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 1);
		vt_close(&vt);
	}
}

/* A letter of a form's field cannot be a key, wherever it is bound. */
static void test_text_keys(void **state)
{
	(void)state;
	write_own("keys.xml", "<keys>\n<context name=\"moving\">\n"
	    "<key name=\"x\" action=\"ok\"/>\n</context></keys>\n");
	start_with(NULL, NULL);
	see("keys.xml:3: x is typed into the fields of");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 1);
	vt_close(&vt);
}

static void test_language(void **state)
{
	(void)state;
	start();
	press("F6");
	see("Problems");
	press("q");
	gone("Problems");
	press("Alt-v");
	click_on("Language", 1);
	see("日本語");
	click_on("日本語", 1);
	see("電源ネットワーク");
	see("制御端末");
	assert_false(vt_has(&vt, "Control terminals"));
	/* what the rules found is said anew */
	press("F6");
	see("警告");
	assert_false(vt_has(&vt, "warning"));
	press("q");
	gone("メニュー 警告");
	leave();
	/* kept, and back again */
	assert_true(console_start(&vt, 24, 80, (const char *[]){ console_site(), NULL }));
	see("電源ネットワーク");
	press("Alt-v");
	click_on("言語", 1);
	see("English");
	click_on("English", 1);
	see("Power network");
	leave();
}

static void test_pause(void **state)
{
	(void)state;
	start();
	press("P");
	see("PAUSED since");
	see("· paused");
	press("F4");
	console_escape(&vt);
	see("PAUSED since");
	press("P");
	gone("PAUSED since");
	gone("· paused");
	leave();
}

static void test_typed_name(void **state)
{
	(void)state;
	start();
	press("/");
	see("Part of a name");
	vt_type(&vt, "SEIGYO_1");
	press("Enter");
	see("─ SSC_SEIGYO_1 ");
	press("F8");
	/* it names what is hit */
	see("With 2 nodes below it: UPS1, SSC-CL-SV1");
	see("Type SSC_SEIGYO_1 to go on:");
	press("Enter");
	see("That is another name");
	vt_type(&vt, "SSC_SEIGYO");
	press("Enter");
	see("That is another name");
	console_escape(&vt);
	gone("to go on:");
	assert_false(vt_has(&vt, "modified"));
	press("F8");
	see("Type SSC_SEIGYO_1");
	vt_type(&vt, "SSC_SEIGYO_1");
	press("Enter");
	see("SSC_SEIGYO_1 is deleted");
	see("modified");
	press("q");
	see("not saved");
	press("d");
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), 0);
	vt_close(&vt);
}

/* Ctrl-S is a key, also right at the start, and Esc with a digit an F-key. */
static void test_keys_of_terminals(void **state)
{
	(void)state;
	start();
	press("Ctrl-S");
	see("Nothing");
	vt_type(&vt, "\0336");
	see("Problems");
	vt_type(&vt, "\33");
	gone("Problems");
	vt_type(&vt, "\33?");
	see("The main screen");
	press("q");
	gone("The main screen");
	leave();
}

/* Addresses where no other test has its cards: what they tell would be in the way. */
static bool move_site(void)
{
	char *bytes = console_bytes();
	struct err e;
	bool ok;

	for (char *s = bytes; (s = strstr(s, "127.0.5")); s++)
		s[4] = '9';
	ok = file_replace(console_site(), bytes, strlen(bytes), 0600, &e);
	free(bytes);
	return ok;
}

/* In the background and after a crash the terminal has its mouse and its keys. */
static void test_background(void **state)
{
	(void)state;
	start();
	wrote(MOUSE_ON);
	text_done(&written);
	press("Ctrl-Z");
	wrote(MOUSE_OFF);
	wrote("\33[?2004l");
	wrote("\33[23;0t");
	assert_true(vt_restored(&vt, CONSOLE_MS));
	text_done(&written);
	kill(vt.pid, SIGCONT);
	wrote(MOUSE_ON);
	wrote("\33[?2004h");
	wrote("\33]0;amc: ac_e_net.ini");
	see("F10Quit");
	click_on("Help", 0);
	see("About");
	text_done(&written);
	kill(vt.pid, SIGABRT);
	assert_int_equal(vt_wait_exit(&vt, CONSOLE_MS), -SIGABRT);
	wrote(MOUSE_OFF);
	wrote("\33[?2004l");
	assert_true(vt_restored(&vt, CONSOLE_MS));
	vt_close(&vt);
}

static int fresh(void **state)
{
	char *command = mem_printf("rm -rf '%s/amc'", console_dir());
	bool ok = system(command) == 0 && console_sample("demo.ini") && move_site();

	(void)state;
	free(command);
	vt.tap = NULL;
	return ok ? 0 : -1;
}

static int open_all(void **state)
{
	(void)state;
	return console_open("t-comfort") ? 0 : -1;
}

#define COMFORT(t) cmocka_unit_test_setup(t, fresh)

int main(void)
{
	const struct CMUnitTest tests[] = {
		COMFORT(test_mouse_main),
		COMFORT(test_mouse_cut_off),
		COMFORT(test_mouse_menu),
		COMFORT(test_drag_border),
		COMFORT(test_border_keys),
		COMFORT(test_mouse_switch),
		COMFORT(test_paste),
		COMFORT(test_copy),
		COMFORT(test_title),
		COMFORT(test_themes),
		COMFORT(test_own_theme),
		COMFORT(test_terminals),
		COMFORT(test_no_utf8),
		COMFORT(test_ascii),
		COMFORT(test_ambiguous),
		COMFORT(test_width_is_asked),
		COMFORT(test_own_keys),
		COMFORT(test_text_keys),
		COMFORT(test_language),
		COMFORT(test_pause),
		COMFORT(test_typed_name),
		COMFORT(test_keys_of_terminals),
		COMFORT(test_background),
	};

	return cmocka_run_group_tests_name("comfort", tests, open_all, steps_close);
}
