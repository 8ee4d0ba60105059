/* xml-parse - XML files are read, checked and made; the door to libxml2; see xml.h */
#include "base/xml-tree.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "base/xml-lazy.h"

enum {
	XML_MOST = 128 << 20,	/* the tree takes up to eight times as much: 31 bits are enough */
	LINE_MOST = 0x7fffffff,
};

static xmlNodePtr node_of(struct xml_made *n)
{
	return (xmlNodePtr)(void *)n;
}

static void quiet(void *ctx, const char *fmt, ...)
{
	(void)ctx;
	(void)fmt;
}

/* What a tree takes, and how far it is filled. */
struct filling {
	char *tree;
	size_t nodes, pairs, text;	/* how many; bytes */
	size_t pairs_at, text_at;	/* where those begin */
};

static const char *bytes_of(const xmlChar *s)
{
	return s ? (const char *)s : "";
}

/* Without entities an attribute is one text node, or none when empty. */
static const char *value_of(const xmlAttr *a)
{
	return a->children ? bytes_of(a->children->content) : "";
}

static bool is_text(const xmlNode *n)
{
	return n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE;
}

static void measure(const xmlNode *n, struct filling *f)
{
	f->nodes++;
	f->text += strlen((const char *)n->name) + 2;
	for (const xmlAttr *a = n->properties; a; a = a->next) {
		f->pairs++;
		f->text += strlen((const char *)a->name) + strlen(value_of(a)) + 2;
	}
	for (const xmlNode *i = n->children; i; i = i->next) {
		if (i->type == XML_ELEMENT_NODE)
			measure(i, f);
		else if (is_text(i))
			f->text += strlen(bytes_of(i->content));
	}
}

/* The distance of text that goes into the tree from what tells of it. */
static int32_t put(struct filling *f, const void *from, const char *s, size_t len)
{
	char *to = f->tree + f->text_at + f->text;

	memcpy(to, s, len);
	to[len] = '\0';
	f->text += len + 1;
	return (int32_t)(to - (const char *)from);
}

static int32_t put_text(struct filling *f, const struct xml_node *to, const xmlNode *n)
{
	static const char blanks[] = " \t\r\n";
	char *from = f->tree + f->text_at + f->text, *s = from, *end = from;

	for (const xmlNode *i = n->children; i; i = i->next)
		if (is_text(i)) {
			size_t len = strlen(bytes_of(i->content));

			memcpy(end, bytes_of(i->content), len);
			end += len;
		}
	while (s < end && strchr(blanks, *s))
		s++;
	while (end > s && strchr(blanks, end[-1]))
		end--;
	if (s == end)
		return 0;
	memmove(from, s, (size_t)(end - s));
	from[end - s] = '\0';
	f->text += (size_t)(end - s) + 1;
	return (int32_t)(from - (const char *)to);
}

static void put_attrs(struct filling *f, struct xml_node *to, const xmlNode *n)
{
	struct xml_pair *pair = (struct xml_pair *)(void *)(f->tree + f->pairs_at) + f->pairs;

	to->attrs = n->properties ? (int32_t)((char *)pair - (char *)to) : 0;
	for (const xmlAttr *a = n->properties; a; a = a->next, pair++) {
		pair->name = put(f, pair, (const char *)a->name, strlen((const char *)a->name));
		pair->value = put(f, pair, value_of(a), strlen(value_of(a)));
		to->attrs_n++;
		f->pairs++;
	}
}

/* The element and all in it; it goes behind those that are there. */
static struct xml_node *fill(struct filling *f, xmlNode *n)
{
	struct xml_node *to = (struct xml_node *)(void *)f->tree + f->nodes++, *last = NULL;
	long line = xmlGetLineNo(n);

	to->tag = put(f, to, (const char *)n->name, strlen((const char *)n->name));
	to->line = line < LINE_MOST ? (int32_t)line : LINE_MOST;
	put_attrs(f, to, n);
	to->text = put_text(f, to, n);
	for (xmlNode *i = n->children; i; i = i->next) {
		struct xml_node *child;

		if (i->type != XML_ELEMENT_NODE)
			continue;
		child = fill(f, i);
		if (last)
			last->next = (int32_t)((char *)child - (char *)last);
		else
			to->first = (int32_t)((char *)child - (char *)to);
		last = child;
	}
	return to;
}

static void make_tree(struct xml *x, xmlNode *root)
{
	struct filling f = { 0 };

	measure(root, &f);
	f.pairs_at = f.nodes * sizeof(struct xml_node);
	f.text_at = f.pairs_at + f.pairs * sizeof(struct xml_pair);
	x->tree_len = (f.text_at + f.text + 3) / 4 * 4;
	x->tree = f.tree = mem_zero(x->tree_len, 1);
	f.nodes = f.pairs = f.text = 0;
	x->root = fill(&f, root);
}

bool xml_load(struct err *e)
{
	return libxml2_load(e);
}

struct xml *xml_parse(const char *name, const char *bytes, size_t len,
    struct err *e)
{
	xmlParserCtxtPtr ctx;
	xmlErrorPtr fault;
	struct xml *x;
	xmlDocPtr doc;

	if (len > XML_MOST)
		err_set(e, _("%s: too long"), name);
	if (len > XML_MOST || !xml_load(e))
		return NULL;
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
	make_tree(x, xmlDocGetRootElement(doc));
	return x;
}

void xml_parse_done(struct xml *x)
{
	xmlFreeDoc(x->doc);
}

static struct xml_made *filled(xmlNodePtr n)
{
	if (!n)		/* out of memory */
		abort();
	return (struct xml_made *)n;
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

struct xml_made *xml_top(struct xml *x)
{
	return filled(xmlDocGetRootElement(x->doc));
}

struct xml_made *xml_add(struct xml_made *n, const char *tag)
{
	return filled(xmlNewChild(node_of(n), NULL, (const xmlChar *)tag, NULL));
}

void xml_put(struct xml_made *n, const char *attr, const char *value)
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
