/* diff - how two sites differ; see diff.h */
#include "app/diff.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static struct change *add(struct changes *l, enum change_kind kind,
    const struct node *n)
{
	struct change *c;

	mem_grow(l->list, l->n, l->cap);
	c = &l->list[l->n++];
	*c = (struct change){ .kind = kind, .node = n->id, .path = node_path(n) };
	return c;
}

static char *shown(const struct field *f, const char *text)
{
	return mem_dup(f->flags & FIELD_SECRET && *text ? "********" : text);
}

void changes_add_set(struct changes *l, const struct node *n, const struct field *f,
    const char *from, const char *to)
{
	struct change *c = add(l, CHANGE_SET, n);

	c->field = f;
	c->from = shown(f, from);
	c->to = shown(f, to);
}

static void compare_fields(const struct node *a, const struct node *b,
    struct changes *l)
{
	const struct field *f;
	char x[16], y[16];

	for (f = record_fields(b->kind); f->key; f++) {
		const char *from = field_text(f, a, x), *to = field_text(f, b, y);

		if (!field_is_kept(f) && strcmp(from, to) != 0)
			changes_add_set(l, b, f, from, to);
	}
}

static bool same_place(const struct node *a, const struct node *b)
{
	return (a->parent ? a->parent->id : 0) == (b->parent ? b->parent->id : 0) &&
	    a->container == b->container;
}

void diff_sites(const struct site *a, const struct site *b, struct changes *l)
{
	const struct node *top = &site_network(b)->node, *n, *old;
	struct change *c;

	for (n = top; n; n = node_next(n, top)) {
		old = site_find(a, n->id);
		if (!old) {
			add(l, CHANGE_ADDED, n);
			continue;
		}
		if (!same_place(old, n)) {
			c = add(l, CHANGE_MOVED, n);
			c->from = node_path(old);
			c->to = node_path(n);
		}
		compare_fields(old, n, l);
	}
	top = &site_network(a)->node;
	for (n = top; n; n = node_next(n, top))
		if (!site_find(b, n->id))
			add(l, CHANGE_REMOVED, n);
}

void changes_done(struct changes *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		free(l->list[i].path);
		free(l->list[i].from);
		free(l->list[i].to);
	}
	free(l->list);
	*l = (struct changes){ 0 };
}

void changes_print(const struct changes *l, struct text *out)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		const struct change *c = &l->list[i];

		switch (c->kind) {
		case CHANGE_ADDED:
			text_printf(out, "+ %s\n", c->path);
			break;
		case CHANGE_REMOVED:
			text_printf(out, "- %s\n", c->path);
			break;
		case CHANGE_MOVED:
			text_printf(out, "> %s -> %s\n", c->from, c->to);
			break;
		case CHANGE_SET:
			if (c->field->flags & FIELD_SECRET)
				text_printf(out, _("~ %s: %s is another\n"),
				    c->path, c->field->key);
			else
				text_printf(out, "~ %s: %s %s -> %s\n", c->path,
				    c->field->key, *c->from ? c->from : "\"\"",
				    *c->to ? c->to : "\"\"");
			break;
		}
	}
}
