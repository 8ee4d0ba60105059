#include "tui/keys.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/keyname.h"
#include "tui/line.h"
#include "tui/ui.h"

#include <stdlib.h>
#include <string.h>

struct context {
	const char *name;
	const char *base;	/* NULL: none */
	bool text;		/* characters go into a field */
	struct binding *list;
	size_t n, cap;
	const struct binding **all;	/* with those of its bases, as keys_each() gives them */
	size_t all_n, all_cap;
};

struct keys {
	struct context *list;
	size_t n, cap;
};

static struct context *find(const struct keys *k, const char *name)
{
	for (size_t i = 0; name && i < k->n; i++)
		if (strcmp(k->list[i].name, name) == 0)
			return &k->list[i];
	return NULL;
}

static struct binding *find_key(const struct context *c, const char *key)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->list[i].key, key) == 0)
			return &c->list[i];
	return NULL;
}

static bool read_key(struct context *c, const struct xml *doc,
    const struct xml_node *n, struct err *e)
{
	struct binding b = { .doc = doc, .at = n }, *old;
	const char *action, *bar = xml_attr(n, "bar");
	struct err why;

	if (!xml_is(n, "key"))
		return ui_unknown(doc, n, e);
	if (!(b.key = ui_attr(doc, n, "name", e)) ||
	    !(action = ui_attr(doc, n, "action", e)))
		return false;
	if (!keyname_check(b.key, &why))
		return xml_err(doc, n, e, "%s", why.text);
	if (strcmp(action, "none") != 0 && !(b.action = action_find(action)))
		return xml_err(doc, n, e, _("there is no action \"%s\""), action);
	old = find_key(c, b.key);
	if (old && old->doc == doc)
		return xml_err(doc, n, e, _("%s already does \"%s\" here"), b.key,
		    old->action ? old->action->name : "none");
	b.bar = bar ? strcmp(bar, "yes") == 0 : old && old->bar;
	if (old) {
		*old = b;
		return true;
	}
	mem_grow(c->list, c->n, c->cap);
	c->list[c->n++] = b;
	return true;
}

/* A new one, or one that was there and gets more keys. */
static struct context *context(struct keys *k, const struct xml *doc,
    const struct xml_node *n, bool more, struct err *e)
{
	const char *text = xml_attr(n, "text");
	struct context c = { .name = ui_attr(doc, n, "name", e),
	    .base = xml_attr(n, "base"), .text = text && strcmp(text, "yes") == 0 };
	struct context *old = find(k, c.name);

	if (!c.name)
		return NULL;
	if (more && !old) {
		xml_err(doc, n, e, _("there is no context \"%s\""), c.name);
		return NULL;
	}
	if (old && !more) {
		xml_err(doc, n, e, _("context \"%s\" is there twice"), c.name);
		return NULL;
	}
	if (old)
		return old;
	if (c.base && !find(k, c.base)) {
		xml_err(doc, n, e, _("there is no context \"%s\" above"), c.base);
		return NULL;
	}
	mem_grow(k->list, k->n, k->cap);
	k->list[k->n] = c;
	return &k->list[k->n++];
}

/* Has a context between `from` and c the key too? */
static bool shadowed(const struct keys *k, const char *from, const struct context *c,
    const char *key)
{
	for (const struct context *i = find(k, from); i && i != c; i = find(k, i->base))
		if (find_key(i, key))
			return true;
	return false;
}

/* Asked for with each drawing, and so laid out once. */
static void lay_out(const struct keys *k, struct context *whole)
{
	whole->all_n = 0;
	for (const struct context *c = whole; c; c = find(k, c->base))
		for (size_t j = 0; j < c->n; j++) {
			/* one that a context above has otherwise does not count */
			if (!c->list[j].action || shadowed(k, whole->name, c, c->list[j].key))
				continue;
			mem_grow(whole->all, whole->all_n, whole->all_cap);
			whole->all[whole->all_n++] = &c->list[j];
		}
}

/* A character that is a key could not be typed into the fields of a context. */
static bool check_text(const struct keys *k, struct err *e)
{
	const struct binding *b;

	for (size_t i = 0; i < k->n; i++)
		for (size_t j = 0; k->list[i].text &&
		    (b = keys_each(k, k->list[i].name, j)); j++)
			if (line_inserts(b->key))
				return xml_err(b->doc, b->at, e,
				    _("%s is typed into the fields of \"%s\" and cannot be a key there"),
				    b->key, k->list[i].name);
	return true;
}

static bool read_all(struct keys *k, const struct xml *doc, bool more, struct err *e)
{
	for (const struct xml_node *n = xml_first(xml_root(doc)); n; n = xml_next(n)) {
		struct context *c;

		if (!xml_is(n, "context"))
			return ui_unknown(doc, n, e);
		c = context(k, doc, n, more, e);
		if (!c)
			return false;
		for (const struct xml_node *i = xml_first(n); i; i = xml_next(i))
			if (!read_key(c, doc, i, e))
				return false;
	}
	for (size_t i = 0; i < k->n; i++)
		lay_out(k, &k->list[i]);
	return check_text(k, e);
}

struct keys *keys_read(const struct xml *doc, struct err *e)
{
	struct keys *k = mem_new(struct keys);

	if (read_all(k, doc, false, e))
		return k;
	keys_free(k);
	return NULL;
}

bool keys_add(struct keys *k, const struct xml *doc, struct err *e)
{
	return read_all(k, doc, true, e);
}

void keys_free(struct keys *k)
{
	if (!k)
		return;
	for (size_t i = 0; i < k->n; i++) {
		free(k->list[i].list);
		free(k->list[i].all);
	}
	free(k->list);
	free(k);
}

const struct binding *keys_find(const struct keys *k, const char *context,
    const char *key)
{
	for (const struct context *c = find(k, context); c; c = find(k, c->base)) {
		const struct binding *b = find_key(c, key);

		if (b)
			return b->action ? b : NULL;
	}
	return NULL;
}

const struct action *keys_action(const struct keys *k, const char *context,
    const char *key)
{
	const struct binding *b = keys_find(k, context, key);

	return b ? b->action : NULL;
}

const char *keys_of(const struct keys *k, const char *context,
    const struct action *a)
{
	const struct binding *b;

	for (size_t i = 0; (b = keys_each(k, context, i)); i++)
		if (b->action == a)
			return b->key;
	return NULL;
}

const struct binding *keys_each(const struct keys *k, const char *context, size_t i)
{
	const struct context *c = find(k, context);

	return c && i < c->all_n ? c->all[i] : NULL;
}

bool keys_context(const struct keys *k, const char *context)
{
	return find(k, context) != NULL;
}

bool keys_text(const struct keys *k, const char *context)
{
	const struct context *c = find(k, context);

	return c && c->text;
}
