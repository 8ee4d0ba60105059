/* xml - XML files as a tree of elements; see xml.h */
#include "base/xml-tree.h"
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const void *at(const void *from, int32_t distance)
{
	return distance ? (const char *)from + distance : NULL;
}

static const struct xml_pair *pairs(const struct xml_node *n)
{
	return at(n, n->attrs);
}

struct xml *xml_of_tree(const char *name, const void *tree)
{
	struct xml *x = mem_new(struct xml);

	x->name = mem_dup(name);
	x->root = tree;
	return x;
}

void xml_free(struct xml *x)
{
	if (!x)
		return;
	if (x->doc)
		xml_parse_done(x);
	free(x->tree);
	free(x->name);
	free(x);
}

const struct xml_node *xml_root(const struct xml *x)
{
	return x->root;
}

const struct xml_node *xml_first(const struct xml_node *n)
{
	return at(n, n->first);
}

const struct xml_node *xml_next(const struct xml_node *n)
{
	return at(n, n->next);
}

const char *xml_tag(const struct xml_node *n)
{
	return at(n, n->tag);
}

bool xml_is(const struct xml_node *n, const char *tag)
{
	return strcmp(xml_tag(n), tag) == 0;
}

long xml_line(const struct xml_node *n)
{
	return n->line;
}

const char *xml_attr(const struct xml_node *n, const char *name)
{
	const struct xml_pair *a = pairs(n);

	for (int32_t i = 0; i < n->attrs_n; i++)
		if (strcmp(at(&a[i], a[i].name), name) == 0)
			return at(&a[i], a[i].value);
	return NULL;
}

const char *xml_attr_at(const struct xml_node *n, size_t i)
{
	const struct xml_pair *a = pairs(n);

	return i < (size_t)n->attrs_n ? at(&a[i], a[i].name) : NULL;
}

char *xml_text(const struct xml_node *n)
{
	return mem_dup(n->text ? at(n, n->text) : "");
}

bool xml_err(const struct xml *x, const struct xml_node *n, struct err *e,
    const char *fmt, ...)
{
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return err_set(e, "%s:%ld: %s", x->name, xml_line(n), text);
}
