/*
 * words - a list of words out of a settings file: addresses, nodes, a program with its
 * arguments.
 */
#ifndef AMC_APP_WORDS_H
#define AMC_APP_WORDS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct words {
	char **list;		/* ends with NULL, or is NULL when there are none */
	size_t n;
};

/* Into { 0 }: what stands between these characters, without blanks around it; NULL: nothing. */
void words_split(struct words *, const char *text, const char *between);
void words_copy(struct words *, const struct words *from);
bool words_equal(const struct words *, const struct words *);
/* With blanks between; yours to free. */
char *words_join(const struct words *);
void words_done(struct words *);

/*
 * Are they a program that can be run now: with its whole path, there, a file, and ours to
 * execute? False and words, which name the key that they stand behind.
 */
bool words_can_run(const struct words *, const char *key, struct err *);

#endif
