/* The document of a site file brought up to its site; a part of sitefile */
#include "store/siteopen.h"

#include "base/mem.h"
#include "store/siteload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *parent_text(const struct node *n, char buf[64])
{
	char section[24];

	snprintf(buf, 64, "%s%s%s", site_section(n->parent->id, section),
	    n->container == IN_ITSELF ? "" : ".", container_key(n->container));
	return buf;
}

/* Drops keys that were given in the file and are not any more. */
static void drop_keys(struct sitefile *f, ini_section s,
    const struct node *n)
{
	const struct field *field;
	struct text value = { 0 };
	struct ini_key k;
	bool doubtful;
	int unused;

	for (field = record_fields(n->kind); field->key; field++) {
		if (field->type == FIELD_PARENT || node_gives(n, field) ||
		    !ini_find(f->ini, s, field->key, &k))
			continue;
		/*
		 * one that could not be understood stays as it is, and an
		 * empty one that the file had, which gives nothing
		 */
		value.len = 0;
		text_add(&value, "");
		if (value_decode(ini_encoding(f->ini), k.raw, k.raw_len, &value,
		    &doubtful, NULL) && (*value.s || !k.line) &&
		    field_check(field, value.s, &unused, NULL))
			ini_unset(f->ini, s, field->key);
	}
	text_done(&value);
}

/*
 * Does its line mean that already, though maybe in other letters ("007",
 * "UPS")? Then it stays as it is.
 */
static bool says(const struct sitefile *f, ini_section s,
    const struct node *n, const struct field *field, const char *text)
{
	struct text value = { 0 };
	enum container c;
	struct ini_key k;
	bool doubtful, same;
	int number;

	if ((!field_is_int(field) && field->type != FIELD_PARENT) ||
	    !ini_find(f->ini, s, field->key, &k))
		return false;
	if (k.raw_len == strlen(text) && memcmp(k.raw, text, k.raw_len) == 0)
		return true;
	text_add(&value, "");
	same = value_decode(ini_encoding(f->ini), k.raw, k.raw_len, &value,
	    &doubtful, NULL);
	if (same && field->type == FIELD_PARENT)
		same = siteload_parent(f->site, value.s, &c) == n->parent &&
		    c == (enum container)n->container;
	else if (same)
		same = field_check(field, value.s, &number, NULL) &&
		    number == field_int(field, n);
	text_done(&value);
	return same;
}

bool siteopen_write(struct sitefile *f, ini_section s,
    const struct node *n, struct err *e)
{
	const struct field *field;
	size_t given = 0, keys = 0, at = 0;
	struct ini_key k;
	char buf[64];

	for (field = record_fields(n->kind); field->key; field++) {
		const char *text;

		if (field->type == FIELD_PARENT)
			text = n->parent ? parent_text(n, buf) : NULL;
		else
			text = node_gives(n, field) ?
			    field_text(field, n, buf) : NULL;
		if (!text)
			continue;
		given++;
		if (!says(f, s, n, field, text) &&
		    !ini_set(f->ini, s, field->key, text, e))
			return err_at(e, "%s: %s", node_name(n), field->key);
	}
	while (ini_each(f->ini, s, &at, &k))
		keys++;
	if (keys > given)
		drop_keys(f, s, n);
	return true;
}

static ini_section later(const struct ini *ini, ini_section a, ini_section b)
{
	return b && (!a || ini_rank(ini, b) > ini_rank(ini, a)) ? b : a;
}

/* The section of a node, made or moved so that siblings stand in their order. */
static ini_section place(struct sitefile *f, const struct node *n, ini_section before)
{
	ini_section s = ini_tagged(f->ini, n->id), sibling;
	const struct node *elder = node_before(n);
	char title[24], *text;

	sibling = elder ? ini_tagged(f->ini, elder->id) : 0;
	if (!s) {
		/* a removal that was undone brings its comments back, too */
		text = map_get(&f->buried, n->id);
		s = text ? ini_add_text(f->ini, later(f->ini, before, sibling), text) :
		    ini_add(f->ini, later(f->ini, before, sibling),
		    site_section(n->id, title));
		map_remove(&f->buried, n->id);
		free(text);
		ini_set_tag(f->ini, s, n->id);
	} else if (sibling && ini_rank(f->ini, s) < ini_rank(f->ini, sibling)) {
		ini_move(f->ini, s, later(f->ini, before, sibling));
	}
	return s;
}

static void remove_sections(struct sitefile *f)
{
	ini_section s, next;

	for (s = ini_first(f->ini); s; s = next) {
		unsigned id = ini_tag(f->ini, s);

		next = ini_next(f->ini, s);
		if (id && !site_find(f->site, id)) {
			map_put(&f->buried, id, ini_section_text(f->ini, s));
			ini_remove(f->ini, s);
		}
	}
}

/* Brings the document up to the site. */
static bool update(struct sitefile *f, struct err *e)
{
	struct node *n, *top = &site_network(f->site)->node;
	ini_section s = 0;

	remove_sections(f);
	ini_rerank(f->ini);
	for (n = top; n; n = node_next(n, top)) {
		s = n == top ? ini_tagged(f->ini, n->id) : place(f, n, s);
		/* without [Network] it is no site file, and none is made of it */
		if (s && !siteopen_write(f, s, n, e))
			return false;
	}
	return true;
}

char *siteopen_print(struct sitefile *f, size_t *len)
{
	struct text out = { 0 };

	ini_print(f->ini, &out);
	*len = out.len;
	return text_take(&out);
}

char *sitefile_print(struct sitefile *f, size_t *len, struct err *e)
{
	return update(f, e) ? siteopen_print(f, len) : NULL;
}

char *sitefile_print_as(struct sitefile *f, struct site *wanted, size_t *len,
    struct err *e)
{
	char *bytes = sitefile_print(f, len, e), *as = NULL;
	struct sitefile *other = NULL;

	if (bytes) {
		other = sitefile_parse(f->path, bytes, *len, NULL);
		site_free(other->site);
		other->site = wanted;
		as = sitefile_print(other, len, e);
	} else {
		site_free(wanted);
	}
	sitefile_free(other);
	return as;
}
