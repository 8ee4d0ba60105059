/*
 * Painting past ncurses shows what ncurses itself would: two programs draw the same at
 * random, one by tui/paint.h, one by ncurses, each in a terminal of its own, and every
 * cell, its look and the cursor are compared. By terminals of many kinds, with colours
 * and without; other sizes also while output is on its way; suspended and resumed; all
 * sent again; through a line that takes only pieces. In tmux, too, which is left and
 * seen again.
 */
#include "drawing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

enum { ROUNDS = 25, WAIT_MS = 20000 };

static struct vt ours, theirs;

static void tell(struct vt *t, const char *what, bool on)
{
	vt_type(t, what);
	VT_UNTIL(t, WAIT_MS, vt_mode(t, DRAWING_MARK) == on || t->eof);
	assert_false(t->eof);
	assert_int_equal(vt_mode(t, DRAWING_MARK), on);
}

static bool is_blank(const VTermScreenCell *c)
{
	return !c->chars[0] || (c->chars[0] == ' ' && !c->chars[1]);
}

/* Of a blank no colour of its own is seen. One that scrolls underlines nothing coloured. */
static bool same_cell(const VTermScreenCell *a, const VTermScreenCell *b, bool scrolls,
    bool last)
{
	bool blank = is_blank(a), line = a->attrs.underline || b->attrs.underline;

	/* the second half of a wide one; libvterm has its look in the first */
	if (a->chars[0] == (uint32_t)-1 || b->chars[0] == (uint32_t)-1)
		return a->chars[0] == b->chars[0];
	if (blank != is_blank(b) || (!scrolls && a->attrs.underline != b->attrs.underline) ||
	    a->attrs.reverse != b->attrs.reverse ||
	    !vterm_color_is_equal(&a->bg, &b->bg))
		return false;
	if (blank && !line && !a->attrs.reverse)
		return true;
	/* in the last column marks are left out, and what could wrap is a question mark */
	for (int i = 0; !blank && i < (last ? 1 : VTERM_MAX_CHARS_PER_CELL); i++) {
		if (a->chars[i] != b->chars[i] && !(last && a->chars[i] == '?'))
			return false;
		if (!a->chars[i])
			break;
	}
	return a->attrs.bold == b->attrs.bold && a->width == b->width &&
	    vterm_color_is_equal(&a->fg, &b->fg);
}

/* ncurses writes the last cell by way of the one before it, and breaks a wide one there. */
static bool broken_end(int y, int x)
{
	if (y != theirs.rows - 1 || x < theirs.cols - 3 || theirs.cols <= 3)
		return false;
	for (int i = theirs.cols - 3; i < theirs.cols; i++) {
		VTermScreenCell c = vt_cell(&theirs, y, i);

		if (c.chars[0] != (uint32_t)-1 && (c.chars[0] >= 0x3000) != (c.width == 2))
			return true;
	}
	return false;
}

/* The first cell that is not the same; false: there is none. */
static bool find_other(bool scrolls, int *y, int *x)
{
	for (*y = 0; *y < ours.rows; ++*y)
		for (*x = 0; *x < ours.cols - (scrolls && *y == ours.rows - 1 ? 2 : 0); ++*x) {
			VTermScreenCell a = vt_cell(&ours, *y, *x), b = vt_cell(&theirs, *y, *x);

			if (!same_cell(&a, &b, scrolls, *x == ours.cols - 1) &&
			    !broken_end(*y, *x))
				return true;
		}
	return false;
}

static void same_screens(const char *term, int round, bool scrolls)
{
	int y, x;

	if (find_other(scrolls, &y, &x)) {
		VTermScreenCell a = vt_cell(&ours, y, x), b = vt_cell(&theirs, y, x);

		fail_msg("%s, round %d: %d,%d: U+%04X U+%04X %d%d%d %d, by ncurses U+%04X U+%04X %d%d%d %d",
		    term, round, y, x, a.chars[0], a.chars[1], a.attrs.bold,
		    a.attrs.underline, a.attrs.reverse, a.width, b.chars[0],
		    b.chars[1], b.attrs.bold, b.attrs.underline,
		    b.attrs.reverse, b.width);
	}
	assert_int_equal(ours.cursor.row, theirs.cursor.row);
	assert_int_equal(ours.cursor.col, theirs.cursor.col);
}

/* Of one that scrolls at its last cell that is left out, with its neighbour, and it hides no cursor. */
static void play(const char *term, const char *by, bool colours)
{
	bool scrolls = strcmp(term, by) != 0;
	bool on = false;

	setenv("TERM", term, 1);
	drawing_seed(7);
	assert_int_equal(drawing_start(&ours, 24, 80, "paint", colours), 0);
	setenv("TERM", by, 1);
	assert_int_equal(drawing_start(&theirs, 24, 80, "curses", colours), 0);
	for (int i = 0; i < ROUNDS; i++) {
		const char *what = i % 6 == 2 ? "l" : i % 6 == 4 ? "s" : "d";

		if (i % 5 == 3) {
			int rows = 2 + (int)drawing_any(42), cols = 3 + (int)drawing_any(130);

			/* ours gets it in the middle of a drawing, which is lost then */
			vt_type(&ours, "d");
			vt_pump(&ours, 100);
			vt_resize(&ours, rows, cols);
			on = !on;
			VT_UNTIL(&ours, WAIT_MS, vt_mode(&ours, DRAWING_MARK) == on);
			tell(&theirs, "d", on);
			vt_resize(&theirs, rows, cols);
			what = "r";
		}
		on = !on;
		tell(&ours, what, on);
		tell(&theirs, what, on);
		same_screens(term, i, scrolls);
		if (!scrolls && theirs.cursor_visible != ours.cursor_visible)
			fail_msg("%s, round %d: the cursor", term, i);
	}
	assert_true(drawing_end(&ours, WAIT_MS));
	assert_true(drawing_end(&theirs, WAIT_MS));
}

static void as_by_ncurses(void **state)
{
	static const char *const kinds[] = { "xterm-256color", "xterm", "tmux-256color",
	    "screen", "linux", "rxvt-unicode", "vt220", "vt100" };

	(void)state;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		for (int colours = 0; colours < 2; colours++)
			play(kinds[i], kinds[i], colours);
	/* libvterm is no terminal that goes on in the next row by itself, as ncurses takes
	   this one to be: we do not rely on where it is then */
	play("ansi", "xterm", false);
	play("ansi", "xterm", true);
}

/* tmux in theirs, with nothing around the program, which draws as it does in ours. */
static void tmux(const char *what)
{
	char command[420];

	snprintf(command, sizeof command, "exec tmux -L t-paint-%d %s >/dev/null 2>&1",
	    (int)getpid(), what);
	assert_int_equal(system(command), 0);
}

static void see_tmux(void)
{
	char server[40], tmux_word[] = "tmux", attach[] = "attach", option[] = "-L", wide[] = "-u";
	char *words[] = { tmux_word, wide, option, server, attach, NULL };

	snprintf(server, sizeof server, "t-paint-%d", (int)getpid());
	setenv("TERM", "xterm-256color", 1);
	assert_int_equal(vt_start(&theirs, ours.rows, ours.cols, words), 0);
}

/* tmux tells of no mark: it has drawn when all is as in ours. */
static void same_in_tmux(const char *key, bool on)
{
	char command[40];
	int y, x;

	if (*key) {
		tell(&ours, key, on);
		/* what is typed while tmux takes its terminal it throws away */
		snprintf(command, sizeof command, "send-keys -l %s", key);
		tmux(command);
	}
	VT_UNTIL(&theirs, WAIT_MS, !find_other(false, &y, &x) &&
	    theirs.cursor.row == ours.cursor.row && theirs.cursor.col == ours.cursor.col);
	same_screens("tmux", on, false);
}

/* A multiplexer keeps cells of its own: is what it made of ours what libvterm makes of it? */
static void in_tmux(void **state)
{
	char exe[200], command[320];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);

	(void)state;
	if (n < 0 || system("command -v tmux >/dev/null") != 0)
		skip();
	exe[n] = '\0';
	unsetenv("TMUX");
	snprintf(command, sizeof command, "-u -f /dev/null new-session -d -x 80 -y 24 "
	    "'exec env TERM=tmux-256color %s --draw paint plain' \\; set status off", exe);
	tmux(command);
	setenv("TERM", "tmux-256color", 1);
	assert_int_equal(drawing_start(&ours, 24, 80, "paint", false), 0);
	see_tmux();
	for (int i = 0; i < 6; i++)
		same_in_tmux("d", i % 2 == 0);
	/* another size, and one that comes while nobody looks */
	vt_resize(&ours, 30, 100);
	vt_resize(&theirs, 30, 100);
	same_in_tmux("r", true);
	tmux("detach-client");
	assert_int_equal(vt_wait_exit(&theirs, WAIT_MS), 0);
	vt_close(&theirs);
	see_tmux();
	same_in_tmux("", true);
	same_in_tmux("d", false);
	same_in_tmux("l", true);
	vt_type(&ours, "q");
	assert_int_equal(vt_wait_exit(&ours, WAIT_MS), 0);
	tmux("send-keys -l q");
	assert_int_equal(vt_wait_exit(&theirs, WAIT_MS), 0);
	vt_close(&ours);
	vt_close(&theirs);
}

/* Also where it failed. */
static int end_tmux(void **state)
{
	char command[80];

	(void)state;
	snprintf(command, sizeof command, "tmux -L t-paint-%d kill-server >/dev/null 2>&1",
	    (int)getpid());
	return system(command) < 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_by_ncurses),
		cmocka_unit_test_teardown(in_tmux, end_tmux),
	};

	int rc = drawing_main(argc, argv);

	return rc >= 0 ? rc : cmocka_run_group_tests_name("paint", tests, NULL, NULL);
}
