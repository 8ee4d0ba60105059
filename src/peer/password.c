/* password - yescrypt hashes; the door to libcrypt; see trust.h */
#include "peer/trust.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <crypt.h>
#include <stdlib.h>
#include <string.h>

static const char method[] = "$y$";	/* yescrypt */

enum { SHORTEST = 8 };

static size_t characters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

/* The hash of password as salt says, yours to free; NULL if it cannot be. */
static char *hash(const char *password, const char *salt)
{
	void *work = NULL;
	int size = 0;
	char *out = crypt_ra(password, salt, &work, &size);

	if (out)
		out = *out == '*' ? NULL : mem_dup(out);
	if (work)
		explicit_bzero(work, (size_t)size);
	free(work);
	return out;
}

char *password_hash(const char *password, struct err *e)
{
	char *salt, *out;

	if (characters(password) < SHORTEST) {
		err_set(e, ngettext("this password has %zu character; at least %d are needed",
		    "this password has %zu characters; at least %d are needed", characters(password)),
		    characters(password), SHORTEST);
		return NULL;
	}
	if (strlen(password) >= CRYPT_MAX_PASSPHRASE_SIZE) {
		err_set(e, _("this password is too long; at most %d bytes are allowed"),
		    CRYPT_MAX_PASSPHRASE_SIZE - 1);
		return NULL;
	}
	salt = crypt_gensalt_ra(method, 0, NULL, 0);
	out = salt ? hash(password, salt) : NULL;
	free(salt);
	if (!out)
		err_set(e, _("the password cannot be hashed: this libcrypt has no yescrypt"));
	return out;
}

/* The hash of nobody: what it costs tells whoever asks nothing about who exists. */
static void take_as_long(const char *password)
{
	char *salt = crypt_gensalt_ra(method, 0, NULL, 0), *got;

	got = salt ? hash(password, salt) : NULL;
	free(got);
	free(salt);
}

bool password_matches(const char *password, const char *wanted)
{
	size_t len = strlen(wanted);
	char *got = NULL;
	bool same;

	if (strncmp(wanted, method, strlen(method)) == 0)
		got = hash(password, wanted);
	if (!got) {
		take_as_long(password);
		return false;
	}
	same = strlen(got) == len && mem_same(got, wanted, len);
	explicit_bzero(got, strlen(got));
	free(got);
	return same;
}
