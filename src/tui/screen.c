#include "tui/screen.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/escape.h"
#include "tui/grid.h"
#include "tui/rescue.h"
#include "tui/screen-input.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

static struct {
	SCREEN *curses;
	struct screen_events on;
	struct termios before;
	attr_t attrs[ROLE_COUNT];
	short pairs[ROLE_COUNT];
	struct watch *watches[6];
	enum role ground;	/* what all others are drawn on */
	int cursor_y, cursor_x;
	bool visible;
	bool known;		/* title, clipboard and paste */
	bool mouse;		/* it sends us the mouse's reports */
	char *title;
} scr;

/*
 * ncurses asks this for the width of all it puts; it gets what the terminal makes
 * of a character, which the C library cannot know.
 */
int wcwidth(wchar_t c)
{
	return c ? text_char_width((uint32_t)c) : 0;
}

static attr_t attr_of(unsigned look)
{
	return (look & LOOK_BOLD ? A_BOLD : 0) | (look & LOOK_DIM ? A_DIM : 0) |
	    (look & LOOK_REVERSE ? A_REVERSE : 0) |
	    (look & LOOK_UNDERLINE ? A_UNDERLINE : 0);
}

void screen_theme(const struct theme *theme)
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

		scr.attrs[i] = attr_of(colours ? l->attrs : l->mono);
		scr.pairs[i] = 0;
		if (colours && (fg >= 0 || bg >= 0)) {
			scr.pairs[i] = (short)(i + 1);
			init_pair(scr.pairs[i], fg, bg);
		}
	}
	grid_forget();
	clearok(curscr, TRUE);
}

/* A terminfo string without its padding; "" if the terminal has none. */
static void add_cap(struct text *t, const char *name)
{
	const char *s = tigetstr(name);

	if (!s || s == (char *)-1)
		return;
	while (*s) {
		const char *pad = strncmp(s, "$<", 2) == 0 ? strchr(s, '>') : NULL;

		if (pad) {
			s = pad + 1;
			continue;
		}
		text_add_len(t, s++, 1);
	}
}

/* What has the terminal send the mouse's reports, or no more; nothing if it has none. */
static void add_reports(struct text *t, bool on)
{
	const char *xm = tigetstr("XM"), *mouse = tigetstr("kmous");

	if (!mouse || mouse == (char *)-1)
		return;
	if (xm && xm != (char *)-1)
		text_add(t, tiparm(xm, on));
	else	/* a terminal that does not know 1006 ignores it */
		text_add(t, on ? "\033[?1000h\033[?1006h" : "\033[?1006l\033[?1000l");
}

/* Past ncurses, whose own output is out after each refresh. */
static void send(const char *s)
{
	size_t left = strlen(s);

	while (left > 0) {
		ssize_t n = write(STDOUT_FILENO, s, left);

		if (n < 0 && errno != EINTR)
			return;
		if (n > 0) {
			s += n;
			left -= (size_t)n;
		}
	}
}

/* What terminfo does not know and ncurses does not do. */
static void take_more(void)
{
	struct text t = { 0 };

	if (scr.known)
		text_add(&t, ESCAPE_TITLE_KEEP ESCAPE_PASTE_ON);
	if (scr.known && scr.title)
		escape_title(&t, scr.title);
	if (scr.mouse)
		add_reports(&t, true);
	if (t.len)
		send(t.s);
	text_done(&t);
}

static void give_more_back(void)
{
	struct text t = { 0 };

	if (scr.mouse)
		add_reports(&t, false);
	if (scr.known)
		text_add(&t, ESCAPE_PASTE_OFF ESCAPE_TITLE_BACK);
	if (t.len)
		send(t.s);
	text_done(&t);
}

void screen_take_mouse(bool on)
{
	struct text t = { 0 };

	if (on != scr.mouse)
		add_reports(&t, on);
	if (t.len)
		send(t.s);
	text_done(&t);
	scr.mouse = on;
}

static void arm(void)
{
	struct text t = { 0 };
	char *s;

	if (scr.known)
		text_add(&t, ESCAPE_PASTE_OFF ESCAPE_TITLE_BACK);
	add_reports(&t, false);
	add_cap(&t, "sgr0");
	add_cap(&t, "rmkx");
	add_cap(&t, "rmcup");
	add_cap(&t, "cnorm");
	s = text_take(&t);
	rescue_arm(&scr.before, s);
	free(s);
}

static void ask_size(void)
{
	struct winsize ws;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_row && ws.ws_col &&
	    (ws.ws_row != LINES || ws.ws_col != COLS)) {
		resizeterm(ws.ws_row, ws.ws_col);
		grid_forget();	/* what was cut off does not come back by itself */
	}
}

static void on_winch(void *arg)
{
	(void)arg;
	ask_size();
	/*
	 * What was on its way when the size changed was cut or wrapped by the terminal,
	 * which curses cannot know; nor that a size came back before we asked.
	 */
	clearok(curscr, TRUE);
	scr.on.resized(scr.on.arg);
}

/*
 * Some terminals bring back with the first screen how the cursor was when it was
 * last saved, and curses saves it whenever it scrolls a part of the screen.
 */
static void leave(void)
{
	const char *shown = tigetstr("cnorm");

	endwin();
	if (shown && shown != (char *)-1)
		putp(shown);
	fflush(stdout);
}

static void on_stop(void *arg)
{
	(void)arg;
	leave();
	give_more_back();
	tcsetattr(STDIN_FILENO, TCSADRAIN, &scr.before);
	raise(SIGSTOP);
}

static void on_continue(void *arg)
{
	(void)arg;
	reset_prog_mode();
	take_more();
	ask_size();
	clearok(curscr, TRUE);
	scr.on.resized(scr.on.arg);
}

static void on_interrupt(void *arg)
{
	(void)arg;
	scr.on.interrupt(scr.on.arg);
}

static void on_input(int fd, unsigned ready, void *arg)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int waiting = 0;

	(void)ready;
	(void)arg;
	/* at a hangup the descriptor is ready for ever and has nothing */
	if (poll(&p, 1, 0) > 0 && p.revents & (POLLHUP | POLLERR | POLLNVAL) &&
	    (ioctl(fd, FIONREAD, &waiting) < 0 || waiting == 0)) {
		scr.on.gone(scr.on.arg);
		return;
	}
	scr.on.input(scr.on.arg);
}

/* Ctrl-S, Ctrl-Q, Ctrl-V and Ctrl-O are keys, not the line discipline's. */
static void free_keys(void)
{
	struct termios tty;

	if (tcgetattr(STDIN_FILENO, &tty) < 0)
		return;
	tty.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
	tty.c_lflag &= ~(tcflag_t)IEXTEN;
	/* else Ctrl-C and Ctrl-Z throw away what is on its way to the screen */
	tty.c_lflag |= NOFLSH;
	tcsetattr(STDIN_FILENO, TCSANOW, &tty);
}

static void take_keys(void)
{
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	typeahead(-1);	/* all keys are taken before a screen is drawn: do not look for more */
	free_keys();
	def_prog_mode();
}

/*
 * ncurses 6.4 takes itself to be starting until it comes back from a suspension, and
 * as long writes at each move of the cursor; then it writes once a refresh.
 */
static void write_at_once(void)
{
	endwin();
	refresh();
}

bool screen_can_move(struct err *e)
{
	const char *term = getenv("TERM"), *cup;
	bool can;
	int rc;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return true;
	can = setupterm(NULL, STDOUT_FILENO, &rc) != ERR;
	if (can) {
		cup = tigetstr("cup");
		can = cup && cup != (char *)-1;
		del_curterm(cur_term);
	}
	return can || err_set(e, _("This terminal (TERM=%s) cannot move its cursor. If it can, set TERM to what it is, for example xterm."),
	    term ? term : "");
}

bool screen_open(struct loop *loop, const struct theme *theme,
    const struct screen_events *on, struct err *e)
{
	const char *term = getenv("TERM");
	int rc;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(e, _("the console needs a terminal; from a script use a verb (amc --help), or amc --linear"));
	if (!screen_can_move(e) || setupterm(NULL, STDOUT_FILENO, &rc) == ERR)
		return false;
	if (tcgetattr(STDIN_FILENO, &scr.before) < 0)
		return err_errno(e, _("the terminal's settings"));
	set_escdelay(25);
	scr.on = *on;
	scr.known = escape_known(term);
	arm();
	/* before the first output, which a Ctrl-S typed early would stop for ever */
	free_keys();
	del_curterm(cur_term);
	/*
	 * Before curses looks: where it finds the default it ignores SIGTSTP whenever it
	 * writes, and a Ctrl-Z that comes meanwhile is lost; and at SIGINT it ends us.
	 */
	scr.watches[2] = loop_signal(loop, SIGTSTP, on_stop, NULL);
	scr.watches[4] = loop_signal(loop, SIGINT, on_interrupt, NULL);
	scr.curses = newterm(NULL, stdout, stdin);
	if (!scr.curses) {
		loop_remove(scr.watches[2]);
		loop_remove(scr.watches[4]);
		scr.watches[2] = scr.watches[4] = NULL;
		tcsetattr(STDIN_FILENO, TCSADRAIN, &scr.before);
		rescue_disarm();
		return err_set(e, _("the terminal (TERM=%s) cannot be used"), term ? term : "");
	}
	take_keys();
	write_at_once();
	screen_input_open(scr.known);
	screen_theme(theme);
	take_more();
	scr.watches[0] = loop_fd(loop, STDIN_FILENO, LOOP_READ, on_input, NULL);
	loop_first(scr.watches[0]);
	scr.watches[1] = loop_signal(loop, SIGWINCH, on_winch, NULL);
	scr.watches[3] = loop_signal(loop, SIGCONT, on_continue, NULL);
	/* the size may have changed before we listened */
	ask_size();
	return true;
}

void screen_close(void)
{
	if (!scr.curses)
		return;
	screen_input_settle();
	curs_set(1);
	leave();
	give_more_back();
	scr.mouse = false;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &scr.before);
	rescue_disarm();
	/* after the terminal is given back: until then a Ctrl-C or Ctrl-Z has to wait */
	for (size_t i = 0; i < sizeof scr.watches / sizeof *scr.watches; i++) {
		loop_remove(scr.watches[i]);
		scr.watches[i] = NULL;
	}
	/* who presses Ctrl-C once more while we end has what he wants */
	signal(SIGINT, SIG_IGN);
	delscreen(scr.curses);
	scr.curses = NULL;
	screen_input_close();
	free(scr.title);
	scr.title = NULL;
	grid_done();
}

int screen_rows(void)
{
	return scr.curses ? LINES : SCREEN_MIN_ROWS;	/* linear mode has none */
}

int screen_cols(void)
{
	return scr.curses ? COLS : SCREEN_MIN_COLS;
}

void screen_clear(enum role role)
{
	scr.ground = role;
	grid_resize(LINES, COLS);
	grid_clear(role);
	scr.visible = false;
}

int screen_put(int y, int x, int cols, enum role role, const char *text)
{
	int used = 0;

	if (y < 0 || y >= LINES || x < 0 || x >= COLS)
		return 0;
	if (cols > COLS - x)
		cols = COLS - x;
	while (*text) {
		int ascii = text_ascii(text, cols - used), w;
		uint32_t cp;
		char instead;
		size_t n;

		if (ascii) {
			grid_put_ascii(y, x + used, role, text, ascii);
			used += ascii;
			text += ascii;
			continue;
		}
		n = text_next(text, NULL, &cp);
		w = text_char_width(cp);
		if (w < 0) {
			cp = shape_used() == SHAPES_ALL ? 0xfffd : '?';
			w = 1;
		}
		if (used + w > cols)
			break;
		instead = shape_instead(cp);
		for (int i = 0; instead && i < w; i++)
			grid_put(y, x + used + i, role, (uint32_t)instead, 1);
		if (!instead)
			grid_put(y, x + used, role, cp, w);
		used += w;
		text += n;
	}
	return used;
}

void screen_repeat(int y, int x, int rows, int cols, enum role role, const char *one)
{
	uint32_t cp;
	char instead;

	text_next(one, NULL, &cp);
	instead = shape_instead(cp);
	for (int i = 0; i < rows; i++)
		grid_repeat(y + i, x, cols, role, instead ? (uint32_t)instead : cp);
}

void screen_fill(int y, int x, int rows, int cols, enum role role)
{
	for (int i = 0; i < rows; i++)
		grid_fill(y + i, x, cols, role);
}

void screen_cursor(int y, int x, bool visible)
{
	scr.cursor_y = y;
	scr.cursor_x = x;
	scr.visible = visible;
}

/* A role without a colour, or with attributes, stands on what the screen is cleared with. */
static void curses_cell(const struct grid_cell *c, cchar_t *to)
{
	short pair = scr.pairs[c->role] ? scr.pairs[c->role] : scr.pairs[scr.ground];
	uint32_t what[1 + GRID_MARKS];
	wchar_t chars[2 + GRID_MARKS] = { 0 };

	grid_chars(c, what);
	for (int i = 0; i <= GRID_MARKS; i++)
		chars[i] = (wchar_t)what[i];
	setcchar(to, chars, scr.attrs[c->role] | scr.attrs[scr.ground], pair, NULL);
}

/* Of a wide character ncurses is given one cell and makes both of it. */
static void put_changed(int y)
{
	int x, n, used = 0;
	const struct grid_cell *c = grid_changed(y, &x, &n);
	cchar_t *cells;

	if (!c)
		return;
	cells = mem_zero((size_t)n, sizeof *cells);
	for (int i = 0; i < n; i++)
		if (c[i].what)
			curses_cell(&c[i], &cells[used++]);
	mvadd_wchnstr(y, x, cells, used);
	free(cells);
}

void screen_flush(void)
{
	for (int y = 0; y < LINES; y++)
		put_changed(y);
	curs_set(scr.visible);
	if (scr.cursor_y < LINES && scr.cursor_x < COLS)
		move(scr.cursor_y, scr.cursor_x);
	refresh();
}

void screen_redraw(void)
{
	if (scr.curses)
		clearok(curscr, TRUE);
}

void screen_ask_width(void)
{
	if (!scr.known)
		return;
	/* curses takes the terminal's second screen at its first output */
	refresh();
	send(WIDTH_QUESTION);
	screen_input_asked();
	screen_redraw();
}

void screen_title(const char *title)
{
	struct text t = { 0 };

	if (!scr.known || (scr.title && strcmp(scr.title, title) == 0))
		return;
	free(scr.title);
	scr.title = mem_dup(title);
	escape_title(&t, title);
	send(t.s);
	text_done(&t);
}

bool screen_copy(const char *content, struct err *e)
{
	struct text t = { 0 };
	const char *term = getenv("TERM"), *tmux = getenv("TMUX");

	if (!scr.known)
		return err_set(e, _("a terminal of TERM=%s takes nothing for its clipboard"),
		    term ? term : "");
	if (!escape_copy(&t, content, term, tmux && *tmux))
		return err_set(e, _("it is longer than %d bytes"), ESCAPE_COPY_MAX);
	send(t.s);
	text_done(&t);
	return true;
}

void screen_beep(void)
{
	if (scr.curses)
		beep();
}
