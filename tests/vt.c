/* vt - a terminal in the test process; see vt.h */
#include "vt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

long vt_clock(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int on_termprop(VTermProp prop, VTermValue *val, void *user)
{
	struct vt *t = user;

	if (prop == VTERM_PROP_ALTSCREEN)
		t->altscreen = val->boolean;
	else if (prop == VTERM_PROP_CURSORVISIBLE)
		t->cursor_visible = val->boolean;
	return 1;
}

static int on_movecursor(VTermPos pos, VTermPos old, int visible, void *user)
{
	(void)old;
	(void)visible;
	((struct vt *)user)->cursor = pos;
	return 1;
}

static int on_unknown(const char *leader, const long args[], int argcount,
		    const char *intermed, char command, void *user)
{
	struct vt *t = user;

	(void)leader;
	(void)args;
	(void)argcount;
	(void)intermed;
	if (command == 't')         /* xterm's stack of window titles: no matter */
		return 0;
	t->unknown++;
	return 0;
}

static const VTermScreenCallbacks callbacks = {
	.movecursor = on_movecursor, .settermprop = on_termprop,
};
static const VTermParserCallbacks fallbacks = { .csi = on_unknown };

/* Keys, mouse reports and answers to queries go to the program. */
static void on_output(const char *s, size_t len, void *user)
{
	struct vt *t = user;
	long end = vt_clock() + 5000;

	while (len > 0) {
		ssize_t n = write(t->fd, s, len);

		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return;
		if (n > 0) {
			s += n;
			len -= (size_t)n;
		} else {
			vt_pump(t, 10);
			if (t->eof || vt_clock() > end)         /* nobody takes it */
				return;
		}
	}
}

enum { MODE_SHOWN = 25, MODE_WRAP = 7, MODE_BLINK = 12, MODE_KEYPAD = VT_MODES - 1 };
enum { LOOK_MS = 20 };	/* how often what is no output is looked for */

static void set_mode(struct vt *t, int mode, bool on)
{
	if (mode < 0 || mode >= VT_MODES)
		return;
	if (on)
		t->modes[mode / 8] |= (unsigned char)(1 << mode % 8);
	else
		t->modes[mode / 8] &= (unsigned char)~(1 << mode % 8);
}

bool vt_mode(const struct vt *t, int mode)
{
	return t->modes[mode / 8] >> mode % 8 & 1;
}

/* ESC [ ? 1002 ; 1006 h   and   ESC = */
static void take_escape(struct vt *t, char last)
{
	char *s = t->escape;

	t->escape[t->escape_len] = '\0';
	if (last == '=' || last == '>')
		set_mode(t, MODE_KEYPAD, last == '=');
	if ((last == 'h' || last == 'l') && s[0] == '[' && s[1] == '?')
		for (s += 2; *s; s += *s == ';')
			set_mode(t, (int)strtol(s, &s, 10), last == 'h');
	t->escape_len = 0;
}

/* Looks for modes in what the program writes; a sequence may come in pieces. */
static void watch_modes(struct vt *t, const char *bytes, size_t len)
{
	static const char *const in = "[?;0123456789";

	for (size_t i = 0; i < len; i++) {
		char c = bytes[i];

		if (c == '\33') {
			t->escape[0] = '\0';
			t->escape_len = 1;	/* the place of the ESC is given to the [ */
		} else if (t->escape_len == 1 && (c == '=' || c == '>')) {
			take_escape(t, c);
		} else if (t->escape_len && strchr(in, c) && t->escape_len < sizeof t->escape - 1) {
			t->escape[t->escape_len++ - 1] = c;
		} else if (t->escape_len) {
			t->escape_len--;
			take_escape(t, c);
		}
	}
}

int vt_start(struct vt *t, int rows, int cols, char *const argv[])
{
	struct winsize ws = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	void (*tap)(char *, size_t) = t->tap;
	bool keeps = t->keeps_output;

	memset(t, 0, sizeof *t);
	t->tap = tap;
	t->keeps_output = keeps;
	t->rows = rows;
	t->cols = cols;
	t->cursor_visible = true;
	/* known settings: asking after the start would race with the program */
	t->before.c_iflag = ICRNL | IXON | IUTF8;
	t->before.c_oflag = OPOST | ONLCR;
	t->before.c_cflag = CS8 | CREAD | B38400;
	t->before.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN;
	if (keeps)
		t->before.c_lflag |= NOFLSH;
	memcpy(t->before.c_cc, "\3\34\177\25\4\0\1\0\21\23\32\0\22\17\27\26", 16);
	t->pid = forkpty(&t->fd, NULL, &t->before, &ws);
	if (t->pid < 0)
		return -1;
	if (t->pid == 0) {
		/* nohup and a shell's background have these ignored */
		signal(SIGHUP, SIG_DFL);
		signal(SIGINT, SIG_DFL);
		signal(SIGQUIT, SIG_DFL);
		execvp(argv[0], argv);
		_exit(127);
	}
	/* a program that does not read must not stop the test */
	fcntl(t->fd, F_SETFL, O_NONBLOCK);
	t->vt = vterm_new(rows, cols);
	vterm_set_utf8(t->vt, 1);
	vterm_output_set_callback(t->vt, on_output, t);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_set_unrecognised_fallbacks(t->screen, &fallbacks, t);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
	return 0;
}

/* VT_TRACE=FILE (which must be there) keeps all that programs write. */
static void trace(const char *bytes, size_t len)
{
	const char *path = getenv("VT_TRACE");
	FILE *f = path ? fopen(path, "a") : NULL;

	if (f) {
		fwrite(bytes, 1, len, f);
		fclose(f);
	}
}

/* How many bytes at the end begin a character that is not whole. */
static size_t cut_off(const char *s, size_t len)
{
	for (size_t n = 1; n <= 3 && n <= len; n++) {
		unsigned char c = (unsigned char)s[len - n];

		if (c >= 0xc0)
			return n < (c >= 0xf0 ? 4u : c >= 0xe0 ? 3u : 2u) ? n : 0;
		if (c < 0x80)
			return 0;
	}
	return 0;
}

/*
 * Without the beginnings of characters that are not gone on with, as the echo of broken
 * keys has them: libvterm would keep one past the next escape sequences, and show it
 * in the middle of what is drawn after them. Gives the length that is left.
 */
static size_t drop_halves(char *s, size_t len)
{
	size_t kept = 0;

	for (size_t i = 0; i < len;) {
		unsigned char c = (unsigned char)s[i];
		size_t whole = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1, n = 1;

		while (n < whole && i + n < len && ((unsigned char)s[i + n] & 0xc0) == 0x80)
			n++;
		if (n == whole && (c < 0x80 || c >= 0xc0)) {
			memmove(s + kept, s + i, n);
			kept += n;
		}
		i += n;
	}
	return kept;
}

/* How many bytes stand before the next voiced or half-voiced sound mark (U+3099, U+309A). */
static size_t before_mark(const char *s, size_t len)
{
	size_t i = 1;	/* one that is the first goes with what follows it */

	while (i < len && !(i + 3 <= len && memcmp(s + i, "\343\202", 2) == 0 &&
	    (s[i + 2] == '\231' || s[i + 2] == '\232')))
		i++;
	return i < len ? i : len;
}

/* libvterm counts such a mark as two columns more when it comes along with its letter. */
static void feed(VTerm *vt, const char *s, size_t len)
{
	while (len) {
		size_t n = before_mark(s, len);

		vterm_input_write(vt, s, n);
		s += n;
		len -= n;
	}
}

int vt_pump(struct vt *t, int ms)
{
	struct pollfd p = { .fd = t->fd, .events = POLLIN };
	char buf[16384];
	size_t len;
	ssize_t n;

	if (t->eof || poll(&p, 1, ms) <= 0)
		return 0;
	memcpy(buf, t->held, t->held_len);
	n = read(t->fd, buf + t->held_len, sizeof buf - t->held_len);
	if (n <= 0) {
		t->eof = n == 0 || (errno != EAGAIN && errno != EINTR);
		return 0;
	}
	trace(buf + t->held_len, (size_t)n);
	watch_modes(t, buf + t->held_len, (size_t)n);
	if (t->tap)
		t->tap(buf + t->held_len, (size_t)n);
	/* libvterm shows a replacement where a character comes in two pieces */
	len = t->held_len + (size_t)n;
	t->held_len = cut_off(buf, len);
	memcpy(t->held, buf + len - t->held_len, t->held_len);
	feed(t->vt, buf, drop_halves(buf, len - t->held_len));
	return (int)n;
}

VTermScreenCell vt_cell(struct vt *t, int row, int col)
{
	VTermScreenCell cell;

	memset(&cell, 0, sizeof cell);
	vterm_screen_get_cell(t->screen, (VTermPos){ .row = row, .col = col }, &cell);
	return cell;
}

const char *vt_row(struct vt *t, int row, char *buf, size_t size)
{
	VTermRect r = { row, row + 1, 0, t->cols };
	size_t n = vterm_screen_get_text(t->screen, buf, size - 1, r);

	while (n > 0 && buf[n - 1] == ' ')
		n--;
	buf[n] = '\0';
	return buf;
}

bool vt_before(struct vt *t, long end)
{
	long left = end - vt_clock();

	if (left <= 0 || t->eof)
		return false;
	/* what is waited for need not be output: that a program stops, a file is there */
	vt_pump(t, left < LOOK_MS ? (int)left : LOOK_MS);
	return true;
}

bool vt_has(struct vt *t, const char *text)
{
	char buf[4096];

	for (int row = 0; row < t->rows; row++)
		if (strstr(vt_row(t, row, buf, sizeof buf), text))
			return true;
	return false;
}

bool vt_wait_text(struct vt *t, const char *text, int ms)
{
	VT_UNTIL(t, ms, vt_has(t, text));
	return vt_has(t, text);
}

int vt_wait_exit(struct vt *t, int ms)
{
	long deadline = vt_clock() + ms;
	int status;

	while (vt_clock() < deadline) {
		vt_pump(t, 5);          /* the program may block on a full pty */
		if (waitpid(t->pid, &status, WNOHANG) == t->pid) {
			t->pid = 0;
			while (vt_pump(t, 0) > 0)
				;
			return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
		}
	}
	return -1000;
}

void vt_key(struct vt *t, VTermKey key)
{
	vterm_keyboard_key(t->vt, key, VTERM_MOD_NONE);
}

void vt_type(struct vt *t, const char *utf8)
{
	on_output(utf8, strlen(utf8), t);
}

static bool settings_restored(struct vt *t)
{
	struct termios now;

	return tcgetattr(t->fd, &now) == 0 && now.c_iflag == t->before.c_iflag &&
	    now.c_oflag == t->before.c_oflag && now.c_lflag == t->before.c_lflag;
}

/* A cursor that is shown, wraps or blinks is as it was before. */
static int mode_left(const struct vt *t)
{
	for (int i = 1; i < VT_MODES; i++)
		if (vt_mode(t, i) && i != MODE_SHOWN && i != MODE_WRAP && i != MODE_BLINK)
			return i;
	return 0;
}

const char *vt_left(struct vt *t, char *buf, size_t size)
{
	int mode = mode_left(t);

	buf[0] = '\0';
	if (t->altscreen)
		snprintf(buf, size, "the alternate screen");
	else if (!t->cursor_visible)
		snprintf(buf, size, "a hidden cursor");
	else if (mode == MODE_KEYPAD)
		snprintf(buf, size, "the keypad's application mode");
	else if (mode)
		snprintf(buf, size, "private mode %d", mode);
	else if (!settings_restored(t))
		snprintf(buf, size, "other stty settings");
	return buf;
}

bool vt_restored(struct vt *t, int ms)
{
	char left[80];

	VT_UNTIL(t, ms, !*vt_left(t, left, sizeof left));
	return !*vt_left(t, left, sizeof left);
}

void vt_resize(struct vt *t, int rows, int cols)
{
	struct winsize ws = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	t->rows = rows;
	t->cols = cols;
	vterm_set_size(t->vt, rows, cols);
	ioctl(t->fd, TIOCSWINSZ, &ws);
}

void vt_close(struct vt *t)
{
	if (t->pid > 0) {
		kill(t->pid, SIGKILL);
		waitpid(t->pid, NULL, 0);
	}
	close(t->fd);
	vterm_free(t->vt);
}
