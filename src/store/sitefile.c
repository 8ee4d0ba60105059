/* sitefile - a site and the file it came from; see sitefile.h */
#include "store/sitefile.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/mem.h"
#include "store/history.h"
#include "store/siteload.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct sitefile {
	char *path;
	struct ini *ini;
	struct site *site;
	struct map sections;	/* id -> struct ini_section * */
	struct map buried;	/* id -> the lines of a node that was removed */
	bool faulty, is_new;
	struct stat seen;	/* of the file as it was read or saved; all 0: of none */
};

static struct stat stat_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st : (struct stat){ 0 };
}

struct sitefile *sitefile_parse(const char *name, char *bytes, size_t len,
    struct findings *findings)
{
	struct sitefile *f = mem_new(struct sitefile);
	struct findings unheard = { 0 };
	struct site_load load = { .findings = findings ? findings : &unheard };

	f->path = mem_dup(name);
	f->site = site_new();
	load.site = f->site;
	load.sections = &f->sections;
	f->ini = ini_parse(bytes, len, siteload_fault, &load);
	siteload_run(&load, f->ini);
	f->faulty = load.faulty;
	findings_done(&unheard);
	return f;
}

struct sitefile *sitefile_read(const char *path, struct findings *findings,
    struct err *e)
{
	/* before it is read: a change in between shows */
	struct stat seen = stat_of(path);
	size_t len;
	char *bytes = file_read(path, SITEFILE_MAX, &len, e);
	struct sitefile *f = bytes ? sitefile_parse(path, bytes, len, findings) :
	    NULL;

	if (f)
		f->seen = seen;
	return f;
}

static void make_key(struct site *site)
{
	unsigned char key[32];
	char hex[65];
	size_t i;

	if (getrandom(key, sizeof key, 0) != sizeof key)
		abort();
	for (i = 0; i < sizeof key; i++)
		snprintf(hex + 2 * i, 3, "%02x", key[i]);
	site_set(site, &site_network(site)->node,
	    field_find(network_fields, "SiteKey"), hex, NULL);
}

struct sitefile *sitefile_new(const char *path)
{
	static const char start[] =
	    "; Power control network. Written by amc " VERSION_TEXT ".\n"
	    "[Network]\nFormat=1\nRevision=1\n";
	struct sitefile *f = sitefile_parse(path, mem_dup(start),
	    strlen(start), NULL);

	f->is_new = true;
	make_key(f->site);
	return f;
}

void sitefile_free(struct sitefile *f)
{
	size_t i = 0;
	char *text;

	if (!f)
		return;
	while ((text = map_each(&f->buried, &i)))
		free(text);
	map_done(&f->buried);
	map_done(&f->sections);
	ini_free(f->ini);
	site_free(f->site);
	free(f->path);
	free(f);
}

const char *sitefile_path(const struct sitefile *f)
{
	return f->path;
}

struct site *sitefile_site(const struct sitefile *f)
{
	return f->site;
}

const char *sitefile_original(const struct sitefile *f, size_t *len)
{
	return ini_original(f->ini, len);
}

bool sitefile_faulty(const struct sitefile *f)
{
	return f->faulty;
}

long sitefile_line(const struct sitefile *f, unsigned node,
    const struct field *field)
{
	struct ini_section *s = map_get(&f->sections, node);
	struct ini_key k;

	if (!s)
		return 0;
	if (field && ini_find(s, field->key, &k) && k.line)
		return k.line;
	return ini_section_line(s);
}

static const char *parent_text(const struct node *n, char buf[64])
{
	char section[24];

	snprintf(buf, 64, "%s%s%s", site_section(n->parent->id, section),
	    n->container == IN_ITSELF ? "" : ".", container_key(n->container));
	return buf;
}

/* Drops keys that were given in the file and are not any more. */
static void drop_keys(struct sitefile *f, struct ini_section *s,
    const struct node *n)
{
	const struct field *field;
	struct text value = { 0 };
	struct ini_key k;
	bool doubtful;
	int unused;

	for (field = record_fields(n->kind); field->key; field++) {
		if (field->type == FIELD_PARENT || node_gives(n, field) ||
		    !ini_find(s, field->key, &k))
			continue;
		/*
		 * one that could not be understood stays as it is, and an
		 * empty one that the file had, which gives nothing
		 */
		value.len = 0;
		text_add(&value, "");
		if (value_decode(ini_encoding(f->ini), k.raw, k.raw_len, &value,
		    &doubtful, NULL) && (*value.s || !k.line) &&
		    field_check(field, value.s, &unused, NULL))
			ini_unset(f->ini, s, field->key);
	}
	text_done(&value);
}

/*
 * Does its line mean that already, though maybe in other letters ("007",
 * "UPS")? Then it stays as it is.
 */
static bool says(const struct sitefile *f, const struct ini_section *s,
    const struct node *n, const struct field *field, const char *text)
{
	struct text value = { 0 };
	enum container c;
	struct ini_key k;
	bool doubtful, same;
	int number;

	if ((!field_is_int(field) && field->type != FIELD_PARENT) ||
	    !ini_find(s, field->key, &k))
		return false;
	if (k.raw_len == strlen(text) && memcmp(k.raw, text, k.raw_len) == 0)
		return true;
	text_add(&value, "");
	same = value_decode(ini_encoding(f->ini), k.raw, k.raw_len, &value,
	    &doubtful, NULL);
	if (same && field->type == FIELD_PARENT)
		same = siteload_parent(f->site, value.s, &c) == n->parent &&
		    c == (enum container)n->container;
	else if (same)
		same = field_check(field, value.s, &number, NULL) &&
		    number == field_int(field, n);
	text_done(&value);
	return same;
}

static bool write_keys(struct sitefile *f, struct ini_section *s,
    const struct node *n, struct err *e)
{
	const struct field *field;
	size_t given = 0, keys = 0, at = 0;
	struct ini_key k;
	char buf[64];

	for (field = record_fields(n->kind); field->key; field++) {
		const char *text;

		if (field->type == FIELD_PARENT)
			text = n->parent ? parent_text(n, buf) : NULL;
		else
			text = node_gives(n, field) ?
			    field_text(field, n, buf) : NULL;
		if (!text)
			continue;
		given++;
		if (!says(f, s, n, field, text) &&
		    !ini_set(f->ini, s, field->key, text, e))
			return err_at(e, "%s: %s", node_name(n), field->key);
	}
	while (ini_each(s, &at, &k))
		keys++;
	if (keys > given)
		drop_keys(f, s, n);
	return true;
}

static struct ini_section *later(struct ini_section *a, struct ini_section *b)
{
	return b && (!a || ini_rank(b) > ini_rank(a)) ? b : a;
}

/* The section of a node, made or moved so that siblings stand in their order. */
static struct ini_section *place(struct sitefile *f, const struct node *n,
    struct ini_section *before)
{
	struct ini_section *s = map_get(&f->sections, n->id), *sibling;
	char title[24], *text;

	sibling = n->prev ? map_get(&f->sections, n->prev->id) : NULL;
	if (!s) {
		/* a removal that was undone brings its comments back, too */
		text = map_get(&f->buried, n->id);
		s = text ? ini_add_text(f->ini, later(before, sibling), text) :
		    ini_add(f->ini, later(before, sibling),
		    site_section(n->id, title));
		map_remove(&f->buried, n->id);
		free(text);
		ini_set_tag(s, n->id);
		map_put(&f->sections, n->id, s);
	} else if (sibling && ini_rank(s) < ini_rank(sibling)) {
		ini_move(f->ini, s, later(before, sibling));
	}
	return s;
}

static void remove_sections(struct sitefile *f)
{
	struct ini_section *s, *next;

	for (s = ini_first(f->ini); s; s = next) {
		next = ini_next(s);
		if (ini_tag(s) && !site_find(f->site, ini_tag(s))) {
			map_remove(&f->sections, ini_tag(s));
			map_put(&f->buried, ini_tag(s), ini_section_text(s));
			ini_remove(f->ini, s);
		}
	}
}

/* Brings the document up to the site. */
static bool update(struct sitefile *f, struct err *e)
{
	struct node *n, *top = &site_network(f->site)->node;
	struct ini_section *s = NULL;

	remove_sections(f);
	ini_rerank(f->ini);
	for (n = top; n; n = node_next(n, top)) {
		s = n == top ? map_get(&f->sections, n->id) : place(f, n, s);
		/* without [Network] it is no site file, and none is made of it */
		if (s && !write_keys(f, s, n, e))
			return false;
	}
	return true;
}

static char *print(struct sitefile *f, size_t *len)
{
	struct text out = { 0 };

	ini_print(f->ini, &out);
	*len = out.len;
	return text_take(&out);
}

char *sitefile_print(struct sitefile *f, size_t *len, struct err *e)
{
	return update(f, e) ? print(f, len) : NULL;
}

bool sitefile_looks_changed(const struct sitefile *f)
{
	struct stat now = stat_of(f->path);

	return now.st_ino != f->seen.st_ino || now.st_size != f->seen.st_size ||
	    now.st_mtim.tv_sec != f->seen.st_mtim.tv_sec ||
	    now.st_mtim.tv_nsec != f->seen.st_mtim.tv_nsec;
}

bool sitefile_changed_underneath(const struct sitefile *f, struct err *e)
{
	size_t len, now_len;
	const char *bytes = ini_original(f->ini, &len);
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

static void stamp(struct site *site, int revision)
{
	struct node *n = &site_network(site)->node;
	char text[80];
	time_t now = time(NULL);
	struct tm tm;

	snprintf(text, sizeof text, "%d", revision);
	site_set(site, n, field_find(network_fields, "Revision"), text, NULL);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
	site_set(site, n, field_find(network_fields, "Saved"), text, NULL);
	if (gethostname(text, 64) == 0) {
		text[63] = '\0';
		site_set(site, n, field_find(network_fields, "SavedBy"), text, NULL);
	}
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
	struct ini_section *s = map_get(&f->sections, top->id);
	char *bytes;

	*fresh = NULL;
	if (s && !write_keys(f, s, top, e))
		return NULL;
	bytes = print(f, len);
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

bool sitefile_save(struct sitefile *f, struct findings *findings, struct err *e)
{
	struct sitefile *fresh = NULL;
	size_t len, old_len;
	const char *old = ini_original(f->ini, &old_len);
	int revision = site_network(f->site)->revision, lock = -1;
	bool ok = false, was_new = f->is_new;
	struct ini *ini;
	struct map sections;
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
	if (!was_new)
		stamp(f->site, revision + 1);
	else
		stamp(f->site, revision);
	bytes = prove(f, &fresh, findings, &len, e);
	if (!bytes)
		goto out;
	lock = file_lock(f->path, e);
	if (lock < 0 || sitefile_changed_underneath(f, e))
		goto out;
	ok = replace(f->path, revision, was_new ? NULL : old, old_len, bytes,
	    len, e);
	if (!ok)
		goto out;
	/* from here on the document is the one that was saved */
	ini = f->ini;
	sections = f->sections;
	f->ini = fresh->ini;
	f->sections = fresh->sections;
	fresh->ini = ini;
	fresh->sections = sections;
	f->is_new = f->faulty = false;
	f->seen = stat_of(f->path);
out:
	if (!ok)
		stamp(f->site, revision);
	file_unlock(lock, f->path);
	sitefile_free(fresh);
	free(bytes);
	return ok;
}
