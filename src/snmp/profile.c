/* profile - what a maker's card calls things; see profile.h */
#include "snmp/profile.h"
#include "snmp/profile-xml.h"
#include "base/embed.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* A profile is some kilobytes. */
#define FILE_MOST ((size_t)1024 * 1024)

struct profiles {
	struct profile **list;
	size_t n, cap;
	int sources;		/* folders that were added */
	struct pool pool;	/* every string of every profile */
};

bool profile_in(const struct profile_ranges *r, int64_t n)
{
	for (size_t i = 0; i < r->n; i++)
		if (n >= r->list[i].from && n <= r->list[i].to)
			return true;
	return false;
}

/* Takes its place, or that of one with the same id from another source. */
static bool put(struct profiles *all, struct profile *p, struct err *e)
{
	for (size_t i = 0; i < all->n; i++) {
		if (strcmp(all->list[i]->id, p->id))
			continue;
		if (all->list[i]->source == p->source) {
			err_set(e, _("%s: %s has the profile %s already"), p->file,
			    all->list[i]->file, p->id);
			profile_free(p);
			return false;
		}
		profile_free(all->list[i]);
		all->list[i] = p;
		return true;
	}
	mem_grow(all->list, all->n, all->cap);
	all->list[all->n++] = p;
	return true;
}

static bool load(struct profiles *all, const char *name, const char *bytes,
    size_t len, int source, struct err *e)
{
	struct profile *p = profile_read(&all->pool, name, bytes, len, e);

	if (!p)
		return false;
	p->file = pool_put(&all->pool, name);
	p->source = source;
	return put(all, p, e);
}

static int is_xml(const struct dirent *d)
{
	size_t len = strlen(d->d_name);

	return *d->d_name != '.' && len > 4 && strcmp(d->d_name + len - 4, ".xml") == 0;
}

static bool load_file(struct profiles *all, const char *dir, const char *file,
    int source, struct err *e)
{
	char *path = file_join(dir, file);
	size_t len;
	char *bytes = file_read(path, FILE_MOST, &len, e);
	bool ok = bytes && load(all, path, bytes, len, source, e);

	free(bytes);
	free(path);
	return ok;
}

static int by_rank(const void *x, const void *y)
{
	const struct profile *a = *(struct profile *const *)x;
	const struct profile *b = *(struct profile *const *)y;

	return a->rank != b->rank ? (a->rank > b->rank) - (a->rank < b->rank) :
	    strcmp(a->id, b->id);
}

static void sort(struct profiles *all)
{
	if (all->n)
		qsort(all->list, all->n, sizeof(struct profile *), by_rank);
}

bool profiles_add(struct profiles *all, const char *dir, struct err *e)
{
	int source = ++all->sources;
	struct dirent **names;
	int n = scandir(dir, &names, is_xml, alphasort);
	bool ok = true;

	if (n < 0)
		return err_errno(e, dir);
	for (int i = 0; i < n; i++) {
		ok = ok && load_file(all, dir, names[i]->d_name, source, e);
		free(names[i]);
	}
	free(names);
	sort(all);
	return ok;
}

struct profiles *profiles_load(const char *dir, struct err *e)
{
	struct profiles *all = mem_new(struct profiles);
	const struct embed *f;
	bool ok = true;

	for (f = embed_files; f->name && ok; f++)
		if (strncmp(f->name, "profiles/", 9) == 0)
			ok = load(all, f->name, (const char *)f->bytes, f->len, 0, e);
	sort(all);
	ok = ok && (!dir || profiles_add(all, dir, e));
	if (!ok) {
		profiles_free(all);
		return NULL;
	}
	return all;
}

void profiles_free(struct profiles *all)
{
	if (!all)
		return;
	for (size_t i = 0; i < all->n; i++)
		profile_free(all->list[i]);
	free(all->list);
	pool_done(&all->pool);
	free(all);
}

bool profiles_known(const struct profiles *all, const char *id)
{
	return strcmp(id, "auto") == 0 || profiles_find(all, id);
}

size_t profiles_count(const struct profiles *all)
{
	return all->n;
}

const struct profile *profiles_at(const struct profiles *all, size_t i)
{
	return all->list[i];
}

const struct profile *profiles_find(const struct profiles *all, const char *id)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->list[i]->id, id) == 0)
			return all->list[i];
	return NULL;
}
