/* exchange - the whole site as JSON, nested as amc show --json has it */
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "store/exchanging.h"

#include <stdlib.h>
#include <string.h>

#define SCHEMA "amc.site.v1"

static struct json *settings_json(const struct node *n, const struct exchange_out *o)
{
	struct json *j = json_new_object();
	const struct field *f;
	char buf[16];

	for (f = record_fields(n->kind); f->key; f++) {
		const char *text = field_text(f, n, buf);

		if (!exchange_tells(o, n, f))
			continue;
		if (f->type != FIELD_NUMBER)
			json_put_text(j, f->key, text);
		else if (*text)
			json_put_int(j, f->key, field_int(f, n));
		else
			json_put_null(j, f->key);
	}
	return j;
}

static void fill(struct json *j, const struct node *n, const struct exchange_out *o)
{
	struct json *children = json_new_array(), *child;
	const struct node *below;
	enum container c;
	char section[24];

	json_put_text(j, "id", site_section(n->id, section));
	json_put_text(j, "kind", kind_word(n->kind));
	json_put_text(j, "name", node_name(n));
	json_put_text(j, "container", n->parent ? container_word(n->container) : "");
	json_put(j, "settings", settings_json(n, o));
	for (c = 0; c < IN_COUNT; c++)
		for (below = node_first(n, c); below; below = below->next) {
			child = json_new_object();
			fill(child, below, o);
			json_add(children, child);
		}
	json_put(j, "children", children);
}

void exchange_print_json(const struct site *s, const struct exchange_out *o,
    struct text *out)
{
	struct json *j = json_new_object();
	char *bytes;

	json_put_text(j, "schema", SCHEMA);
	json_put_bool(j, "secrets", o->secrets);
	fill(j, &site_network(s)->node, o);
	bytes = json_print(j);
	text_add(out, bytes);
	free(bytes);
	json_free(j);
}

/* How deep a node is kept from being read: as deep as a site can be. */
static void reserve(struct building *b, const struct json *j, int depth)
{
	const struct json *children = json_get(j, "children");
	const char *id = json_get_text(j, "id");
	size_t i;

	if (id)
		building_reserve(b, id);
	for (i = 0; depth <= SITE_DEPTH && i < json_count(children); i++)
		reserve(b, json_at(children, i), depth + 1);
}

/* "children" and the like of another type than they have. */
static bool check_members(const struct json *j, struct err *e)
{
	static const char *const known[] = { "schema", "secrets", "id", "kind", "name",
		"container", "settings", "children", NULL };
	const struct json *settings = json_get(j, "settings");
	const struct json *children = json_get(j, "children");
	const char *key;
	size_t i, k;

	if (!json_holds_members(j))
		return err_set(e, _("a node is no object"));
	for (i = 0; json_member(j, i, &key); i++) {
		for (k = 0; known[k] && strcmp(known[k], key) != 0; k++)
			continue;
		if (!known[k])
			return err_set(e, _("there is no member \"%.40s\" of a node"), key);
	}
	if (settings && !json_holds_members(settings))
		return err_set(e, _("\"settings\" is no object"));
	if (children && !json_holds_list(children))
		return err_set(e, _("\"children\" is no array"));
	return true;
}

static bool read_settings(struct building *b, const struct json *settings,
    struct node *n, struct err *e)
{
	const struct json *value;
	const char *key, *text;
	char buf[24];
	size_t i;

	for (i = 0; (value = json_member(settings, i, &key)); i++) {
		text = json_word(value, buf);
		if (!text)
			return err_set(e, _("%.40s: the value is neither a text nor a whole number"),
			    key);
		/* amc show tells the name here, too */
		if (n->parent && strcmp(key, "Name") == 0 &&
		    strcmp(text, node_name(n)) == 0)
			continue;
		if (!building_set(b, n, key, text, e))
			return false;
	}
	return true;
}

static bool read_node(struct building *, const struct json *, struct node *, struct err *);

static bool read_child(struct building *b, const struct json *j, struct node *parent,
    struct err *e)
{
	const char *kind, *name, *in;
	enum container c;
	struct node *n;
	enum kind k;

	if (!check_members(j, e))
		return false;
	kind = json_get_text(j, "kind");
	name = json_get_text(j, "name");
	in = json_get_text(j, "container");
	for (k = KIND_GROUP; k < KIND_COUNT && kind; k++)
		if (strcmp(kind, kind_word(k)) == 0)
			break;
	for (c = 0; c < IN_COUNT && in; c++)
		if (strcmp(in, container_word(c)) == 0)
			break;
	if (!kind || k == KIND_COUNT)
		return err_set(e, _("\"kind\" is not group, ups or terminal"));
	if (!name)
		return err_set(e, _("a %s has no \"name\""), kind);
	if (in && c == IN_COUNT)
		return err_set(e, _("%s: the container \"%.40s\" is not @power, @control, @linked, @devices or empty"),
		    name, in);
	n = building_add(b, parent, in ? c : IN_ITSELF, k, json_get_text(j, "id"),
	    name, e);
	return n ? read_node(b, j, n, e) : err_at(e, "%.80s", name);
}

static bool read_node(struct building *b, const struct json *j, struct node *n,
    struct err *e)
{
	const struct json *children = json_get(j, "children");
	bool ok = read_settings(b, json_get(j, "settings"), n, e) ||
	    err_at(e, "%s", node_name(n));
	size_t i;

	for (i = 0; ok && i < json_count(children); i++)
		ok = read_child(b, json_at(children, i), n, e);
	return ok;
}

static bool check_top(const struct json *j, struct err *e)
{
	const char *schema, *kind;

	if (!json_holds_members(j))
		return err_set(e, _("the document is no object"));
	schema = json_get_text(j, "schema");
	kind = json_get_text(j, "kind");
	if (!schema || strcmp(schema, SCHEMA) != 0)
		return err_set(e, _("the schema is %.40s, not %s as amc export writes it"),
		    schema ? schema : "\"\"", SCHEMA);
	if (!kind || strcmp(kind, kind_word(KIND_NETWORK)) != 0)
		return err_set(e, _("the outermost node is not the network"));
	return check_members(j, e);
}

struct site *exchange_read_json(const struct exchange_in *in, struct err *e)
{
	struct json *j = json_parse(in->bytes, in->len, e);
	struct building b = { 0 };
	bool ok = j && check_top(j, e);

	if (ok) {
		building_start(&b, in, json_is_yes(json_get(j, "secrets")));
		reserve(&b, j, 0);
		ok = read_node(&b, j, &site_network(b.out)->node, e);
	}
	json_free(j);
	if (ok)
		return building_end(&b);
	site_free(b.out);
	err_at(e, "%s", in->name);
	return NULL;
}
