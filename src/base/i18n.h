/*
 * i18n - the words an operator sees, in his language.
 *
 * _("...") translates now, N_("...") marks words in a table that are
 * translated where they are shown.
 */
#ifndef AMC_BASE_I18N_H
#define AMC_BASE_I18N_H

#include <libintl.h>

#define _(s) gettext(s)
#define N_(s) (s)

/*
 * Takes the locale of the environment and finds the translations: beside the
 * program when it runs from the build tree, else where they were installed.
 * When the locale's characters are not UTF-8, LC_CTYPE falls back to C.UTF-8.
 */
void i18n_init(void);

/* Like _() but "" stays "" (gettext("") is the catalogue's header). */
const char *tr(const char *);

#endif
