/* Lines in and out for the linear mode; see linear-line.h */
#include "tui/linear-line.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/chart.h"
#include "tui/rescue.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

enum {
	LONGEST = 4096,		/* of a line; more is no line that a person types */
	AHEAD = 65536,		/* bytes of a pipe that are read before they are needed */
	ESC = 27,
};

/* A Ctrl-C may have dropped what was there: ask once more, so that nothing blocks. */
static bool readable(void)
{
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

	return poll(&p, 1, 0) == 1;
}

static void fill(struct lines *l)
{
	char part[LONGEST];
	ssize_t n;

	if (l->ended || (!l->file && !readable()))
		return;
	n = read(STDIN_FILENO, part, sizeof part);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0)
		l->ended = true;
	else
		text_add_len(&l->in, part, (size_t)n);
	explicit_bzero(part, sizeof part);
	if (l->ended || l->in.len > AHEAD) {
		loop_remove(l->input);
		l->input = NULL;
	}
}

static void on_ready(int fd, unsigned ready, void *arg)
{
	(void)fd;
	(void)ready;
	fill(arg);
}

void lines_open(struct lines *l, struct loop *loop)
{
	struct stat st;

	*l = (struct lines){ .loop = loop, .utf8 = i18n_utf8(),
	    .terminal = isatty(STDIN_FILENO) };
	/* /dev/null and the like, too */
	l->file = fstat(STDIN_FILENO, &st) < 0 || S_ISREG(st.st_mode) ||
	    (S_ISCHR(st.st_mode) && !l->terminal);
}

void lines_close(struct lines *l)
{
	loop_remove(l->input);
	text_done(&l->in);
}

static bool is_text(const char *s, size_t len, struct err *e)
{
	/* a lone Esc is a key that was meant */
	if (len == 1 && *s == ESC)
		return true;
	if (len > LONGEST)
		return err_set(e, _("That line is too long; nothing was taken of it."));
	if (text_invalid(s, len) >= 0)
		return err_set(e, _("That line is no UTF-8 text; nothing was taken of it."));
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] < ' ' || s[i] == 127)
			return err_set(e, _("That line has control characters; nothing was taken of it."));
	return true;
}

static char *newline(const struct lines *l)
{
	return l->in.len ? memchr(l->in.s, '\n', l->in.len) : NULL;
}

char *lines_take(struct lines *l, struct err *e)
{
	char *end, *line = NULL;
	size_t len, used;

	e->text[0] = '\0';
	end = newline(l);
	if (!end && l->file) {
		fill(l);
		end = newline(l);
	} else if (!end && !l->input && !l->ended) {
		l->input = loop_fd(l->loop, STDIN_FILENO, LOOP_READ, on_ready, l);
	}
	if (!end && !(l->ended && l->in.len) && l->in.len <= LONGEST)
		return NULL;
	len = end ? (size_t)(end - l->in.s) : l->in.len;
	used = end ? len + 1 : len;
	if (len && l->in.s[len - 1] == '\r')
		len--;
	if (is_text(l->in.s, len, e))
		line = mem_ndup(l->in.s, len);
	memmove(l->in.s, l->in.s + used, l->in.len - used);
	l->in.len -= used;
	explicit_bzero(l->in.s + l->in.len, used);	/* it may have been a password */
	return line;
}

/* What stands for a mark where only ASCII is wanted; NULL: it is no mark. */
static const char *ascii_of(uint32_t cp)
{
	static const struct { uint32_t cp; const char *ascii; } known[] = {
		{ 0x2026, "..." }, { 0x2013, "-" }, { 0xb7, "-" }, { 0xb0, " deg " },
		{ 0x203a, ">" }, { 0x2260, "!=" }, { 0x2248, "~" },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].cp == cp)
			return known[i].ascii;
	return NULL;
}

void lines_put(struct lines *l, const char *text)
{
	bool marks = chart_braille();
	uint32_t cp;
	size_t n;

	for (; *text && !rescue_stuck(); text += n) {
		const char *mark;

		rescue_writing(true);	/* each anew: what is slow is not dead */
		n = text_next(text, NULL, &cp);
		mark = marks ? NULL : ascii_of(cp);
		if (mark)
			fputs(mark, stdout);
		else if ((cp < ' ' && cp != '\n') || (cp > 127 && !l->utf8))
			putchar('?');	/* a name from a file moves no cursor */
		else
			fwrite(text, 1, n, stdout);
	}
	rescue_writing(true);
	if (!rescue_stuck())
		fflush(stdout);
	rescue_writing(false);
}

void lines_echo(struct lines *l, bool on)
{
	struct termios tty;

	if (!l->terminal || tcgetattr(STDIN_FILENO, &tty) < 0)
		return;
	tty.c_lflag = on ? tty.c_lflag | ECHO : tty.c_lflag & ~(tcflag_t)ECHO;
	if (!on && l->in.len) {
		explicit_bzero(l->in.s, l->in.len);
		l->in.len = 0;
	}
	tcsetattr(STDIN_FILENO, on ? TCSANOW : TCSAFLUSH, &tty);
}
