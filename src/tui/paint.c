#include "tui/paint.h"

#include "base/text.h"
#include "tui/grid.h"
#include "tui/painting.h"
#include "tui/rescue.h"
#include "tui/steady.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

static struct {
	const char *cup, *civis, *cnorm, *ech, *el;
	bool ansi_cup;		/* ESC [ row ; column H */
	bool moves_in_look;	/* or with the plain one only */
	bool scrolls;		/* when its last cell is written */
	bool overstrikes;	/* with a _ what it is written over */
	bool clears;		/* what is on it, at once */
	bool by_curses;		/* paint_by_curses() */
	bool again;
	enum role ground;
	int y, x;		/* the cursor; y -1: not known */
	bool visible, visible_known;
	int role;		/* that is switched on; -1: none */
	struct text out;	/* its room is kept */
} paint;

void paint_send(const char *s, size_t left)
{
	struct pollfd p = { .fd = STDOUT_FILENO, .events = POLLOUT };

	rescue_writing(true);
	while (left > 0 && !rescue_stuck()) {
		ssize_t n = write(STDOUT_FILENO, s, left);

		if (n < 0 && errno == EAGAIN)
			poll(&p, 1, -1);
		else if (n < 0 && errno != EINTR)
			break;
		if (n > 0) {
			rescue_writing(true);	/* it is slow, not dead */
			s += n;
			left -= (size_t)n;
		}
	}
	rescue_writing(false);
}

static int take_byte(int c)
{
	char byte = (char)c;

	text_add_len(&paint.out, &byte, 1);
	return c;
}

/* What tputs() makes of it, with its padding. */
static void add_cap(const char *s)
{
	if (s)
		tputs(s, 1, take_byte);
}

const char *paint_cap(const char *name)
{
	const char *s = tigetstr(name);

	return s && s != (const char *)-1 && *s ? s : NULL;
}

static bool has(const char *name)
{
	return tigetflag(name) > 0;
}

void paint_open(void)
{
	paint.cup = paint_cap("cup");
	paint.civis = paint_cap("civis");
	paint.cnorm = paint_cap("cnorm");
	paint.ech = paint_cap("ech");
	paint.el = paint_cap("el");
	paint.ansi_cup = paint.cup && strcmp(paint.cup, "\033[%i%p1%d;%p2%dH") == 0;
	paint.moves_in_look = has("msgr");
	paint.scrolls = has("am") && !has("xenl");
	paint.overstrikes = has("ul");
	paint.clears = paint_cap("clear") || paint_cap("ed") || paint_cap("el");
	paint.by_curses = paint_by_curses();
	paint.again = true;
	paint.role = -1;
}

void paint_done(void)
{
	paint_looks_done();
	text_done(&paint.out);
	grid_done();
}

void paint_theme(const struct theme *theme)
{
	paint_looks_theme(theme);
	paint.again = true;
}

static void add(const struct text *t)
{
	if (t->len)
		text_add_len(&paint.out, t->s, t->len);
}

static void put_role(int role)
{
	if (role == paint.role)
		return;
	if (paint.role >= 0)
		add(paint_look_off((enum role)paint.role));
	if (role >= 0)
		add(paint_look_on((enum role)role));
	paint.role = role;
}

static char *put_number(char *to, int n)
{
	char digits[12];
	int i = 0;

	do
		digits[i++] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	while (i > 0)
		*to++ = digits[--i];
	return to;
}

static void go(int y, int x)
{
	char s[32] = "\033[", *end;

	if (paint.y == y && paint.x == x)
		return;
	if (!paint.moves_in_look)
		put_role(-1);
	if (paint.ansi_cup) {
		end = put_number(s + 2, y + 1);
		*end++ = ';';
		end = put_number(end, x + 1);
		*end++ = 'H';
		text_add_len(&paint.out, s, (size_t)(end - s));
	} else {
		add_cap(tiparm(paint.cup, y, x));
	}
	paint.y = y;
	paint.x = x;
}

/* Is there what we expect after this one, and the cursor behind it? */
static bool is_steady(const struct grid_cell *c)
{
	if (c->what < 0x80)
		return c->what != '_' || !paint.overstrikes;
	return steady_width(c->what);	/* those with marks are beyond all */
}

static void put_cell(const struct grid_cell *c)
{
	uint32_t chars[1 + GRID_MARKS];
	char bytes[4];

	put_role(c->role);
	if (c->what < 0x80) {
		bytes[0] = (char)c->what;
		text_add_len(&paint.out, bytes, 1);
		return;
	}
	grid_chars(c, chars);
	for (int i = 0; i <= GRID_MARKS && chars[i]; i++)
		text_add_len(&paint.out, bytes, text_put(bytes, chars[i]));
}

/* Of the character in the first of so many cells. */
static int cols_of(const struct grid_cell *c, int left)
{
	return left > 1 && !c[1].what ? 2 : 1;
}

/* How many columns more than its own it takes where its marks take one, or it is wide. */
static int more_cols(const struct grid_cell *c, int cols)
{
	uint32_t chars[1 + GRID_MARKS];
	int marks = 0;

	if (is_steady(c) || c->what < 0x80)
		return 0;
	grid_chars(c, chars);
	while (marks < GRID_MARKS && chars[1 + marks])
		marks++;
	return marks ? marks : cols == 1;
}

/*
 * One that may take another number of columns in this terminal stands in all of its own,
 * and what follows is put where it belongs. Where it could wrap there is only what it is
 * without marks, or a question mark.
 */
static void put_unsure(int y, int x, const struct grid_cell *c)
{
	struct grid_cell one = *c;
	int cols = cols_of(c, grid_cols() - x);
	uint32_t chars[1 + GRID_MARKS];

	if (cols == 2 || c->what == '_') {
		put_role(c->role);
		text_add_len(&paint.out, "  ", (size_t)cols);
		paint.y = -1;
		go(y, x);
	}
	if (x + cols + more_cols(c, cols) > grid_cols()) {
		grid_chars(c, chars);
		one.what = (cols == 2 || steady_width(chars[0]) ? chars[0] : '?') & 0xffffff;
	}
	put_cell(&one);
	paint.y = -1;
}

/* How many are to be sent: one that takes more than we expect hides what follows it. */
static int with_hidden(int x, const struct grid_cell *c, int n)
{
	int most = grid_cols() - x;

	for (int i = 0, cols, to; i < n; i += cols) {
		cols = cols_of(&c[i], most - i);
		to = i + cols + more_cols(&c[i], cols);
		n = to > n ? to : n;
		if (n > most)
			n = most;
		if (n < most && !c[n].what)
			n++;
	}
	return n;
}

/* Of so many cells those that are plain blanks: an erased one is that, in any terminal. */
static int blanks(const struct grid_cell *c, int n)
{
	int i = 0;

	if (c->what != ' ' || paint_look_on((enum role)c->role)->len)
		return 0;
	while (i < n && c[i].what == ' ' && c[i].role == c->role)
		i++;
	return i;
}

/* Erases n plain blanks where that takes fewer bytes; behind: other cells follow them. */
static bool erased(const struct grid_cell *c, int n, bool behind)
{
	if (!paint.ech || n <= (behind ? 13 : 5))
		return false;
	put_role(c->role);
	add_cap(tiparm(paint.ech, n));
	return true;
}

/*
 * The same from there to the end of the row, in which so many cells are left, if hardly
 * one behind them is no blank. How many blanks; 0: that was not done.
 */
static int erased_to_end(const struct grid_cell *c, int left)
{
	int n = blanks(c, left);

	if (paint.ech || !paint.el || n < 16 || left - n > 2)
		return 0;
	put_role(c->role);
	add_cap(paint.el);
	return n;
}

/*
 * Of a wide character the first cell is sent, and the terminal makes both of it. True
 * when the row is as it should be to its end.
 */
static bool put_cells(int y, int x, const struct grid_cell *c, int n)
{
	int most = grid_cols() - x, looked = 0, k;
	bool scrolls = paint.scrolls && y == grid_rows() - 1, cut;

	n = with_hidden(x, c, n);
	cut = scrolls && n == most;
	if (cut)
		n--;
	for (int i = 0; i < n; i++) {
		if (!c[i].what)
			continue;
		go(y, x + i);
		k = cut || i < looked ? 0 : blanks(&c[i], n - i);
		looked = k ? i + k : looked;
		if (k > 5 && erased(&c[i], k, i + k < n)) {
			i += k - 1;
			continue;
		}
		if (k > 5 && !scrolls && (k = erased_to_end(&c[i], most - i)) > 0) {
			i += k - 1;
			n = most;
			continue;
		}
		if (cut && i == n - 1 && !c[n].what)
			put_cell(&(struct grid_cell){ .what = ' ', .role = c[i].role });
		else if (is_steady(&c[i]))
			put_cell(&c[i]);
		else
			put_unsure(y, x + i, &c[i]);
		if (paint.y == y)
			paint.x = x + i + cols_of(&c[i], n - i);
	}
	/* behind the last column it is where the terminal likes it to be */
	if (paint.x >= grid_cols())
		paint.y = -1;
	return n == most;
}

static void put_row(int y)
{
	const struct grid_cell *c;
	int x = 0, n = 0;
	bool whole = false;

	while (x + n < grid_cols() && (c = grid_changed(y, x + n, &x, &n)))
		whole = whole || put_cells(y, x, c, n);
}

static void put_cursor(int y, int x, bool visible)
{
	if (y < grid_rows() && x < grid_cols())
		go(y, x);
	if (paint.visible_known && visible == paint.visible)
		return;
	add_cap(visible ? paint.cnorm : paint.civis);
	paint.visible = visible;
	paint.visible_known = true;
}

void paint_again(void)
{
	paint.again = true;
}

/*
 * ncurses takes the terminal's second screen if it has not, and clears it. It may find
 * another size then: what was drawn for the old one is painted all the same, and again
 * when we hear of it.
 */
static void clear_all(void)
{
	clearok(curscr, TRUE);
	refresh();
	if (paint_look_on(paint.ground)->len || !paint.clears)
		grid_forget();
	else
		grid_blank(paint.ground);
	paint.again = false;
	paint.y = -1;
	paint.visible_known = false;
}

void paint_flush(enum role ground, int y, int x, bool visible)
{
	if (rescue_stuck())
		return;
	paint.ground = ground;
	if (paint_looks_make(ground))
		paint.again = true;
	if (paint.by_curses && rescue_await_room()) {
		paint_curses_flush(paint.again, y, x, visible);
		paint.again = false;
	}
	if (paint.by_curses)
		return;
	if (paint.again && rescue_await_room())
		clear_all();
	paint.out.len = 0;
	for (int row = 0; row < grid_rows(); row++)
		put_row(row);
	put_role(-1);
	put_cursor(y, x, visible || !paint_looks_seen());
	paint_send(paint.out.s ? paint.out.s : "", paint.out.len);
}
