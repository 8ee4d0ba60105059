/*
 * exchange - the open site to other formats, and from them (man 5 amc-exchange).
 *
 * A format is known by its word: xml, json, csv, ups.conf.
 */
#ifndef AMC_APP_EXCHANGE_H
#define AMC_APP_EXCHANGE_H

#include "app/proposal.h"

/* The one that a file's name tells, or NULL. */
const char *format_of_path(const char *path);

struct export {
	const char *format;	/* a word, or NULL: as the name of the file tells */
	bool secrets;		/* also communities, passwords and the site's key */
	bool bom;		/* csv: with a byte order mark */
};

/*
 * The site as text; what a person should know goes to notes, a line each. False
 * and words when there is no such format, or the site has faults.
 */
bool app_export_text(struct app *, const struct export *, struct text *out,
    struct text *notes, struct err *);
/* The same into a file of mode 0600; one that is there is replaced. */
bool app_export(struct app *, const struct export *, const char *path,
    struct text *notes, struct err *);

struct import {
	const char *format;	/* NULL: as name or content tell */
	const char *into;	/* ups.conf: the path of the group of new UPSs, or NULL */
};

/* What a file would make of the site. Words tell the line where they can. */
bool import_propose(struct app *, const char *path, const struct import *,
    struct proposal *, struct err *);

#endif
