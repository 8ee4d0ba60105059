/* untold - what was done and not yet told, in files; see untold.h */
#include "app/untold.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"
#include "peer/trust.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAME = 40, FILE_MAX = 8192, SITE = 17 };

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

/* NULL when it is of another site, or none of ours. */
static struct untold *read_one(const char *path, const char *site)
{
	size_t len;
	char *text = file_read(path, FILE_MAX, &len, NULL);
	struct json *j = text ? json_parse(text, len, NULL) : NULL;
	const char *name = j ? json_get_text(j, "site") : NULL;
	struct untold *u = NULL;

	if (name && strcmp(name, site) == 0) {
		u = mem_new(struct untold);
		u->terminal = (unsigned)json_get_number(j, "terminal", 0);
		u->path = mem_dup(path);
		for (int i = HERALD_TIME; i < HERALD_WORDS; i++) {
			const char *word = json_get_text(j, herald_keys[i]);

			u->words[i] = word ? mem_dup(word) : i < HERALD_KEY ? mem_dup("") : NULL;
		}
	}
	json_free(j);
	free(text);
	return u;
}

static int is_ours(const struct dirent *d)
{
	return strlen(d->d_name) > 13 && strspn(d->d_name, "0123456789") == 13;
}

size_t untold_read(const struct site *site, struct untold **list)
{
	int64_t oldest = utc_now() - (int64_t)UNTOLD_DAYS * 24 * 3600 * 1000;
	char *dir = folder(), name[SITE];
	struct dirent **files;
	int n = scandir(dir, &files, is_ours, alphasort);
	size_t count = 0;

	name_site(site, name);
	*list = NULL;
	for (int i = 0; i < n; i++) {
		char *path = file_join(dir, files[i]->d_name);
		struct untold *u = NULL;

		if (n - i > UNTOLD_MAX || atoll(files[i]->d_name) < oldest)
			unlink(path);
		else
			u = read_one(path, name);
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
