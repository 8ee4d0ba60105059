/* From the answers to the site: first in memory, to look at it, then through the actions. */
#include "app/wizarding.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What both ways of building do; false and words stop the building. */
struct builder {
	unsigned (*add)(void *to, unsigned parent, enum container, enum kind,
	    const char *name, struct err *);
	bool (*set)(void *to, unsigned node, const char *key, const char *value, struct err *);
	void *to;
};

static bool is_for(const struct wizard_question *q, const struct item *item)
{
	return *q->ask->part && item_takes(item, q->ask->part) &&
	    (strcmp(q->ask->part, item->part) != 0 || q->number == item->number);
}

const struct wizard_question *wizard_name_question(const struct wizard *w,
    const struct item *item)
{
	for (size_t i = 0; i < w->n; i++)
		if (is_for(&w->questions[i], item) &&
		    strcmp(w->questions[i].ask->field->key, "Name") == 0)
			return &w->questions[i];
	return NULL;
}

/* "Mode=advance" */
static bool set_fixed(const struct builder *b, unsigned node, const char *set, struct err *e)
{
	char key[40];

	snprintf(key, sizeof key, "%.*s", (int)strcspn(set, "="), set);
	return b->set(b->to, node, key, strchr(set, '=') + 1, e);
}

static bool set_item(const struct wizard *w, const struct builder *b,
    const struct item *item, unsigned node, struct err *e)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct wizard_question *q = &w->questions[i];

		/* nothing answered is nothing given */
		if (*q->value && is_for(q, item) && strcmp(q->ask->field->key, "Name") != 0 &&
		    !b->set(b->to, node, q->ask->field->key, q->value, e))
			return false;
	}
	return !item->set || set_fixed(b, node, item->set, e);
}

static bool build(const struct wizard *w, const struct builder *b, unsigned network,
    unsigned *nodes, struct err *e)
{
	nodes[0] = network;
	for (size_t i = 1; i < w->items.n; i++) {
		const struct item *item = &w->items.list[i];

		nodes[i] = b->add(b->to, nodes[item->parent], item->container, item->kind,
		    wizard_name_question(w, item)->value, e);
		if (!nodes[i] || !set_item(w, b, item, nodes[i], e))
			return false;
	}
	return set_item(w, b, &w->items.list[0], network, e);
}

/* The preview takes what it can: what cannot be is told at its question. */
static unsigned preview_add(void *to, unsigned parent, enum container c, enum kind k,
    const char *name, struct err *e)
{
	struct node *n = site_add(to, site_find(to, parent), c, k, name, e);

	if (!n)
		n = site_add(to, site_find(to, parent), c, k, "?", e);
	return n ? n->id : 0;
}

static bool preview_set(void *to, unsigned node, const char *key, const char *value,
    struct err *e)
{
	struct node *n = site_find(to, node);

	site_set(to, n, field_find(record_fields(n->kind), key), value, e);
	return true;
}

void wizard_forget(struct wizard *w)
{
	site_free(w->preview);
	w->preview = NULL;
	free(w->nodes);
	w->nodes = NULL;
	findings_done(&w->findings);
}

const struct site *wizard_preview(struct wizard *w)
{
	struct builder b = { preview_add, preview_set, NULL };

	if (w->preview)
		return w->preview;
	w->preview = b.to = site_new();
	w->nodes = mem_zero(w->items.n, sizeof *w->nodes);
	build(w, &b, site_network(w->preview)->node.id, w->nodes, NULL);
	rules_check(w->preview, &w->findings);
	return w->preview;
}

const struct findings *wizard_findings(struct wizard *w)
{
	wizard_preview(w);
	return &w->findings;
}

int wizard_question_of(struct wizard *w, const struct finding *f)
{
	wizard_preview(w);
	for (size_t i = 0; i < w->items.n; i++) {
		if (w->nodes[i] != f->node)
			continue;
		for (size_t q = 0; q < w->n; q++)
			if (w->questions[q].ask->field == f->field &&
			    is_for(&w->questions[q], &w->items.list[i]))
				return (int)q;
	}
	return -1;
}

static unsigned action_add(void *to, unsigned parent, enum container c, enum kind k,
    const char *name, struct err *e)
{
	return app_add(to, parent, c, k, name, e);
}

static bool action_set(void *to, unsigned node, const char *key, const char *value,
    struct err *e)
{
	return app_set(to, node, key, value, e);
}

bool wizard_fits(const struct app *a)
{
	return site_count(app_site(a), KIND_GROUP) == 0;
}

bool wizard_create(struct wizard *w, struct app *a, const char *path, struct err *e)
{
	struct builder b = { action_add, action_set, a };
	unsigned *nodes;
	bool ok;

	if (!app_writable(a, e))
		return false;
	if (wizard_wrong(w, -1, e) >= 0)
		return false;
	if (path ? !app_create(a, path, e) : !wizard_fits(a))
		return path ? false : err_set(e, _("the open site is not empty"));
	nodes = mem_zero(w->items.n, sizeof *nodes);
	app_act_begin(a, tr(w->site->title));
	ok = build(w, &b, site_network(app_site(a))->node.id, nodes, e);
	if (ok)
		app_act_end(a);
	else
		app_act_abort(a);
	free(nodes);
	return ok;
}
