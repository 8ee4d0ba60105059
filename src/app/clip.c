/* clip - settings to be given to other nodes; see clip.h */
#include "app/clip.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct clip {
	char *name;
	enum kind kind;
	char **values;		/* one a field of the kind; NULL: not copied */
};

static bool copied(const struct field *f)
{
	return f->type != FIELD_PARENT && !(f->flags & (FIELD_OWN | FIELD_OURS));
}

struct clip *clip_new(const struct node *n)
{
	const struct field *table = record_fields(n->kind), *f;
	struct clip *c = mem_new(struct clip);
	char buf[16];

	c->name = mem_dup(node_name(n));
	c->kind = n->kind;
	c->values = mem_zero(field_count(table), sizeof *c->values);
	for (f = table; f->key; f++)
		if (copied(f))
			c->values[f - table] = mem_dup(field_text(f, n, buf));
	return c;
}

void clip_free(struct clip *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < field_count(record_fields(c->kind)); i++)
		free(c->values[i]);
	free(c->values);
	free(c->name);
	free(c);
}

const char *clip_name(const struct clip *c)
{
	return c->name;
}

enum kind clip_kind(const struct clip *c)
{
	return c->kind;
}

/* Calls fn for each value that a node has not yet; false as soon as fn is. */
static bool each(const struct clip *c, const struct node *n,
    bool (*fn)(void *, const struct node *, const struct field *, const char *from,
    const char *to), void *arg)
{
	const struct field *table = record_fields(c->kind), *f;
	char buf[16];

	for (f = table; f->key; f++) {
		const char *to = c->values[f - table], *now;

		now = to ? field_text(f, n, buf) : NULL;
		if (to && strcmp(now, to) != 0 && !fn(arg, n, f, now, to))
			return false;
	}
	return true;
}

static bool add(void *arg, const struct node *n, const struct field *f, const char *from,
    const char *to)
{
	changes_add_set(arg, n, f, from, to);
	return true;
}

void clip_preview(const struct clip *c, const struct app *a, const unsigned *nodes,
    size_t n, struct changes *l)
{
	for (size_t i = 0; i < n; i++) {
		const struct node *node = site_find(app_site(a), nodes[i]);

		if (node && (enum kind)node->kind == c->kind)
			each(c, node, add, l);
	}
}

struct work {
	struct app *app;
	struct err *e;
};

static bool set(void *arg, const struct node *n, const struct field *f, const char *from,
    const char *to)
{
	struct work *w = arg;

	(void)from;
	return app_set(w->app, n->id, f->key, to, w->e);
}

bool clip_paste(const struct clip *c, struct app *a, const unsigned *nodes, size_t n,
    struct err *e)
{
	struct work w = { a, e };
	char *label = mem_printf(_("settings of %s pasted"), c->name);
	bool ok = true;

	app_act_begin(a, label);
	free(label);
	for (size_t i = 0; i < n && ok; i++) {
		const struct node *node = site_find(app_site(a), nodes[i]);

		if (!node || (enum kind)node->kind != c->kind)
			ok = err_set(e, _("%s is no %s, as %s is: its settings are others"),
			    node ? node_name(node) : "", tr(kind_label(c->kind)), c->name);
		else
			ok = each(c, node, set, &w);
	}
	if (ok)
		app_act_end(a);
	else
		app_act_abort(a);
	return ok;
}
