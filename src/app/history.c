/* history - the revisions of a site's file; see history.h */
#include "app/history.h"
#include "app/context.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool revisions_list(struct revisions *r, const char *path, struct err *e)
{
	struct history_entry *kept;
	struct stat st;
	size_t n, i;

	if (stat(path, &st) < 0)
		return err_errno(e, path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, _("%s: not a regular file"), path);
	kept = history_list(path, &n);
	r->list = mem_zero(n + 1, sizeof *r->list);
	r->n = n + 1;
	r->list[0] = (struct revision){ .name = mem_dup(""), .current = true,
		.path = mem_dup(path), .size = st.st_size };
	for (i = 0; i < n; i++)
		r->list[i + 1] = (struct revision){ .name = mem_dup(kept[i].name),
			.path = mem_dup(kept[i].path), .size = kept[i].size };
	history_free(kept, n);
	return true;
}

static struct site *read_site(struct revision *one)
{
	struct err e;
	size_t len;
	char *bytes = file_read(one->path, SITEFILE_MAX, &len, &e);
	struct sitefile *f;
	struct site *copy;

	if (!bytes) {
		free(one->fault);
		one->fault = mem_dup(e.text);
		return NULL;
	}
	f = sitefile_parse(one->path, bytes, len, NULL);
	copy = site_copy(sitefile_site(f));
	sitefile_free(f);
	return copy;
}

static void count(struct revision *one, const struct site *older,
    const struct site *newer)
{
	struct changes changes = { 0 };
	size_t i;

	diff_sites(older, newer, &changes);
	for (i = 0; i < changes.n; i++)
		one->n[changes.list[i].kind]++;
	changes_done(&changes);
}

void revisions_look(struct revisions *r, size_t i)
{
	struct revision *one = &r->list[i];
	struct site *site;

	if (one->looked)
		return;
	one->looked = true;
	site = read_site(one);
	if (!site)
		return;
	text_copy(one->saved, sizeof one->saved, site_network(site)->saved);
	text_copy(one->by, sizeof one->by, site_network(site)->saved_by);
	if (one->current) {
		free(one->name);
		one->name = mem_printf("%d", site_network(site)->revision);
	}
	if (i > 0 && (!r->newer || r->newer_at != i - 1)) {
		site_free(r->newer);
		r->newer = read_site(&r->list[i - 1]);
	}
	if (i > 0 && r->newer)
		count(one, site, r->newer);
	site_free(r->newer);
	r->newer = site;
	r->newer_at = i;
}

void revisions_done(struct revisions *r)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		free(r->list[i].name);
		free(r->list[i].path);
		free(r->list[i].fault);
	}
	free(r->list);
	site_free(r->newer);
	*r = (struct revisions){ 0 };
}

const char *revision_word(const struct revision *one, char *buf, size_t size)
{
	struct text words = { 0 };

	if (one->current || !one->looked || one->fault) {
		text_copy(buf, size, one->fault ? one->fault : "-");
		return buf;
	}
	if (one->n[CHANGE_ADDED])
		text_printf(&words, _(", %zu added"), one->n[CHANGE_ADDED]);
	if (one->n[CHANGE_REMOVED])
		text_printf(&words, _(", %zu removed"), one->n[CHANGE_REMOVED]);
	if (one->n[CHANGE_MOVED])
		text_printf(&words, _(", %zu moved"), one->n[CHANGE_MOVED]);
	if (one->n[CHANGE_SET])
		text_printf(&words, _(", %zu set"), one->n[CHANGE_SET]);
	if (one->n[CHANGE_ORDER])
		text_printf(&words, _(", %zu reordered"), one->n[CHANGE_ORDER]);
	text_copy(buf, size, words.s ? words.s + 2 : _("no setting"));
	text_done(&words);
	return buf;
}

char *revision_path(const char *path, const char *name)
{
	return history_path(path, name);
}

/* Of one word a folder may be the namesake of a terminal, and is no site. */
static bool is_there(const char *name)
{
	struct stat st;

	return stat(name, &st) == 0 && (strchr(name, '/') || !S_ISDIR(st.st_mode));
}

char *revision_named(const char *name)
{
	const char *at = strrchr(name, '@');
	char *file, *path;

	if (is_there(name))
		return mem_dup(name);
	if (!at || !at[1] || strspn(at + 1, "0123456789.") != strlen(at + 1))
		return NULL;
	file = mem_ndup(name, (size_t)(at - name));
	path = revision_path(file, at + 1);
	/* there is no such file at all: it may name a terminal */
	if (*file && !strchr(file, '/') && !is_there(file) && access(path, F_OK) != 0) {
		free(path);
		path = NULL;
	}
	free(file);
	return path;
}

bool revision_propose(struct app *a, const char *name, struct proposal *p,
    struct err *e)
{
	char *path, *bytes;
	size_t len;
	bool ok;

	if (!*name || strspn(name, "0123456789.") != strlen(name))
		return err_kind(e, ERR_USAGE,
		    _("%s: is no revision: a number as amc history prints it"), name);
	path = history_path(app_path(a), name);
	if (access(path, F_OK) < 0) {
		err_set(e, _("%s: there is no revision %s; amc history tells which there are"),
		    app_path(a), name);
		free(path);
		return false;
	}
	bytes = file_read(path, SITEFILE_MAX, &len, e);
	ok = bytes && proposal_text(a, path, bytes, len, p, e);
	free(bytes);
	free(path);
	return ok;
}

bool revision_compare(struct app *a, const char *name, struct changes *changes,
    struct err *e)
{
	char *full = *name == '@' ? mem_printf("%s%s", app_path(a), name) : NULL;
	char *path = revision_named(full ? full : name);
	struct sitefile *f = path ? sitefile_read(path, NULL, e) : NULL;
	bool ok;

	if (f)
		diff_sites(sitefile_site(f), app_site(a), changes);
	else if (!path || access(path, F_OK) < 0)
		err_set(e, _("%s: there is no such file"), full ? full : name);
	ok = f != NULL;
	sitefile_free(f);
	free(path);
	free(full);
	return ok;
}
