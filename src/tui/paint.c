#include "tui/paint.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/grid.h"
#include "tui/rescue.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

/* A look: what switches it on from the plain one, and back. */
struct look_bytes { char *on, *off; };

static struct {
	attr_t attrs[ROLE_COUNT];
	short pairs[ROLE_COUNT];
	enum role ground;
	struct look_bytes looks[ROLE_COUNT];
	bool looks_known;
	const char *cup, *civis, *cnorm;
	bool ansi_cup;		/* ESC [ row ; column H */
	bool moves_in_look;	/* or with the plain one only */
	bool scrolls;		/* when its last cell is written */
	bool again;
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

static const char *cap(const char *name)
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
	paint.cup = cap("cup");
	paint.civis = cap("civis");
	paint.cnorm = cap("cnorm");
	paint.ansi_cup = paint.cup && strcmp(paint.cup, "\033[%i%p1%d;%p2%dH") == 0;
	paint.moves_in_look = has("msgr");
	paint.scrolls = has("am") && !has("xenl");
	paint.again = true;
	paint.role = -1;
}

static void forget_looks(void)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		free(paint.looks[i].on);
		free(paint.looks[i].off);
		paint.looks[i] = (struct look_bytes){ NULL, NULL };
	}
	paint.looks_known = false;
}

void paint_done(void)
{
	forget_looks();
	text_done(&paint.out);
	grid_done();
}

static attr_t attr_of(unsigned look)
{
	return (look & LOOK_BOLD ? A_BOLD : 0) | (look & LOOK_DIM ? A_DIM : 0) |
	    (look & LOOK_REVERSE ? A_REVERSE : 0) |
	    (look & LOOK_UNDERLINE ? A_UNDERLINE : 0);
}

void paint_theme(const struct theme *theme)
{
	const char *no = getenv("NO_COLOR");
	bool colours = has_colors() && !(no && *no) && !theme->mono;

	if (colours) {
		start_color();
		use_default_colors();
	}
	for (enum role i = 0; i < ROLE_COUNT; i++) {
		const struct look *l = &theme->looks[i];
		short fg = theme_fg(theme, i, COLORS), bg = theme_bg(theme, i, COLORS);

		paint.attrs[i] = attr_of(colours ? l->attrs : l->mono);
		paint.pairs[i] = 0;
		if (colours && (fg >= 0 || bg >= 0)) {
			paint.pairs[i] = (short)(i + 1);
			init_pair(paint.pairs[i], fg, bg);
		}
	}
	forget_looks();
	paint.again = true;
}

static char *look_change(attr_t attrs, short pair)
{
	struct text was = paint.out;
	char *s;

	paint.out = (struct text){ 0 };
	vid_puts(attrs, pair, NULL, take_byte);
	s = text_take(&paint.out);
	paint.out = was;
	return s;
}

/* A role without a colour, or with attributes, stands on what the screen is cleared with. */
static void make_looks(enum role ground)
{
	forget_looks();
	paint.ground = ground;
	paint.looks_known = true;
	free(look_change(A_NORMAL, 0));	/* ncurses knows of none either */
	for (int i = 0; i < ROLE_COUNT; i++) {
		short pair = paint.pairs[i] ? paint.pairs[i] : paint.pairs[ground];

		paint.looks[i].on = look_change(paint.attrs[i] | paint.attrs[ground], pair);
		paint.looks[i].off = look_change(A_NORMAL, 0);
	}
}

static void put_role(int role)
{
	if (role == paint.role)
		return;
	if (paint.role >= 0)
		text_add(&paint.out, paint.looks[paint.role].off);
	if (role >= 0)
		text_add(&paint.out, paint.looks[role].on);
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

/* Of a wide character the first cell is sent, and the terminal makes both of it. */
static void put_cells(int y, int x, const struct grid_cell *c, int n)
{
	if (paint.scrolls && y == grid_rows() - 1 && x + n == grid_cols())
		n -= c[n - 1].what ? 1 : 2;
	if (n <= 0)
		return;
	go(y, x);
	for (int i = 0; i < n; i++)
		if (c[i].what)
			put_cell(&c[i]);
	/* behind the last column it is where the terminal likes it to be */
	paint.x = x + n;
	if (paint.x >= grid_cols())
		paint.y = -1;
}

static void put_row(int y)
{
	const struct grid_cell *c;
	int x = 0, n = 0;

	while (x + n < grid_cols() && (c = grid_changed(y, x + n, &x, &n)))
		put_cells(y, x, c, n);
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
	if (*paint.looks[paint.ground].on)
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
	if (!paint.looks_known || ground != paint.ground) {
		make_looks(ground);
		paint.again = true;
	}
	if (paint.again && rescue_await_room())
		clear_all();
	paint.out.len = 0;
	for (int row = 0; row < grid_rows(); row++)
		put_row(row);
	put_role(-1);
	put_cursor(y, x, visible);
	paint_send(paint.out.s ? paint.out.s : "", paint.out.len);
}
