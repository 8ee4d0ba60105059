/* ui/wizard.xml: what the wizards ask on which page; see wizard.h */
#include "app/wizarding.h"

#include "base/distance.h"
#include "base/embed.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char *needed(const struct xml *doc, const struct xml_node *n,
    const char *name, struct err *e)
{
	const char *s = xml_attr(n, name);

	if (!s)
		xml_err(doc, n, e, _("<%s> needs an attribute \"%s\""), xml_tag(n), name);
	return s;
}

static bool unknown(const struct xml *doc, const struct xml_node *n, struct err *e)
{
	return xml_err(doc, n, e, _("<%s> is not known here"), xml_tag(n));
}

static int one(const char *question, void *arg)
{
	(void)question;
	(void)arg;
	return 1;
}

/* The kind of a part, wherever it occurs; KIND_COUNT when it does not. */
static enum kind kind_of_part(const char *part)
{
	const struct wizard_shape *shape;

	for (size_t i = 0; (shape = shape_at(i)); i++) {
		struct items items = { 0 };
		enum kind kind = KIND_COUNT;

		shape_items(shape, one, NULL, &items);
		for (size_t j = 0; j < items.n && kind == KIND_COUNT; j++)
			if (item_takes(&items.list[j], part))
				kind = items.list[j].kind;
		free(items.list);
		if (kind != KIND_COUNT)
			return kind;
	}
	return KIND_COUNT;
}

static bool read_ask(struct wizard_block *b, const struct xml *doc,
    const struct xml_node *n, struct err *e)
{
	const char *part = xml_attr(n, "part"), *key = needed(doc, n, "field", e);
	struct wizard_ask ask = { .part = part ? part : "", .kind = KIND_COUNT,
	    .title = xml_attr(n, "title"), .initial = xml_attr(n, "initial") };
	struct err why;

	if (!key)
		return false;
	if (!xml_is(n, "ask"))
		return unknown(doc, n, e);
	if (part && (ask.kind = kind_of_part(part)) == KIND_COUNT)
		return xml_err(doc, n, e, _("no standard site has a part \"%s\""), part);
	ask.field = field_find(part ? record_fields(ask.kind) : wizard_fields, key);
	if (!ask.field || ask.field->flags & FIELD_OURS || ask.field->type == FIELD_PARENT)
		return xml_err(doc, n, e, part ? _("there is no field \"%s\" in a %s") :
		    _("the wizard itself has no question \"%s\""), key,
		    part ? kind_word(ask.kind) : "");
	if (!ask.initial)
		ask.initial = ask.field->initial;
	else if (!wizard_check(ask.field, ask.initial, &why))
		return xml_err(doc, n, e, "%s", why.text);
	mem_grow(b->asks, b->n, b->cap);
	b->asks[b->n++] = ask;
	return true;
}

static bool read_block(struct wizard_page *page, const struct xml *doc,
    const struct xml_node *n, struct err *e)
{
	struct wizard_block *b;

	if (!xml_is(n, "section") && !xml_is(n, "table"))
		return unknown(doc, n, e);
	mem_grow(page->blocks, page->n, page->cap);
	b = &page->blocks[page->n++];
	*b = (struct wizard_block){ .title = needed(doc, n, "title", e),
	    .table = xml_is(n, "table") };
	if (!b->title)
		return false;
	for (const struct xml_node *i = xml_first(n); i; i = xml_next(i))
		if (!read_ask(b, doc, i, e))
			return false;
	return true;
}

static const struct wizard_page *find_page(const struct wizards *w, const char *name)
{
	for (size_t i = 0; i < w->pages_n; i++)
		if (strcmp(w->pages[i]->name, name) == 0)
			return w->pages[i];
	return NULL;
}

static bool read_page(struct wizards *w, const struct xml *doc, const struct xml_node *n,
    struct err *e)
{
	struct wizard_page *page = mem_new(struct wizard_page);

	mem_grow(w->pages, w->pages_n, w->pages_cap);
	w->pages[w->pages_n++] = page;
	page->words = mem_dup("");
	page->name = "";
	page->title = needed(doc, n, "title", e);
	if (!page->title || !needed(doc, n, "name", e))
		return false;
	if (find_page(w, xml_attr(n, "name")))
		return xml_err(doc, n, e, _("a second page \"%s\""), xml_attr(n, "name"));
	page->name = xml_attr(n, "name");
	for (const struct xml_node *i = xml_first(n); i; i = xml_next(i)) {
		if (xml_is(i, "p")) {
			free(page->words);
			page->words = xml_text(i);
		} else if (!read_block(page, doc, i, e)) {
			return false;
		}
	}
	return true;
}

/* A question that is asked twice, or NULL. */
static const char *asked_twice(const struct wizard *w)
{
	for (size_t i = 0; i < w->n; i++)
		for (size_t j = i + 1; j < w->n; j++)
			if (strcmp(w->questions[i].key, w->questions[j].key) == 0)
				return w->questions[i].key;
	return NULL;
}

static bool is_asked(const struct wizard *w, const char *key)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->questions[i].key, key) == 0)
			return true;
	return false;
}

/* A number or a part's name that nothing asks for, or NULL. */
static const char *not_asked(const struct wizard *w)
{
	const char *count;

	for (size_t i = 0; (count = shape_question(w->site->shape, i)); i++)
		if (!is_asked(w, count))
			return count;
	for (size_t i = 1; i < w->items.n; i++)
		if (!wizard_name_question(w, &w->items.list[i]))
			return w->items.list[i].part;
	return NULL;
}

/* The rows of a table are numbers: a part that has none, or NULL. */
static const char *no_row(const struct wizard *w, const struct wizard_block *b)
{
	for (size_t i = 0; b->table && i < b->n; i++) {
		const char *part = b->asks[i].part;

		if (!*part)
			return b->asks[i].field->key;
		for (size_t j = 0; j < w->items.n; j++) {
			const struct item *item = &w->items.list[j];

			if (item_takes(item, part) &&
			    (strcmp(item->part, part) != 0 || !item->number))
				return part;
		}
	}
	return NULL;
}

/* A run with nothing answered asks each thing once, and all that it needs. */
static bool check_site(const struct wizard_site *site, const struct xml *doc,
    const struct xml_node *n, struct err *e)
{
	struct wizard *w = wizard_new(site);
	const char *what;
	bool ok = false;

	for (size_t p = 0; p < site->n; p++)
		for (size_t b = 0; b < site->pages[p]->n; b++)
			if ((what = no_row(w, &site->pages[p]->blocks[b]))) {
				xml_err(doc, n, e, _("the wizard \"%s\" has no number of \"%s\" for a table"),
				    site->name, what);
				goto out;
			}
	if ((what = asked_twice(w)))
		xml_err(doc, n, e, _("the wizard \"%s\" asks %s twice"), site->name, what);
	else if ((what = not_asked(w)))
		xml_err(doc, n, e, _("the wizard \"%s\" does not ask the name or number of \"%s\""),
		    site->name, what);
	else
		ok = true;
out:
	wizard_free(w);
	return ok;
}

static bool read_site(struct wizards *w, const struct xml *doc, const struct xml_node *n,
    struct err *e)
{
	struct wizard_site *site;

	mem_grow(w->sites, w->n, w->cap);
	site = &w->sites[w->n++];
	*site = (struct wizard_site){ .name = needed(doc, n, "name", e),
	    .words = mem_dup("") };
	if (!site->name || !(site->title = needed(doc, n, "title", e)))
		return false;
	site->shape = shape_find(site->name);
	if (!site->shape)
		return xml_err(doc, n, e, _("there is no standard site \"%s\""), site->name);
	for (const struct xml_node *i = xml_first(n); i; i = xml_next(i)) {
		const char *page;

		if (xml_is(i, "p")) {
			free(site->words);
			site->words = xml_text(i);
			continue;
		}
		if (!xml_is(i, "use"))
			return unknown(doc, i, e);
		if (!(page = needed(doc, i, "page", e)))
			return false;
		if (!find_page(w, page))
			return xml_err(doc, i, e, _("there is no page \"%s\" above"), page);
		mem_grow(site->pages, site->n, site->cap);
		site->pages[site->n++] = find_page(w, page);
	}
	for (size_t i = 0; i + 1 < w->n; i++)
		if (strcmp(w->sites[i].name, site->name) == 0)
			return xml_err(doc, n, e, _("a second wizard \"%s\""), site->name);
	return check_site(site, doc, n, e);
}

struct wizards *wizards_read(const struct xml *doc, struct err *e)
{
	struct wizards *w = mem_new(struct wizards);

	for (const struct xml_node *n = xml_first(xml_root(doc)); n; n = xml_next(n)) {
		bool ok = xml_is(n, "page") ? read_page(w, doc, n, e) :
		    xml_is(n, "wizard") ? read_site(w, doc, n, e) : unknown(doc, n, e);

		if (!ok) {
			wizards_free(w);
			return NULL;
		}
	}
	return w;
}

struct wizards *wizards_built_in(struct err *e)
{
	struct xml *doc = embed_xml("ui/wizard.xml", e);
	struct wizards *w = doc ? wizards_read(doc, e) : NULL;

	if (w)
		w->own = doc;
	else
		xml_free(doc);
	return w;
}

void wizards_free(struct wizards *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < w->pages_n; i++) {
		for (size_t j = 0; j < w->pages[i]->n; j++)
			free(w->pages[i]->blocks[j].asks);
		free(w->pages[i]->blocks);
		free(w->pages[i]->words);
		free(w->pages[i]);
	}
	free(w->pages);
	for (size_t i = 0; i < w->n; i++) {
		free(w->sites[i].words);
		free(w->sites[i].pages);
	}
	free(w->sites);
	xml_free(w->own);
	free(w);
}

const struct wizard_site *wizards_find(const struct wizards *w, const char *name,
    struct err *e)
{
	const char *nearest = "";
	int least = INT_MAX;

	for (size_t i = 0; i < w->n; i++) {
		int far = distance(name, w->sites[i].name);

		if (far == 0)
			return &w->sites[i];
		if (far < least) {
			nearest = w->sites[i].name;
			least = far;
		}
	}
	if (least <= 4)	/* a slip of the fingers; else another is no guess */
		err_kind(e, ERR_USAGE, _("there is no wizard \"%s\"; the nearest is %s"), name,
		    nearest);
	else
		err_kind(e, ERR_USAGE,
		    _("there is no wizard \"%s\"; amc new --wizard list tells them"), name);
	return NULL;
}
