/*
 * Painting past ncurses shows what ncurses itself would: two programs draw the same at
 * random, one by tui/paint.h, one by ncurses, each in a terminal of its own, and every
 * cell, its look and the cursor are compared. By terminals of many kinds, with colours
 * and without; other sizes also while output is on its way; suspended and resumed; all
 * sent again; through a line that takes only pieces.
 */
#include "drawing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
	return y == theirs.rows - 1 && x >= theirs.cols - 3 && theirs.cols > 3 &&
	    vt_cell(&theirs, y, theirs.cols - 3).chars[0] >= 0x3000 &&
	    vt_cell(&theirs, y, theirs.cols - 3).width == 1;
}

static void same_screens(const char *term, int round, bool scrolls)
{
	for (int y = 0; y < ours.rows; y++)
		for (int x = 0; x < ours.cols - (scrolls && y == ours.rows - 1 ? 2 : 0); x++) {
			VTermScreenCell a = vt_cell(&ours, y, x), b = vt_cell(&theirs, y, x);

			if (!same_cell(&a, &b, scrolls, x == ours.cols - 1) &&
			    !broken_end(y, x))
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
	vt_type(&ours, "q");
	vt_type(&theirs, "q");
	assert_int_equal(vt_wait_exit(&ours, WAIT_MS), 0);
	assert_int_equal(vt_wait_exit(&theirs, WAIT_MS), 0);
	vt_close(&ours);
	vt_close(&theirs);
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

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(as_by_ncurses) };

	int rc = drawing_main(argc, argv);

	return rc >= 0 ? rc : cmocka_run_group_tests_name("paint", tests, NULL, NULL);
}
