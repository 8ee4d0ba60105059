/*
 * audit - every act on a terminal: who, from where, what, from what to what, and
 * whether it was done; also what was refused.
 *
 * audit.log in amcd's StateDirectory: one line of JSON an act, only ever appended to,
 * 0600, of the folder's owner. At AUDIT_SIZE it becomes audit.log.1 and so on; what
 * would be audit.log.AUDIT_OLD + 1 goes. Acts are numbered through all of them, so
 * that one that is missing shows. Several processes may write. No secret is in it.
 */
#ifndef AMC_APP_AUDIT_H
#define AMC_APP_AUDIT_H

#include "base/err.h"
#include "base/json.h"

#include <stddef.h>
#include <stdint.h>

enum { AUDIT_SIZE = 1024 * 1024, AUDIT_OLD = 4, AUDIT_DETAIL = 8192 };

/* "" and NULL: not known, or nothing. */
struct audit_act {
	const char *act;	/* "site", "read", "password", "key", "login", ... */
	const char *role;	/* "operator", "viewer", "terminal"; "local": on the machine itself */
	const char *terminal;	/* whose key was proven */
	const char *user;	/* who he says he is */
	const char *from;	/* address */
	const char *before, *after;
	const char *detail;	/* lines; at most AUDIT_DETAIL bytes are kept */
	const char *refused;	/* why it was not done; NULL: it was done */
	const char *id;		/* that another program told it with; then it stands in the line */
};

/* False and words when it cannot be written. Without the folder there is no log: true. */
bool audit_write(const char *dir, const struct audit_act *, struct err *);
/* The same by whoever runs this program on the machine itself. */
bool audit_local(const char *dir, const char *act, const char *before, const char *after,
    struct err *);

struct audit_filter {
	int64_t since, until;	/* ms UTC; 0: no bound. until does not count itself */
	int64_t before;		/* only acts with a smaller number; 0: all */
	const char *text;	/* stands in the line as it is written; NULL: any */
	size_t max;
};

/* The newest first, as objects of `list`. *more: there are older ones. */
bool audit_read(const char *dir, const struct audit_filter *, struct json *list, bool *more,
    struct err *);

/* An act as clients have it; strings are borrowed from the JSON, and "" where there is none. */
struct audit_line {
	int64_t n, at;
	struct audit_act act;
};
void audit_parse(const struct json *, struct audit_line *);

/* The user's name as the environment has it, "sato@console"; a claim. */
void audit_user(char *out, size_t size);

/* What that act is in words, N_(): "replaced the site"; NULL when it is not known. */
const char *audit_label(const char *act);

#endif
