/*
 * i18n - the words an operator sees, in his language.
 *
 * _("...") translates now, N_("...") marks words in a table that are
 * translated where they are shown.
 */
#ifndef AMC_BASE_I18N_H
#define AMC_BASE_I18N_H

#include <libintl.h>
#include <stdbool.h>

#define _(s) tr(s)
#define N_(s) (s)

/*
 * Takes the locale of the environment and finds the translations: beside the
 * program when it runs from the build tree, else where they were installed.
 * When the locale's characters are not UTF-8, LC_CTYPE falls back to C.UTF-8.
 */
void i18n_init(void);

/* Were the characters of the environment's locale UTF-8? */
bool i18n_utf8(void);
/* Columns that the environment's locale gives to characters of ambiguous width. */
int i18n_ambiguous(void);

/*
 * From here on words are in this language ("en", "ja"), or in the environment's
 * when it is NULL. Words that were translated before stay as they are with who
 * holds them.
 */
void i18n_language(const char *language);

/* Untranslated words in that language, borrowed for ever; the same when it has none for them. */
const char *i18n_in(const char *language, const char *);

/* Like _() but "" stays "" (gettext("") is the catalogue's header). */
const char *tr(const char *) __attribute__((format_arg(1)));

#endif
