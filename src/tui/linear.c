#include "tui/lining.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void linear_text(struct linear *l, const char *text)
{
	lines_put(&l->lines, text);
	if (*text && text[strlen(text) - 1] != '\n')
		lines_put(&l->lines, "\n");
}

void linear_say(struct linear *l, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) < 0)
		abort();
	va_end(ap);
	lines_put(&l->lines, s);
	lines_put(&l->lines, "\n");
	free(s);
}

bool linear_tell_news(struct linear *l)
{
	char text[300];
	bool any = false;

	while (watch_news(l->tui.app, &l->tui.news, text, sizeof text)) {
		if (!any && l->live)
			lines_put(&l->lines, "\n");
		linear_say(l, "! %s", text);
		any = true;
	}
	return any;
}

bool linear_wait(struct linear *l)
{
	loop_once(l->tui.loop, -1);
	return !l->interrupted && !l->ended;
}

/* The answer that came with the command, as if it were typed now. */
static char *take_ahead(struct linear *l)
{
	char *line = l->ahead;

	l->ahead = NULL;
	lines_put(&l->lines, line);
	lines_put(&l->lines, "\n");
	return line;
}

/* NULL when there will be none. */
static char *read_line(struct linear *l, const char *prompt, bool secret)
{
	struct err e;
	char *line;

	lines_put(&l->lines, prompt);
	if (l->ahead && !secret)
		return take_ahead(l);
	for (;;) {
		/* first the Ctrl-C: what was typed behind it is for the next question */
		line = l->interrupted ? NULL : lines_take(&l->lines, &e);
		if (line || l->interrupted || l->ended)
			break;
		if (e.text[0]) {
			linear_say(l, "\n%s", e.text);
			lines_put(&l->lines, prompt);
			continue;
		}
		if (l->lines.ended)
			break;
		loop_once(l->tui.loop, l->lines.file ? 0 : -1);
		/* a signal is told a round later than the line behind it */
		if (l->lines.terminal)
			loop_once(l->tui.loop, 0);
		if (l->live && linear_tell_news(l))
			lines_put(&l->lines, prompt);
	}
	if (!line)
		l->ended |= l->lines.ended;
	/* the newline of an answer that no terminal has shown */
	if (!l->lines.terminal || secret || !line)
		linear_say(l, "%s", line && !secret ? line : "");
	return line;
}

static bool is_cancel(const char *line)
{
	return strcmp(line, "\33") == 0 || strcasecmp(line, "cancel") == 0;
}

char *linear_ask(struct linear *l, const char *prompt, enum linear_ask how)
{
	bool secret = how & LINEAR_SECRET;
	char *line;

	l->interrupted = false;
	if (secret)
		lines_echo(&l->lines, false);
	line = read_line(l, prompt, secret);
	if (secret)
		lines_echo(&l->lines, true);
	if (line && (secret ? strcmp(line, "\33") == 0 : is_cancel(line))) {
		free(line);
		line = NULL;
	}
	if (line && !(how & (LINEAR_SECRET | LINEAR_LITERAL)) && line[0] == '=')
		memmove(line, line + 1, strlen(line));
	return line;
}

bool linear_password(struct linear *l, struct line *to)
{
	char *password = linear_ask(l, "> ", LINEAR_SECRET);

	if (!password)
		return false;
	line_set(to, password);
	explicit_bzero(password, strlen(password));
	free(password);
	return *to->s != '\0';	/* there is no empty one: whoever types nothing leaves */
}

/* -1: none; -2: it could be several. */
static int label_of(const char *const *labels, int n, const char *line)
{
	int found = -1;

	for (int i = 0; i < n; i++) {
		if (strcasecmp(labels[i], line) == 0)
			return i;
		if (strncasecmp(labels[i], line, strlen(line)) == 0)
			found = found == -1 ? i : -2;
	}
	return found;
}

int linear_choose(struct linear *l, const char *const *labels, int n, int at)
{
	char *prompt = at >= 0 ? mem_printf(_("Number or name [%s]: "), labels[at]) :
	    mem_dup(_("Number or name, or nothing: "));
	int which = -2;

	while (which < -1) {
		char *line = linear_ask(l, prompt, 0);
		char *end;
		long number = line ? strtol(line, &end, 10) : 0;

		if (!line || !*line)
			which = line ? at : -1;
		else if (isdigit((unsigned char)*line) && !*end)
			which = number >= 1 && number <= n ? (int)number - 1 : -2;
		else
			which = label_of(labels, n, line) < 0 ? -2 : label_of(labels, n, line);
		if (which == -2)
			linear_say(l, _("%s: not one of 1 to %d."), line, n);
		free(line);
	}
	free(prompt);
	return which;
}

void linear_number(struct linear *l, const struct place *list, int n)
{
	l->numbered = mem_realloc(l->numbered, (size_t)n + 1, sizeof *l->numbered);
	memcpy(l->numbered, list, (size_t)n * sizeof *list);
	l->numbered_n = n;
}

bool linear_numbered(const struct linear *l, int number, struct place *p)
{
	if (number < 1 || number > l->numbered_n)
		return false;
	*p = l->numbered[number - 1];
	return true;
}

struct place *linear_selected(struct linear *l)
{
	return &l->selected;
}

bool linear_interrupted(const struct linear *l)
{
	return l->interrupted;
}

bool *linear_live(struct linear *l)
{
	return &l->live;
}

void linear_ahead(struct linear *l, const char *answer)
{
	if (l->ahead && !answer)
		linear_say(l, _("Nothing asked for \"%s\"."), l->ahead);
	free(l->ahead);
	l->ahead = answer ? mem_dup(answer) : NULL;
}
