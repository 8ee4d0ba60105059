/*
 * The nodes of a site file in a cmocka program: one by its name or path, and a key of it
 * set; both fail the test with words.
 */
#ifndef TESTS_NODE_H
#define TESTS_NODE_H

#include "store/sitefile.h"

static struct node *node(struct sitefile *f, const char *name)
{
	struct err e = { .text = "" };
	struct node *n = site_lookup(sitefile_site(f), name, NULL, &e);

	if (!n)
		fail_msg("%s", e.text);
	return n;
}

static void set(struct sitefile *f, const char *name, const char *key,
    const char *value)
{
	struct node *n = node(f, name);
	struct err e = { .text = "" };

	if (!site_set(sitefile_site(f), n,
	    field_find(record_fields(n->kind), key), value, &e))
		fail_msg("%s", e.text);
}

#endif
