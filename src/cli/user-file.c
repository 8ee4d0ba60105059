/* user-file - the SNMP v3 users of --user-file; see user-file.h */
#include "cli/user-file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const keys[] = { "SnmpUser", "SnmpLevel", "SnmpAuthProtocol",
	"SnmpAuthPassword", "SnmpPrivProtocol", "SnmpPrivPassword" };
enum { KEYS = sizeof keys / sizeof *keys };

static const struct field *key_of(const char *word)
{
	for (size_t i = 0; i < KEYS; i++)
		if (strcmp(word, keys[i]) == 0)
			return field_find(ups_fields, word);
	return NULL;
}

/* The user that is being read, or the next where this line begins one. */
static struct node *user_for(struct site *s, const struct field *f)
{
	unsigned n = (unsigned)site_count(s, KIND_UPS);
	struct node *last = site_find(s, site_id(KIND_UPS, n));

	return last && (strcmp(f->key, keys[0]) != 0 || !node_gives(last, f)) ? last :
	    site_create(s, KIND_UPS, n + 1);
}

/* An empty line or a comment is none. */
static bool take_line(struct site *s, char *line, struct err *e)
{
	char *value = strchr(line, '=');
	const struct field *f;

	line[strcspn(line, "\r\n")] = '\0';
	if (!*line || *line == ';' || *line == '#')
		return true;
	if (value)
		*value++ = '\0';
	f = value ? key_of(line) : NULL;
	if (!f)
		return err_set(e, _("a line must be SnmpUser=, SnmpLevel=, "
		    "SnmpAuthProtocol=, SnmpAuthPassword=, SnmpPrivProtocol= or "
		    "SnmpPrivPassword= and what the card has"));
	return site_set(s, user_for(s, f), f, value, e);
}

struct site *user_file_read(const char *path, struct err *e)
{
	bool in = strcmp(path, "-") == 0, ok = true;
	FILE *f = in ? stdin : fopen(path, "re");
	struct site *s;
	char *line = NULL;
	size_t size = 0;

	if (!f) {
		err_errno(e, path);
		return NULL;
	}
	s = site_new();
	for (unsigned at = 1; ok && getline(&line, &size, f) >= 0; at++)
		ok = take_line(s, line, e) || err_at(e, "%s:%u", path, at);
	if (ok && ferror(f))
		ok = err_errno(e, path);
	if (line)
		explicit_bzero(line, size);
	free(line);
	if (!in)
		fclose(f);
	if (ok)
		return s;
	site_free(s);
	return NULL;
}

static bool take(struct app *a, unsigned id, const struct node *user, struct err *e)
{
	char buf[16];

	for (size_t k = 0; k < KEYS; k++) {
		const struct field *f = field_find(ups_fields, keys[k]);

		if (node_gives(user, f) && !app_set(a, id, keys[k], field_text(f, user, buf), e))
			return false;
	}
	return true;
}

bool user_file_take(struct app *a, const char *path, size_t n, struct err *e)
{
	struct site *s = user_file_read(path, e);
	const struct node *user = s ? site_find(s, site_id(KIND_UPS, 1)) : NULL;
	bool ok = s != NULL;

	if (ok && site_count(s, KIND_UPS) > 1)
		ok = err_set(e, _("%s: more than one user; only discover tries several"), path);
	for (unsigned i = 1; ok && user && i <= n; i++)
		ok = take(a, site_id(KIND_UPS, i), user, e);
	site_free(s);
	return ok;
}
