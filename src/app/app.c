/* app - one open site; see app.h */
#include "app/app.h"
#include "app/archive.h"
#include "app/audit.h"
#include "app/catalogue.h"
#include "app/context.h"
#include "app/diary.h"
#include "app/herald.h"
#include "app/diff.h"
#include "app/held.h"
#include "app/known.h"
#include "app/rest.h"
#include "app/retired.h"
#include "app/samples.h"
#include "app/trapping.h"
#include "app/watch.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "peer/trust.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct app *app_new(struct loop *loop, const struct app_options *o, struct err *e)
{
	struct app *a = mem_new(struct app);

	a->loop = loop;
	a->read_only = o->read_only;
	a->catalogue = catalogue_new(o->profiles, e);
	if (!a->catalogue) {
		app_free(a);
		return NULL;
	}
	return a;
}

void app_free(struct app *a)
{
	if (!a)
		return;
	rest_stop(a);
	trapping_stop(a);
	watch_stop(a);
	app_forget_samples(a);
	known_forget(a);
	archive_free(a->archive);
	diary_free(a->diary);
	held_forget(a);
	herald_free(a->herald);
	retired_forget(a);
	client_free(a->client);
	journal_free(a->journal);
	catalogue_free(a->catalogue);
	findings_done(&a->findings);
	sitefile_free(a->file);
	free(a);
}

struct client *app_client(struct app *a, struct err *e)
{
	char user[100];

	if (!a->client && (a->client = client_new(a->loop, e))) {
		audit_user(user, sizeof user);
		client_user(a->client, user);
	}
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

bool app_writable(const struct app *a, struct err *e)
{
	return !a->read_only || err_kind(e, ERR_REFUSED, _("The site was opened read-only."));
}

void app_listen(struct app *a, loop_fn *fn, void *arg)
{
	a->listener = fn;
	a->listener_arg = arg;
}

void app_changed(struct app *a)
{
	known_heard(a);
	app_looks_changed(a);
}

void app_looks_changed(struct app *a)
{
	if (a->listener)
		a->listener(a->listener_arg);
}

void app_found(struct app *a, struct findings *found)
{
	findings_done(&a->findings);
	a->findings = *found;
	a->was_faulty = found->count[SEVERITY_ERROR] || found->count[SEVERITY_WARNING];
	a->checked = 0;
}

void app_take_file(struct app *a, struct sitefile *f, struct findings *found)
{
	struct findings none = { 0 };

	held_forget(a);
	sitefile_free(a->file);
	a->file = f;
	a->unsavable = false;
	rest_later(a);
	app_found(a, found ? found : &none);
	journal_free(a->journal);
	a->journal = journal_new();
	known_forget(a);
	herald_follow(a);
	watch_sync(a);
	app_changed(a);
}

bool app_open(struct app *a, const char *path, struct err *e)
{
	struct findings found = { 0 };
	struct sitefile *f = sitefile_read(path, &found, e);

	if (!f)
		return false;
	app_take_file(a, f, &found);
	return true;
}

bool app_open_text(struct app *a, const char *name, const char *bytes,
    size_t len, struct err *e)
{
	struct findings found = { 0 };

	if (len > SITEFILE_MAX)
		return err_set(e, _("%s: too long"), name);
	app_take_file(a, sitefile_parse(name, mem_ndup(bytes, len), len, &found), &found);
	a->unsavable = true;
	return true;
}

bool app_create(struct app *a, const char *path, struct err *e)
{
	if (access(path, F_OK) == 0)
		return err_set(e, _("%s: is there already"), path);
	app_take_file(a, sitefile_new(path), NULL);
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
	return journal_modified(a->journal);
}

bool app_faulty(const struct app *a)
{
	return sitefile_faulty(a->file);
}

long app_line(const struct app *a, unsigned node, const struct field *f)
{
	rest_later((struct app *)a);
	return sitefile_line(a->file, node, f);
}

char *app_text(struct app *a, size_t *len, struct err *e)
{
	rest_later(a);
	return sitefile_print(a->file, len, e);
}

const char *app_saved_text(const struct app *a, size_t *len)
{
	rest_later((struct app *)a);
	return sitefile_original(a->file, len);
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

	rest_later(a);
	diff_sites(sitefile_site(before), app_site(a), changes);
	sitefile_free(before);
}

/* The faults of the file as it would be now: an edit may have mended some. */
static void find_faults(struct app *a)
{
	size_t len;
	char *bytes = sitefile_print(a->file, &len, NULL);

	rest_later(a);
	if (bytes)	/* takes the bytes over */
		sitefile_free(sitefile_parse(app_path(a), bytes, len,
		    &a->findings));
}

const struct findings *app_check(struct app *a)
{
	unsigned long now = site_changes(app_site(a)) + 1;
	size_t i, faults;

	if (a->checked == now) {
		if (known_is_due(a))
			known_check(a, a->n_static);
		return &a->findings;
	}
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
	a->findings_no++;
	a->n_static = a->findings.n;
	known_check(a, a->n_static);
	return &a->findings;
}

unsigned long app_findings_no(const struct app *a)
{
	return a->findings_no;
}

void app_reworded(struct app *a)
{
	/* no number of changes, so that the next check makes them */
	if (a->checked)
		a->checked = (unsigned long)-1;
	app_changed(a);
}

/* What keeps the site from being written, in one line; nothing was. */
static bool say_fault(struct app *a, const struct findings *found, struct err *e)
{
	size_t i;

	for (i = 0; e && e->kind == ERR_SITE && i < found->n; i++)
		if (found->list[i].severity == SEVERITY_ERROR)
			return err_kind(e, ERR_SITE,
			    _("%s: nothing was saved: line %ld: %s"),
			    app_path(a), found->list[i].line,
			    found->list[i].message);
	return false;
}

static void saved(struct app *a)
{
	journal_saved(a->journal);
	a->was_faulty = false;
	a->checked = 0;
	rest_later(a);
	findings_done(&a->findings);
	app_changed(a);
}

bool app_save(struct app *a, struct err *e)
{
	struct findings found = { 0 };
	bool ok;

	if (!app_writable(a, e))
		return false;
	if (a->unsavable)
		return err_set(e, _("%s: is no file"), app_path(a));
	ok = sitefile_save(a->file, &found, e) || say_fault(a, &found, e);
	findings_done(&found);
	if (ok)
		saved(a);
	return ok;
}

bool app_save_as(struct app *a, const char *path, bool overwrite, struct err *e)
{
	struct findings found = { 0 };
	bool ok;

	if (!app_writable(a, e))
		return false;
	ok = sitefile_save_as(a->file, path, overwrite, &found, e) ||
	    say_fault(a, &found, e);
	findings_done(&found);
	if (ok) {
		a->unsavable = false;
		saved(a);
	}
	return ok;
}

uint64_t app_digest(const struct app *a)
{
	struct app *kept = (struct app *)a;
	const char *bytes;
	size_t len;
	char hex[65];

	if (!a->file)
		return 0;
	if (a->digested != sitefile_edition(a->file)) {
		bytes = sitefile_original(a->file, &len);
		sha256_hex(bytes, len, hex);
		hex[16] = '\0';
		kept->digest = strtoull(hex, NULL, 16);
		kept->digested = sitefile_edition(a->file);
		rest_later(kept);
	}
	return a->digest;
}
