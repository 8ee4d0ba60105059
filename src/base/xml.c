/* xml - XML files as a tree of elements; the door to libxml2 */
#include "base/xml.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A struct xml_node is a libxml2 node under a name that keeps it inside. */
struct xml {
	xmlDocPtr doc;
	char *name;
};

static xmlNodePtr node_of(const struct xml_node *n)
{
	return (xmlNodePtr)(void *)(size_t)n;
}

static const struct xml_node *element(xmlNodePtr n)
{
	while (n && n->type != XML_ELEMENT_NODE)
		n = n->next;
	return (const struct xml_node *)n;
}

static void quiet(void *ctx, const char *fmt, ...)
{
	(void)ctx;
	(void)fmt;
}

struct xml *xml_parse(const char *name, const char *bytes, size_t len,
    struct err *e)
{
	xmlParserCtxtPtr ctx;
	xmlErrorPtr fault;
	struct xml *x;
	xmlDocPtr doc;

	if (len > INT_MAX) {
		err_set(e, _("%s: too long"), name);
		return NULL;
	}
	xmlSetGenericErrorFunc(NULL, quiet);
	ctx = xmlNewParserCtxt();
	doc = xmlCtxtReadMemory(ctx, bytes, (int)len, name, "UTF-8",
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
	    XML_PARSE_BIG_LINES);
	if (!doc || doc->intSubset) {
		fault = xmlCtxtGetLastError(ctx);
		if (doc)
			err_set(e, _("%s: a document type is not allowed"), name);
		else
			err_set(e, "%s:%d: %.*s", name, fault ? fault->line : 0,
			    fault && fault->message ?
			    (int)strcspn(fault->message, "\n") : 0,
			    fault && fault->message ? fault->message : "");
		xmlFreeDoc(doc);
		xmlFreeParserCtxt(ctx);
		return NULL;
	}
	xmlFreeParserCtxt(ctx);
	x = mem_new(struct xml);
	x->doc = doc;
	x->name = mem_dup(name);
	return x;
}

void xml_free(struct xml *x)
{
	if (!x)
		return;
	xmlFreeDoc(x->doc);
	free(x->name);
	free(x);
}

const struct xml_node *xml_root(const struct xml *x)
{
	return (const struct xml_node *)xmlDocGetRootElement(x->doc);
}

const struct xml_node *xml_first(const struct xml_node *n)
{
	return element(node_of(n)->children);
}

const struct xml_node *xml_next(const struct xml_node *n)
{
	return element(node_of(n)->next);
}

const char *xml_tag(const struct xml_node *n)
{
	return (const char *)node_of(n)->name;
}

bool xml_is(const struct xml_node *n, const char *tag)
{
	return strcmp(xml_tag(n), tag) == 0;
}

static long xml_line(const struct xml_node *n)
{
	return xmlGetLineNo(node_of(n));
}

const char *xml_attr(const struct xml_node *n, const char *name)
{
	xmlAttrPtr a = xmlHasProp(node_of(n), (const xmlChar *)name);

	if (!a)
		return NULL;
	/* without entities an attribute is one text node, or none when empty */
	return a->children && a->children->content ?
	    (const char *)a->children->content : "";
}

const char *xml_attr_at(const struct xml_node *n, size_t i)
{
	xmlAttrPtr a = node_of(n)->properties;

	while (a && i-- > 0)
		a = a->next;
	return a ? (const char *)a->name : NULL;
}

char *xml_text(const struct xml_node *n)
{
	xmlChar *s = xmlNodeGetContent(node_of(n));
	const char *from = s ? (const char *)s : "";
	size_t len;
	char *copy;

	from += strspn(from, " \t\r\n");
	len = strlen(from);
	while (len > 0 && strchr(" \t\r\n", from[len - 1]))
		len--;
	copy = mem_ndup(from, len);
	xmlFree(s);
	return copy;
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

static struct xml_node *filled(xmlNodePtr n)
{
	if (!n)		/* out of memory */
		abort();
	return (struct xml_node *)n;
}

struct xml *xml_new(const char *tag)
{
	struct xml *x = mem_new(struct xml);

	x->doc = xmlNewDoc((const xmlChar *)"1.0");
	x->name = mem_dup("");
	xmlDocSetRootElement(x->doc, node_of(filled(xmlNewDocNode(x->doc, NULL,
	    (const xmlChar *)tag, NULL))));
	return x;
}

struct xml_node *xml_top(struct xml *x)
{
	return filled(xmlDocGetRootElement(x->doc));
}

struct xml_node *xml_add(struct xml_node *n, const char *tag)
{
	return filled(xmlNewChild(node_of(n), NULL, (const xmlChar *)tag, NULL));
}

void xml_put(struct xml_node *n, const char *attr, const char *value)
{
	if (!xmlNewProp(node_of(n), (const xmlChar *)attr, (const xmlChar *)value))
		abort();
}

char *xml_print(const struct xml *x)
{
	xmlChar *bytes;
	char *copy;
	int len;

	xmlDocDumpFormatMemoryEnc(x->doc, &bytes, &len, "UTF-8", 1);
	if (!bytes)
		abort();
	copy = mem_ndup((const char *)bytes, (size_t)len);
	xmlFree(bytes);
	return copy;
}

/* The first fault of a validation: it stands nearest to what is wrong. */
struct fault {
	const struct xml *xml;
	struct err *e;
	bool found;
};

static void invalid(void *arg, xmlErrorPtr what)
{
	struct fault *fault = arg;
	int len = (int)strcspn(what->message ? what->message : "", "\n");

	if (fault->found)
		return;
	fault->found = true;
	err_set(fault->e, "%s:%ld: %.*s", fault->xml->name, what->node ?
	    xmlGetLineNo(what->node) : (long)what->line, len,
	    what->message ? what->message : "");
}

bool xml_valid(const struct xml *x, const char *schema, size_t len, struct err *e)
{
	struct fault fault = { .xml = x, .e = e };
	xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewMemParserCtxt(schema, (int)len);
	xmlRelaxNGPtr rng = NULL;
	xmlRelaxNGValidCtxtPtr ctx = NULL;
	bool ok = false;

	if (parser)
		rng = xmlRelaxNGParse(parser);
	if (rng)
		ctx = xmlRelaxNGNewValidCtxt(rng);
	if (ctx) {
		xmlRelaxNGSetValidStructuredErrors(ctx, invalid, &fault);
		ok = xmlRelaxNGValidateDoc(ctx, x->doc) == 0;
	}
	if (!ok && !fault.found)
		err_set(e, _("%s: the schema cannot be used"), x->name);
	xmlRelaxNGFreeValidCtxt(ctx);
	xmlRelaxNGFree(rng);
	xmlRelaxNGFreeParserCtxt(parser);
	return ok;
}
