/* passwd - a new password for a role; see passwd.h */
#include "app/passwd.h"
#include "app/audit.h"
#include "app/service.h"
#include "base/conf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "peer/trust.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { BESIDE = 8, DIFFERENT = 4, SHORTEST_NAME = 3 };

static size_t characters(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}

/* Where the name stands in it, ASCII letters alike in both cases; NULL if it does not. */
static const char *found(const char *password, const char *name)
{
	size_t len = strlen(name);

	for (; strlen(password) >= len; password++)
		if (strncasecmp(password, name, len) == 0)
			return password;
	return NULL;
}

static size_t different(const char *s)
{
	uint32_t seen[DIFFERENT], cp;
	size_t n = 0, i;

	while (*s && n < DIFFERENT) {
		s += text_next(s, NULL, &cp);
		for (i = 0; i < n && seen[i] != cp; i++)
			;
		if (i == n)
			seen[n++] = cp;
	}
	return n;
}

/* 12345678, hgfedcba: each follows the one before. */
static bool is_row(const char *s)
{
	int step = s[0] ? s[1] - s[0] : 0;

	if (step != 1 && step != -1)
		return false;
	for (; s[1]; s++)
		if (s[1] - s[0] != step)
			return false;
	return true;
}

bool passwd_allows(const char *password, const char *const *names, struct err *e)
{
	size_t n = different(password), all = characters(password, strlen(password));

	if (n < DIFFERENT && all >= BESIDE)
		return err_set(e, ngettext("this password has only %zu different character; at least %d are needed",
		    "this password has only %zu different characters; at least %d are needed", n),
		    n, DIFFERENT);
	if (is_row(password))
		return err_set(e, _("this password is a row of characters that follow each other"));
	for (; *names; names++) {
		size_t len = strlen(*names);

		if (characters(*names, len) < SHORTEST_NAME || !found(password, *names))
			continue;
		n = all - characters(*names, len);
		if (n < BESIDE)
			return err_set(e, ngettext("this password has the name %s and %zu more character; beside a name at least %d are needed",
		    "this password has the name %s and %zu more characters; beside a name at least %d are needed", n),
			    *names, n, BESIDE);
	}
	return true;
}

/* Whose password is it already? */
static bool is_new(const struct conf *c, const char *role, const char *password, struct err *e)
{
	static const char *const keys[] = { "Viewer", "Operator" };
	static const char *const roles[] = { "viewer", "operator" };

	for (size_t i = 0; c && i < 2; i++) {
		const char *hash = conf_get(c, "passwords", keys[i]);

		if (!hash || !*hash || !password_matches(password, hash))
			continue;
		if (strcmp(roles[i], role) == 0)
			return err_set(e, _("this is the password that the %s has already"), role);
		return err_set(e, _("this is the password of the %s; each role needs its own"),
		    roles[i]);
	}
	return true;
}

static bool allowed(const char *conf, const char *role, const char *password, struct err *e)
{
	struct conf *c = access(conf, R_OK) == 0 ? conf_read(conf, NULL) : NULL;
	const char *terminal = c ? conf_get(c, "amcd", "Name") : NULL, *sudo = getenv("SUDO_USER"),
	    *user = getenv("LOGNAME");
	char host[HOST_NAME_MAX + 1] = "";
	const char *names[] = { "viewer", "operator", sudo ? sudo : "", user ? user : "", host,
		terminal ? terminal : "", "password", NULL };
	bool ok;

	gethostname(host, sizeof host - 1);
	host[strcspn(host, ".")] = '\0';
	ok = passwd_allows(password, names, e) && is_new(c, role, password, e);
	conf_free(c);
	return ok;
}

/* The log is in the state folder that the settings name, once they are whole. */
static void tell(const char *conf, const char *role)
{
	struct service_settings s;

	if (!service_settings_read(&s, conf, NULL))
		return;
	audit_local(s.state, "password", role, "", NULL);
	service_settings_done(&s);
}

static const char *key_of(const char *role)
{
	return strcmp(role, "viewer") == 0 ? "Viewer" :
	    strcmp(role, "operator") == 0 ? "Operator" : NULL;
}

bool passwd_knows(const char *role, struct err *e)
{
	return key_of(role) || err_kind(e, ERR_USAGE, _("passwd %s: viewer or operator"), role);
}

bool passwd_set(const char *conf, const char *role, const char *password, struct err *e)
{
	const char *key = key_of(role);
	char *hash;
	bool ok;

	if (!passwd_knows(role, e))
		return false;
	hash = password_hash(password, e);	/* which says when it is too short */
	ok = hash && allowed(conf, role, password, e) &&
	    conf_set(conf, "passwords", key, hash, e);
	free(hash);
	if (ok)
		tell(conf, role);
	return ok;
}
