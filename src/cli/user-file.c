/* user-file - the SNMP v3 user of --user-file; see user-file.h */
#include "cli/user-file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const keys[] = { "SnmpUser", "SnmpLevel", "SnmpAuthProtocol",
	"SnmpAuthPassword", "SnmpPrivProtocol", "SnmpPrivPassword" };

static bool is_key(const char *word)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (strcmp(word, keys[i]) == 0)
			return true;
	return false;
}

/* An empty line or a comment is none. */
static bool take_line(struct app *a, char *line, size_t n, struct err *e)
{
	char *value = strchr(line, '=');

	line[strcspn(line, "\r\n")] = '\0';
	if (!*line || *line == ';' || *line == '#')
		return true;
	if (value)
		*value++ = '\0';
	if (!value || !is_key(line))
		return err_set(e, _("a line must be SnmpUser=, SnmpLevel=, "
		    "SnmpAuthProtocol=, SnmpAuthPassword=, SnmpPrivProtocol= or "
		    "SnmpPrivPassword= and what the card has"));
	for (size_t i = 1; i <= n; i++)
		if (!app_set(a, site_id(KIND_UPS, (unsigned)i), line, value, e))
			return false;
	return true;
}

bool user_file_take(struct app *a, const char *path, size_t n, struct err *e)
{
	bool in = strcmp(path, "-") == 0, ok = true;
	FILE *f = in ? stdin : fopen(path, "re");
	char *line = NULL;
	size_t size = 0;

	if (!f)
		return err_errno(e, path);
	for (unsigned at = 1; ok && getline(&line, &size, f) >= 0; at++)
		ok = take_line(a, line, n, e) || err_at(e, "%s:%u", path, at);
	if (ok && ferror(f))
		ok = err_errno(e, path);
	if (line)
		explicit_bzero(line, size);
	free(line);
	if (!in)
		fclose(f);
	return ok;
}
