/* sending - a sending that was begun; see sending.h */
#include "app/sending.h"
#include "app/pins.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utc.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A name for each site file; yours to free. */
static char *path_of(const struct app *a)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	char real[PATH_MAX], hex[65];

	if (!realpath(app_path(a), real))
		snprintf(real, sizeof real, "%s", app_path(a));
	sha256_hex(real, strlen(real), hex);
	hex[16] = '\0';
	return state && *state == '/' ? mem_printf("%s/amc/sending-%s", state, hex) :
	    mem_printf("%s/.local/state/amc/sending-%s", home ? home : "", hex);
}

void sending_begin(const struct app *a)
{
	char *path = path_of(a), *dir = file_dir(path), at[UTC_SIZE];
	char *text;

	utc_print(utc_now(), at);
	text = mem_printf("%d %s\n", site_network(app_site(a))->revision, at);
	/* without it only the reminder is missing */
	if (file_mkdirs(dir, 0700, NULL))
		file_replace(path, text, strlen(text), 0600, NULL);
	free(text);
	free(dir);
	free(path);
}

void sending_end(const struct app *a)
{
	char *path = path_of(a);

	unlink(path);
	free(path);
}

bool sending_broken(const struct app *a, int *revision, char since[40])
{
	char *path = path_of(a), *text;
	bool is = false;
	size_t len;

	text = access(path, F_OK) == 0 ? file_read(path, 100, &len, NULL) : NULL;
	if (text)
		is = sscanf(text, "%d %39s", revision, since) == 2;
	free(text);
	free(path);
	return is;
}
