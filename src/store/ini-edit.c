/* ini-edit - changes of an ini file's lines; a part of ini */
#include "base/i18n.h"
#include "base/mem.h"
#include "store/inidoc.h"

#include <stdlib.h>
#include <string.h>

static struct line make_line(struct ini *ini, const char *text, uint32_t number)
{
	size_t len = strlen(text);
	const char *s = pool_put_len(&ini->strings, text, len);
	struct line l;

	line_take(&l, s, s + len, number);
	return l;
}

void ini_insert_line(struct ini *ini, ini_section s, unsigned at, const char *text)
{
	struct line l = make_line(ini, text, 0);
	struct lines *lines = ini_edit(ini, s);

	memmove(lines->list + at + 1, lines->list + at,
	    (lines->n - at) * sizeof *lines->list);
	lines->list[at] = l;
	lines->n++;
}

static void link_after(struct ini *ini, ini_section s, ini_section after)
{
	struct section *all = ini->sections;

	if (!after)
		after = all[0].prev;
	all[s].prev = after;
	all[s].next = all[after].next;
	all[all[s].next].prev = s;
	all[after].next = s;
	if (ini->ranks)
		ini->ranks[s] = ini->ranks[after];
}

static void unlink_section(struct ini *ini, ini_section s)
{
	struct section *all = ini->sections;

	all[all[s].prev].next = all[s].next;
	all[all[s].next].prev = all[s].prev;
}

/* A section begins after a blank line, unless it is the first thing of all. */
static void blank_before(struct ini *ini, ini_section s)
{
	ini_section prev = ini->sections[s].prev;
	const struct lines *before = ini_lines(ini, prev);

	if (before->n > 0 && before->list[before->n - 1].kind != LINE_BLANK)
		ini_insert_line(ini, prev, before->n, ini->eol);
}

ini_section ini_add_text(struct ini *ini, ini_section after, const char *text)
{
	ini_section s = ini_new_section(ini);
	struct lines *lines = ini_edit(ini, s);
	const char *end;
	bool titled = false;

	link_after(ini, s, after);
	for (; *text; text = end) {
		char *line;

		end = strchr(text, '\n');
		end = end ? end + 1 : text + strlen(text);
		line = mem_ndup(text, (size_t)(end - text));
		ini_insert_line(ini, s, lines->n, line);
		free(line);
		if (!titled && lines->list[lines->n - 1].kind == LINE_TITLE) {
			lines->title = lines->n - 1;
			titled = true;
		}
	}
	blank_before(ini, s);
	if (ini_next(ini, s))	/* and so does the one behind */
		blank_before(ini, ini_next(ini, s));
	return s;
}

ini_section ini_add(struct ini *ini, ini_section after, const char *title)
{
	char *text = mem_printf("[%s]%s", title, ini->eol);
	ini_section s = ini_add_text(ini, after, text);

	free(text);
	return s;
}

void ini_move(struct ini *ini, ini_section s, ini_section after)
{
	ini_section behind = ini_next(ini, s);

	if (after == s || after == ini->sections[s].prev)
		return;
	unlink_section(ini, s);
	if (behind && ini->sections[behind].prev)
		blank_before(ini, behind);
	link_after(ini, s, after);
	blank_before(ini, s);
	if (ini_next(ini, s))
		blank_before(ini, ini_next(ini, s));
}

void ini_remove(struct ini *ini, ini_section s)
{
	ini_set_tag(ini, s, 0);
	unlink_section(ini, s);
	ini_drop_lines(ini, s);
}

/* The line anew: all up to the value as it was, then raw. */
static bool replace(struct ini *ini, ini_section s, const struct line *was,
    const char *raw, struct err *e)
{
	struct text t = { 0 };
	size_t at = (size_t)(was - ini_lines(ini, s)->list), body = line_body(was->s, was->len);
	bool ok = was->raw_at + strlen(raw) <= INI_LINE;
	struct line *l;

	if (!ok)
		return err_set(e, _("the value is too long for a line of %d bytes"),
		    INI_LINE);
	l = &ini_edit(ini, s)->list[at];
	text_add_len(&t, l->s, l->raw_at);
	text_add(&t, raw);
	text_add_len(&t, l->s + body, l->len - body);
	*l = make_line(ini, t.s, l->number);
	text_done(&t);
	return true;
}

bool ini_set(struct ini *ini, ini_section s, const char *key, const char *text, struct err *e)
{
	struct text now = { 0 }, raw = { 0 }, line = { 0 };
	const struct line *l = ini_line(ini, s, key);
	const struct lines *lines;
	bool doubtful, ok = true;
	unsigned at;

	/* mostly it stands there as it is */
	if (l && ini->encoding == ENCODING_UTF8 && strlen(text) == l->raw_len &&
	    memcmp(text, l->s + l->raw_at, l->raw_len) == 0 &&
	    !strpbrk(text, "%\"';#"))
		return true;
	if (l && value_decode(ini->encoding, l->s + l->raw_at, l->raw_len, &now,
	    &doubtful, NULL) && strcmp(now.s ? now.s : "", text) == 0)
		goto out;
	ok = value_encode(ini->encoding, text, &raw, e);
	if (!ok)
		goto out;
	if (l) {
		ok = replace(ini, s, l, raw.s ? raw.s : "", e);
		goto out;
	}
	lines = ini_lines(ini, s);
	for (at = lines->n; at > lines->title + 1 && lines->list[at - 1].kind != LINE_KEY; at--)
		;
	text_printf(&line, "%s=%s%s", key, raw.s ? raw.s : "", ini->eol);
	ok = line.len <= INI_LINE ||
	    err_set(e, _("the value is too long for a line of %d bytes"), INI_LINE);
	if (ok)
		ini_insert_line(ini, s, at, line.s);
out:
	text_done(&now);
	text_done(&raw);
	text_done(&line);
	return ok;
}

void ini_unset(struct ini *ini, ini_section s, const char *key)
{
	const struct line *l = ini_line(ini, s, key);
	struct lines *lines;
	size_t at;

	if (!l)
		return;
	at = (size_t)(l - ini_lines(ini, s)->list);
	lines = ini_edit(ini, s);
	memmove(lines->list + at, lines->list + at + 1,
	    (lines->n - at - 1) * sizeof *lines->list);
	lines->n--;
}
