/*
 * xml - XML files as a tree of elements, with the line each stands on; read,
 * checked by a schema, and made.
 *
 * No network, no entities, no DTD; bounded in depth and size as libxml2 has it, to which
 * xml-parse.c is the door. What is built in is there without it: embed_xml().
 */
#ifndef AMC_BASE_XML_H
#define AMC_BASE_XML_H

#include "base/err.h"

#include <stddef.h>

struct xml;		/* a document */
struct xml_node;	/* an element of it, borrowed from the document */
struct xml_made;	/* an element that is made; the same */

/* Is libxml2 there? For who makes a document; false and words if not. */
bool xml_load(struct err *);

/* name is for the words of errors. */
struct xml *xml_parse(const char *name, const char *bytes, size_t len,
    struct err *);
void xml_free(struct xml *);

const struct xml_node *xml_root(const struct xml *);
/* Elements only; text and comments are passed over. NULL at the end. */
const struct xml_node *xml_first(const struct xml_node *);
const struct xml_node *xml_next(const struct xml_node *);
const char *xml_tag(const struct xml_node *);
bool xml_is(const struct xml_node *, const char *tag);
/* Where it stands, from 1. */
long xml_line(const struct xml_node *);
/* NULL if it is not there. Borrowed. */
const char *xml_attr(const struct xml_node *, const char *name);
/* The name of its attribute I, NULL behind the last. Borrowed. */
const char *xml_attr_at(const struct xml_node *, size_t i);
/* The text directly inside, blanks at both ends removed; yours to free. */
char *xml_text(const struct xml_node *);

/* A document of one element, to be filled and printed; not to be read. */
struct xml *xml_new(const char *tag);
/* Its element. */
struct xml_made *xml_top(struct xml *);
/* A new element, the last in it. */
struct xml_made *xml_add(struct xml_made *, const char *tag);
void xml_put(struct xml_made *, const char *attr, const char *value);
/* Indented, UTF-8, yours to free. */
char *xml_print(const struct xml *);

/*
 * Is it valid by a RELAX NG schema? False and "NAME:LINE: ..." if not. A schema
 * that cannot be used is told, too.
 */
bool xml_valid(const struct xml *, const char *schema, size_t len, struct err *);

/* "NAME:LINE: ..." ; always false. */
bool xml_err(const struct xml *, const struct xml_node *, struct err *,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

#endif
