/* conf - the small settings files of the programs; the door to iniparser */
#include "base/conf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <iniparser/iniparser.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CONF_MAX (256 * 1024)

struct conf {
	dictionary *dict;
	char *path;
};

static struct err *conf_fault;	/* iniparser reports through a function without argument */

static int complain(const char *fmt, ...)
{
	char line[300];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	line[strcspn(line, "\n")] = '\0';
	err_set(conf_fault, "%s", line);
	return 0;
}

struct conf *conf_read(const char *path, struct err *e)
{
	struct err words = { .text = "" };
	struct conf *c;
	dictionary *d;
	size_t len;
	char *bytes;

	/* only to refuse folders, pipes and giants with our own words */
	bytes = file_read(path, CONF_MAX, &len, e);
	if (!bytes)
		return NULL;
	free(bytes);
	conf_fault = &words;
	iniparser_set_error_callback(complain);
	d = iniparser_load(path);
	iniparser_set_error_callback(NULL);
	conf_fault = NULL;
	if (!d) {
		err_set(e, "%s: %s", path, *words.text ? words.text :
		    _("not a settings file"));
		return NULL;
	}
	c = mem_new(struct conf);
	c->dict = d;
	c->path = mem_dup(path);
	return c;
}

void conf_free(struct conf *c)
{
	if (!c)
		return;
	iniparser_freedict(c->dict);
	free(c->path);
	free(c);
}

const char *conf_get(const struct conf *c, const char *section, const char *key)
{
	char name[200];

	snprintf(name, sizeof name, "%s:%s", section, key);
	return iniparser_getstring(c->dict, name, NULL);
}

const char *conf_section(const struct conf *c, int i)
{
	return i < iniparser_getnsec(c->dict) ? iniparser_getsecname(c->dict, i) : NULL;
}

const char *conf_stranger(const struct conf *c, const char *section, const char *const *keys,
    size_t at)
{
	char name[100];
	const char **there, *found = NULL;
	int n, i, k;

	for (i = 0; section[i] && i < (int)sizeof name - 1; i++)
		name[i] = (char)(section[i] | 0x20);	/* iniparser keeps small letters */
	name[i] = '\0';
	n = iniparser_getsecnkeys(c->dict, name);
	if (n <= 0)
		return NULL;
	there = mem_zero((size_t)n, sizeof *there);
	iniparser_getseckeys(c->dict, name, there);
	for (i = 0; !found && i < n; i++) {
		const char *key = strchr(there[i], ':') + 1;

		for (k = 0; keys[k] && !text_equal_fold(keys[k], key); k++)
			;
		if (!keys[k] && at-- == 0)
			found = key;
	}
	free(there);
	return found;
}

bool conf_knows(const struct conf *c, const char *section,
    const char *const *keys, struct err *e)
{
	const char *key = conf_stranger(c, section, keys, 0);

	return !key || err_set(e, _("%s:%ld: [%s] has no key %s"), c->path,
	    conf_line(c->path, section, key), section, key);
}

/* The start of the line behind the one at p. */
static const char *line_after(const char *p)
{
	p += strcspn(p, "\n");
	return *p ? p + 1 : p;
}

static bool is_section(const char *line, const char *section)
{
	char name[100];

	return sscanf(line, " [%99[^]\n]]", name) == 1 &&
	    text_equal_fold(name, section);
}

static bool is_key(const char *line, const char *key)
{
	char name[100];

	return sscanf(line, " %99[^= \t\n]", name) == 1 &&
	    text_equal_fold(name, key) && name[0] != '[';
}

long conf_line(const char *path, const char *section, const char *key)
{
	size_t len;
	char *bytes = file_read(path, CONF_MAX, &len, NULL);
	const char *p;
	bool inside = false;
	long line = 1, found = 0;

	for (p = bytes; p && *p && !found; p = line_after(p), line++)
		if (p[strspn(p, " \t")] == '[')
			inside = is_section(p, section);
		else if (inside && is_key(p, key))
			found = line;
	free(bytes);
	return found;
}

bool conf_set(const char *path, const char *section, const char *key,
    const char *value, struct err *e)
{
	struct text out = { 0 };
	const char *p, *from = NULL, *to = NULL;
	bool inside = false, ok;
	char *bytes;
	size_t len;

	if (access(path, F_OK) < 0 && errno == ENOENT)
		bytes = mem_dup("");
	else if (!(bytes = file_read(path, CONF_MAX, &len, e)))
		return false;
	for (p = bytes; *p; p = line_after(p)) {
		if (p[strspn(p, " \t")] == '[') {
			inside = is_section(p, section);
			if (inside)	/* the last place seen: behind the title */
				from = to = line_after(p);
		} else if (inside && is_key(p, key)) {
			from = p;
			to = line_after(p);
			break;
		}
	}
	if (!from)
		from = to = bytes + strlen(bytes);
	text_add_len(&out, bytes, (size_t)(from - bytes));
	if (out.len && out.s[out.len - 1] != '\n')
		text_add(&out, "\n");
	if (from == to && from == bytes + strlen(bytes) && !inside)
		text_printf(&out, "[%s]\n", section);
	text_printf(&out, "%s = %s\n", key, value);
	text_add(&out, to);
	ok = file_replace(path, out.s, out.len, 0600, e);
	text_done(&out);
	free(bytes);
	return ok;
}
