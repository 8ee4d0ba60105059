/* names - what elements and attributes a profile may have; see names.h */
#include "snmp/names.h"
#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

enum { ATTRIBUTES = 8 };

static const struct element {
	const char *tag, *inside;
	const char *attributes[ATTRIBUTES];	/* "!": must be there */
} elements[] = {
	{ "profile",  "",        { "!id", "!name", "!rank", "base", "like", "none",
	    "exclusive" } },
	{ "identify", "profile", { "sysoid", "probe" } },
	{ "reading",  "profile", { "!attr", "!oid", "scale", "none", "join" } },
	{ "state",    "profile", { "!oid" } },
	{ "map",      "state",   { "from", "place", "to", "flag" } },
	{ "allowed",  "profile", { "!setting", "!values" } },
	{ "caution",  "profile", { NULL } },
	{ "setting",  "profile", { "!field", "!oid", "!type", "scale", "snap", "none",
	    "allowed" } },
	{ "command",  "profile", { "!id", "needs", "delay", "within", "lock" } },
	{ "set",      "command", { "!oid", "!value", "type", "scale" } },
	{ "result",   "profile", { "!of", "!oid" } },
	{ "map",      "result",  { "!from", "!to" } },
	{ "outlets",  "profile", { "!state", "name", "!on", "!off" } },
	{ "trap",     "profile", { "!oid", "!name", "state" } },
};

static const struct element *element_named(const char *tag, const char *inside)
{
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (strcmp(elements[i].tag, tag) == 0 && strcmp(elements[i].inside, inside) == 0)
			return &elements[i];
	return NULL;
}

static const char *bare(const char *attribute)
{
	return attribute + (*attribute == '!');
}

static bool has(const struct element *el, const char *name)
{
	for (int i = 0; i < ATTRIBUTES && el->attributes[i]; i++)
		if (strcmp(bare(el->attributes[i]), name) == 0)
			return true;
	return false;
}

/* "oid, scale": what it may have. */
static void attribute_words(const struct element *el, char *buf, size_t size)
{
	size_t at = 0;

	*buf = '\0';
	for (int i = 0; i < ATTRIBUTES && el->attributes[i] && at < size; i++)
		at += (size_t)snprintf(buf + at, size - at, "%s%s", at ? ", " : "",
		    bare(el->attributes[i]));
}

static void element_words(const char *inside, char *buf, size_t size)
{
	size_t at = 0;

	*buf = '\0';
	for (size_t i = 0; i < sizeof elements / sizeof *elements && at < size; i++)
		if (strcmp(elements[i].inside, inside) == 0)
			at += (size_t)snprintf(buf + at, size - at, "%s<%s>",
			    at ? ", " : "", elements[i].tag);
}

static bool check(const struct xml *doc, const struct xml_node *n,
    const char *inside, struct err *e)
{
	const struct element *el = element_named(xml_tag(n), inside);
	const struct xml_node *child;
	const char *name;
	char known[200];

	if (!el) {
		element_words(inside, known, sizeof known);
		return !*inside ?
		    xml_err(doc, n, e, _("<profile> is wanted here, not <%s>"), xml_tag(n)) :
		    *known ? xml_err(doc, n, e, _("<%s> has no <%s>; it has %s"), inside,
		    xml_tag(n), known) :
		    xml_err(doc, n, e, _("<%s> has no <%s>"), inside, xml_tag(n));
	}
	for (size_t i = 0; (name = xml_attr_at(n, i)); i++)
		if (!has(el, name)) {
			attribute_words(el, known, sizeof known);
			return xml_err(doc, n, e, _("<%s> has no attribute %s; it has %s"),
			    el->tag, name, known);
		}
	for (int i = 0; i < ATTRIBUTES && el->attributes[i]; i++)
		if (*el->attributes[i] == '!' && !xml_attr(n, bare(el->attributes[i])))
			return xml_err(doc, n, e, _("<%s> needs the attribute %s"),
			    el->tag, bare(el->attributes[i]));
	for (child = xml_first(n); child; child = xml_next(child))
		if (!check(doc, child, el->tag, e))
			return false;
	return true;
}

bool names_check(const struct xml *doc, struct err *e)
{
	return check(doc, xml_root(doc), "", e);
}
