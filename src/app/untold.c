/* untold - what was done and not yet told, in files; see untold.h */
#include "app/untold.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"
#include "peer/trust.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX = 8192, SITE = 17 };
enum { DIGITS = 13, NEW_MS = 60000, TOLD_PATHS = 3 };

static const char aside[] = "damaged-";

static char *folder(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state && *state == '/')
		return mem_printf("%s/amc/untold", state);
	return mem_printf("%s/.local/state/amc/untold", home ? home : "");
}

static void name_site(const struct site *site, char name[SITE])
{
	char *key = mem_printf("amc.untold %s", site_network(site)->site_key), hex[65];

	sha256_hex(key, strlen(key), hex);
	snprintf(name, SITE, "%.16s", hex);
	explicit_bzero(key, strlen(key));
	free(key);
}

/* By their names the oldest are first. */
static char *new_path(const char *dir)
{
	static unsigned count;

	return mem_printf("%s/%013lld-%07d-%06u", dir, (long long)utc_now(), (int)getpid(),
	    count++);
}

/* Not synced: a program that is killed loses nothing, and a machine that falls only an echo. */
static bool write_new(const char *path, const char *text, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ssize_t n = fd >= 0 ? write(fd, text, strlen(text)) : -1;
	bool ok = n == (ssize_t)strlen(text);

	if (n >= 0 && !ok)
		errno = ENOSPC;
	if (!ok)
		err_errno(e, path);
	if (fd >= 0)
		close(fd);
	if (fd >= 0 && !ok)
		unlink(path);
	return ok;
}

static void keep(struct untold *u, const struct site *site)
{
	char *dir = folder(), *text, name[SITE];
	struct json *j = json_new_object();
	struct err e = { .text = "" };

	name_site(site, name);
	json_put_text(j, "site", name);
	json_put_int(j, "terminal", u->terminal);
	for (int i = 0; i < HERALD_WORDS; i++)
		if (u->words[i])
			json_put_text(j, herald_keys[i], u->words[i]);
	text = json_print(j);
	u->path = new_path(dir);
	/* what cannot be kept is told while this program runs */
	if (!file_mkdirs(dir, 0700, &e) || !write_new(u->path, text, &e)) {
		u->trouble = mem_dup(e.text);
		free(u->path);
		u->path = NULL;
	}
	json_free(j);
	free(text);
	free(dir);
}

/* A card or a user may have put anything into it: here, in the file and when told the same. */
static char *line_of(const char *word)
{
	size_t size = strlen(word) + 1;
	char *line = mem_zero(size, 1);

	text_show(line, size, word);
	return line;
}

struct untold *untold_new(const struct site *site, unsigned terminal,
    const char *const words[HERALD_WORDS], bool kept)
{
	struct untold *u = mem_new(struct untold);

	u->terminal = terminal;
	for (int i = 0; i < HERALD_WORDS; i++)
		u->words[i] = words[i] ? line_of(words[i]) : NULL;
	if (kept)
		keep(u, site);
	return u;
}

/* Has it all that keep() puts into one? */
static bool is_whole(const struct json *j)
{
	double terminal = json_get_number(j, "terminal", 0);
	int64_t at;
	bool ok = json_get_text(j, "site") && terminal >= 1 && terminal <= UINT_MAX;

	for (int i = HERALD_TIME; i < HERALD_KEY; i++)
		ok = ok && json_get_text(j, herald_keys[i]);
	return ok && utc_parse(json_get_text(j, herald_keys[HERALD_TIME]), 0, &at);
}

static struct untold *one_of(const struct json *j, const char *path)
{
	struct untold *u = mem_new(struct untold);

	u->terminal = (unsigned)json_get_number(j, "terminal", 0);
	u->path = mem_dup(path);
	for (int i = HERALD_TIME; i < HERALD_WORDS; i++) {
		const char *word = json_get_text(j, herald_keys[i]);

		u->words[i] = word ? mem_dup(word) : NULL;
	}
	return u;
}

/* NULL when it is of another site, or of none: *whole is false then. */
static struct untold *read_one(const char *path, const char *site, bool *whole)
{
	struct stat st;
	size_t len;
	char *text = file_read(path, FILE_MAX, &len, NULL);
	struct json *j = text ? json_parse(text, len, NULL) : NULL;
	struct untold *u = NULL;

	/* what cannot be opened now, for want of rights or descriptors, is not judged */
	*whole = text ? j && is_whole(j) : stat(path, &st) < 0 || st.st_size <= FILE_MAX;
	if (j && *whole && strcmp(json_get_text(j, "site"), site) == 0)
		u = one_of(j, path);
	json_free(j);
	free(text);
	return u;
}

/* Our name, behind what is put before that of one which was put aside; NULL: none. */
static const char *number_in(const char *name)
{
	if (strncmp(name, aside, strlen(aside)) == 0)
		name += strlen(aside);
	return strlen(name) > DIGITS && strspn(name, "0123456789") == DIGITS ? name : NULL;
}

static int is_ours(const struct dirent *d)
{
	return number_in(d->d_name) != NULL;
}

static int by_age(const struct dirent **a, const struct dirent **b)
{
	return strcmp(number_in((*a)->d_name), number_in((*b)->d_name));
}

/* Those that were found damaged: where they lie now, as far as they are told. */
struct damage {
	size_t n;
	struct text paths;
};

/* One that is new may just be written by another program, and one that is gone was told. */
static void put_aside(const char *dir, const char *name, struct damage *d)
{
	char *path = file_join(dir, name), *to = mem_printf("%s/%s%s", dir, aside, name);
	int64_t age = utc_now() - atoll(name);
	bool is_new = age > -NEW_MS && age < NEW_MS;

	/* where nothing can be put aside it is told with each start, rather than never */
	if (!is_new && (rename(path, to) == 0 || errno != ENOENT) && ++d->n <= TOLD_PATHS)
		text_printf(&d->paths, "%s%s", d->n > 1 ? ", " : "",
		    access(to, F_OK) == 0 ? to : path);
	free(path);
	free(to);
}

static char *damage_words(struct damage *d)
{
	char *words;

	if (!d->n)
		return NULL;
	if (d->n > TOLD_PATHS)
		text_add(&d->paths, ", ...");
	words = mem_printf(ngettext("%zu act that waited to be told to a terminal is damaged and "
	    "lies aside: %s", "%zu acts that waited to be told to terminals are damaged and lie "
	    "aside: %s", d->n), d->n, d->paths.s);
	text_done(&d->paths);
	return words;
}

size_t untold_read(const struct site *site, struct untold **list, char **damaged)
{
	int64_t oldest = utc_now() - (int64_t)UNTOLD_DAYS * 24 * 3600 * 1000;
	char *dir = folder(), name[SITE];
	struct damage damage = { 0 };
	struct dirent **files;
	int n = scandir(dir, &files, is_ours, by_age);
	size_t count = 0;

	name_site(site, name);
	*list = NULL;
	for (int i = 0; i < n; i++) {
		char *path = file_join(dir, files[i]->d_name);
		bool is_aside = number_in(files[i]->d_name) != files[i]->d_name, whole = true;
		struct untold *u = NULL;

		if (n - i > UNTOLD_MAX || atoll(number_in(files[i]->d_name)) < oldest)
			unlink(path);
		else if (!is_aside)
			u = read_one(path, name, &whole);
		if (!whole)
			put_aside(dir, files[i]->d_name, &damage);
		if (u) {
			count++;
			*list = u;
			list = &u->next;
		}
		free(path);
		free(files[i]);
	}
	if (n >= 0)
		free(files);
	free(dir);
	*damaged = damage_words(&damage);
	return count;
}

bool untold_is_gone(const struct untold *u)
{
	return u->path && access(u->path, F_OK) != 0 && errno == ENOENT;
}

void untold_free(struct untold *u)
{
	for (int i = 0; i < HERALD_WORDS; i++)
		free(u->words[i]);
	free(u->path);
	free(u->trouble);
	free(u);
}

void untold_over(struct untold *u)
{
	if (u->path)
		unlink(u->path);
	untold_free(u);
}
