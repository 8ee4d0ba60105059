/*
 * xml-tree - the inside of xml: the elements of a document as one piece of memory.
 *
 * All in it is found by its distance from where that stands, in bytes; 0 is nothing. So it
 * can be written by one program and built into another (embed-tree.c), which then needs
 * neither libxml2 nor time to read it. For xml.c, xml-parse.c and those two alone.
 */
#ifndef AMC_BASE_XML_TREE_H
#define AMC_BASE_XML_TREE_H

#include "base/xml.h"

#include <stdint.h>

/* An element; distances are from its own beginning. */
struct xml_node {
	int32_t tag, text;	/* text: directly inside, blanks at both ends removed */
	int32_t attrs, attrs_n;	/* a list of struct xml_pair */
	int32_t first, next;	/* elements */
	int32_t line;
};

/* An attribute; distances are from its own beginning. */
struct xml_pair {
	int32_t name, value;
};

struct xml {
	char *name;
	const struct xml_node *root;	/* with it the whole tree begins */
	void *tree;		/* it, when it is ours; NULL: built in */
	size_t tree_len;	/* of ours, a multiple of 4 */
	void *doc;		/* libxml2's; NULL: it was not read by that */
};

/* A document that was built in; the tree is borrowed. */
struct xml *xml_of_tree(const char *name, const void *tree);
/* For xml_free(): what libxml2 has of it. */
void xml_parse_done(struct xml *);

#endif
