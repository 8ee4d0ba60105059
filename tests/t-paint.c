/*
 * Painting past ncurses shows what ncurses itself would: two programs draw the same at
 * random, one by tui/paint.h, one by ncurses, each in a terminal of its own, and every
 * cell, its look and the cursor are compared. By terminals of many kinds, with colours
 * and without; other sizes also while output is on its way; suspended and resumed; all
 * sent again; through a line that takes only pieces.
 */
#include "vt.h"
#include "tui/grid.h"
#include "tui/paint.h"

#include <curses.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <cmocka.h>

enum { ROUNDS = 25, WAIT_MS = 20000, MARK = 2004 };

/* The drawing program */

static uint32_t seed = 1;
static int cursor_y, cursor_x;
static bool cursor_shown, by_paint;
static struct theme theme;

static uint32_t any(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % below;
}

/* Many looks; where ground is true also of the role on which all others stand. */
static void make_theme(bool ground)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		struct look *l = &theme.looks[i];

		for (int k = 0; k < COLOURS_KINDS; k++) {
			l->fg.of[k] = (short)(i % 3 ? i % 8 : -1);
			l->bg.of[k] = (short)(i % 4 == 2 ? (i + 3) % 8 : -1);
		}
		l->attrs = l->mono = (unsigned)i % 16 & ~(unsigned)LOOK_DIM;
	}
	theme.looks[ROLE_TEXT] = (struct look){ .fg = { { -1, -1, -1 } }, .bg = { { -1, -1, -1 } } };
	if (ground)
		theme.looks[ROLE_TEXT] = (struct look){ .fg = { { 7, 7, 7 } }, .bg = { { 4, 4, 4 } } };
}

static void draw(void)
{
	int rows = LINES, cols = COLS;

	grid_resize(rows, cols);
	grid_clear(ROLE_TEXT);
	for (uint32_t n = any(60); n > 0; n--) {
		int y = (int)any((uint32_t)rows), x = (int)any((uint32_t)cols);
		enum role role = (enum role)any(ROLE_COUNT);

		switch (any(6)) {
		case 0:
			for (uint32_t i = any(10); i > 0; i--, x += 2)
				grid_put(y, x, role, 0x4e00 + any(200), 2);
			break;
		case 1:
			grid_put(y, x, role, 'e', 1);
			for (uint32_t i = any(4); i > 0; i--)
				grid_put(y, x + 1, role, 0x300 + any(20), 0);
			break;
		case 2:
			grid_repeat(y, x, (int)any(80), role, any(2) ? ' ' : 0x2500);
			break;
		case 3:
			grid_fill(y, 0, cols, role);
			break;
		default:
			grid_put_ascii(y, x, role, "The quick brown fox, 123!", 1 + (int)any(25));
		}
	}
	cursor_y = (int)any((uint32_t)rows);
	cursor_x = (int)any((uint32_t)cols);
	cursor_shown = any(2);
}

static void curses_cell(const struct grid_cell *c, cchar_t *to)
{
	const struct look *l = &theme.looks[c->role], *ground = &theme.looks[ROLE_TEXT];
	unsigned look = l->attrs | ground->attrs;
	uint32_t what[1 + GRID_MARKS];
	wchar_t chars[2 + GRID_MARKS] = { 0 };
	bool own = l->fg.of[0] >= 0 || l->bg.of[0] >= 0, any_ground = ground->fg.of[0] >= 0;
	short pair = (short)(!has_colors() ? 0 : own ? c->role + 1 : any_ground ? ROLE_TEXT + 1 : 0);

	grid_chars(c, what);
	for (int i = 0; i <= GRID_MARKS; i++)
		chars[i] = (wchar_t)what[i];
	setcchar(to, chars, (look & LOOK_BOLD ? A_BOLD : 0) | (look & LOOK_REVERSE ? A_REVERSE : 0) |
	    (look & LOOK_UNDERLINE ? A_UNDERLINE : 0), pair, NULL);
}

static void flush_by_curses(void)
{
	const struct grid_cell *c;

	for (int y = 0; y < LINES; y++)
		for (int x = 0, n = 0; x + n < COLS && (c = grid_changed(y, x + n, &x, &n));) {
			cchar_t cells[n];
			int used = 0;

			for (int i = 0; i < n; i++)
				if (c[i].what)
					curses_cell(&c[i], &cells[used++]);
			mvadd_wchnstr(y, x, cells, used);
		}
	curs_set(cursor_shown);
	move(cursor_y, cursor_x);
	refresh();
}

static void flush_all(void)
{
	if (by_paint)
		paint_flush(ROLE_TEXT, cursor_y, cursor_x, cursor_shown);
	else
		flush_by_curses();
}

static void again(void)
{
	if (by_paint)
		paint_again();
	else
		clearok(curscr, TRUE);
}

static void take_size(void)
{
	struct winsize ws;

	ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws);
	resizeterm(ws.ws_row, ws.ws_col);
	again();
}

static char command(void)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };
	char c;

	while (poll(&p, 1, -1) < 0 || read(STDIN_FILENO, &c, 1) != 1)
		if (p.revents & POLLHUP)
			exit(1);
	return c;
}

/* d draws, r takes another size, l sends all, s comes back from a suspension, q ends. */
static int draw_for_ever(bool colours)
{
	char c, mark[16];
	bool on = false;

	setlocale(LC_CTYPE, "C.UTF-8");
	make_theme(colours);
	if (!newterm(NULL, stdout, stdin))
		return 1;
	cbreak();
	noecho();
	typeahead(-1);
	paint_open();
	paint_theme(&theme);
	if (by_paint)
		fcntl(STDOUT_FILENO, F_SETFL, fcntl(STDOUT_FILENO, F_GETFL) | O_NONBLOCK);
	while ((c = command()) != 'q') {
		if (c == 'r')
			take_size();
		if (c == 's') {
			endwin();
			reset_prog_mode();
		}
		if (c == 's' || c == 'l')
			again();
		if (c != 'l' && c != 's')
			draw();
		flush_all();
		on = !on;
		snprintf(mark, sizeof mark, "\033[?%d%c", MARK, on ? 'h' : 'l');
		paint_send(mark, strlen(mark));
	}
	endwin();
	return 0;
}

/* The test */

static struct vt ours, theirs;

static void tell(struct vt *t, const char *what, bool on)
{
	vt_type(t, what);
	VT_UNTIL(t, WAIT_MS, vt_mode(t, MARK) == on || t->eof);
	assert_false(t->eof);
	assert_int_equal(vt_mode(t, MARK), on);
}

static bool is_blank(const VTermScreenCell *c)
{
	return !c->chars[0] || (c->chars[0] == ' ' && !c->chars[1]);
}

/* Of a blank no colour of its own is seen. One that scrolls underlines nothing coloured. */
static bool same_cell(const VTermScreenCell *a, const VTermScreenCell *b, bool scrolls)
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
	for (int i = 0; !blank && i < VTERM_MAX_CHARS_PER_CELL; i++) {
		if (a->chars[i] != b->chars[i])
			return false;
		if (!a->chars[i])
			break;
	}
	return a->attrs.bold == b->attrs.bold && a->width == b->width &&
	    vterm_color_is_equal(&a->fg, &b->fg);
}

static void same_screens(const char *term, int round, bool scrolls)
{
	for (int y = 0; y < ours.rows; y++)
		for (int x = 0; x < ours.cols - (scrolls && y == ours.rows - 1); x++) {
			VTermScreenCell a = vt_cell(&ours, y, x), b = vt_cell(&theirs, y, x);

			if (!same_cell(&a, &b, scrolls))
				fail_msg("%s, round %d: %d,%d: U+%04X %d%d%d, by ncurses U+%04X %d%d%d",
				    term, round, y, x, a.chars[0], a.attrs.bold, a.attrs.underline,
				    a.attrs.reverse, b.chars[0], b.attrs.bold, b.attrs.underline,
				    b.attrs.reverse);
		}
	assert_int_equal(ours.cursor.row, theirs.cursor.row);
	assert_int_equal(ours.cursor.col, theirs.cursor.col);
}

/* Of one that scrolls at its last cell that cell is left out, and it hides no cursor. */
static void play(const char *term, const char *by, bool colours)
{
	bool scrolls = strcmp(term, by) != 0;
	char program[] = "/proc/self/exe", draws[] = "--draw", paint[] = "paint",
	    curses[] = "curses", with[] = "colours", without[] = "plain";
	char *words[] = { program, draws, paint, colours ? with : without, NULL };
	bool on = false;

	setenv("TERM", term, 1);
	seed = 7;
	assert_int_equal(vt_start(&ours, 24, 80, words), 0);
	words[2] = curses;
	setenv("TERM", by, 1);
	assert_int_equal(vt_start(&theirs, 24, 80, words), 0);
	for (int i = 0; i < ROUNDS; i++) {
		const char *what = i % 6 == 2 ? "l" : i % 6 == 4 ? "s" : "d";

		if (i % 5 == 3) {
			int rows = 2 + (int)any(42), cols = 3 + (int)any(130);

			/* ours gets it in the middle of a drawing, which is lost then */
			vt_type(&ours, "d");
			vt_pump(&ours, 100);
			vt_resize(&ours, rows, cols);
			on = !on;
			VT_UNTIL(&ours, WAIT_MS, vt_mode(&ours, MARK) == on);
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

	if (argc == 4 && strcmp(argv[1], "--draw") == 0) {
		by_paint = strcmp(argv[2], "paint") == 0;
		return draw_for_ever(strcmp(argv[3], "colours") == 0);
	}
	return cmocka_run_group_tests_name("paint", tests, NULL, NULL);
}
