#include "tui/screen.h"

#include "base/i18n.h"
#include "base/text.h"
#include "tui/rescue.h"

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

static struct {
	SCREEN *curses;
	struct screen_events on;
	struct termios before;
	attr_t attrs[ROLE_COUNT];
	short pairs[ROLE_COUNT];
	struct watch *watches[6];
	int cursor_y, cursor_x;
	bool visible;
} scr;

static attr_t attr_of(unsigned look)
{
	return (look & LOOK_BOLD ? A_BOLD : 0) | (look & LOOK_DIM ? A_DIM : 0) |
	    (look & LOOK_REVERSE ? A_REVERSE : 0) |
	    (look & LOOK_UNDERLINE ? A_UNDERLINE : 0);
}

static void take_theme(const struct theme *theme)
{
	const char *no = getenv("NO_COLOR");
	bool colours = has_colors() && !(no && *no);

	if (colours) {
		start_color();
		use_default_colors();
	}
	for (int i = 0; i < ROLE_COUNT; i++) {
		const struct look *l = &theme->looks[i];

		scr.attrs[i] = attr_of(colours ? l->attrs : l->mono);
		scr.pairs[i] = 0;
		if (colours && (l->fg >= 0 || l->bg >= 0)) {
			scr.pairs[i] = (short)(i + 1);
			init_pair(scr.pairs[i], l->fg, l->bg);
		}
	}
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

static void arm(void)
{
	struct text t = { 0 };
	char *s;

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
	    (ws.ws_row != LINES || ws.ws_col != COLS))
		resizeterm(ws.ws_row, ws.ws_col);
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
	tcsetattr(STDIN_FILENO, TCSADRAIN, &scr.before);
	raise(SIGSTOP);
}

static void on_continue(void *arg)
{
	(void)arg;
	reset_prog_mode();
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

/* What terminals send for these, whatever the terminfo entry says. */
static void define_keys(void)
{
	static const struct { const char *sequence; int code; } more[] = {
		{ "\033[1~", KEY_HOME }, { "\033[4~", KEY_END },
		{ "\033[7~", KEY_HOME }, { "\033[8~", KEY_END },
		{ "\033[H", KEY_HOME }, { "\033[F", KEY_END },
		{ "\033OH", KEY_HOME }, { "\033OF", KEY_END },
		{ "\033[A", KEY_UP }, { "\033[B", KEY_DOWN },
		{ "\033[C", KEY_RIGHT }, { "\033[D", KEY_LEFT },
	};

	for (size_t i = 0; i < sizeof more / sizeof *more; i++)
		if (key_defined(more[i].sequence) == 0)
			define_key(more[i].sequence, more[i].code);
}

static void take_keys(void)
{
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	free_keys();
	def_prog_mode();
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
	arm();
	/* before the first output, which a Ctrl-S typed early would stop for ever */
	free_keys();
	del_curterm(cur_term);
	/*
	 * Before curses looks: where it finds the default it ignores SIGTSTP whenever it
	 * writes, and a Ctrl-Z that comes meanwhile is lost.
	 */
	scr.watches[2] = loop_signal(loop, SIGTSTP, on_stop, NULL);
	scr.curses = newterm(NULL, stdout, stdin);
	if (!scr.curses) {
		loop_remove(scr.watches[2]);
		scr.watches[2] = NULL;
		tcsetattr(STDIN_FILENO, TCSADRAIN, &scr.before);
		rescue_disarm();
		return err_set(e, _("the terminal (TERM=%s) cannot be used"), term ? term : "");
	}
	take_keys();
	define_keys();
	take_theme(theme);
	scr.watches[0] = loop_fd(loop, STDIN_FILENO, LOOP_READ, on_input, NULL);
	scr.watches[1] = loop_signal(loop, SIGWINCH, on_winch, NULL);
	scr.watches[3] = loop_signal(loop, SIGCONT, on_continue, NULL);
	scr.watches[4] = loop_signal(loop, SIGINT, on_interrupt, NULL);
	/* the size may have changed before we listened */
	ask_size();
	return true;
}

void screen_close(void)
{
	if (!scr.curses)
		return;
	for (size_t i = 0; i < sizeof scr.watches / sizeof *scr.watches; i++) {
		loop_remove(scr.watches[i]);
		scr.watches[i] = NULL;
	}
	curs_set(1);
	leave();
	tcsetattr(STDIN_FILENO, TCSADRAIN, &scr.before);
	rescue_disarm();
	delscreen(scr.curses);
	scr.curses = NULL;
}

int screen_rows(void)
{
	return scr.curses ? LINES : SCREEN_MIN_ROWS;	/* linear mode has none */
}

int screen_cols(void)
{
	return scr.curses ? COLS : SCREEN_MIN_COLS;
}

static const struct { int code; const char *name; } codes[] = {
	{ KEY_UP, "Up" }, { KEY_DOWN, "Down" }, { KEY_LEFT, "Left" },
	{ KEY_RIGHT, "Right" }, { KEY_HOME, "Home" }, { KEY_END, "End" },
	{ KEY_PPAGE, "PageUp" }, { KEY_NPAGE, "PageDown" }, { KEY_IC, "Insert" },
	{ KEY_DC, "Delete" }, { KEY_BACKSPACE, "Backspace" }, { KEY_ENTER, "Enter" },
	{ KEY_BTAB, "Shift-Tab" }, { KEY_FIND, "Home" }, { KEY_SELECT, "End" },
	{ KEY_SLEFT, "Shift-Left" }, { KEY_SRIGHT, "Shift-Right" },
};

/* Keys with modifiers are known by their terminfo name only. */
static const struct { const char *cap, *name; } extended[] = {
	{ "kLFT5", "Ctrl-Left" }, { "kRIT5", "Ctrl-Right" },
	{ "kLFT3", "Alt-Left" }, { "kRIT3", "Alt-Right" },
	{ "kUP5", "Ctrl-Up" }, { "kDN5", "Ctrl-Down" },
	{ "kHOM5", "Ctrl-Home" }, { "kEND5", "Ctrl-End" }, { "kDC5", "Ctrl-Delete" },
};

static bool name_code(int code, char name[KEY_NAME])
{
	const char *cap;

	if (code >= KEY_F(1) && code <= KEY_F(63)) {
		snprintf(name, KEY_NAME, "F%d", code - KEY_F(0));
		return true;
	}
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i].code == code) {
			snprintf(name, KEY_NAME, "%s", codes[i].name);
			return true;
		}
	cap = keyname(code);
	for (size_t i = 0; cap && i < sizeof extended / sizeof *extended; i++)
		if (strcmp(extended[i].cap, cap) == 0) {
			snprintf(name, KEY_NAME, "%s", extended[i].name);
			return true;
		}
	return false;
}

static bool name_char(uint32_t c, char name[KEY_NAME])
{
	if (c == 27)
		snprintf(name, KEY_NAME, "Esc");
	else if (c == 9)
		snprintf(name, KEY_NAME, "Tab");
	else if (c == 13 || c == 10)
		snprintf(name, KEY_NAME, "Enter");
	else if (c == 127 || c == 8)
		snprintf(name, KEY_NAME, "Backspace");
	else if (c == ' ')
		snprintf(name, KEY_NAME, "Space");
	else if (c < 32)
		snprintf(name, KEY_NAME, "Ctrl-%c", c ? (int)('@' + c) : '@');
	else if (text_char_width(c) < 0)
		return false;
	else
		name[text_put(name, c)] = '\0';
	return true;
}

bool screen_key(char name[KEY_NAME])
{
	wint_t c;

	for (;;) {
		int rc = get_wch(&c);

		if (rc == ERR)
			return false;
		if (rc == KEY_CODE_YES ? name_code((int)c, name) : name_char(c, name))
			return true;
	}
}

static void use(enum role role)
{
	attr_set(scr.attrs[role], scr.pairs[role], NULL);
}

void screen_clear(enum role role)
{
	use(role);
	erase();
	scr.visible = false;
}

/*
 * If x is the second half of a wide character, blanks take its place: ncurses
 * leaves the other half there when one is overwritten.
 */
static void split(int y, int x)
{
	cchar_t c;
	attr_t attrs;
	short pair;

	if (x <= 0 || x >= COLS || mvin_wch(y, x, &c) == ERR)
		return;
	/* cells of a wide character carry which part of it they are */
	if ((c.attr & A_CHARTEXT) < 2)
		return;
	attr_get(&attrs, &pair, NULL);
	attr_set(c.attr & ~A_CHARTEXT & ~A_COLOR, (short)PAIR_NUMBER(c.attr), NULL);
	mvaddstr(y, x - 1, "  ");
	attr_set(attrs, pair, NULL);
}

int screen_put(int y, int x, int cols, enum role role, const char *text)
{
	char part[512];
	size_t len = 0;
	int used = 0;

	if (y < 0 || y >= LINES || x < 0 || x >= COLS)
		return 0;
	if (cols > COLS - x)
		cols = COLS - x;
	use(role);
	while (*text && len < sizeof part - 4) {
		uint32_t cp;
		size_t n = text_next(text, NULL, &cp);
		int w = text_char_width(cp);

		if (w < 0) {
			cp = 0xfffd;
			w = 1;
		}
		if (used + w > cols)
			break;
		len += text_put(part + len, cp);
		used += w;
		text += n;
	}
	if (!len)
		return 0;
	split(y, x);
	split(y, x + used);
	mvaddnstr(y, x, part, (int)len);
	return used;
}

void screen_fill(int y, int x, int rows, int cols, enum role role)
{
	for (int i = 0; i < rows; i++) {
		if (y + i < 0 || y + i >= LINES || x >= COLS || cols <= 0)
			continue;
		use(role);
		split(y + i, x);
		split(y + i, x + cols);
		mvhline(y + i, x, ' ', x + cols > COLS ? COLS - x : cols);
	}
}

void screen_cursor(int y, int x, bool visible)
{
	scr.cursor_y = y;
	scr.cursor_x = x;
	scr.visible = visible;
}

void screen_flush(void)
{
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

void screen_beep(void)
{
	if (scr.curses)
		beep();
}
