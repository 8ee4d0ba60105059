/*
 * taken - who brought the site that counts on this terminal, from where and when,
 * and whether those who were away may have it from us (man 7 amc-protocol).
 *
 * Kept in a file of amcd's StateDirectory. It belongs to one site, by its tag: when
 * the file was changed by hand, nobody is known to have brought it, and there is no
 * consent any more.
 */
#ifndef AMC_APP_TAKEN_H
#define AMC_APP_TAKEN_H

#include "base/json.h"

#include <stdint.h>

struct taken {
	char *path;
	char tag[80];		/* with its quotes; "" at first */
	char who[132], from[64];
	int64_t at;		/* ms UTC */
	struct json *later;	/* "later" of POST /v1/site/activate, or NULL */
};

void taken_open(struct taken *, const char *dir);
void taken_done(struct taken *);

/* Another site counts; later, which may be NULL, is copied. */
bool taken_note(struct taken *, const char *tag, const char *who, const char *from,
    const struct json *later, struct err *);

/* Is it that of the site with this tag? Else nothing is known. */
bool taken_is(const struct taken *, const char *tag);
/* May that terminal, which holds the site of that tag, have the site that counts? */
bool taken_allows(const struct taken *, const char *terminal, const char *tag);

/* Is this a consent as it must be? False and words if not. */
bool later_check(const struct json *, struct err *);

#endif
