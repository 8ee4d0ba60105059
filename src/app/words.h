/*
 * words - a list of words: addresses and nodes out of a settings file, a program with its
 * arguments, an environment.
 */
#ifndef AMC_APP_WORDS_H
#define AMC_APP_WORDS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct words {
	char **list;		/* ends with NULL, or is NULL when there are none */
	size_t n, cap;
};

/* One more at the end, which is taken over. */
void words_put(struct words *, char *word);

/* Into { 0 }: what stands between these characters, without blanks around it; NULL: nothing. */
void words_split(struct words *, const char *text, const char *between);
/* All of another list at the end. */
void words_add(struct words *, const struct words *from);
/* With blanks between; yours to free. */
char *words_join(const struct words *);
void words_done(struct words *);

/*
 * Are they a program that can be run now: with its whole path, there, a file, and ours to
 * execute? False and words, which name the key that they stand behind.
 */
bool words_can_run(const struct words *, const char *key, struct err *);

#endif
