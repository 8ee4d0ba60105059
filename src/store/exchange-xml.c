/* exchange - the whole site as XML, valid by data/site.rng */
#include "base/embed.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml.h"
#include "store/exchanging.h"

#include <stdlib.h>
#include <string.h>

#define SCHEMA "site.rng"

/* The element of a container: its word without the @. */
static const char *tag_of(enum container c)
{
	return container_word(c) + 1;
}

static void put_settings(struct xml_made *at, const struct node *n,
    const struct exchange_out *o)
{
	const struct field *f;
	struct xml_made *set;
	char buf[16];

	for (f = record_fields(n->kind); f->key; f++) {
		if (!exchange_tells(o, n, f))
			continue;
		set = xml_add(at, "set");
		xml_put(set, "key", f->key);
		xml_put(set, "value", field_text(f, n, buf));
	}
}

static void put_node(struct xml_made *at, const struct node *n,
    const struct exchange_out *o)
{
	const struct node *child;
	struct xml_made *in;
	enum container c;
	char section[24];

	if (n->parent) {
		at = xml_add(at, kind_word(n->kind));
		xml_put(at, "id", site_section(n->id, section));
		xml_put(at, "name", node_name(n));
	}
	put_settings(at, n, o);
	for (c = 0; c < IN_COUNT; c++) {
		child = node_first(n, c);
		in = child && c != IN_ITSELF ? xml_add(at, tag_of(c)) : at;
		for (; child; child = child->next)
			put_node(in, child, o);
	}
}

void exchange_print_xml(const struct site *s, const struct exchange_out *o,
    struct text *out)
{
	struct xml *x = xml_new("site");
	char *bytes;

	xml_put(xml_top(x), "format", "1");
	xml_put(xml_top(x), "secrets", o->secrets ? "yes" : "no");
	put_node(xml_top(x), &site_network(s)->node, o);
	bytes = xml_print(x);
	text_add(out, bytes);
	free(bytes);
	xml_free(x);
}

static void reserve(struct building *b, const struct xml_node *x)
{
	const struct xml_node *child;
	const char *id = xml_attr(x, "id");

	if (id)
		building_reserve(b, id);
	for (child = xml_first(x); child; child = xml_next(child))
		reserve(b, child);
}

static bool read_node(struct building *, const struct xml *, const struct xml_node *,
    struct node *, struct err *);

/* The schema has seen to it that all is where it may be. */
static bool read_child(struct building *b, const struct xml *x,
    const struct xml_node *at, struct node *parent, enum container c, struct err *e)
{
	struct node *n;
	enum kind k;

	for (k = KIND_GROUP; k < KIND_TERMINAL; k++)
		if (xml_is(at, kind_word(k)))
			break;
	n = building_add(b, parent, c, k, xml_attr(at, "id"), xml_attr(at, "name"), e);
	return n ? read_node(b, x, at, n, e) : xml_err(x, at, e, "%s", e->text);
}

static bool read_container(struct building *b, const struct xml *x,
    const struct xml_node *at, struct node *n, struct err *e)
{
	const struct xml_node *child;
	enum container c;

	for (c = 0; c < IN_ITSELF; c++)
		if (xml_is(at, tag_of(c)))
			break;
	if (c == IN_ITSELF)
		return read_child(b, x, at, n, c, e);
	for (child = xml_first(at); child; child = xml_next(child))
		if (!read_child(b, x, child, n, c, e))
			return false;
	return true;
}

static bool read_node(struct building *b, const struct xml *x,
    const struct xml_node *at, struct node *n, struct err *e)
{
	const struct xml_node *child;
	bool ok = true;

	for (child = xml_first(at); ok && child; child = xml_next(child)) {
		if (!xml_is(child, "set"))
			ok = read_container(b, x, child, n, e);
		else if (!building_set(b, n, xml_attr(child, "key"),
		    xml_attr(child, "value"), e))
			ok = xml_err(x, child, e, "%s: %s", node_name(n), e->text);
	}
	return ok;
}

struct site *exchange_read_xml(const struct exchange_in *in, struct err *e)
{
	struct xml *x = xml_parse(in->name, in->bytes, in->len, e);
	const struct embed *schema = embed_find(SCHEMA);
	struct building b;

	if (!x || !xml_valid(x, (const char *)schema->bytes, schema->len, e)) {
		xml_free(x);
		return NULL;
	}
	building_start(&b, in, strcmp(xml_attr(xml_root(x), "secrets"), "yes") == 0);
	reserve(&b, xml_root(x));
	if (!read_node(&b, x, xml_root(x), &site_network(b.out)->node, e)) {
		site_free(b.out);
		b.out = NULL;
	}
	xml_free(x);
	return b.out ? building_end(&b) : NULL;
}
