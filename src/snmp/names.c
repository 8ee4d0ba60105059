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
	{ "setting",  "profile", { "!field", "!oid", "!type", "scale", "snap", "none",
	    "allowed" } },
	{ "trap",     "profile", { "!oid", "!name", "state" } },
};

static const struct element *element_named(const char *tag)
{
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (strcmp(elements[i].tag, tag) == 0)
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

static bool check(const struct xml *doc, const struct xml_node *n,
    const char *inside, struct err *e)
{
	const struct element *el = element_named(xml_tag(n));
	const struct xml_node *child;
	const char *name;

	if (!el || strcmp(el->inside, inside))
		return *inside ?
		    xml_err(doc, n, e, _("<%s> has no <%s>"), inside, xml_tag(n)) :
		    xml_err(doc, n, e, _("<profile> is wanted here, not <%s>"), xml_tag(n));
	for (size_t i = 0; (name = xml_attr_at(n, i)); i++)
		if (!has(el, name))
			return xml_err(doc, n, e, _("<%s> has no attribute %s"),
			    el->tag, name);
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
