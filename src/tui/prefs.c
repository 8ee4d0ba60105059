#include "tui/prefs.h"

#include "base/conf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECTION "console"

struct pref {
	char *key, *value;	/* value NULL: looked for, and not there */
	bool unsaved;
};

struct prefs {
	char *path;		/* NULL: nowhere */
	struct conf *conf;	/* as it was at the start; NULL: nothing */
	struct pref *list;
	size_t n, cap;
};

static char *file(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state && *state == '/')
		return mem_printf("%s/amc/console.conf", state);
	if (home && *home == '/')
		return mem_printf("%s/.local/state/amc/console.conf", home);
	return NULL;
}

struct prefs *prefs_new(struct err *e)
{
	struct prefs *p = mem_new(struct prefs);

	e->text[0] = '\0';
	p->path = file();
	if (p->path && (access(p->path, F_OK) == 0 || errno != ENOENT))
		p->conf = conf_read(p->path, e);
	return p;
}

void prefs_free(struct prefs *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n; i++) {
		free(p->list[i].key);
		free(p->list[i].value);
	}
	free(p->list);
	conf_free(p->conf);
	free(p->path);
	free(p);
}

/* What an ini reader may take for something else, and blanks at the ends. */
static bool is_hard(const char *value, size_t i)
{
	unsigned char c = (unsigned char)value[i];

	return c < 0x20 || c == 0x7f || strchr("%\"';#\\", c) ||
	    (c == ' ' && (i == 0 || !value[i + 1]));
}

static char *encoded(const char *value)
{
	struct text t = { 0 };

	for (size_t i = 0; value[i]; i++)
		if (is_hard(value, i))
			text_printf(&t, "%%%02X", (unsigned char)value[i]);
		else
			text_add_len(&t, value + i, 1);
	return text_take(&t);
}

/* NULL if it is none of ours. */
static char *decoded(const char *value)
{
	struct text t = { 0 };
	char *s;

	for (; *value; value++) {
		unsigned byte;
		char c = *value;

		if (c == '%' && sscanf(value + 1, "%2x", &byte) == 1 && value[2]) {
			c = (char)byte;
			value += 2;
		}
		text_add_len(&t, &c, 1);
	}
	s = text_take(&t);
	if (text_invalid(s, strlen(s)) < 0 && strlen(s) <= PREFS_VALUE)
		return s;
	free(s);
	return NULL;
}

static struct pref *find(struct prefs *p, const char *key)
{
	const char *kept;
	struct pref *new;

	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->list[i].key, key) == 0)
			return &p->list[i];
	mem_grow(p->list, p->n, p->cap);
	new = &p->list[p->n++];
	kept = p->conf ? conf_get(p->conf, SECTION, key) : NULL;
	*new = (struct pref){ .key = mem_dup(key), .value = kept ? decoded(kept) : NULL };
	return new;
}

const char *prefs_get(const struct prefs *p, const char *key)
{
	/* finding one for the first time only remembers what the file has */
	return find((struct prefs *)p, key)->value;
}

int prefs_number(const struct prefs *p, const char *key, int least, int most, int initial)
{
	const char *s = prefs_get(p, key);
	char *end;
	long n;

	if (!s)
		return initial;
	errno = 0;
	n = strtol(s, &end, 10);
	return errno || end == s || *end || n < least || n > most ? initial : (int)n;
}

void prefs_set(struct prefs *p, const char *key, const char *value)
{
	struct pref *f = find(p, key);
	char *line = encoded(value);
	bool fits = strlen(line) <= PREFS_VALUE && !strchr(value, '\n');

	free(line);
	assert(key[strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0');
	if (!fits || (f->value && strcmp(f->value, value) == 0))
		return;
	free(f->value);
	f->value = mem_dup(value);
	f->unsaved = true;
}

void prefs_set_number(struct prefs *p, const char *key, int value)
{
	char text[16];

	snprintf(text, sizeof text, "%d", value);
	prefs_set(p, key, text);
}

static bool write_one(const char *path, const struct pref *f, struct err *e)
{
	char *value = encoded(f->value), *dir = file_dir(path);
	bool ok = file_mkdirs(dir, 0700, e) && conf_set(path, SECTION, f->key, value, e);

	free(value);
	free(dir);
	return ok;
}

bool prefs_save(struct prefs *p, struct err *e)
{
	struct err first;
	bool ok = true;

	for (size_t i = 0; i < p->n; i++) {
		struct pref *f = &p->list[i];

		if (!f->unsaved)
			continue;
		f->unsaved = false;
		if (!p->path)
			ok = err_set(&first, _("neither HOME nor XDG_STATE_HOME names a folder"));
		else if (ok && !write_one(p->path, f, &first))
			ok = false;
	}
	return ok || err_set(e, _("your settings of the console are not kept: %s"),
	    first.text);
}
