/* What comes from the terminal: keys, the mouse, pasted text. The reading half of screen. */
#include "tui/screen-input.h"

#include "base/text.h"
#include "tui/escape.h"
#include "tui/screen.h"
#include "tui/screen-mouse.h"

#include <curses.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum {
	KEY_PASTE = KEY_MAX + 3000,	/* behind those of terminfo */
	KEY_ONE, KEY_TWO,	/* WIDTH_ANSWER_ONE, WIDTH_ANSWER_TWO */
	KEY_REPORT, KEY_REPORT_OLD,
	ANSWER_MS = 2000,	/* so long after the question one may come */
	SETTLE_MS = 300,	/* so long it is waited for at the end */
	PASTE_MAX = 64 * 1024,
	PASTE_MS = 2000,	/* one without an end is given up after so long a silence */
	REPORT_MS = 300,	/* how long the rest of a mouse's report may take */
};

static struct {
	struct mouse_report report;
	int64_t report_at;	/* when it began */
	struct mouse mouse;
	bool pasting;
	struct text paste;
	int64_t paste_at;	/* when the last of it came */
	int64_t asked_at;	/* how wide; 0: not, or it was answered */
	int width;
} in;

/* What terminals send for these, whatever the terminfo entry says. */
void screen_input_open(bool pastes)
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
	if (pastes)
		define_key(ESCAPE_PASTE_BEGIN, KEY_PASTE);
	define_key(MOUSE_REPORT, KEY_REPORT);
	if (key_defined(MOUSE_REPORT_OLD) == KEY_MOUSE)
		define_key(MOUSE_REPORT_OLD, KEY_REPORT_OLD);
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

static void begin_report(bool old)
{
	mouse_report_begin(&in.report, old);
	in.report_at = loop_now();
}

/* Is it a part of the mouse's report? Then what there is of it says whether it is whole. */
static bool take_report(int rc, wint_t c, enum mouse_step *step)
{
	if (loop_now() - in.report_at > REPORT_MS || rc == KEY_CODE_YES)
		in.report.begun = false;
	if (!in.report.begun)
		return false;
	*step = mouse_report_take(&in.report, (uint32_t)c);
	return *step != MOUSE_BROKEN;
}

static bool name_code(int code, char name[KEY_NAME])
{
	const char *curses = keyname(code);

	return curses && keyname_of_code(curses, name);
}

enum input screen_input(char name[KEY_NAME])
{
	enum mouse_step step;
	wint_t c;
	int rc;

	if (!in.pasting)
		forget_paste();
	while ((rc = get_wch(&c)) != ERR) {
		if (in.pasting && loop_now() - in.paste_at > PASTE_MS)
			in.pasting = false;
		if (in.pasting) {
			if (take_paste(rc, c))
				return INPUT_PASTE;
		} else if (in.report.begun && take_report(rc, c, &step)) {
			if (step == MOUSE_WHOLE &&
			    mouse_report_read(&in.report, loop_now(), &in.mouse))
				return INPUT_MOUSE;
		} else if (rc == KEY_CODE_YES && (c == KEY_REPORT || c == KEY_REPORT_OLD)) {
			begin_report(c == KEY_REPORT_OLD);
		} else if (rc == KEY_CODE_YES && c == KEY_PASTE) {
			begin_paste();
		} else if (rc == KEY_CODE_YES && (c == KEY_ONE || c == KEY_TWO)) {
			in.asked_at = 0;
			in.width = c == KEY_ONE ? 1 : 2;
			return INPUT_WIDTH;
		} else if (rc == KEY_CODE_YES ? name_code((int)c, name) :
		    keyname_of_char(c, name)) {
			return INPUT_KEY;
		}
	}
	return INPUT_NONE;
}
