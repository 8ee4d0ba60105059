/*
 * script - words to be said later, in order of their time.
 *
 * "at 20s UPS4 mains off": the time counts from the beginning, in s, m or h,
 * and 1m30s for both. Two at the same time are said in the order they were added.
 */
#ifndef AMC_BASE_SCRIPT_H
#define AMC_BASE_SCRIPT_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

/* { 0 } is an empty one. */
struct script {
	struct script_line { int64_t at; char *words; } *lines;
	size_t n, cap;
	size_t said;			/* lines before this one are over */
};

/* Takes the time off a line; what is to be said then, borrowed, or NULL and words. */
const char *script_parse(const char *line, int64_t *at, struct err *);
/*
 * Each line of a file that is neither empty nor a comment (#), without blanks in front; until
 * one is refused, whose words then begin with file and line.
 */
typedef bool script_line_fn(const char *line, void *arg, struct err *);
bool script_read(const char *path, script_line_fn *take, void *arg, struct err *);
void script_add(struct script *, int64_t at, const char *words);
void script_done(struct script *);

/* The next line, NULL when all have been said; script->said++ is its end. */
const struct script_line *script_next(const struct script *);

#endif
