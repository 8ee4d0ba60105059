/* drawing - the program of the tests of paint; see drawing.h */
#include "drawing.h"
#include "tui/grid.h"
#include "tui/paint.h"
#include "tui/painting.h"

#include <curses.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static uint32_t seed = 1;
static int cursor_y, cursor_x;
static bool cursor_shown, by_paint;
static struct theme theme;

void drawing_seed(uint32_t to)
{
	seed = to;
}

uint32_t drawing_any(uint32_t below)
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
			int from = k == COLOURS_256 ? 16 : 0;

			l->fg.of[k] = (short)(i % 3 ? from + i % 8 : -1);
			l->bg.of[k] = (short)(i % 4 == 2 ? from + (i + 3) % 8 : -1);
		}
		l->attrs = l->mono = (unsigned)i % 16 & ~(unsigned)LOOK_DIM;
	}
	theme.looks[ROLE_TEXT] = (struct look){ .fg = { { -1, -1, -1 } }, .bg = { { -1, -1, -1 } } };
	if (ground)
		theme.looks[ROLE_TEXT] = (struct look){ .fg = { { 7, 7, 7 } }, .bg = { { 4, 4, 4 } } };
}

/* One in the last column is left out by paint.c, and by libvterm if it comes late. */
static void put_mark(int y, int x, enum role role)
{
	uint32_t mark = 0x300 + drawing_any(20);

	if (by_paint || x < COLS)
		grid_put(y, x, role, mark, 0);
}

static void draw(void)
{
	int rows = LINES, cols = COLS;

	grid_resize(rows, cols);
	grid_clear(ROLE_TEXT);
	for (uint32_t n = drawing_any(60); n > 0; n--) {
		int y = (int)drawing_any((uint32_t)rows), x = (int)drawing_any((uint32_t)cols);
		enum role role = (enum role)drawing_any(ROLE_COUNT);

		switch (drawing_any(8)) {
		case 0:
			for (uint32_t i = drawing_any(10); i > 0; i--, x += 2)
				grid_put(y, x, role, 0x4e00 + drawing_any(200), 2);
			break;
		case 1:
			grid_put(y, x, role, 'e', 1);
			for (uint32_t i = drawing_any(4); i > 0; i--)
				put_mark(y, x + 1, role);
			break;
		case 2:
			grid_repeat(y, x, (int)drawing_any(80), role, drawing_any(2) ? ' ' : 0x2500);
			break;
		case 3:
			for (uint32_t i = drawing_any(3); i > 0; i--, x += 2)
				grid_put(y, x, role, 0x1f50a + drawing_any(20), 2);
			grid_put(y, x, role, 0x2661, 1);
			break;
		case 4:
			grid_fill(y, 0, cols, role);
			break;
		default:
			grid_put_ascii(y, x, role, "The quick_brown~fox, 123!", 1 + (int)drawing_any(25));
		}
	}
	/* in the corner, where to write is to scroll, and in front of which is erased */
	grid_put(rows - 1, cols - 1, ROLE_TEXT, '#', 1);
	cursor_y = (int)drawing_any((uint32_t)rows);
	cursor_x = (int)drawing_any((uint32_t)cols);
	cursor_shown = drawing_any(2);
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
	if (by_paint && !paint_by_curses())
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
		snprintf(mark, sizeof mark, "\033[?%d%c", DRAWING_MARK, on ? 'h' : 'l');
		paint_send(mark, strlen(mark));
	}
	endwin();
	return 0;
}

int drawing_main(int argc, char **argv)
{
	if (argc != 4 || strcmp(argv[1], "--draw") != 0)
		return -1;
	by_paint = strcmp(argv[2], "paint") == 0;
	return draw_for_ever(strcmp(argv[3], "colours") == 0);
}

int drawing_start(struct vt *t, int rows, int cols, const char *by, bool colours)
{
	char program[] = "/proc/self/exe", draws[] = "--draw", how[16],
	    with[] = "colours", without[] = "plain";
	char *words[] = { program, draws, how, colours ? with : without, NULL };

	snprintf(how, sizeof how, "%s", by);
	return vt_start(t, rows, cols, words);
}

bool drawing_end(struct vt *t, int ms)
{
	bool well;

	vt_type(t, "q");
	well = vt_wait_exit(t, ms) == 0;
	vt_close(t);
	return well;
}
