/* sitefile - saving: what is replaced, and by what; see sitefile.h */
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utc.h"
#include "store/history.h"
#include "store/siteopen.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool sitefile_looks_changed(const struct sitefile *f)
{
	struct stat now = siteopen_stat(f->path);

	return now.st_ino != f->seen.st_ino || now.st_size != f->seen.st_size ||
	    now.st_mtim.tv_sec != f->seen.st_mtim.tv_sec ||
	    now.st_mtim.tv_nsec != f->seen.st_mtim.tv_nsec;
}

bool sitefile_changed_underneath(const struct sitefile *f, struct err *e)
{
	size_t len, now_len;
	const char *bytes = sitefile_original(f, &len);
	char *now;
	bool same;

	if (access(f->path, F_OK) < 0 && errno == ENOENT) {
		if (f->is_new)
			return false;
		err_kind(e, ERR_REFUSED, _("%s: the file is gone since it was read"),
		    f->path);
		return true;
	}
	now = f->is_new ? NULL : file_read(f->path, SITEFILE_MAX, &now_len, NULL);
	same = now && now_len == len && memcmp(now, bytes, len) == 0;
	free(now);
	if (!same)
		err_kind(e, ERR_REFUSED,
		    _("%s: the file was changed by somebody else since it was read; nothing was saved"),
		    f->path);
	return !same;
}

/* False and words when there is no such revision: they have come to their end. */
static bool stamp(struct site *site, int revision, struct err *e)
{
	struct node *n = &site_network(site)->node;
	char text[80];

	snprintf(text, sizeof text, "%d", revision);
	if (!site_set(site, n, field_find(network_fields, "Revision"), text, e))
		return false;
	utc_print(utc_now(), text);
	site_set(site, n, field_find(network_fields, "Saved"), text, NULL);
	if (gethostname(text, 64) == 0) {
		text[63] = '\0';
		site_set(site, n, field_find(network_fields, "SavedBy"), text, NULL);
	}
	return true;
}

/* The stamp as it was, for a save that fails: what says "saved" must have been. */
struct stamped {
	char *text[4];	/* in the order of the fields; NULL: not given */
};

static void stamp_keep(const struct site *site, struct stamped *was)
{
	const struct node *n = &site_network(site)->node;
	const struct field *f;
	char buf[16];
	int i = 0;

	for (f = network_fields; f->key; f++)
		if (f->flags & FIELD_STAMP)
			was->text[i++] = node_gives(n, f) ? mem_dup(field_text(f, n, buf)) : NULL;
}

static void stamp_restore(struct site *site, const struct stamped *was)
{
	struct node *n = &site_network(site)->node;
	const struct field *f;
	int i = 0;

	for (f = network_fields; f->key; f++) {
		if (!(f->flags & FIELD_STAMP))
			continue;
		if (was->text[i])
			site_set(site, n, f, was->text[i], NULL);
		else
			site_unset(site, n, f);
		i++;
	}
}

static void stamped_done(struct stamped *was)
{
	for (size_t i = 0; i < sizeof was->text / sizeof *was->text; i++)
		free(was->text[i]);
}

/* The number of the file in place, for the history. */
static int revision_of(const char *bytes, size_t len)
{
	struct sitefile *f = sitefile_parse("", mem_ndup(bytes, len), len, NULL);
	int revision = site_network(f->site)->revision;

	sitefile_free(f);
	return revision;
}

/* old, of that revision, goes into the history; NULL: there is none. */
static bool replace(const char *path, int revision, const char *old,
    size_t old_len, const char *bytes, size_t len, struct err *e)
{
	char *real = realpath(path, NULL), *dir = file_dir(real ? real : path);

	file_sweep(dir, file_name(real ? real : path));
	free(dir);
	free(real);
	return (!old || history_keep(path, revision, old, old_len, e)) &&
	    file_replace(path, bytes, len, 0600, e);
}

bool sitefile_put(const char *path, const char *bytes, size_t len, struct err *e)
{
	size_t old_len = 0;
	char *old = NULL;
	int lock = file_lock(path, e);
	bool ok = lock >= 0;

	if (ok && access(path, F_OK) == 0) {
		old = file_read(path, SITEFILE_MAX, &old_len, e);
		ok = old != NULL;
	}
	if (!old || old_len != len || memcmp(old, bytes, len) != 0)
		ok = ok && replace(path, old ? revision_of(old, old_len) : 0,
		    old, old_len, bytes, len, e);
	free(old);
	file_unlock(lock, path);
	return ok;
}

/*
 * The bytes to save with their new stamp, proven to be read as what they mean;
 * NULL and words. All else is in the document already.
 */
static char *prove(struct sitefile *f, struct sitefile **fresh,
    struct findings *findings, size_t *len, struct err *e)
{
	const struct node *top = &site_network(f->site)->node;
	ini_section s = ini_tagged(f->ini, top->id);
	char *bytes;

	*fresh = NULL;
	if (s && !siteopen_write(f, s, top, e))
		return NULL;
	bytes = siteopen_print(f, len);
	*fresh = sitefile_parse(f->path, mem_ndup(bytes, *len), *len, findings);
	if ((*fresh)->faulty) {
		err_kind(e, ERR_SITE, _("%s: the file has faults; nothing was saved"),
		    f->path);
		sitefile_free(*fresh);
		*fresh = NULL;
		free(bytes);
		return NULL;
	}
	return bytes;
}

/* From here on the document is the one that was saved at f's path. */
static void saved(struct sitefile *f, struct sitefile *fresh)
{
	siteopen_swap(f, fresh);
	f->is_new = f->faulty = false;
	f->edition = siteopen_edition();
	f->seen = siteopen_stat(f->path);
	free(f->on_disk);
	f->on_disk = NULL;
}

/*
 * Later than all that there ever was. A file that was broken, emptied or put back by hand
 * tells an old number or none: what it was before had the one behind those that are kept,
 * and what is saved over it must not look as old as that to those who hold it.
 */
static int next_revision(const struct sitefile *f, int revision)
{
	int kept = history_latest(f->path), last = revision < kept ? kept + 1 : revision;

	return (f->surpassed > last ? f->surpassed : last) + 1;
}

void sitefile_surpass(struct sitefile *f, int revision)
{
	f->surpassed = revision;
}

bool sitefile_save(struct sitefile *f, struct findings *findings, struct err *e)
{
	struct sitefile *fresh = NULL;
	size_t len, old_len;
	const char *old = sitefile_original(f, &old_len);
	int revision = site_network(f->site)->revision, lock = -1;
	bool ok = false, was_new = f->is_new;
	struct stamped was = { .text = { NULL } };
	char *bytes = sitefile_print(f, &len, e);

	if (!bytes)
		return false;
	/* in a faulty file there may be no place for what was edited */
	if (!was_new && !f->faulty && len == old_len &&
	    memcmp(bytes, old, len) == 0) {
		free(bytes);
		return true;
	}
	free(bytes);
	stamp_keep(f->site, &was);
	bytes = stamp(f->site, was_new ? revision : next_revision(f, revision), e) ?
	    prove(f, &fresh, findings, &len, e) : NULL;
	if (!bytes)
		goto out;
	lock = file_lock(f->path, e);
	if (lock < 0 || sitefile_changed_underneath(f, e))
		goto out;
	ok = replace(f->path, revision, was_new ? NULL : old, old_len, bytes,
	    len, e);
	if (ok)
		saved(f, fresh);
out:
	if (!ok)
		stamp_restore(f->site, &was);
	stamped_done(&was);
	file_unlock(lock, f->path);
	sitefile_free(fresh);
	free(bytes);
	return ok;
}

/* Do both paths lead to one file? */
static bool same_file(const char *a, const char *b)
{
	struct stat x = siteopen_stat(a), y = siteopen_stat(b);

	return x.st_ino && x.st_ino == y.st_ino && x.st_dev == y.st_dev;
}

bool sitefile_save_as(struct sitefile *f, const char *path, bool overwrite,
    struct findings *findings, struct err *e)
{
	bool there = access(path, F_OK) == 0, ok = false;
	int revision = site_network(f->site)->revision, next = revision, old_revision = 0;
	struct sitefile *fresh = NULL;
	char *old = NULL, *bytes = NULL;
	struct stamped was = { .text = { NULL } };
	size_t old_len = 0, len;
	int lock = -1;

	if (same_file(path, f->path))
		return err_set(e, _("%s: is the open file itself: save it"), path);
	if (there && !overwrite)
		return err_kind(e, ERR_REFUSED, _("%s: is there already"), path);
	lock = file_lock(path, e);
	if (lock < 0 || (there && !(old = file_read(path, SITEFILE_MAX, &old_len, e))))
		goto out;
	if (old) {	/* the numbers in its history go on */
		old_revision = revision_of(old, old_len);
		next = old_revision >= revision ? old_revision + 1 : revision;
	}
	bytes = sitefile_print(f, &len, e);
	if (!bytes)
		goto out;
	free(bytes);
	stamp_keep(f->site, &was);
	bytes = stamp(f->site, next, e) ? prove(f, &fresh, findings, &len, e) : NULL;
	/* one that others could read is not given secrets */
	ok = bytes && (!there || chmod(path, 0600) == 0 || err_errno(e, path)) &&
	    replace(path, old_revision, old, old_len, bytes, len, e);
	if (ok) {
		free(f->path);
		f->path = mem_dup(path);
		saved(f, fresh);
	} else {
		stamp_restore(f->site, &was);
	}
out:
	stamped_done(&was);
	file_unlock(lock, path);
	sitefile_free(fresh);
	free(bytes);
	free(old);
	return ok;
}
