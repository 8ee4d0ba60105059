/* ini - an ini file that keeps every byte; see ini.h */
#include "store/ini.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum line_kind { LINE_OTHER, LINE_COMMENT, LINE_BLANK, LINE_KEY, LINE_TITLE };

struct line {
	const char *s;		/* with its end of line */
	uint32_t len, number;
	uint16_t key_at, key_len, raw_at, raw_len;	/* LINE_KEY, LINE_TITLE */
	uint8_t kind;
};

struct ini_section {
	struct ini_section *next, *prev;
	struct ini *ini;
	/* lines is NULL while they are as they were read: len bytes in the document, which
	 * are split when somebody looks (a line takes more than its bytes) */
	struct line *lines;
	const char *bytes;
	uint32_t len, number;	/* number: of the first one */
	unsigned n, cap;	/* lines */
	unsigned title;		/* index of the title; n when there is none (the top) */
	unsigned rank, tag;
};

struct ini {
	char *bytes;
	size_t len;
	struct ini_section *first, *last;	/* first is what stands before any title */
	/* the lines of the section that was looked at last */
	const struct ini_section *looked;
	struct line *lines;
	size_t lines_cap;
	struct pool strings;	/* lines that were made */
	enum encoding encoding;
	const char *eol;
};

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Slices [*at, *at + *len) without the blanks around. */
static void trim(const char *s, size_t from, size_t to, uint16_t *at,
    uint16_t *len)
{
	while (from < to && blank(s[from]))
		from++;
	while (to > from && blank(s[to - 1]))
		to--;
	*at = (uint16_t)from;
	*len = (uint16_t)(to - from);
}

/* What is wrong with the bytes of a line, or NULL. */
static const char *bad_bytes(const char *s, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	uint64_t eight, del;
	size_t i = 0;

	/* eight at a time, as long as none is below a blank or is DEL */
	for (; i + 8 <= len; i += 8) {
		memcpy(&eight, s + i, 8);
		del = eight ^ ones * 0x7f;
		if ((((eight - ones * 0x20) & ~eight) |
		    ((del - ones) & ~del)) & high)
			break;
	}
	for (; i < len; i++) {
		if (s[i] == '\0')
			return N_("a NUL byte is not allowed");
		if (((unsigned char)s[i] < 0x20 && s[i] != '\t') || s[i] == 0x7f)
			return N_("a control character is not allowed; in a value it is written as %XX");
	}
	return NULL;
}

/* Finds out what a line is; the words when it is nothing. */
static const char *classify(struct line *l, size_t body)
{
	const char *s = l->s, *eq, *close, *bad = NULL;
	size_t i = 0;

	l->kind = LINE_OTHER;
	if (body > INI_LINE)
		return N_("the line is longer than 1000 bytes: other readers would cut it");
	while (i < body && blank(s[i]))
		i++;
	bad = bad_bytes(s + i, body - i);
	if (bad)
		return bad;
	if (i == body) {
		l->kind = LINE_BLANK;
	} else if (s[i] == ';' || s[i] == '#') {
		l->kind = LINE_COMMENT;
	} else if (s[i] == '[') {
		close = memchr(s + i, ']', body - i);
		if (!close)
			return N_("a section's title must end with ]");
		for (size_t j = (size_t)(close - s) + 1; j < body; j++)
			if (!blank(s[j]))
				return N_("nothing may follow a section's title; a comment needs a line of its own");
		trim(s, i + 1, (size_t)(close - s), &l->key_at, &l->key_len);
		l->kind = LINE_TITLE;
		if (memchr(s + l->key_at, ':', l->key_len))
			return N_("a colon is not allowed in a section's title");
	} else {
		eq = memchr(s + i, '=', body - i);
		if (!eq || eq == s + i)
			return N_("neither a [section], key=value nor a ; comment");
		trim(s, i, (size_t)(eq - s), &l->key_at, &l->key_len);
		trim(s, (size_t)(eq - s) + 1, body, &l->raw_at, &l->raw_len);
		l->kind = LINE_KEY;
	}
	return NULL;
}

static size_t body_of(const char *s, size_t len)
{
	if (len > 0 && s[len - 1] == '\n')
		len--;
	if (len > 0 && s[len - 1] == '\r')
		len--;
	return len;
}

/* The line that begins there, and what is wrong with it, or NULL. */
static const char *take_line(struct line *l, const char *p, const char *end,
    uint32_t number)
{
	const char *nl = memchr(p, '\n', (size_t)(end - p));

	nl = nl ? nl + 1 : end;
	*l = (struct line){ .s = p, .len = (uint32_t)(nl - p), .number = number };
	return classify(l, body_of(p, l->len));
}

static void append(struct ini *ini, struct ini_section *s)
{
	s->ini = ini;
	s->prev = ini->last;
	s->next = NULL;
	s->rank = ini->last ? ini->last->rank + 1 : 0;
	if (ini->last)
		ini->last->next = s;
	else
		ini->first = s;
	ini->last = s;
}

/* A section that begins there; the one before ends. */
static void begin_section(struct ini *ini, const char *at, uint32_t number, unsigned title)
{
	struct ini_section *s = mem_new(struct ini_section), *before = ini->last;

	if (before) {
		before->len = (uint32_t)(at - before->bytes);
		before->n = number - before->number;
	}
	s->bytes = at;
	s->number = number;
	s->title = title;
	append(ini, s);
}

/* The sections: each from the comments right above its title to the next one. */
static void split(struct ini *ini, ini_fault *fault, void *arg)
{
	const char *p = ini->bytes, *end = p + ini->len, *words, *lead = NULL;
	uint32_t number = 1, comments = 0;
	struct ini_section *last;
	struct line l;

	if (ini->len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3;
	begin_section(ini, p, number, 0);
	for (; p < end; p += l.len, number++) {
		words = take_line(&l, p, end, number);
		if (words)
			fault(arg, (long)number, tr(words));
		if (l.kind == LINE_TITLE)
			begin_section(ini, comments ? lead : p, number - comments, comments);
		if (l.kind != LINE_COMMENT)
			comments = 0;
		else if (comments++ == 0)
			lead = p;
	}
	last = ini->last;
	last->len = (uint32_t)(end - last->bytes);
	last->n = number - last->number;
	ini->first->title = ini->first->n;	/* what is above has none */
}

static void split_section(const struct ini_section *s, struct line *to)
{
	const char *p = s->bytes, *end = p + s->len;

	for (unsigned i = 0; i < s->n; i++, p += to++->len)
		take_line(to, p, end, s->number + i);
}

/* To look at; they may go when another section is looked at or this one is changed. */
static struct line *lines_of(const struct ini_section *s)
{
	struct ini *ini = s->ini;

	if (s->lines)
		return s->lines;
	if (ini->looked == s)
		return ini->lines;
	if (s->n > ini->lines_cap) {
		ini->lines_cap = s->n * 2;
		ini->lines = mem_realloc(ini->lines, ini->lines_cap, sizeof *ini->lines);
	}
	split_section(s, ini->lines);
	ini->looked = s;
	return ini->lines;
}

struct ini *ini_parse(char *bytes, size_t len, ini_fault *fault, void *arg)
{
	struct ini *ini = mem_new(struct ini);
	const char *nl;
	long bad, line = 1;

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
	struct ini_section *s, *next;

	if (!ini)
		return;
	for (s = ini->first; s; s = next) {
		next = s->next;
		free(s->lines);
		free(s);
	}
	pool_done(&ini->strings);
	free(ini->lines);
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
		if (!s->lines && s->len)
			print_bytes(&r, s->bytes, s->len);
		for (unsigned i = 0; s->lines && i < s->n; i++)
			print_bytes(&r, s->lines[i].s, s->lines[i].len);
	}
	if (r.from)
		text_add_len(out, r.from, (size_t)(r.to - r.from));
}

struct ini_section *ini_next(const struct ini_section *s)
{
	return s->next;
}

const char *ini_title(const struct ini_section *s, size_t *len)
{
	const struct line *l = &lines_of(s)[s->title];

	*len = l->key_len;
	return l->s + l->key_at;
}

long ini_section_line(const struct ini_section *s)
{
	return lines_of(s)[s->title].number;
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
	const struct line *lines = lines_of(s);

	for (; *at < s->n; ++*at) {
		const struct line *l = &lines[*at];

		if (l->kind != LINE_KEY || *at < s->title)
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

static struct line *line_of(const struct ini_section *s, const char *key)
{
	struct line *lines = lines_of(s);
	size_t len = strlen(key);
	unsigned i;

	for (i = s->title; i < s->n; i++) {
		struct line *l = &lines[i];

		if (l->kind == LINE_KEY && l->key_len == len &&
		    ((l->s[l->key_at] ^ *key) & ~0x20) == 0 &&
		    same_key(l->s + l->key_at, len, key))
			return l;
	}
	return NULL;
}

bool ini_find(const struct ini_section *s, const char *key, struct ini_key *k)
{
	const struct line *l = line_of(s, key);

	if (!l)
		return false;
	*k = (struct ini_key){ l->s + l->key_at, l->s + l->raw_at, l->key_len,
		l->raw_len, l->number };
	return true;
}

/* Its own lines, with room for one more. */
static void own(struct ini_section *s)
{
	struct ini *ini = s->ini;

	if (s->cap > s->n)
		return;
	s->cap = s->lines ? s->cap * 2 : s->n + 8;
	if (s->lines) {
		s->lines = mem_realloc(s->lines, s->cap, sizeof *s->lines);
		return;
	}
	s->lines = mem_realloc(NULL, s->cap, sizeof *s->lines);
	split_section(s, s->lines);
	if (ini->looked == s)
		ini->looked = NULL;
}

static struct line make_line(struct ini *ini, const char *text, unsigned number)
{
	size_t len = strlen(text);
	struct line l = { .s = pool_put_len(&ini->strings, text, len),
		.len = (uint32_t)len, .number = number };

	classify(&l, body_of(l.s, len));
	return l;
}

static void insert_line(struct ini *ini, struct ini_section *s, unsigned at,
    const char *text)
{
	struct line l = make_line(ini, text, 0);

	own(s);
	memmove(s->lines + at + 1, s->lines + at,
	    (s->n - at) * sizeof *s->lines);
	s->lines[at] = l;
	s->n++;
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
	insert_line(ini, ini->first, 0, mark);
	free(mark);
	out->len = start;
	print_lines(ini, out);
}

struct ini_section *ini_first(const struct ini *ini)
{
	return ini->first->next;
}

static void link_after(struct ini *ini, struct ini_section *s,
    struct ini_section *after)
{
	if (!after)
		after = ini->last;
	s->ini = ini;
	s->prev = after;
	s->next = after->next;
	if (s->next)
		s->next->prev = s;
	else
		ini->last = s;
	after->next = s;
	s->rank = after->rank;
}

static void unlink_section(struct ini *ini, struct ini_section *s)
{
	s->prev->next = s->next;
	if (s->next)
		s->next->prev = s->prev;
	else
		ini->last = s->prev;
}

/* A section begins after a blank line, unless it is the first thing of all. */
static void blank_before(struct ini *ini, struct ini_section *s)
{
	struct ini_section *p = s->prev;

	if (p->n > 0 && lines_of(p)[p->n - 1].kind != LINE_BLANK)
		insert_line(ini, p, p->n, ini->eol);
}

char *ini_section_text(const struct ini_section *s)
{
	const struct line *lines = lines_of(s);
	struct text t = { 0 };

	for (unsigned i = 0; i < s->n; i++)
		text_add_len(&t, lines[i].s, lines[i].len);
	return text_take(&t);
}

struct ini_section *ini_add_text(struct ini *ini, struct ini_section *after,
    const char *text)
{
	struct ini_section *s = mem_new(struct ini_section);
	const char *end;
	bool titled = false;

	link_after(ini, s, after);
	for (; *text; text = end) {
		char *line;

		end = strchr(text, '\n');
		end = end ? end + 1 : text + strlen(text);
		line = mem_ndup(text, (size_t)(end - text));
		insert_line(ini, s, s->n, line);
		free(line);
		if (!titled && s->lines[s->n - 1].kind == LINE_TITLE) {
			s->title = s->n - 1;
			titled = true;
		}
	}
	blank_before(ini, s);
	if (s->next)	/* and so does the one behind */
		blank_before(ini, s->next);
	return s;
}

struct ini_section *ini_add(struct ini *ini, struct ini_section *after,
    const char *title)
{
	char *text = mem_printf("[%s]%s", title, ini->eol);
	struct ini_section *s = ini_add_text(ini, after, text);

	free(text);
	return s;
}

void ini_move(struct ini *ini, struct ini_section *s, struct ini_section *after)
{
	struct ini_section *behind = s->next;

	if (after == s || after == s->prev)
		return;
	unlink_section(ini, s);
	if (behind && behind->prev != ini->first)
		blank_before(ini, behind);
	link_after(ini, s, after);
	blank_before(ini, s);
	if (s->next)
		blank_before(ini, s->next);
}

void ini_remove(struct ini *ini, struct ini_section *s)
{
	unlink_section(ini, s);
	if (ini->looked == s)
		ini->looked = NULL;
	free(s->lines);
	free(s);
}

/* The line anew: all up to the value as it was, then raw. */
static bool replace(struct ini *ini, struct ini_section *s, struct line *l,
    const char *raw, struct err *e)
{
	struct text t = { 0 };
	size_t at = (size_t)(l - lines_of(s)), body = body_of(l->s, l->len);
	bool ok = l->raw_at + strlen(raw) <= INI_LINE;

	if (!ok)
		return err_set(e, _("the value is too long for a line of %d bytes"),
		    INI_LINE);
	own(s);
	l = &s->lines[at];
	text_add_len(&t, l->s, l->raw_at);
	text_add(&t, raw);
	text_add_len(&t, l->s + body, l->len - body);
	*l = make_line(ini, t.s, l->number);
	text_done(&t);
	return true;
}

bool ini_set(struct ini *ini, struct ini_section *s, const char *key,
    const char *text, struct err *e)
{
	struct text now = { 0 }, raw = { 0 }, line = { 0 };
	struct line *l = line_of(s, key);
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
	for (at = s->n; at > s->title + 1 && lines_of(s)[at - 1].kind != LINE_KEY; at--)
		;
	text_printf(&line, "%s=%s%s", key, raw.s ? raw.s : "", ini->eol);
	ok = line.len <= INI_LINE ||
	    err_set(e, _("the value is too long for a line of %d bytes"), INI_LINE);
	if (ok)
		insert_line(ini, s, at, line.s);
out:
	text_done(&now);
	text_done(&raw);
	text_done(&line);
	return ok;
}

void ini_unset(struct ini *ini, struct ini_section *s, const char *key)
{
	struct line *l = line_of(s, key);
	size_t at;

	(void)ini;
	if (!l)
		return;
	at = (size_t)(l - lines_of(s));
	own(s);
	memmove(s->lines + at, s->lines + at + 1,
	    (s->n - at - 1) * sizeof *s->lines);
	s->n--;
}
