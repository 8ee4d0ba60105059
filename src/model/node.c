/* node - what hangs where in the tree, and what counts for it; a part of site */
#include "model/site.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct group *node_group(const struct node *n)
{
	return n && n->kind == KIND_GROUP ? (struct group *)n : NULL;
}

struct ups *node_ups(const struct node *n)
{
	return n && n->kind == KIND_UPS ? (struct ups *)n : NULL;
}

struct terminal *node_terminal(const struct node *n)
{
	return n && n->kind == KIND_TERMINAL ? (struct terminal *)n : NULL;
}

const char *node_name(const struct node *n)
{
	switch ((enum kind)n->kind) {
	case KIND_GROUP:
		return ((const struct group *)n)->name;
	case KIND_UPS:
		return ((const struct ups *)n)->name;
	case KIND_TERMINAL:
		return ((const struct terminal *)n)->name;
	default:
		return "network";
	}
}

const char *node_address(const struct node *n)
{
	switch ((enum kind)n->kind) {
	case KIND_GROUP:
		return node_group(n)->set->communication_address;
	case KIND_UPS:
		return node_ups(n)->address;
	case KIND_TERMINAL:
		return node_terminal(n)->address;
	default:
		return "";
	}
}

const char *node_description(const struct node *n)
{
	switch ((enum kind)n->kind) {
	case KIND_GROUP:
		return node_group(n)->description;
	case KIND_UPS:
		return node_ups(n)->description;
	case KIND_TERMINAL:
		return node_terminal(n)->description;
	default:
		return "";
	}
}

struct node *node_first(const struct node *n, enum container c)
{
	if (n->kind == KIND_GROUP)
		return node_group(n)->first[c];
	return n->kind == KIND_NETWORK && c == IN_ITSELF ?
	    ((const struct network *)n)->first : NULL;
}

/* The first child in container c or one after it. */
static struct node *child_from(const struct node *n, int c)
{
	struct node *child;

	for (; c < IN_COUNT; c++) {
		child = node_first(n, c);
		if (child)
			return child;
	}
	return NULL;
}

struct node *node_child(const struct node *n)
{
	return child_from(n, 0);
}

struct node *node_before(const struct node *n)
{
	return n->prev && n->prev->next == n ? n->prev : NULL;
}

struct node *node_behind(const struct node *n)
{
	return n->next || !n->parent ? n->next :
	    child_from(n->parent, n->container + 1);
}

struct node *node_next(const struct node *n, const struct node *top)
{
	struct node *next = node_child(n);

	while (!next && n != top && n->parent) {
		next = node_behind(n);
		n = n->parent;
	}
	return next;
}

bool node_is_below(const struct node *n, const struct node *top)
{
	for (; n; n = n->parent)
		if (n == top)
			return true;
	return false;
}

int node_depth(const struct node *n)
{
	int depth = 0;

	for (n = n->parent; n; n = n->parent)
		depth++;
	return depth;
}

/* Of two in the same container: both ways at once, as a container may be long. */
static bool stands_before(const struct node *a, const struct node *b)
{
	const struct node *up = a->prev, *down = a->next;

	while (up || down) {
		if (up == b || down == b)
			return down == b;
		up = up ? up->prev : NULL;
		down = down ? down->next : NULL;
	}
	return false;
}

bool node_is_before(const struct node *a, const struct node *b)
{
	int down = node_depth(a) - node_depth(b);

	/* to those below the same parent in which they are */
	for (int i = down; i > 0; i--) {
		if (a->parent == b)
			return false;
		a = a->parent;
	}
	for (int i = down; i < 0; i++) {
		if (b->parent == a)
			return true;
		b = b->parent;
	}
	while (a->parent != b->parent) {
		a = a->parent;
		b = b->parent;
	}
	return a->container != b->container ? a->container < b->container :
	    stands_before(a, b);
}

uint64_t node_bit(const struct node *n, const struct field *f)
{
	return UINT64_C(1) << (f - record_fields(n->kind));
}

bool node_gives(const struct node *n, const struct field *f)
{
	return n->settings->given & node_bit(n, f);
}

/* "network" alone is the site: one at the top that is called so is network/network. */
static char *from_top(const struct node *n, char *path)
{
	char *longer;

	if (!n->parent || !text_equal_fold(node_name(n), "network"))
		return path;
	longer = mem_printf("network/%s", path);
	free(path);
	return longer;
}

char *node_path(const struct node *n)
{
	char *path = mem_dup(node_name(n)), *longer;

	for (; n->parent; n = n->parent) {
		if (n->parent->kind == KIND_NETWORK)
			break;
		longer = mem_printf("%s/%s%s%s", node_name(n->parent),
		    container_word(n->container),
		    n->container == IN_ITSELF ? "" : "/", path);
		free(path);
		path = longer;
	}
	return from_top(n, path);
}

char *node_place(const struct node *n)
{
	const struct node *up = n->parent;

	if (!up || !up->parent)
		return mem_dup(up ? node_name(n) : _("network"));
	return n->container == IN_ITSELF ? mem_printf("%s (%s)", node_name(n), node_name(up)) :
	    mem_printf("%s (%s / %s)", node_name(n), node_name(up),
	    tr(container_label(n->container)));
}

const char *ups_community(const struct ups *u)
{
	const struct group *g = node_group(u->node.parent);

	return *u->set->snmp_community || !g ? u->set->snmp_community : g->set->snmp_community;
}

const char *ups_write_community(const struct ups *u)
{
	const struct group *g = node_group(u->node.parent);

	if (*u->set->snmp_write_community)
		return u->set->snmp_write_community;
	return g && *g->set->snmp_write_community ? g->set->snmp_write_community : ups_community(u);
}

int terminal_port(const struct site *s, const struct terminal *t)
{
	return t->set->port != FIELD_NONE ? t->set->port : site_network(s)->terminal_port;
}

enum origin node_origin(const struct node *n, const struct field *f,
    const struct node **from)
{
	const struct node *up = n->parent;

	*from = n;
	if (node_gives(n, f))
		return FROM_FILE;
	if (!(f->flags & FIELD_INHERITS) || !up)
		return FROM_INITIAL;
	if (n->kind == KIND_TERMINAL)	/* Port: the network's */
		while (up->parent)
			up = up->parent;
	*from = up;
	return FROM_PARENT;
}
