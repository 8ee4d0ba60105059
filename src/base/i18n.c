/* i18n - the words an operator sees, in his language; see i18n.h */
#include "base/i18n.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void i18n_init(void)
{
	char exe[PATH_MAX], dir[PATH_MAX + 16], *slash;
	ssize_t n;

	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");	/* 0.5 is 0.5 in every file and answer */
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
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
}

const char *tr(const char *s)
{
	return *s ? gettext(s) : s;
}
