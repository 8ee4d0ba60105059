/*
 * staging - a site that was sent and checked and does not count yet (man 7
 * amc-protocol, Sending to many).
 *
 * At most one, for STAGING_S seconds; then it is gone by itself. It is kept in a
 * file, written whole, so that an amcd that is started again has it still or has
 * clearly not.
 */
#ifndef AMC_APP_STAGING_H
#define AMC_APP_STAGING_H

#include "base/err.h"
#include "base/loop.h"

#include <stddef.h>

#define STAGING_S 120

struct staged {
	char *bytes;			/* the site file */
	size_t len;
	int revision;
	char tag[80], replaces[80];	/* with their quotes */
	char who[132], from[64];	/* who sent it, from where */
	int64_t since;			/* ms UTC */
};

struct staging;

/* dir: amcd's StateDirectory. What is left there from before counts, if its time is not over. */
struct staging *staging_new(struct loop *, const char *dir);
void staging_free(struct staging *);	/* takes NULL; the file stays */

/* Borrowed until the next call that changes it or the loop turns; NULL: nothing. */
const struct staged *staging_get(struct staging *);
/* In place of what is there; bytes are copied. Its time begins now. */
bool staging_put(struct staging *, const struct staged *, struct err *);
void staging_drop(struct staging *);

/* The tag of a site file: "\"12-9f86d0...\"". */
void site_tag(int revision, const char *bytes, size_t len, char tag[80]);

#endif
