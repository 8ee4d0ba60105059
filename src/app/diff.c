/* diff - how two sites differ; see diff.h */
#include "app/diff.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/outcome.h"

#include <stdlib.h>
#include <string.h>

static struct change *add(struct changes *l, enum change_kind kind,
    const struct node *n)
{
	struct change *c;

	mem_grow(l->list, l->n, l->cap);
	c = &l->list[l->n++];
	*c = (struct change){ .kind = kind, .node = n->id, .path = node_path(n),
	    .place = node_place(n) };
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

/* "Address=172.16.1.101 Description='two words'": what is not initial or inherited. */
static char *settings(const struct node *n)
{
	struct text words = { 0 };
	const struct field *f;
	char buf[16], *value;

	for (f = record_fields(n->kind); f->key; f++) {
		if (field_is_kept(f) || !node_gives(n, f) || strcmp(f->key, "Name") == 0)
			continue;
		value = shown(f, field_text(f, n, buf));
		text_printf(&words, strpbrk(value, " \t'\"") ? "%s%s=\"%s\"" : "%s%s=%s",
		    words.s ? " " : "", f->key, value);
		free(value);
	}
	return words.s ? text_take(&words) : NULL;
}

/* "IP address 172.16.1.101, Power failure confirmation time 60 s" */
static char *settings_shown(const struct node *n)
{
	struct text words = { 0 };
	const struct field *f;
	char buf[16], value[200], *text;

	for (f = record_fields(n->kind); f->key; f++) {
		if (field_is_kept(f) || !node_gives(n, f) || strcmp(f->key, "Name") == 0)
			continue;
		text = shown(f, field_text(f, n, buf));
		outcome_value(f, text, value, sizeof value);
		text_printf(&words, "%s%s %s", words.s ? ", " : "", tr(f->label), value);
		free(text);
	}
	return words.s ? text_take(&words) : NULL;
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

/* The next, from n on, that the other site has in the same place. */
static const struct node *common(const struct node *n, const struct site *other)
{
	const struct node *there;

	for (; n; n = n->next) {
		there = site_find(other, n->id);
		if (there && same_place(n, there))
			break;
	}
	return n;
}

enum { ORDER_NAMES = 8 };

/* The names from one to another, or so many of them as one reads. */
static char *names(const struct node *n, const struct node *last, const struct site *other)
{
	struct text words = { 0 };

	for (int i = 0; n; n = common(n->next, other)) {
		if (i++ == ORDER_NAMES && n != last) {
			text_add(&words, ", …");
			break;
		}
		text_printf(&words, "%s%s", words.s ? ", " : "", node_name(n));
		if (n == last)
			break;
	}
	return text_take(&words);
}

/* What stands in both: does it stand in the same order? */
static void compare_order(const struct site *a, const struct site *b, const struct node *old,
    const struct node *now, enum container in, struct changes *l)
{
	const struct node *x = common(node_first(old, in), b), *y = common(node_first(now, in), a);
	const struct node *from[2] = { NULL }, *to[2] = { NULL };
	struct change *c;
	char *path;

	for (; x && y; x = common(x->next, b), y = common(y->next, a)) {
		if (x->id == y->id)
			continue;
		if (!from[0]) {
			from[0] = x;
			from[1] = y;
		}
		to[0] = x;
		to[1] = y;
	}
	if (!from[0])
		return;
	c = add(l, CHANGE_ORDER, now);
	if (in != IN_ITSELF) {
		path = mem_printf("%s/%s", c->path, container_word(in));
		free(c->path);
		c->path = path;
		path = mem_printf("%s / %s", now->parent ? node_name(now) : _("network"),
		    tr(container_label(in)));
		free(c->place);
		c->place = path;
	}
	c->from = names(from[0], to[0], b);
	c->to = names(from[1], to[1], a);
}

void diff_sites(const struct site *a, const struct site *b, struct changes *l)
{
	const struct node *top = &site_network(b)->node, *n, *old;
	struct change *c;

	for (n = top; n; n = node_next(n, top)) {
		old = site_find(a, n->id);
		if (!old) {
			c = add(l, CHANGE_ADDED, n);
			c->to = settings(n);
			c->given = settings_shown(n);
			continue;
		}
		if (!same_place(old, n)) {
			c = add(l, CHANGE_MOVED, n);
			c->from = node_path(old);
			c->to = node_path(n);
			c->was = node_place(old);
		}
		compare_fields(old, n, l);
		if (n->kind == KIND_NETWORK || n->kind == KIND_GROUP)
			for (enum container in = 0; in < IN_COUNT; in++)
				compare_order(a, b, old, n, in, l);
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
		free(l->list[i].place);
		free(l->list[i].was);
		free(l->list[i].given);
	}
	free(l->list);
	*l = (struct changes){ 0 };
}

static void print_set(const struct change *c, struct text *out)
{
	if (c->field->flags & FIELD_SECRET)
		text_printf(out, _("~ %s: %s is another\n"), c->path, c->field->key);
	else
		text_printf(out, "~ %s: %s %s -> %s\n", c->path, c->field->key,
		    *c->from ? c->from : "\"\"", *c->to ? c->to : "\"\"");
}

static void show_set(const struct change *c, struct text *out)
{
	char from[200], to[200];

	if (c->field->flags & FIELD_SECRET) {
		text_printf(out, _("~ %s: %s is another\n"), c->place, tr(c->field->label));
		return;
	}
	outcome_value(c->field, c->from, from, sizeof from);
	outcome_value(c->field, c->to, to, sizeof to);
	text_printf(out, "~ %s: %s %s -> %s\n", c->place, tr(c->field->label), from, to);
}

/* A line: with paths and keys as the file has them, or with labels for a person. */
static void put(const struct change *c, bool labels, struct text *out)
{
	const char *place = labels ? c->place : c->path, *given = labels ? c->given : c->to;

	switch (c->kind) {
	case CHANGE_ADDED:
		text_printf(out, given ? "+ %s: %s\n" : "+ %s\n", place, given);
		break;
	case CHANGE_REMOVED:
		text_printf(out, "- %s\n", place);
		break;
	case CHANGE_MOVED:
		text_printf(out, "> %s -> %s\n", labels ? c->was : c->from,
		    labels ? place : c->to);
		break;
	case CHANGE_SET:
		if (labels)
			show_set(c, out);
		else
			print_set(c, out);
		break;
	case CHANGE_ORDER:
		text_printf(out, _("~ %s: order %s -> %s\n"), place, c->from, c->to);
		break;
	case CHANGE_KINDS:
		break;
	}
}

void changes_print(const struct changes *l, struct text *out)
{
	for (size_t i = 0; i < l->n; i++)
		put(&l->list[i], false, out);
}

void changes_show(const struct changes *l, struct text *out)
{
	for (size_t i = 0; i < l->n; i++)
		put(&l->list[i], true, out);
}
