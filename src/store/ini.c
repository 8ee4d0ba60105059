/* ini - an ini file that keeps every byte; see ini.h */
#include "base/i18n.h"
#include "base/mem.h"
#include "store/eucjp.h"
#include "store/inidoc.h"

#include <stdlib.h>
#include <string.h>

ini_section ini_new_section(struct ini *ini)
{
	if (ini->n == ini->cap) {	/* by little: it holds thousands, and few are added */
		ini->cap += ini->cap / 8 + 16;
		ini->sections = mem_realloc(ini->sections, ini->cap, sizeof *ini->sections);
		if (ini->ranks)
			ini->ranks = mem_realloc(ini->ranks, ini->cap, sizeof *ini->ranks);
	}
	ini->sections[ini->n] = (struct section){ 0 };
	return (ini_section)ini->n++;
}

const char *ini_bytes(const struct ini *ini)
{
	struct ini *kept = (struct ini *)ini;

	if (!ini->bytes)
		kept->bytes = pack_take(&kept->packed);
	return ini->bytes;
}

const char *ini_section_bytes(const struct ini *ini, ini_section s, size_t *len)
{
	size_t end = s + 1 < ini->n_read ? ini->sections[s + 1].at : ini->len;

	*len = end - ini->sections[s].at;
	return ini_bytes(ini) + ini->sections[s].at;
}

/* The next section begins there. */
static void begin_section(struct ini *ini, const char *at, uint32_t line)
{
	ini_section s = ini_new_section(ini);
	struct section *new = &ini->sections[s], *top = ini->sections;

	new->at = (uint32_t)(at - ini->bytes);
	new->line = line;
	new->prev = top->prev;
	top[top->prev].next = s;
	top->prev = s;
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
			begin_section(ini, comments ? lead : p, number);
		if (l.kind != LINE_COMMENT)
			comments = 0;
		else if (comments++ == 0)
			lead = p;
	}
	ini->n_read = ini->n;
	ini->sections = mem_realloc(ini->sections, ini->cap = ini->n, sizeof *ini->sections);
}

/* The lines of a section as it was read, of its bytes; what is above all has no title. */
static void split_section(const struct ini *ini, ini_section s, const char *p,
    size_t len, struct lines *to)
{
	const char *end = p + len;
	bool titled = false;

	for (to->n = 0; p < end; p += to->list[to->n++].len) {
		mem_grow(to->list, to->n, to->cap);
		line_take(&to->list[to->n], p, end, 0);
		if (to->list[to->n].kind == LINE_TITLE && !titled) {
			to->title = to->n;
			titled = true;
		}
	}
	if (!titled)
		to->title = to->n;
	for (unsigned i = 0; i < to->n; i++)
		to->list[i].number = ini->sections[s].line + i - (titled ? to->title : 0);
}

struct lines *ini_edited(const struct ini *ini, ini_section s)
{
	return map_get(&ini->edited, s + 1);
}

const struct lines *ini_lines(const struct ini *ini, ini_section s)
{
	const struct lines *own;
	struct ini *kept = (struct ini *)ini;
	const char *bytes;
	size_t len;

	if (ini->looked == (long)s)
		return &ini->lines;
	own = ini_edited(ini, s);
	if (own)
		return own;
	bytes = ini_section_bytes(ini, s, &len);
	split_section(ini, s, bytes, len, &kept->lines);
	kept->looked = (long)s;
	return &ini->lines;
}

struct lines *ini_edit(struct ini *ini, ini_section s)
{
	struct lines *lines = ini_edited(ini, s);
	const char *bytes;
	size_t len;

	if (!lines) {
		lines = mem_new(struct lines);
		if (s < ini->n_read) {
			bytes = ini_section_bytes(ini, s, &len);
			/* its own: those of the document may be packed meanwhile */
			lines->bytes = mem_ndup(bytes, len);
			split_section(ini, s, lines->bytes, len, lines);
		}
		map_put(&ini->edited, s + 1, lines);
		if (ini->looked == (long)s)
			ini->looked = -1;
	}
	mem_grow(lines->list, lines->n, lines->cap);
	return lines;
}

static void free_lines(struct lines *lines)
{
	if (lines) {
		free(lines->list);
		free(lines->bytes);
	}
	free(lines);
}

void ini_drop_lines(struct ini *ini, ini_section s)
{
	if (ini->looked == (long)s)
		ini->looked = -1;
	free_lines(map_remove(&ini->edited, s + 1));
}

static unsigned tag_of(const void *ini, unsigned s)
{
	return ((const struct ini *)ini)->sections[s].tag;
}

struct ini *ini_parse(char *bytes, size_t len, ini_fault *fault, void *arg)
{
	struct ini *ini = mem_new(struct ini);
	const char *nl;
	long bad, eucjp, line = 1;

	ini->bytes = bytes;
	ini->len = len;
	ini->tags = (struct index){ .number = tag_of, .keeper = ini };
	ini->looked = -1;
	ini->encoding = encoding_of(bytes, len, &bad);
	eucjp = ini->encoding == ENCODING_UTF8 && bad < 0 ? -1 : eucjp_at(bytes, len);
	ini->eucjp = eucjp >= 0;
	if (ini->eucjp)
		bad = eucjp;
	if (bad >= 0) {
		for (const char *p = bytes; p < bytes + bad; p++)
			line += *p == '\n';
		fault(arg, line, !ini->eucjp ? _("these bytes are neither UTF-8 nor CP932") :
		    _("this is EUC-JP, neither UTF-8 nor CP932: \"iconv -f EUC-JP -t UTF-8\" makes a file that can be read"));
	}
	nl = memchr(bytes, '\n', len);
	ini->eol = nl && nl > bytes && nl[-1] == '\r' ? "\r\n" : "\n";
	split(ini, fault, arg);
	return ini;
}

void ini_free(struct ini *ini)
{
	struct lines *lines;
	size_t i = 0;

	if (!ini)
		return;
	while ((lines = map_each(&ini->edited, &i)))
		free_lines(lines);
	map_done(&ini->edited);
	index_done(&ini->tags);
	pool_done(&ini->strings);
	pack_done(&ini->packed);
	free(ini->sections);
	free(ini->ranks);
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
	return ini_bytes(ini);
}

void ini_pack(struct ini *ini)
{
	if (!ini->bytes)
		return;
	pack_put(&ini->packed, ini->bytes, ini->len);
	free(ini->bytes);
	ini->bytes = NULL;
	ini->looked = -1;
}

ini_section ini_first(const struct ini *ini)
{
	return ini->sections[0].next;
}

ini_section ini_next(const struct ini *ini, ini_section s)
{
	return ini->sections[s].next;
}

const char *ini_title(const struct ini *ini, ini_section s, size_t *len)
{
	const struct lines *lines = ini_lines(ini, s);
	const struct line *l = &lines->list[lines->title];

	*len = l->key_len;
	return l->s + l->key_at;
}

long ini_section_line(const struct ini *ini, ini_section s)
{
	return ini->sections[s].line;
}

unsigned ini_rank(const struct ini *ini, ini_section s)
{
	return ini->ranks ? ini->ranks[s] : s;
}

void ini_rerank(struct ini *ini)
{
	uint32_t rank = 0;

	if (!ini->ranks)
		ini->ranks = mem_zero(ini->cap, sizeof *ini->ranks);
	for (ini_section s = ini_first(ini); s; s = ini_next(ini, s))
		ini->ranks[s] = ++rank;
}

unsigned ini_tag(const struct ini *ini, ini_section s)
{
	return ini->sections[s].tag;
}

void ini_set_tag(struct ini *ini, ini_section s, unsigned tag)
{
	if (ini->sections[s].tag)
		index_remove(&ini->tags, ini->sections[s].tag);
	ini->sections[s].tag = tag;
	if (tag)
		index_put(&ini->tags, tag, s);
}

ini_section ini_tagged(const struct ini *ini, unsigned tag)
{
	return index_find(&ini->tags, tag);
}

char *ini_section_text(const struct ini *ini, ini_section s)
{
	const struct lines *lines = ini_lines(ini, s);
	struct text t = { 0 };

	for (unsigned i = 0; i < lines->n; i++)
		text_add_len(&t, lines->list[i].s, lines->list[i].len);
	return text_take(&t);
}
