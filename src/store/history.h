/*
 * history - the last 50 revisions of a site file, in history/ beside it.
 *
 * A revision is kept under the file's name and its number:
 * history/ac_e_net.ini.12. When a file of that number is there already with
 * other bytes (somebody edited by hand), the new one becomes .12.1, .12.2, ...
 */
#ifndef AMC_STORE_HISTORY_H
#define AMC_STORE_HISTORY_H

#include "base/err.h"

#include <stddef.h>

#define HISTORY_KEEP 50

/* Keeps these bytes as a revision of path; the oldest beyond 50 go. */
bool history_keep(const char *path, int revision, const char *bytes, size_t len,
    struct err *);

#endif
