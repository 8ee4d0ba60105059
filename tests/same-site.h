/*
 * same-site - are two sites the same tree with the same settings? To be included
 * after cmocka.h.
 */
#ifndef SAME_SITE_H
#define SAME_SITE_H

#include "model/site.h"

#include <string.h>

/* Only ids, and what the program keeps itself, may differ. name is for the words. */
static void same_site(const char *name, const struct site *a, const struct site *b)
{
	const struct node *at = &site_network(a)->node, *bt = &site_network(b)->node;
	const struct node *m = at, *n = bt;
	char x[16], y[16];

	for (; m && n; m = node_next(m, at), n = node_next(n, bt)) {
		if (m->kind != n->kind || m->container != n->container ||
		    node_depth(m) != node_depth(n))
			fail_msg("%s: %s is not where %s is", name, node_name(m), node_name(n));
		for (const struct field *f = record_fields(m->kind); f->key; f++)
			if (!(f->flags & FIELD_OURS) && f->type != FIELD_PARENT &&
			    strcmp(field_text(f, m, x), field_text(f, n, y)) != 0)
				fail_msg("%s: %s: %s is \"%s\", not \"%s\"", name, node_name(n),
				    f->key, field_text(f, m, x), field_text(f, n, y));
	}
	if (m || n)
		fail_msg("%s: %s is one too many", name, node_name(m ? m : n));
}

#endif
