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

/* ".12.3" -> 12, 3 */
static bool numbers(const char *s, int *revision, int *edition)
{
	char *end;

	if (*s != '.' || s[1] < '1' || s[1] > '9')
		return false;
	*revision = (int)strtol(s + 1, &end, 10);
	*edition = 0;
	if (*end == '.' && end[1] >= '1' && end[1] <= '9')
		*edition = (int)strtol(end + 1, &end, 10);
	return *end == '\0';
}

static void prune(const char *dir, const char *name)
{
	struct kept *list = NULL;
	size_t n = 0, cap = 0, i, len = strlen(name);
	struct dirent *d;
	DIR *folder = opendir(dir);
	int revision, edition;

	if (!folder)
		return;
	while ((d = readdir(folder))) {
		if (strncmp(d->d_name, name, len) != 0 ||
		    !numbers(d->d_name + len, &revision, &edition))
			continue;
		mem_grow(list, n, cap);
		list[n++] = (struct kept){ revision, edition, mem_dup(d->d_name) };
	}
	if (n)
		qsort(list, n, sizeof *list, by_age);
	for (i = 0; i < n; i++) {
		if (i + HISTORY_KEEP < n)
			unlinkat(dirfd(folder), list[i].name, 0);
		free(list[i].name);
	}
	closedir(folder);
	free(list);
}

static bool same(const char *path, const char *bytes, size_t len)
{
	size_t there_len;
	char *there = file_read(path, SITEFILE_MAX, &there_len, NULL);
	bool is = there && there_len == len && memcmp(there, bytes, len) == 0;

	free(there);
	return is;
}

bool history_keep(const char *path, int revision, const char *bytes, size_t len,
    struct err *e)
{
	char real[PATH_MAX], *folder, *dir, *to;
	int edition;
	bool ok;

	if (!realpath(path, real))
		snprintf(real, sizeof real, "%s", path);
	folder = file_dir(real);
	dir = file_join(folder, "history");
	ok = file_mkdirs(dir, 0700, e);
	to = mem_printf("%s/%s.%d", dir, file_name(real), revision);
	for (edition = 1; ok && access(to, F_OK) == 0 && !same(to, bytes, len);
	    edition++) {
		free(to);
		to = mem_printf("%s/%s.%d.%d", dir, file_name(real), revision,
		    edition);
	}
	ok = ok && (access(to, F_OK) == 0 ||
	    file_replace(to, bytes, len, 0600, e));
	if (ok)
		prune(dir, file_name(real));
	free(to);
	free(dir);
	free(folder);
	return ok;
}
