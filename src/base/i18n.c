/* i18n - the words an operator sees, in his language; see i18n.h */
#include "base/i18n.h"
#include "base/mem.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

enum { KNOWN = 509 };

static bool utf8;
static char *chosen;		/* by i18n_language(); NULL: the environment's */
static int ambiguous = 1;
static struct known {
	const char *at;		/* where the words stood */
	char *words;
	const char *found;	/* NULL: they have no translation */
} known[KNOWN];

static void forget_known(void)
{
	for (size_t i = 0; i < KNOWN; i++) {
		free(known[i].words);
		known[i] = (struct known){ 0 };
	}
}

void i18n_init(void)
{
	char exe[PATH_MAX], dir[PATH_MAX + 16], *slash;
	ssize_t n;

	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");	/* 0.5 is 0.5 in every file and answer */
	utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	/* a box: some locales of East Asia have it as wide as a letter of theirs */
	ambiguous = wcswidth(L"\u25a0", 1) == 2 ? 2 : 1;
	if (!utf8)
		setlocale(LC_CTYPE, "C.UTF-8");
	bindtextdomain("amc", LOCALEDIR);
	n = readlink("/proc/self/exe", exe, sizeof exe - 1);
	if (n > 0) {
		exe[n] = '\0';
		slash = strrchr(exe, '/');
		*slash = '\0';
		/* in /usr/bin there is a program of that name: look inside */
		snprintf(dir, sizeof dir, "%s/locale/ja", exe);
		if (access(dir, R_OK) == 0) {
			*strrchr(dir, '/') = '\0';
			bindtextdomain("amc", dir);
		}
	}
	bind_textdomain_codeset("amc", "UTF-8");
	textdomain("amc");
	forget_known();
}

bool i18n_utf8(void)
{
	return utf8;
}

int i18n_ambiguous(void)
{
	return ambiguous;
}

/* gettext keeps what it found; it looks again when this has changed. */
extern int _nl_msg_cat_cntr;

void i18n_language(const char *language)
{
	static char *before;
	static bool kept;

	if (!kept) {
		before = getenv("LANGUAGE") ? mem_dup(getenv("LANGUAGE")) : NULL;
		kept = true;
	}
	if (!language) {
		if (before)
			setenv("LANGUAGE", before, 1);
		else
			unsetenv("LANGUAGE");
		setlocale(LC_MESSAGES, "");
	} else {
		/* in the locale C gettext does not look for translations at all */
		if (strcmp(setlocale(LC_MESSAGES, NULL), "C") == 0 ||
		    strcmp(setlocale(LC_MESSAGES, NULL), "POSIX") == 0)
			setlocale(LC_MESSAGES, "C.UTF-8");
		setenv("LANGUAGE", language, 1);
	}
	if (language != chosen) {
		free(chosen);
		chosen = language ? mem_dup(language) : NULL;
	}
	_nl_msg_cat_cntr++;
	forget_known();
}

const char *i18n_in(const char *language, const char *s)
{
	char *now = chosen ? mem_dup(chosen) : NULL;
	const char *found;

	i18n_language(language);
	found = *s ? gettext(s) : s;
	i18n_language(now);
	free(now);
	return found;
}

/*
 * A screen asks for the same hundred words each time it is drawn, and gettext
 * looks at the environment and the locale each time. The words are compared too:
 * those of ui/ may have gone, and others stand at their address.
 */
const char *tr(const char *s)
{
	struct known *k = &known[(uintptr_t)s % KNOWN];
	const char *found;

	if (!*s)
		return s;
	if (k->at == s && strcmp(k->words, s) == 0)
		return k->found ? k->found : s;
	found = gettext(s);
	free(k->words);
	*k = (struct known){ s, mem_dup(s), found == s ? NULL : found };
	return found;
}
