#include "tui/screen.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/escape.h"
#include "tui/paint.h"
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

static struct {
	SCREEN *curses;
	struct screen_events on;
	struct termios before;
	struct watch *watches[6];
	bool known;		/* title, clipboard and paste */
	bool mouse;		/* it sends us the mouse's reports */
	char *title;
} scr;

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

static void send(const char *s)
{
	paint_send(s, strlen(s));
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
		paint_again();	/* what was cut off does not come back by itself */
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
	paint_again();
	scr.on.resized(scr.on.arg);
}

/* That the cursor is hidden (paint.h) curses does not know. */
static void leave(void)
{
	const char *shown = tigetstr("cnorm");

	rescue_writing(true);
	endwin();
	if (shown && shown != (char *)-1)
		putp(shown);
	fflush(stdout);
	rescue_writing(false);
}

static void on_stop(void *arg)
{
	(void)arg;
	if (!rescue_await_room())
		return;
	leave();
	give_more_back();
	tcsetattr(STDIN_FILENO, TCSADRAIN, &scr.before);
	if (!rescue_ended_by())	/* meanwhile, where that took its time */
		raise(SIGSTOP);
	paint_again();	/* whatever comes first now: the terminal is taken again by it */
}

static void on_continue(void *arg)
{
	(void)arg;
	reset_prog_mode();
	take_more();
	ask_size();
	paint_again();
	scr.on.resized(scr.on.arg);
}

static void on_interrupt(int fd, unsigned ready, void *arg)
{
	(void)fd;
	(void)ready;
	(void)arg;
	rescue_take_interrupt();
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
	typeahead(-1);	/* a screen is cleared also when keys wait */
	free_keys();
	def_prog_mode();
}

/* What was written there stays (os), as on paper and on storage tubes. */
static bool keeps_all(void)
{
	return tigetflag("hc") > 0 || (tigetflag("os") > 0 && tigetflag("eo") <= 0);
}

bool screen_can_move(struct err *e)
{
	const char *term = getenv("TERM"), *cup;
	bool can, keeps;
	int rc;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return true;
	can = setupterm(NULL, STDOUT_FILENO, &rc) != ERR;
	if (can) {
		cup = tigetstr("cup");
		can = cup && cup != (char *)-1;
		keeps = keeps_all();
		del_curterm(cur_term);
		if (can && keeps)
			return err_set(e, _("This terminal (TERM=%s) keeps what stood where something else is written."),
			    term ? term : "");
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
	 * writes, and a Ctrl-Z that comes meanwhile is lost; and at SIGINT, which arm() has
	 * taken, it ends us.
	 */
	scr.watches[2] = loop_signal(loop, SIGTSTP, on_stop, NULL);
	scr.watches[4] = loop_fd(loop, rescue_interrupt_fd(), LOOP_READ, on_interrupt, NULL);
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
	paint_open();
	screen_input_open(scr.known);
	paint_theme(theme);
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
	rescue_unstick();
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
	delscreen(scr.curses);
	scr.curses = NULL;
	screen_input_close();
	free(scr.title);
	scr.title = NULL;
	paint_done();
}

int screen_rows(void)
{
	return scr.curses ? LINES : SCREEN_MIN_ROWS;	/* linear mode has none */
}

int screen_cols(void)
{
	return scr.curses ? COLS : SCREEN_MIN_COLS;
}

void screen_theme(const struct theme *theme)
{
	paint_theme(theme);
}

void screen_redraw(void)
{
	paint_again();
}

void screen_ask_width(void)
{
	if (!scr.known)
		return;
	/* curses takes the terminal's second screen at its first output */
	if (rescue_await_room())
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
	if (scr.curses && rescue_await_room())
		beep();
}
