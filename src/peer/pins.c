/* pins - what a pin looks like, and those that were met; see trust.h */
#include "peer/trust.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char prefix[] = "sha256//";
static const char digits[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

enum { PINS_MAX = 4 * 1024 * 1024 };

/*
 * Strict, for libcurl reads whatever does not look like this as the name of a
 * file: 32 bytes are 43 digits and one "=", the last digit with two bits unused.
 */
bool pin_is_valid(const char *pin)
{
	const char *p, *last;

	if (strncmp(pin, prefix, strlen(prefix)) != 0)
		return false;
	p = pin + strlen(prefix);
	if (strspn(p, digits) != 43 || strcmp(p + 43, "=") != 0)
		return false;
	last = strchr(digits, p[42]);
	return (last - digits) % 4 == 0;
}

static char *key_of(const char *host, int port)
{
	return mem_printf(strchr(host, ':') ? "[%s]:%d" : "%s:%d", host, port);
}

/* Copies a word of the line at s, the first is 1; "" if there is none. */
static void word(const char *s, int which, char *out, size_t size)
{
	size_t n;

	s += strspn(s, " \t\r");
	for (; which > 1; which--) {
		s += strcspn(s, " \t\r\n");
		s += strspn(s, " \t\r");
	}
	n = strcspn(s, " \t\r\n");
	snprintf(out, size, "%.*s", (int)n, s);
}

static const char *next_line(const char *s)
{
	s += strcspn(s, "\n");
	return *s ? s + 1 : s;
}

/* The text of the file, "" if there is no file; NULL and words on a failure. */
static char *pins_read(const char *path, struct err *e)
{
	struct stat st;
	size_t len;

	if (stat(path, &st) < 0 && (errno == ENOENT || errno == ENOTDIR))
		return mem_dup("");
	return file_read(path, PINS_MAX, &len, e);
}

bool known_pin(const char *path, const char *host, int port, char pin[PIN_SIZE],
    char next[PIN_SIZE], struct err *e)
{
	char *text = pins_read(path, e), *key;
	char name[300];
	const char *s;
	long line;
	bool ok = true;

	*pin = *next = '\0';
	if (!text)
		return false;
	key = key_of(host, port);
	for (s = text, line = 1; *s; s = next_line(s), line++) {
		word(s, 1, name, sizeof name);
		if (!text_equal_fold(name, key))
			continue;
		word(s, 2, pin, PIN_SIZE);
		word(s, 3, next, PIN_SIZE);
		/* never taken for a first contact */
		if (!pin_is_valid(pin) || (*next && !pin_is_valid(next))) {
			*pin = *next = '\0';
			ok = err_set(e, _("%s:%ld: the pin of %s is not sha256// and 44 characters"),
			    path, line, key);
		}
		break;
	}
	free(key);
	free(text);
	return ok;
}

bool known_pin_keep(const char *path, const char *host, int port,
    const char *pin, const char *next, struct err *e)
{
	char *dir = file_dir(path), *key = key_of(host, port), *old = NULL;
	struct text out = { 0 };
	char name[300];
	const char *s, *behind;
	int lock = -1;
	bool ok = false;

	if (!pin_is_valid(pin) || (*next && !pin_is_valid(next)) || !*host || strlen(key) >= sizeof name ||
	    strpbrk(host, " \t\r\n#")) {
		err_set(e, _("%s %s: not an address and a pin (sha256// and 44 characters)"),
		    key, pin);
		goto out;
	}
	if (!file_mkdirs(dir, 0700, e))
		goto out;
	lock = file_lock(path, e);
	if (lock < 0)
		goto out;
	old = pins_read(path, e);
	if (!old)
		goto out;
	for (s = old; *s; s = behind) {
		behind = next_line(s);
		word(s, 1, name, sizeof name);
		if (!text_equal_fold(name, key))
			text_add_len(&out, s, (size_t)(behind - s));
	}
	if (out.len > 0 && out.s[out.len - 1] != '\n')
		text_add(&out, "\n");
	text_printf(&out, *next ? "%s %s %s\n" : "%s %s\n", key, pin, next);
	ok = file_replace(path, out.s, out.len, 0600, e);
out:
	file_unlock(lock, path);
	text_done(&out);
	free(old);
	free(key);
	free(dir);
	return ok;
}
