/* What comes from the terminal: keys, the mouse, pasted text. The reading half of screen. */
#include "tui/screen-input.h"

#include "base/text.h"
#include "tui/escape.h"
#include "tui/screen.h"

#include <curses.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <termios.h>
#include <unistd.h>

enum {
	KEY_PASTE = KEY_MAX + 3000,	/* behind those of terminfo */
	KEY_ONE, KEY_TWO,	/* WIDTH_ANSWER_ONE, WIDTH_ANSWER_TWO */
	ANSWER_MS = 2000,	/* so long after the question one may come */
	SETTLE_MS = 300,	/* so long it is waited for at the end */
	PASTE_MAX = 64 * 1024,
	PASTE_MS = 2000,	/* one without an end is given up after so long a silence */
	DOUBLE_MS = 400,
	REST_MS = 300,		/* how long the rest of a mouse's sequence may take */
	EVENTS = 16,		/* ncurses keeps 8 */
};

static struct {
	MEVENT events[EVENTS];
	int events_n;
	struct mouse mouse, pressed;
	int64_t pressed_at;
	bool pasting;
	struct text paste;
	int64_t paste_at;	/* when the last of it came */
	int64_t asked_at;	/* how wide; 0: not, or it was answered */
	int width;
} in;

static void wake(int signal)
{
	(void)signal;
}

/*
 * get_wch(), which never blocks but for one thing: ncurses reads a sequence of
 * the mouse to its end, and a line that lost it would have us wait for ever. A
 * signal ends such a wait.
 */
static int get_key(wint_t *c)
{
	const struct itimerval soon = { .it_value = { .tv_usec = REST_MS * 1000 } }, never = { 0 };
	int rc;

	setitimer(ITIMER_REAL, &soon, NULL);
	rc = get_wch(c);
	setitimer(ITIMER_REAL, &never, NULL);
	return rc;
}

/* What terminals send for these, whatever the terminfo entry says. */
void screen_input_open(bool pastes)
{
	const struct sigaction alarm = { .sa_handler = wake };	/* no SA_RESTART */

	static const struct { const char *sequence; int code; } more[] = {
		{ "\033[1~", KEY_HOME }, { "\033[4~", KEY_END },
		{ "\033[7~", KEY_HOME }, { "\033[8~", KEY_END },
		{ "\033[H", KEY_HOME }, { "\033[F", KEY_END },
		{ "\033OH", KEY_HOME }, { "\033OF", KEY_END },
		{ "\033[A", KEY_UP }, { "\033[B", KEY_DOWN },
		{ "\033[C", KEY_RIGHT }, { "\033[D", KEY_LEFT },
	};

	sigaction(SIGALRM, &alarm, NULL);
	for (size_t i = 0; i < sizeof more / sizeof *more; i++)
		if (key_defined(more[i].sequence) == 0)
			define_key(more[i].sequence, more[i].code);
	if (pastes)
		define_key(ESCAPE_PASTE_BEGIN, KEY_PASTE);
}

/* It may have been a password. */
static void forget_paste(void)
{
	if (in.paste.s)
		explicit_bzero(in.paste.s, in.paste.len);
	text_done(&in.paste);
}

void screen_input_close(void)
{
	forget_paste();
}

void screen_input_asked(void)
{
	define_key(WIDTH_ANSWER_ONE, KEY_ONE);
	define_key(WIDTH_ANSWER_TWO, KEY_TWO);
	in.asked_at = loop_now();
}

/* What comes after us would be typed into the shell. */
void screen_input_settle(void)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

	if (!in.asked_at || loop_now() - in.asked_at > ANSWER_MS)
		return;
	if (poll(&p, 1, SETTLE_MS) > 0)
		tcflush(STDIN_FILENO, TCIFLUSH);
	in.asked_at = 0;
}

int screen_width_told(void)
{
	return in.width;
}

void screen_take_mouse(bool on)
{
	mousemask(on ? BUTTON1_PRESSED | BUTTON1_RELEASED | BUTTON4_PRESSED |
	    BUTTON5_PRESSED : 0, NULL);
	mouseinterval(0);	/* clicks are told at once; we see which are double */
}

/* Those that came together are one KEY_MOUSE; ncurses gives the last one first. */
static void take_events(void)
{
	MEVENT m;

	while (in.events_n < EVENTS && getmouse(&m) == OK)
		in.events[in.events_n++] = m;
}

/* The oldest that has not been told. */
static bool next_event(void)
{
	MEVENT m = in.events[--in.events_n];
	struct mouse *to = &in.mouse;

	*to = (struct mouse){ .y = m.y, .x = m.x };
	if (m.bstate & BUTTON4_PRESSED) {
		to->what = MOUSE_WHEEL_UP;
	} else if (m.bstate & BUTTON5_PRESSED) {
		to->what = MOUSE_WHEEL_DOWN;
	} else if (m.bstate & BUTTON1_RELEASED) {
		to->what = MOUSE_RELEASE;
	} else if (m.bstate & BUTTON1_PRESSED) {
		bool twice = in.pressed_at && loop_now() - in.pressed_at < DOUBLE_MS &&
		    m.y == in.pressed.y && m.x == in.pressed.x;

		to->what = twice ? MOUSE_DOUBLE : MOUSE_PRESS;
		in.pressed = *to;
		in.pressed_at = twice ? 0 : loop_now();	/* a third is a first again */
	} else {
		return false;
	}
	return true;
}

const struct mouse *screen_mouse(void)
{
	return &in.mouse;
}

/* More of a pasted text; true when it is whole. */
static bool take_paste(int rc, wint_t c)
{
	static const char end[] = ESCAPE_PASTE_END;
	struct text *p = &in.paste;
	char bytes[4];

	in.paste_at = loop_now();
	/* a function key's sequence inside of a text is no text */
	if (rc == KEY_CODE_YES || p->len > PASTE_MAX)
		return false;
	text_add_len(p, bytes, text_put(bytes, (uint32_t)c));
	if (p->len < sizeof end - 1 ||
	    memcmp(p->s + p->len - (sizeof end - 1), end, sizeof end - 1) != 0)
		return false;
	p->len -= sizeof end - 1;
	p->s[p->len] = '\0';
	in.pasting = false;
	return true;
}

const char *screen_pasted(void)
{
	return in.paste.s ? in.paste.s : "";
}

static void begin_paste(void)
{
	forget_paste();
	in.pasting = true;
	in.paste_at = loop_now();
}

static bool name_code(int code, char name[KEY_NAME])
{
	const char *curses = keyname(code);

	return curses && keyname_of_code(curses, name);
}

enum input screen_input(char name[KEY_NAME])
{
	wint_t c;

	if (!in.pasting)
		forget_paste();
	for (;;) {
		int rc;

		while (in.events_n)
			if (next_event())
				return INPUT_MOUSE;
		rc = get_key(&c);
		if (rc == ERR)
			return INPUT_NONE;
		if (in.pasting && loop_now() - in.paste_at > PASTE_MS)
			in.pasting = false;
		if (in.pasting) {
			if (take_paste(rc, c))
				return INPUT_PASTE;
		} else if (rc == KEY_CODE_YES && c == KEY_PASTE) {
			begin_paste();
		} else if (rc == KEY_CODE_YES && (c == KEY_ONE || c == KEY_TWO)) {
			in.asked_at = 0;
			in.width = c == KEY_ONE ? 1 : 2;
			return INPUT_WIDTH;
		} else if (rc == KEY_CODE_YES && c == KEY_MOUSE) {
			take_events();
		} else if (rc == KEY_CODE_YES ? name_code((int)c, name) :
		    keyname_of_char(c, name)) {
			return INPUT_KEY;
		}
	}
}
