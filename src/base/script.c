/* script - words to be said later; see script.h */
#include "base/script.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SCRIPT = 1 << 20 };

/* "1m30s" in milliseconds, or -1; *end is behind it. */
static int64_t read_time(const char *s, const char **end)
{
	double t = 0, n;
	char *after;

	do {
		if (!isdigit((unsigned char)*s))
			return -1;
		n = strtod(s, &after);
		s = after;
		if (*s == 'h')
			n *= 3600;
		else if (*s == 'm')
			n *= 60;
		else if (*s != 's')
			return -1;
		t += n;
		s++;
	} while (*s && *s != ' ');
	*end = s;
	return t < 1e9 ? (int64_t)(t * 1000) : -1;
}

const char *script_parse(const char *line, int64_t *at, struct err *e)
{
	const char *s = line;

	if (strncmp(s, "at ", 3) == 0) {
		s += 3 + strspn(s + 3, " ");
		*at = read_time(s, &s);
		if (*at >= 0 && s[strspn(s, " ")])
			return s + strspn(s, " ");
	}
	err_set(e, _("\"%s\": a command for later is as \"at 1m30s UPS4 mains off\""),
	    line);
	return NULL;
}

bool script_read(const char *path, script_line_fn *take, void *arg, struct err *e)
{
	size_t len;
	char *text = file_read(path, MAX_SCRIPT, &len, e), *s, *next;
	int number = 1;
	bool ok = text && (strlen(text) == len ||
	    err_set(e, _("%s: is no text: it has bytes that are 0"), path));

	for (s = text; ok && s; s = next, number++) {
		next = strchr(s, '\n');
		if (next)
			*next++ = '\0';
		s[strcspn(s, "\r")] = '\0';
		s += strspn(s, " \t");
		if (*s && *s != '#' && !take(s, arg, e))
			ok = err_at(e, _("%s: line %d"), path, number);
	}
	free(text);
	return ok;
}

void script_add(struct script *s, int64_t at, const char *words)
{
	size_t i;

	mem_grow(s->lines, s->n, s->cap);
	for (i = s->n; i > s->said && s->lines[i - 1].at > at; i--)
		s->lines[i] = s->lines[i - 1];
	s->lines[i].at = at;
	s->lines[i].words = mem_dup(words);
	s->n++;
}

void script_done(struct script *s)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		free(s->lines[i].words);
	free(s->lines);
	memset(s, 0, sizeof *s);
}

const struct script_line *script_next(const struct script *s)
{
	return s->said < s->n ? &s->lines[s->said] : NULL;
}
