/* ini - an ini file that keeps every byte; see ini.h */
#include "base/i18n.h"
#include "base/mem.h"
#include "store/inidoc.h"

#include <stdlib.h>
#include <string.h>

struct ini_section *ini_new_section(struct ini *ini)
{
	struct ini_section *s = shelf_take(&ini->sections);

	s->ini = ini;
	s->of.bytes = "";
	return s;
}

static void free_lines(struct ini_section *s)
{
	if (s->len != INI_EDITED)
		return;
	free(s->of.lines->list);
	free(s->of.lines);
}

void ini_drop_section(struct ini_section *s)
{
	struct ini *ini = s->ini;

	if (ini->looked == s)
		ini->looked = NULL;
	free_lines(s);
	shelf_give(&ini->sections, s);
}

/* A section that begins there; the one before ends. */
static void begin_section(struct ini *ini, const char *at, uint32_t number)
{
	struct ini_section *s = ini_new_section(ini), *before = ini->last;

	s->of.bytes = at;
	s->number = number;
	s->prev = before;
	if (before) {
		before->len = (uint32_t)(at - before->of.bytes);
		before->next = s;
		s->rank = before->rank + 1;
	} else {
		ini->first = s;
	}
	ini->last = s;
}

/* The sections: each from the comments right above its title to the next one. */
static void split(struct ini *ini, ini_fault *fault, void *arg)
{
	const char *p = ini->bytes, *end = p + ini->len, *words, *lead = NULL;
	uint32_t number = 1, comments = 0;
	struct line l;

	if (ini->len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3;
	begin_section(ini, p, number);
	for (; p < end; p += l.len, number++) {
		words = line_take(&l, p, end, number);
		if (words)
			fault(arg, (long)number, tr(words));
		if (l.kind == LINE_TITLE)
			begin_section(ini, comments ? lead : p, number - comments);
		if (l.kind != LINE_COMMENT)
			comments = 0;
		else if (comments++ == 0)
			lead = p;
	}
	ini->last->len = (uint32_t)(end - ini->last->of.bytes);
}

/* The lines of a section as it was read; what is above all has no title. */
static void split_section(const struct ini_section *s, struct lines *to)
{
	const char *p = s->of.bytes, *end = p + s->len;
	bool titled = false;

	for (to->n = 0; p < end; p += to->list[to->n++].len) {
		mem_grow(to->list, to->n, to->cap);
		line_take(&to->list[to->n], p, end, s->number + to->n);
		if (to->list[to->n].kind == LINE_TITLE && !titled) {
			to->title = to->n;
			titled = true;
		}
	}
	if (!titled)
		to->title = to->n;
}

struct lines *ini_lines(const struct ini_section *s)
{
	struct ini *ini = s->ini;

	if (s->len == INI_EDITED)
		return s->of.lines;
	if (ini->looked != s) {
		split_section(s, &ini->lines);
		ini->looked = s;
	}
	return &ini->lines;
}

struct lines *ini_edit(struct ini_section *s)
{
	struct lines *lines;

	if (s->len != INI_EDITED) {
		lines = mem_new(struct lines);
		split_section(s, lines);
		if (s->ini->looked == s)
			s->ini->looked = NULL;
		s->of.lines = lines;
		s->len = INI_EDITED;
	}
	lines = s->of.lines;
	mem_grow(lines->list, lines->n, lines->cap);
	return lines;
}

struct ini *ini_parse(char *bytes, size_t len, ini_fault *fault, void *arg)
{
	struct ini *ini = mem_new(struct ini);
	const char *nl;
	long bad, line = 1;

	ini->sections.size = sizeof(struct ini_section);
	ini->bytes = bytes;
	ini->len = len;
	ini->encoding = encoding_of(bytes, len, &bad);
	if (bad >= 0) {
		for (const char *p = bytes; p < bytes + bad; p++)
			line += *p == '\n';
		fault(arg, line, _("these bytes are neither UTF-8 nor CP932"));
	}
	nl = memchr(bytes, '\n', len);
	ini->eol = nl && nl > bytes && nl[-1] == '\r' ? "\r\n" : "\n";
	split(ini, fault, arg);
	return ini;
}

void ini_free(struct ini *ini)
{
	if (!ini)
		return;
	for (struct ini_section *s = ini->first; s; s = s->next)
		free_lines(s);
	shelf_done(&ini->sections);
	pool_done(&ini->strings);
	free(ini->lines.list);
	free(ini->bytes);
	free(ini);
}

enum encoding ini_encoding(const struct ini *ini)
{
	return ini->encoding;
}

const char *ini_original(const struct ini *ini, size_t *len)
{
	*len = ini->len;
	return ini->bytes;
}

struct ini_section *ini_first(const struct ini *ini)
{
	return ini->first->next;
}

struct ini_section *ini_next(const struct ini_section *s)
{
	return s->next;
}

const char *ini_title(const struct ini_section *s, size_t *len)
{
	const struct lines *lines = ini_lines(s);
	const struct line *l = &lines->list[lines->title];

	*len = l->key_len;
	return l->s + l->key_at;
}

long ini_section_line(const struct ini_section *s)
{
	const struct lines *lines = ini_lines(s);

	return lines->list[lines->title].number;
}

unsigned ini_rank(const struct ini_section *s)
{
	return s->rank;
}

unsigned ini_tag(const struct ini_section *s)
{
	return s->tag;
}

void ini_set_tag(struct ini_section *s, unsigned tag)
{
	s->tag = tag;
}

void ini_rerank(struct ini *ini)
{
	struct ini_section *s;
	unsigned rank = 0;

	for (s = ini->first; s; s = s->next)
		s->rank = rank++;
}

bool ini_each(const struct ini_section *s, size_t *at, struct ini_key *k)
{
	const struct lines *lines = ini_lines(s);

	for (; *at < lines->n; ++*at) {
		const struct line *l = &lines->list[*at];

		if (l->kind != LINE_KEY || *at < lines->title)
			continue;
		*k = (struct ini_key){ l->s + l->key_at, l->s + l->raw_at,
			l->key_len, l->raw_len, l->number };
		++*at;
		return true;
	}
	return false;
}

static bool same_key(const char *a, size_t len, const char *b)
{
	size_t i;

	for (i = 0; i < len; i++) {
		char x = a[i], y = b[i];

		if (x != y && ((x ^ y) != 0x20 || (x | 0x20) < 'a' ||
		    (x | 0x20) > 'z'))
			return false;
	}
	return b[len] == '\0';
}

struct line *ini_line(const struct ini_section *s, const char *key)
{
	const struct lines *lines = ini_lines(s);
	size_t len = strlen(key);
	unsigned i;

	for (i = lines->title; i < lines->n; i++) {
		struct line *l = &lines->list[i];

		if (l->kind == LINE_KEY && l->key_len == len &&
		    ((l->s[l->key_at] ^ *key) & ~0x20) == 0 &&
		    same_key(l->s + l->key_at, len, key))
			return l;
	}
	return NULL;
}

bool ini_find(const struct ini_section *s, const char *key, struct ini_key *k)
{
	const struct line *l = ini_line(s, key);

	if (!l)
		return false;
	*k = (struct ini_key){ l->s + l->key_at, l->s + l->raw_at, l->key_len,
		l->raw_len, l->number };
	return true;
}

char *ini_section_text(const struct ini_section *s)
{
	const struct lines *lines = ini_lines(s);
	struct text t = { 0 };

	for (unsigned i = 0; i < lines->n; i++)
		text_add_len(&t, lines->list[i].s, lines->list[i].len);
	return text_take(&t);
}

/* What is printed: bytes that stand together in the document go out at once. */
struct run {
	const struct ini *ini;
	struct text *out;
	const char *from, *to;
};

static void print_bytes(struct run *r, const char *bytes, size_t len)
{
	if (bytes != r->to) {
		if (r->from)
			text_add_len(r->out, r->from, (size_t)(r->to - r->from));
		/* a last line without an end gets one before another */
		if (r->from && r->to[-1] != '\n')
			text_add(r->out, r->ini->eol);
		r->from = bytes;
	}
	r->to = bytes + len;
}

static void print_lines(const struct ini *ini, struct text *out)
{
	struct run r = { .ini = ini, .out = out };

	if (ini->len >= 3 && memcmp(ini->bytes, "\xef\xbb\xbf", 3) == 0)
		text_add_len(out, ini->bytes, 3);
	for (const struct ini_section *s = ini->first; s; s = s->next) {
		const struct lines *edited = s->len == INI_EDITED ? s->of.lines : NULL;

		if (!edited && s->len)
			print_bytes(&r, s->of.bytes, s->len);
		for (unsigned i = 0; edited && i < edited->n; i++)
			print_bytes(&r, edited->list[i].s, edited->list[i].len);
	}
	if (r.from)
		text_add_len(out, r.from, (size_t)(r.to - r.from));
}

/* Would these bytes be read in another encoding than they were written in? */
static bool misread(const struct ini *ini, const char *bytes, size_t len)
{
	long bad;

	return ini->encoding != ENCODING_UTF8 &&
	    encoding_of(bytes, len, &bad) != ini->encoding;
}

void ini_print(struct ini *ini, struct text *out)
{
	size_t start = out->len;
	char *mark;

	print_lines(ini, out);
	if (!misread(ini, out->s ? out->s + start : "", out->len - start))
		return;
	/* "文字コード": bytes that are no UTF-8 */
	mark = mem_printf("; CP932 (\x95\xb6\x8e\x9a\x83\x52\x81\x5b\x83\x68)%s",
	    ini->eol);
	ini_insert_line(ini->first, 0, mark);
	free(mark);
	out->len = start;
	print_lines(ini, out);
}
