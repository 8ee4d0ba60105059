/*
 * exchange - a site in other formats than ac_e_net.ini (man 5 amc-exchange).
 *
 * XML and JSON are the whole site: reading one gives the site that it is. A CSV
 * table changes and adds nodes of a site, and so does NUT's ups.conf with UPSs;
 * what these do not name stays.
 *
 * Secrets (communities, passwords, the site's key) go out only when asked for.
 * A document without them leaves those that a site has.
 */
#ifndef AMC_STORE_EXCHANGE_H
#define AMC_STORE_EXCHANGE_H

#include "base/text.h"
#include "model/site.h"

enum exchange_format { EXCHANGE_XML, EXCHANGE_JSON, EXCHANGE_CSV, EXCHANGE_NUT,
	EXCHANGE_COUNT };

/* No document may be longer, in bytes. */
#define EXCHANGE_MAX (64 * 1024 * 1024)

/* "xml", "json", "csv", "ups.conf" */
const char *exchange_word(enum exchange_format);
/* The format of that word; EXCHANGE_COUNT if there is none. */
enum exchange_format exchange_of_word(const char *);
/* By the end of a file's name; EXCHANGE_COUNT if that does not tell. */
enum exchange_format exchange_of_path(const char *);

struct exchange_out {
	bool secrets;
	bool bom;		/* CSV: a byte order mark, for spreadsheets */
};

/*
 * The site as a document. What a person should know (secrets left out, what the
 * format cannot tell) is added to notes, a line each.
 */
void exchange_print(const struct site *, enum exchange_format,
    const struct exchange_out *, struct text *out, struct text *notes);

struct exchange_in {
	const char *name;	/* for words */
	const char *bytes;
	size_t len;
	const struct site *now;	/* what is to be changed */
	unsigned into;		/* NUT: the group that gets new UPSs; 0: none named */
	struct text *notes;
};

/*
 * The site that `now` would be with the document; yours to free. NULL and words
 * with the place when any of it cannot be: then nothing of it is taken.
 */
struct site *exchange_read(enum exchange_format, const struct exchange_in *,
    struct err *);

#endif
