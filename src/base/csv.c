/* csv - tables as text; see csv.h */
#include "base/csv.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define BOM "\xef\xbb\xbf"

/* What parts the cells: the first such character of the first row. */
static char comma_of(const char *at, const char *end)
{
	bool quoted = false;
	char found = ',';

	for (; at < end && (quoted || (*at != '\n' && *at != '\r')); at++) {
		if (*at == '"')
			quoted = !quoted;
		else if (!quoted && *at == ',')
			return ',';
		else if (!quoted && found == ',' && (*at == ';' || *at == '\t'))
			found = *at;
	}
	return found;
}

void csv_init(struct csv *c, const char *bytes, size_t len)
{
	*c = (struct csv){ .at = bytes, .end = bytes + len, .line = 1 };
	if (len >= 3 && memcmp(bytes, BOM, 3) == 0)
		c->at += 3;
	c->comma = comma_of(c->at, c->end);
}

static void forget(struct csv_row *r)
{
	while (r->n > 0)
		free(r->cells[--r->n]);
}

void csv_done(struct csv_row *r)
{
	forget(r);
	free(r->cells);
	*r = (struct csv_row){ 0 };
}

static bool at_end_of_row(const struct csv *c)
{
	return c->at == c->end || *c->at == '\n' ||
	    (*c->at == '\r' && c->at + 1 < c->end && c->at[1] == '\n');
}

/* Behind the opening quote, to behind the closing one. */
static bool quoted(struct csv *c, struct text *cell, struct err *e)
{
	long begun = c->line;

	for (c->at++; c->at < c->end; c->at++) {
		if (*c->at == '"' && c->at + 1 < c->end && c->at[1] == '"')
			c->at++;
		else if (*c->at == '"')
			break;
		if (*c->at == '\n')
			c->line++;
		text_add_len(cell, c->at, 1);
	}
	if (c->at == c->end)
		return err_set(e, _("line %ld: a quote is not closed"), begun);
	c->at++;
	if (!at_end_of_row(c) && *c->at != c->comma)
		return err_set(e, _("line %ld: something stands behind a quoted cell"),
		    c->line);
	return true;
}

static bool read_cell(struct csv *c, struct csv_row *r, struct err *e)
{
	struct text cell = { 0 };
	const char *from = c->at;
	bool ok = true;

	text_add(&cell, "");
	if (c->at < c->end && *c->at == '"') {
		ok = quoted(c, &cell, e);
	} else {
		while (!at_end_of_row(c) && *c->at != c->comma)
			c->at++;
		text_add_len(&cell, from, (size_t)(c->at - from));
	}
	if (ok && memchr(cell.s, '\0', cell.len))
		ok = err_set(e, _("line %ld: a NUL byte is not allowed"), c->line);
	if (ok && text_invalid(cell.s, cell.len) >= 0)
		ok = err_set(e, _("line %ld: this is not UTF-8: save the table as \"CSV UTF-8\""),
		    c->line);
	mem_grow(r->cells, r->n, r->cap);
	r->cells[r->n++] = text_take(&cell);
	return ok;
}

bool csv_next(struct csv *c, struct csv_row *r, struct err *e)
{
	*e = (struct err){ .text = "" };
	do {
		forget(r);
		if (c->at == c->end)
			return false;
		r->line = c->line;
		for (;;) {
			if (!read_cell(c, r, e))
				return false;
			if (at_end_of_row(c))
				break;
			c->at++;	/* the comma */
		}
		if (c->at < c->end) {
			c->at += *c->at == '\r' ? 2 : 1;
			c->line++;
		}
	} while (r->n == 1 && !*r->cells[0]);
	return true;
}

void csv_put(struct text *out, const char *cell, bool first)
{
	if (!first)
		text_add(out, ",");
	/* also what would part cells for others */
	if (!strpbrk(cell, ",;\t\r\n\"")) {
		text_add(out, cell);
		return;
	}
	text_add(out, "\"");
	for (; *cell; cell++)
		text_add_len(out, *cell == '"' ? "\"\"" : cell, *cell == '"' ? 2 : 1);
	text_add(out, "\"");
}

void csv_end(struct text *out)
{
	text_add(out, "\r\n");
}
