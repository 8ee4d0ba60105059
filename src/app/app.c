/* app - one open site; see app.h */
#include "app/app.h"
#include "app/context.h"
#include "app/diff.h"
#include "app/watch.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct app *app_new(struct loop *loop, const struct app_options *o, struct err *e)
{
	struct app *a = mem_new(struct app);

	a->loop = loop;
	a->read_only = o->read_only;
	a->profiles = profiles_load(o->profiles, e);
	if (!a->profiles) {
		app_free(a);
		return NULL;
	}
	return a;
}

void app_free(struct app *a)
{
	if (!a)
		return;
	watch_stop(a);
	client_free(a->client);
	profiles_free(a->profiles);
	findings_done(&a->findings);
	sitefile_free(a->file);
	free(a);
}

struct client *app_client(struct app *a, struct err *e)
{
	if (!a->client)
		a->client = client_new(a->loop, e);
	return a->client;
}

struct loop *app_loop(const struct app *a)
{
	return a->loop;
}

bool app_read_only(const struct app *a)
{
	return a->read_only;
}

void app_listen(struct app *a, loop_fn *fn, void *arg)
{
	a->listener = fn;
	a->listener_arg = arg;
}

void app_changed(struct app *a)
{
	if (a->listener)
		a->listener(a->listener_arg);
}

/* Another file takes the place of the open one. */
static void take(struct app *a, struct sitefile *f, struct findings *found)
{
	sitefile_free(a->file);
	findings_done(&a->findings);
	a->file = f;
	a->unsavable = false;
	a->was_faulty = found && (found->count[SEVERITY_ERROR] ||
	    found->count[SEVERITY_WARNING]);
	if (found)
		a->findings = *found;
	a->saved = site_changes(sitefile_site(f));
	a->checked = 0;
	watch_sync(a);
	app_changed(a);
}

bool app_open(struct app *a, const char *path, struct err *e)
{
	struct findings found = { 0 };
	struct sitefile *f = sitefile_read(path, &found, e);

	if (!f)
		return false;
	take(a, f, &found);
	return true;
}

bool app_open_text(struct app *a, const char *name, const char *bytes,
    size_t len, struct err *e)
{
	struct findings found = { 0 };

	if (len > SITEFILE_MAX)
		return err_set(e, _("%s: too long"), name);
	take(a, sitefile_parse(name, mem_ndup(bytes, len), len, &found), &found);
	a->unsavable = true;
	return true;
}

bool app_create(struct app *a, const char *path, struct err *e)
{
	if (access(path, F_OK) == 0)
		return err_set(e, _("%s: is there already"), path);
	take(a, sitefile_new(path), NULL);
	return true;
}

bool app_reload(struct app *a, struct err *e)
{
	char *path = mem_dup(app_path(a));
	bool ok = app_open(a, path, e);

	free(path);
	return ok;
}

const char *app_path(const struct app *a)
{
	return sitefile_path(a->file);
}

const struct site *app_site(const struct app *a)
{
	return sitefile_site(a->file);
}

bool app_modified(const struct app *a)
{
	return site_changes(app_site(a)) != a->saved;
}

bool app_faulty(const struct app *a)
{
	return sitefile_faulty(a->file);
}

long app_line(const struct app *a, unsigned node, const struct field *f)
{
	return sitefile_line(a->file, node, f);
}

char *app_text(struct app *a, size_t *len, struct err *e)
{
	return sitefile_print(a->file, len, e);
}

bool app_changed_underneath(const struct app *a)
{
	return !a->unsavable && sitefile_looks_changed(a->file);
}

void app_changes(struct app *a, struct changes *changes)
{
	size_t len;
	const char *bytes = sitefile_original(a->file, &len);
	struct sitefile *before = sitefile_parse("", mem_ndup(bytes, len), len,
	    NULL);

	diff_sites(sitefile_site(before), app_site(a), changes);
	sitefile_free(before);
}

/* The faults of the file as it would be now: an edit may have mended some. */
static void find_faults(struct app *a)
{
	size_t len;
	char *bytes = sitefile_print(a->file, &len, NULL);

	if (bytes)	/* takes the bytes over */
		sitefile_free(sitefile_parse(app_path(a), bytes, len,
		    &a->findings));
}

const struct findings *app_check(struct app *a)
{
	unsigned long now = site_changes(app_site(a)) + 1;
	size_t i, faults;

	if (a->checked == now)
		return &a->findings;
	/* at the first check the findings are those of the reading itself */
	if (a->checked || !a->was_faulty) {
		findings_done(&a->findings);
		if (a->was_faulty)
			find_faults(a);
	}
	faults = a->findings.n;
	rules_check(app_site(a), &a->findings);
	for (i = faults; i < a->findings.n; i++)
		a->findings.list[i].line = app_line(a, a->findings.list[i].node,
		    a->findings.list[i].field);
	a->checked = now;
	return &a->findings;
}

/* The node to edit, or NULL and words. */
static struct node *to_edit(struct app *a, unsigned id, struct err *e)
{
	struct node *n = site_find(app_site(a), id);

	if (a->read_only)
		err_kind(e, ERR_REFUSED, _("the site is open read-only"));
	else if (!n)
		err_set(e, _("the node is gone"));
	return a->read_only ? NULL : n;
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

unsigned app_add(struct app *a, unsigned parent, enum container c, enum kind k,
    const char *name, struct err *e)
{
	struct node *p = to_edit(a, parent, e), *n;

	if (!p || !site_allows(p, c, k, e) || !name_is_free(a, k, name, NULL, e))
		return 0;
	n = site_add(sitefile_site(a->file), p, c, k, name, e);
	if (!n)
		return 0;
	edited(a);
	return n->id;
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

	if (!f)
		return false;
	if (strcmp(f->key, "Profile") == 0 &&
	    !profiles_known(a->profiles, value))
		return err_set(e, _("%s: there is no profile of that name"), value);
	if (strcmp(f->key, "Name") == 0 &&
	    !name_is_free(a, n->kind, value, n, e))
		return false;
	if (!site_set(sitefile_site(a->file), n, f, value, e))
		return false;
	edited(a);
	return true;
}

bool app_unset(struct app *a, unsigned id, const char *key, struct err *e)
{
	struct node *n = to_edit(a, id, e);
	const struct field *f = n ? key_of(n, key, e) : NULL;

	if (!f)
		return false;
	site_unset(sitefile_site(a->file), n, f);
	edited(a);
	return true;
}

bool app_move(struct app *a, unsigned id, unsigned parent, enum container c,
    struct err *e)
{
	struct node *n = to_edit(a, id, e);
	struct node *p = n ? to_edit(a, parent, e) : NULL;

	if (!p || !site_hang(sitefile_site(a->file), n, p, c, NULL, e))
		return false;
	edited(a);
	return true;
}

bool app_remove(struct app *a, unsigned id, struct err *e)
{
	struct node *n = to_edit(a, id, e);

	if (!n)
		return false;
	if (n->kind == KIND_NETWORK)
		return err_set(e, _("the network itself cannot be deleted"));
	site_remove(sitefile_site(a->file), n);
	edited(a);
	return true;
}

bool app_save(struct app *a, struct err *e)
{
	struct findings found = { 0 };
	bool ok;
	size_t i;

	if (a->read_only)
		return err_kind(e, ERR_REFUSED, _("the site is open read-only"));
	if (a->unsavable)
		return err_set(e, _("%s: is no file"), app_path(a));
	ok = sitefile_save(a->file, &found, e);
	for (i = 0; !ok && e && e->kind == ERR_SITE && i < found.n; i++)
		if (found.list[i].severity == SEVERITY_ERROR) {
			err_kind(e, ERR_SITE,
			    _("%s: nothing was saved: line %ld: %s"),
			    app_path(a), found.list[i].line,
			    found.list[i].message);
			break;
		}
	findings_done(&found);
	if (ok) {
		a->saved = site_changes(app_site(a));
		a->was_faulty = false;
		a->checked = 0;
		findings_done(&a->findings);
		app_changed(a);
	}
	return ok;
}
