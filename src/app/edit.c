/* edit - what changes the open site, act by act; a part of app */
#include "app/app.h"
#include "app/catalogue.h"
#include "app/context.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* The node to edit, or NULL and words. */
static struct node *to_edit(struct app *a, unsigned id, struct err *e)
{
	struct node *n = site_find(app_site(a), id);

	if (!app_writable(a, e))
		return NULL;
	if (!n)
		err_set(e, _("the node is gone"));
	return n;
}

static bool name_is_free(struct app *a, enum kind k, const char *name,
    const struct node *except, struct err *e)
{
	const struct node *other = site_named(app_site(a), k, name, except);
	char *path;

	if (!other)
		return true;
	path = node_path(other);
	err_set(e, _("%s: %s is called so already (%s)"), name, path,
	    k == KIND_GROUP ? "R3" : k == KIND_UPS ? "R14" :
	    _("names are unique"));
	free(path);
	return false;
}

static void edited(struct app *a)
{
	watch_sync(a);
	app_changed(a);
}

void app_act_begin(struct app *a, const char *label)
{
	journal_begin(a->journal, app_site(a), label);
}

void app_act_end(struct app *a)
{
	if (journal_end(a->journal))
		edited(a);
}

void app_act_abort(struct app *a)
{
	journal_abort(a->journal, sitefile_site(a->file));
	if (a->checked > site_changes(app_site(a)) + 1)
		a->checked = 0;
}

/* An edit that may be an act of its own: "UPS1: Confirmation time". */
static void begin(struct app *a, const struct node *n, const char *what)
{
	char *label = journal_is_open(a->journal) ? NULL :
	    mem_printf("%s: %s", node_name(n), what);

	app_act_begin(a, label);
	free(label);
}

/* What became of one record; nothing, when it is as it was. Takes the copy. */
static void changed(struct app *a, struct copy *before, const struct node *n,
    const char *what)
{
	struct copy *after = copy_of(n);

	if (copy_same(before, after)) {
		free(before);
		free(after);
		return;
	}
	begin(a, n, what);
	journal_step(a->journal, before, after);
	app_act_end(a);
}

static struct copy *network_copy(const struct app *a)
{
	return copy_of(&site_network(app_site(a))->node);
}

/*
 * The network keeps which numbers were given. It goes along with a node that
 * comes or goes, so that undoing leaves no trace of that either.
 */
unsigned app_add(struct app *a, unsigned parent, enum container c, enum kind k,
    const char *name, struct err *e)
{
	struct node *p = to_edit(a, parent, e), *n;
	struct copy *network;
	unsigned id;

	if (!p || !site_allows(p, c, k, e) || !name_is_free(a, k, name, NULL, e))
		return 0;
	network = network_copy(a);
	n = site_add(sitefile_site(a->file), p, c, k, name, e);
	if (!n) {
		free(network);
		return 0;
	}
	id = n->id;
	begin(a, n, _("new"));
	journal_step(a->journal, network, network_copy(a));
	journal_step(a->journal, NULL, copy_of(n));
	app_act_end(a);
	return id;
}

static const struct field *key_of(const struct node *n, const char *key,
    struct err *e)
{
	const struct field *f = field_find(record_fields(n->kind), key);

	if (!f)
		err_set(e, _("%s: a %s has no such key"), key, kind_word(n->kind));
	return f;
}

bool app_set(struct app *a, unsigned id, const char *key, const char *value,
    struct err *e)
{
	struct node *n = to_edit(a, id, e);
	const struct field *f = n ? key_of(n, key, e) : NULL;
	struct copy *before;

	if (!f)
		return false;
	if (strcmp(f->key, "Profile") == 0 &&
	    !profiles_known(catalogue_profiles(a), value))
		return err_set(e, _("%s: there is no profile of that name"), value);
	if (strcmp(f->key, "Name") == 0 &&
	    !name_is_free(a, n->kind, value, n, e))
		return false;
	before = copy_of(n);
	if (!site_set(sitefile_site(a->file), n, f, value, e)) {
		free(before);
		return false;
	}
	changed(a, before, n, tr(f->label));
	return true;
}

bool app_unset(struct app *a, unsigned id, const char *key, struct err *e)
{
	struct node *n = to_edit(a, id, e);
	const struct field *f = n ? key_of(n, key, e) : NULL;
	struct copy *before;

	if (!f)
		return false;
	before = copy_of(n);
	site_unset(sitefile_site(a->file), n, f);
	changed(a, before, n, tr(f->label));
	return true;
}

bool app_move(struct app *a, unsigned id, unsigned parent, enum container c,
    struct err *e)
{
	return app_move_before(a, id, parent, c, 0, e);
}

bool app_move_before(struct app *a, unsigned id, unsigned parent,
    enum container c, unsigned before_id, struct err *e)
{
	struct node *n = to_edit(a, id, e);
	struct node *p = n ? to_edit(a, parent, e) : NULL;
	struct node *sibling = site_find(app_site(a), before_id);
	struct copy *before;

	if (!p)
		return false;
	if (sibling && (sibling->parent != p || sibling->container != c))
		return err_set(e, _("%s does not hang there"), node_name(sibling));
	before = copy_of(n);
	if (!site_hang(sitefile_site(a->file), n, p, c, sibling, e)) {
		free(before);
		return false;
	}
	changed(a, before, n, _("moved"));
	return true;
}

static const struct node *deepest(const struct node *n)
{
	while (node_child(n))
		n = node_child(n);
	return n;
}

/* Leaves first, as a step can only bring back what has its parent. */
static void step_removal(struct app *a, const struct node *top)
{
	const struct node *n, *behind;

	for (n = deepest(top); n != top; n = behind ? deepest(behind) : n->parent) {
		journal_step(a->journal, copy_of(n), NULL);
		behind = node_behind(n);
	}
	journal_step(a->journal, copy_of(top), NULL);
}

bool app_remove(struct app *a, unsigned id, struct err *e)
{
	struct node *n = to_edit(a, id, e);
	struct copy *network;

	if (!n)
		return false;
	if (n->kind == KIND_NETWORK)
		return err_set(e, _("the network itself cannot be deleted"));
	begin(a, n, _("deleted"));
	step_removal(a, n);
	network = network_copy(a);
	site_remove(sitefile_site(a->file), n);
	journal_step(a->journal, network, network_copy(a));
	app_act_end(a);
	return true;
}

const char *app_undo_label(const struct app *a)
{
	return journal_undo_label(a->journal);
}

const char *app_redo_label(const struct app *a)
{
	return journal_redo_label(a->journal);
}

/* May it be, and is there anything? */
static bool can_go(struct app *a, const char *label, const char *none,
    struct err *e)
{
	if (!app_writable(a, e))
		return false;
	return label || err_set(e, "%s", none);
}

/* The whole site is another one from here on; NULL: it stays. */
static void put_whole(struct app *a, struct sitefile_content *whole, bool keep_numbers)
{
	struct findings found = { 0 };
	unsigned last[KIND_COUNT];
	enum kind k;
	size_t len;
	char *bytes;

	if (!whole)
		return;
	for (k = 0; k < KIND_COUNT; k++)
		last[k] = site_last(app_site(a), k);
	sitefile_swap(a->file, whole);
	for (k = KIND_GROUP; keep_numbers && k < KIND_COUNT; k++)
		if (last[k] > site_last(app_site(a), k))
			site_keep_number(sitefile_site(a->file), site_id(k, last[k]));
	/* what reading it would tell */
	bytes = app_text(a, &len, NULL);
	if (bytes)
		sitefile_free(sitefile_parse(app_path(a), bytes, len, &found));
	app_found(a, &found);
}

bool app_undo(struct app *a, unsigned *node, struct err *e)
{
	unsigned id;

	if (!can_go(a, app_undo_label(a), _("there is nothing to undo"), e))
		return false;
	put_whole(a, journal_undo_whole(a->journal), journal_undoes_saved(a->journal));
	id = journal_undo(a->journal, sitefile_site(a->file));
	if (node)
		*node = id;
	edited(a);
	return true;
}

bool app_redo(struct app *a, unsigned *node, struct err *e)
{
	unsigned id;

	if (!can_go(a, app_redo_label(a), _("there is nothing to do again"), e))
		return false;
	put_whole(a, journal_redo_whole(a->journal), false);
	id = journal_redo(a->journal, sitefile_site(a->file));
	if (node)
		*node = id;
	edited(a);
	return true;
}
