/* user - the SNMPv3 users of a farm; see user.h */
#include "sim/user.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_FILE = 1 << 16, MAX_WORDS = 6, MAX_NAME = 32, MIN_PHRASE = 8 };

/* The words of a line, taken apart in place; how many, -1 if they are too many. */
static int split(char *s, char *words[MAX_WORDS])
{
	int n = 0;

	for (;;) {
		s += strspn(s, " \t\r");
		if (!*s)
			return n;
		if (n == MAX_WORDS)
			return -1;
		if (*s == '"') {
			words[n++] = ++s;
			s += strcspn(s, "\"");
		} else {
			words[n++] = s;
			s += strcspn(s, " \t\r");
		}
		if (*s)
			*s++ = '\0';
	}
}

static bool read_key(int auth, const char *phrase, struct secret_key *key,
    struct err *e)
{
	if (strlen(phrase) < MIN_PHRASE)
		return err_set(e, _("a passphrase has at least %d characters"),
		    MIN_PHRASE);
	return secret_from_phrase(auth, phrase, key) ||
	    err_set(e, _("net-snmp makes no key of this passphrase"));
}

static bool read_user(struct user *u, char **words, int n, struct err *e)
{
	if (n != 2 && n != 4 && n != 6)
		return err_set(e, _("a user is NAME ACCESS [AUTH PHRASE [PRIV PHRASE]]"));
	u->len = strlen(words[0]);
	if (u->len == 0 || u->len > MAX_NAME)
		return err_set(e, _("a name has 1 to %d characters"), MAX_NAME);
	if (!access_parse(&u->access, words[1], e))
		return false;
	u->level = n == 2 ? SECURE_NONE : n == 4 ? SECURE_AUTH : SECURE_PRIV;
	u->auth = u->priv = -1;
	if (n >= 4) {
		u->auth = secret_auth_protocol(words[2]);
		if (u->auth <= 0)
			return err_set(e, _("%s: net-snmp does not authenticate so"),
			    words[2]);
		if (!read_key(u->auth, words[3], &u->auth_key, e))
			return false;
	}
	if (n == 6) {
		u->priv = secret_priv_protocol(words[4]);
		if (u->priv <= 0)
			return err_set(e, _("%s: net-snmp does not encrypt so"),
			    words[4]);
		if (!read_key(u->auth, words[5], &u->priv_key, e))
			return false;
	}
	return true;
}

bool users_read(struct users *all, const char *path, struct err *e)
{
	char *words[MAX_WORDS], *s, *next;
	size_t len;
	char *text = file_read(path, MAX_FILE, &len, e);
	struct user u;
	int n, number = 1;
	bool ok = text;

	for (s = text; ok && s; s = next, number++) {
		next = strchr(s, '\n');
		if (next)
			*next++ = '\0';
		n = *s == '#' ? 0 : split(s, words);
		if (n == 0)
			continue;
		memset(&u, 0, sizeof u);
		ok = read_user(&u, words, n, e);
		if (ok && users_find(all, words[0], u.len))
			ok = err_set(e, _("%s stands in it twice"), words[0]);
		if (!ok) {
			err_at(e, _("%s: line %d"), path, number);
			break;
		}
		u.name = mem_dup(words[0]);
		mem_grow(all->all, all->n, all->cap);
		all->all[all->n++] = u;
	}
	free(text);
	return ok;
}

const struct user *users_find(const struct users *all, const void *name, size_t len)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		if (all->all[i].len == len && memcmp(all->all[i].name, name, len) == 0)
			return &all->all[i];
	return NULL;
}

void users_done(struct users *all)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		free(all->all[i].name);
	free(all->all);
	memset(all, 0, sizeof *all);
}
