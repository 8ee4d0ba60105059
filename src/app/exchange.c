/* exchange - the open site to other formats, and from them; see exchange.h */
#include "app/exchange.h"
#include "app/catalogue.h"
#include "app/context.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/xml.h"
#include "store/exchange.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The word of format I, NULL behind the last. */
static const char *format_word(size_t i)
{
	return i < EXCHANGE_COUNT ? exchange_word(i) : NULL;
}

const char *format_of_path(const char *path)
{
	return format_word(exchange_of_path(path));
}

static bool no_format(const char *word, struct err *e)
{
	return err_kind(e, ERR_USAGE, _("%s: the format is xml, json, csv or ups.conf"),
	    word);
}

bool app_export_text(struct app *a, const struct export *x, struct text *out,
    struct text *notes, struct err *e)
{
	struct exchange_out o = { .secrets = x->secrets, .bom = x->bom };
	enum exchange_format format = x->format ? exchange_of_word(x->format) :
	    EXCHANGE_XML;

	if (format == EXCHANGE_COUNT)
		return no_format(x->format, e);
	if (app_faulty(a))
		return err_kind(e, ERR_SITE,
		    _("%s: it has faults, and would not be told as a whole"), app_path(a));
	if (format == EXCHANGE_XML && !xml_load(e))
		return false;
	exchange_print(app_site(a), format, &o, out, notes);
	return true;
}

/*
 * May the document take the place of what is there? Not of the site file itself,
 * nor of a device. One that others can read is closed to them before it gets secrets.
 */
static bool may_replace(const struct app *a, const char *path, bool secrets,
    struct err *e)
{
	struct stat there, site;

	if (stat(path, &there) < 0)
		return true;
	if (stat(app_path(a), &site) == 0 && there.st_ino == site.st_ino &&
	    there.st_dev == site.st_dev)
		return err_kind(e, ERR_REFUSED, _("%s: is the site file itself"), path);
	if (!S_ISREG(there.st_mode))
		return err_set(e, _("%s: not a regular file"), path);
	return !secrets || chmod(path, 0600) == 0 || err_errno(e, path);
}

bool app_export(struct app *a, const struct export *x, const char *path,
    struct text *notes, struct err *e)
{
	struct export as = *x;
	struct text out = { 0 };
	bool ok;

	if (!as.format)
		as.format = format_of_path(path);
	if (!as.format)
		return no_format(path, e);
	ok = app_export_text(a, &as, &out, notes, e) &&
	    may_replace(a, path, x->secrets, e) &&
	    file_replace(path, out.s, out.len, 0600, e);
	if (out.s)
		explicit_bzero(out.s, out.len);
	text_done(&out);
	return ok;
}

/* What it is, when the name does not tell. */
static enum exchange_format by_content(const char *bytes)
{
	if (strncmp(bytes, "\xef\xbb\xbf", 3) == 0)
		bytes += 3;
	bytes += strspn(bytes, " \t\r\n");
	return *bytes == '<' ? EXCHANGE_XML : *bytes == '{' ? EXCHANGE_JSON :
	    EXCHANGE_COUNT;
}

/* A name that another of its kind has got in the same document. */
static bool names_are_free(const struct site *now, const struct site *wanted,
    struct err *e)
{
	const struct node *top = &site_network(wanted)->node, *n, *was, *other;
	struct map names[KIND_COUNT] = { 0 };
	bool ok = true;
	enum kind k;
	char *path;

	for (n = node_next(top, top); ok && n; n = node_next(n, top)) {
		/* texts of one site that are equal are one */
		other = map_put(&names[n->kind], (uintptr_t)node_name(n),
		    (void *)(size_t)n);
		if (!other)
			continue;
		was = site_find(now, n->id);
		if (was && strcmp(node_name(was), node_name(n)) == 0 &&
		    (was = site_find(now, other->id)) &&
		    strcmp(node_name(was), node_name(other)) == 0)
			continue;	/* they have been two all along */
		path = node_path(other);
		ok = err_set(e, _("%s: %s is called so already"), node_name(n), path);
		free(path);
	}
	for (k = 0; k < KIND_COUNT; k++)
		map_done(&names[k]);
	return ok;
}

static bool profiles_are_there(const struct app *a, const struct site *wanted,
    struct err *e)
{
	const struct node *top = &site_network(wanted)->node, *n;
	const struct ups *u;

	for (n = top; n; n = node_next(n, top)) {
		u = node_ups(n);
		if (u && !profiles_known(catalogue_profiles(a), u->set->profile))
			return err_set(e, _("%s: there is no profile of that name (%s)"),
			    u->set->profile, u->name);
	}
	return true;
}

static bool find_group(struct app *a, const char *into, unsigned *id, struct err *e)
{
	enum container c;
	struct node *n;

	*id = 0;
	if (!into)
		return true;
	n = site_lookup(app_site(a), into, &c, e);
	if (n && (n->kind != KIND_GROUP || (c != IN_ITSELF && c != IN_POWER)))
		return err_set(e, _("%s: is no group, nor the power devices of one"), into);
	*id = n ? n->id : 0;
	return n != NULL;
}

bool import_propose(struct app *a, const char *path, const struct import *x,
    struct proposal *p, struct err *e)
{
	struct exchange_in in = { .name = path, .now = app_site(a), .notes = &p->notes };
	enum exchange_format format = x->format ? exchange_of_word(x->format) :
	    exchange_of_path(path);
	struct site *wanted = NULL;
	char *bytes;
	bool ok;

	if (x->format && format == EXCHANGE_COUNT)
		return no_format(x->format, e);
	if (!find_group(a, x->into, &in.into, e))
		return false;
	bytes = file_read(path, EXCHANGE_MAX, &in.len, e);
	if (!bytes)
		return false;
	in.bytes = bytes;
	if (format == EXCHANGE_COUNT)
		format = by_content(bytes);
	ok = format != EXCHANGE_COUNT || no_format(path, e);
	if (ok)
		wanted = exchange_read(format, &in, e);
	ok = wanted && (profiles_are_there(a, wanted, e) &&
	    names_are_free(in.now, wanted, e) ? true : err_at(e, "%s", path));
	explicit_bzero(bytes, in.len);
	free(bytes);
	if (ok)
		return proposal_site(a, wanted, p, e);
	site_free(wanted);
	return false;
}
