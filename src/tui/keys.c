#include "tui/keys.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/ui.h"

#include <stdlib.h>
#include <string.h>

struct context {
	const char *name;
	const char *base;	/* NULL: none */
	struct binding *list;
	size_t n, cap;
};

struct keys {
	struct context *list;
	size_t n, cap;
};

static const struct context *find(const struct keys *k, const char *name)
{
	for (size_t i = 0; name && i < k->n; i++)
		if (strcmp(k->list[i].name, name) == 0)
			return &k->list[i];
	return NULL;
}

static const struct binding *find_key(const struct context *c, const char *key)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->list[i].key, key) == 0)
			return &c->list[i];
	return NULL;
}

static bool read_key(struct context *c, const struct xml *doc,
    const struct xml_node *n, struct err *e)
{
	struct binding b = { 0 };
	const char *action, *bar = xml_attr(n, "bar");

	if (!xml_is(n, "key"))
		return ui_unknown(doc, n, e);
	if (!(b.key = ui_attr(doc, n, "name", e)) ||
	    !(action = ui_attr(doc, n, "action", e)))
		return false;
	b.action = action_find(action);
	if (!b.action)
		return xml_err(doc, n, e, _("there is no action \"%s\""), action);
	if (find_key(c, b.key))
		return xml_err(doc, n, e, _("%s already does \"%s\" here"), b.key,
		    find_key(c, b.key)->action->name);
	b.bar = bar && strcmp(bar, "yes") == 0;
	mem_grow(c->list, c->n, c->cap);
	c->list[c->n++] = b;
	return true;
}

struct keys *keys_read(const struct xml *doc, struct err *e)
{
	struct keys *k = mem_new(struct keys);

	for (const struct xml_node *n = xml_first(xml_root(doc)); n; n = xml_next(n)) {
		struct context c = { .base = xml_attr(n, "base") };

		if (!xml_is(n, "context")) {
			ui_unknown(doc, n, e);
			goto bad;
		}
		c.name = ui_attr(doc, n, "name", e);
		if (!c.name)
			goto bad;
		if (c.base && !find(k, c.base)) {
			xml_err(doc, n, e, _("there is no context \"%s\" above"), c.base);
			goto bad;
		}
		mem_grow(k->list, k->n, k->cap);
		k->list[k->n++] = c;
		for (const struct xml_node *i = xml_first(n); i; i = xml_next(i))
			if (!read_key(&k->list[k->n - 1], doc, i, e))
				goto bad;
	}
	return k;
bad:
	keys_free(k);
	return NULL;
}

void keys_free(struct keys *k)
{
	if (!k)
		return;
	for (size_t i = 0; i < k->n; i++)
		free(k->list[i].list);
	free(k->list);
	free(k);
}

const struct action *keys_action(const struct keys *k, const char *context,
    const char *key)
{
	for (const struct context *c = find(k, context); c; c = find(k, c->base)) {
		const struct binding *b = find_key(c, key);

		if (b)
			return b->action;
	}
	return NULL;
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
	for (const struct context *c = find(k, context); c; c = find(k, c->base))
		for (size_t j = 0; j < c->n; j++)
			/* one that a context above has otherwise does not count */
			if (!shadowed(k, context, c, c->list[j].key) && i-- == 0)
				return &c->list[j];
	return NULL;
}

bool keys_context(const struct keys *k, const char *context)
{
	return find(k, context) != NULL;
}
