/*
 * conf - the small settings files of the programs (amc.conf, amcd.conf).
 *
 * The door to iniparser: [section] and key=value, read alike by case. What a
 * person wrote there is not changed by us except through conf_set(), which
 * replaces or adds one line.
 */
#ifndef AMC_BASE_CONF_H
#define AMC_BASE_CONF_H

#include "base/err.h"

#include <stddef.h>

struct conf;

/* NULL and words when it cannot be read or is no settings file. */
struct conf *conf_read(const char *path, struct err *);
void conf_free(struct conf *);

/* Borrowed until conf_free(); NULL if it is not there. "" is there. */
const char *conf_get(const struct conf *, const char *section, const char *key);

/* The name of section i, in small letters; NULL behind the last. Borrowed. */
const char *conf_section(const struct conf *, int i);

/*
 * Has a section no other keys than these (ended by NULL)? A key that nobody
 * reads is mostly a slip of the pen; the words name it, with file and line.
 */
bool conf_knows(const struct conf *, const char *section,
    const char *const *keys, struct err *);

/* The i-th key of a section that is not one of these, borrowed; NULL behind the last. */
const char *conf_stranger(const struct conf *, const char *section, const char *const *keys,
    size_t i);
/* The line of a key in the file as it is now; 0 when it is not there. */
long conf_line(const char *path, const char *section, const char *key);

/*
 * Sets one key in the file, keeping all else to the byte; the section and the
 * file are made if they are missing. The file gets mode 0600 when new.
 */
bool conf_set(const char *path, const char *section, const char *key,
    const char *value, struct err *);

#endif
