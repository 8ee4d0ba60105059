/* The nodes of a site as a table; a part of exchange */
#include "store/exchange-csv.h"

#include "base/csv.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

const char *const csv_columns[COL_KEYS] = { "id", "kind", "name", "parent" };

void csv_keys(struct csv_keys *t, bool secrets)
{
	const struct field *f;
	enum kind k;
	size_t i;

	t->n = 0;
	for (k = 0; k < KIND_COUNT; k++)
		for (f = record_fields(k); f->key; f++) {
			if (field_is_kept(f) || strcmp(f->key, "Name") == 0 ||
			    (f->flags & FIELD_SECRET && !secrets))
				continue;
			for (i = 0; i < t->n && strcmp(t->keys[i], f->key) != 0; i++)
				continue;
			if (i == t->n && t->n < sizeof t->keys / sizeof *t->keys)
				t->keys[t->n++] = f->key;
		}
}

static bool is_number(const char *s)
{
	s += *s == '-';
	return *s && strspn(s, "0123456789.") == strlen(s);
}

bool csv_is_risky(const char *s)
{
	static const char *const wide[] = { "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
		"\xef\xbc\xa0" };
	size_t i;

	if (*s && strchr("=+-@\t\r'", *s))
		return true;
	for (i = 0; i < sizeof wide / sizeof *wide; i++)
		if (strncmp(s, wide[i], 3) == 0)
			return true;
	return strcmp(s, NO_VALUE) == 0;
}

static void put_cell(struct text *out, const char *s, bool first)
{
	char *safe = csv_is_risky(s) && !is_number(s) ? mem_printf("'%s", s) : NULL;

	csv_put(out, safe ? safe : s, first);
	free(safe);
}

/* "SSC/@control", "network"; yours to free. */
static char *parent_path(const struct node *n)
{
	char *path, *whole;

	if (!n->parent)
		return mem_dup("");
	path = node_path(n->parent);
	whole = mem_printf("%s%s%s", path, n->container == IN_ITSELF ? "" : "/",
	    container_word(n->container));
	free(path);
	return whole;
}

static void put_row(struct text *out, const struct node *n, const struct csv_keys *t,
    const struct exchange_out *o)
{
	char section[24], buf[16], *parent = parent_path(n);
	const struct field *f;
	size_t i;

	put_cell(out, site_section(n->id, section), true);
	put_cell(out, kind_word(n->kind), false);
	put_cell(out, node_name(n), false);
	put_cell(out, parent, false);
	for (i = 0; i < t->n; i++) {
		f = field_find(record_fields(n->kind), t->keys[i]);
		put_cell(out, f && exchange_tells(o, n, f) ?
		    field_text(f, n, buf) : "", false);
	}
	csv_end(out);
	free(parent);
}

void exchange_print_csv(const struct site *s, const struct exchange_out *o,
    struct text *out)
{
	const struct node *top = &site_network(s)->node, *n;
	struct csv_keys t;
	size_t i;

	csv_keys(&t, o->secrets);
	if (o->bom)
		text_add(out, "\xef\xbb\xbf");
	for (i = 0; i < COL_KEYS; i++)
		csv_put(out, csv_columns[i], i == 0);
	for (i = 0; i < t.n; i++)
		csv_put(out, t.keys[i], false);
	csv_end(out);
	for (n = top; n; n = node_next(n, top))
		put_row(out, n, &t, o);
}
