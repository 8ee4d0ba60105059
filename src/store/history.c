/* history - the last 50 revisions of a site file; see history.h */
#include "store/history.h"
#include "base/file.h"
#include "base/mem.h"
#include "store/sitefile.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct kept {
	int revision, edition;	/* .12 is 12, 0; .12.3 is 12, 3 */
	char *name;
};

static int by_age(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	if (x->revision != y->revision)
		return x->revision < y->revision ? -1 : 1;
	return (x->edition > y->edition) - (x->edition < y->edition);
}

/* ".12.3" -> 12, 3. Not ".20261126140000": a copy that somebody named by the time. */
static bool numbers(const char *s, int *revision, int *edition)
{
	long most = field_find(network_fields, "Revision")->max, first, second = 0;
	char *end;

	if (*s != '.' || s[1] < '0' || s[1] > '9' ||
	    (s[1] == '0' && s[2] && s[2] != '.'))
		return false;
	first = strtol(s + 1, &end, 10);
	if (*end == '.' && end[1] >= '1' && end[1] <= '9')
		second = strtol(end + 1, &end, 10);
	if (*end || first > most || second > most)
		return false;
	*revision = (int)first;
	*edition = (int)second;
	return true;
}

/* What is kept of name, by age; the list and its names are yours to free. */
static struct kept *list_of(const char *dir, const char *name, size_t *n)
{
	struct kept *list = NULL;
	size_t cap = 0, len = strlen(name);
	struct dirent *d;
	DIR *folder = opendir(dir);
	int revision, edition;

	*n = 0;
	if (!folder)
		return NULL;
	while ((d = readdir(folder))) {
		if (strncmp(d->d_name, name, len) != 0 ||
		    !numbers(d->d_name + len, &revision, &edition))
			continue;
		mem_grow(list, *n, cap);
		list[(*n)++] = (struct kept){ revision, edition,
			file_join(dir, d->d_name) };
	}
	closedir(folder);
	if (*n)
		qsort(list, *n, sizeof *list, by_age);
	return list;
}

static void list_free(struct kept *list, size_t n)
{
	while (n > 0)
		free(list[--n].name);
	free(list);
}

static void prune(const char *dir, const char *name)
{
	size_t n, i;
	struct kept *list = list_of(dir, name, &n);

	for (i = 0; i + HISTORY_KEEP < n; i++)
		unlink(list[i].name);
	list_free(list, n);
}

static bool same(const char *path, const char *bytes, size_t len)
{
	size_t there_len;
	char *there = file_read(path, SITEFILE_MAX, &there_len, NULL);
	bool is = there && there_len == len && memcmp(there, bytes, len) == 0;

	free(there);
	return is;
}

/*
 * The name for these bytes, behind all others of their revision: a number that
 * was pruned is not used again, or the newest would pass for the oldest. NULL
 * if the last one is the same. Yours to free.
 */
static char *name_for(const char *dir, const char *name, int revision,
    const char *bytes, size_t len)
{
	size_t n, i;
	struct kept *list = list_of(dir, name, &n), *last = NULL;
	char *to = NULL;

	for (i = 0; i < n; i++)
		if (list[i].revision == revision)
			last = &list[i];
	if (!last)
		to = mem_printf("%s/%s.%d", dir, name, revision);
	else if (!same(last->name, bytes, len))
		to = mem_printf("%s/%s.%d.%d", dir, name, revision,
		    last->edition + 1);
	list_free(list, n);
	return to;
}

/* The folder of path's history, and path's own name, also behind a link. */
static char *folder_of(const char *path, char **name)
{
	char real[PATH_MAX], *folder, *dir;

	if (!realpath(path, real))
		snprintf(real, sizeof real, "%s", path);
	folder = file_dir(real);
	dir = file_join(folder, "history");
	*name = mem_dup(file_name(real));
	free(folder);
	return dir;
}

bool history_keep(const char *path, int revision, const char *bytes, size_t len,
    struct err *e)
{
	char *name, *dir = folder_of(path, &name), *to = NULL;
	bool ok = file_mkdirs(dir, 0700, e);

	if (ok)
		to = name_for(dir, name, revision, bytes, len);
	if (to)
		ok = file_replace(to, bytes, len, 0600, e);
	if (ok)
		prune(dir, name);
	file_sweep(dir, name);
	free(to);
	free(dir);
	free(name);
	return ok;
}

struct history_entry *history_list(const char *path, size_t *n)
{
	char *name, *dir = folder_of(path, &name);
	struct kept *kept = list_of(dir, name, n);
	struct history_entry *list = mem_zero(*n + 1, sizeof *list);
	size_t i, prefix = strlen(dir) + 1 + strlen(name) + 1;
	struct stat st;

	for (i = 0; i < *n; i++) {
		struct history_entry *one = &list[*n - 1 - i];

		one->path = mem_dup(kept[i].name);
		one->name = mem_dup(kept[i].name + prefix);
		if (stat(one->path, &st) == 0) {
			one->size = st.st_size;
			one->kept = st.st_mtime;
		}
	}
	list_free(kept, *n);
	free(dir);
	free(name);
	return list;
}

int history_latest(const char *path)
{
	char *name, *dir = folder_of(path, &name);
	size_t n;
	struct kept *kept = list_of(dir, name, &n);
	int latest = n ? kept[n - 1].revision : 0;

	list_free(kept, n);
	free(dir);
	free(name);
	return latest;
}

void history_free(struct history_entry *list, size_t n)
{
	while (n > 0) {
		free(list[--n].name);
		free(list[n].path);
	}
	free(list);
}

char *history_path(const char *path, const char *revision)
{
	char *name, *dir = folder_of(path, &name);
	char *to = mem_printf("%s/%s.%s", dir, name, revision);

	free(dir);
	free(name);
	return to;
}
