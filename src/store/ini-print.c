/* An ini document as bytes; a part of ini */
#include "store/eucjp.h"
#include "store/inidoc.h"

#include "base/mem.h"

#include <stdlib.h>

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

static void print_section(const struct ini *ini, ini_section s, struct run *r)
{
	const struct lines *lines = ini_edited(ini, s);
	const char *bytes;
	size_t len;

	if (!lines) {
		bytes = ini_section_bytes(ini, s, &len);
		if (len)
			print_bytes(r, bytes, len);
		return;
	}
	for (unsigned i = 0; i < lines->n; i++)
		print_bytes(r, lines->list[i].s, lines->list[i].len);
}

static void print_lines(const struct ini *ini, struct text *out)
{
	struct run r = { .ini = ini, .out = out };
	ini_section s = 0;

	text_add_len(out, ini_bytes(ini), ini->sections[0].at);
	do {
		print_section(ini, s, &r);
	} while ((s = ini_next(ini, s)));
	if (r.from)
		text_add_len(out, r.from, (size_t)(r.to - r.from));
}

/* Would these bytes be read in another encoding than they were written in, or refused? */
static bool misread(const struct ini *ini, const char *bytes, size_t len)
{
	long bad;

	return ini->encoding != ENCODING_UTF8 && !ini->eucjp &&
	    (encoding_of(bytes, len, &bad) != ini->encoding || eucjp_at(bytes, len) >= 0);
}

void ini_print(struct ini *ini, struct text *out)
{
	size_t start = out->len;
	char *mark;

	print_lines(ini, out);
	free(ini->ranks);
	ini->ranks = NULL;
	if (!misread(ini, out->s ? out->s + start : "", out->len - start))
		return;
	/* "文字コード": bytes that are no UTF-8 */
	mark = mem_printf("; CP932 (\x95\xb6\x8e\x9a\x83\x52\x81\x5b\x83\x68)%s",
	    ini->eol);
	ini_insert_line(ini, 0, 0, mark);
	free(mark);
	out->len = start;
	print_lines(ini, out);
}
