/*
 * counted - how many there are of something, in words: "1 power device", "3 errors".
 *
 * For sentences with several counts, of which each has a form of its own; a sentence
 * with one count is ngettext() itself.
 */
#ifndef AMC_MODEL_COUNTED_H
#define AMC_MODEL_COUNTED_H

#include "model/rules.h"

enum { COUNTED_MAX = 160 };

/* "2 terminals"; returns the buffer. */
const char *counted_nodes(enum kind, size_t n, char buf[COUNTED_MAX]);
/* "1 error, 0 warnings, 2 notes" */
const char *counted_findings(const struct findings *, char buf[COUNTED_MAX]);

#endif
