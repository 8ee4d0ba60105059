/*
 * channel - where notifications go: the sections [notify NAME] of amcd.conf
 * (man 5 amc-notify).
 */
#ifndef AMC_APP_CHANNEL_H
#define AMC_APP_CHANNEL_H

#include "app/words.h"

#include <stdbool.h>
#include <stddef.h>

enum channel_via { VIA_SENDMAIL, VIA_SMTP, VIA_WEBHOOK, VIA_COMMAND, VIA_COUNT };

struct channel {
	char *conf;		/* the file that it stands in */
	char *name;		/* of the section, in small letters */
	enum channel_via via;
	char *from;		/* of a mail */
	struct words to;
	char *url;		/* of a webhook; of SMTP made from Server and Security */
	bool starttls;
	char *ca_file, *user;	/* NULL: none */
	char *secret_file;	/* of the password or token, read anew each time; NULL: none */
	struct words command;	/* also of sendmail */
	char *language;		/* "en", "ja" */
	int severity;		/* at least */
	unsigned kinds;		/* 1 << enum entry_kind; 0: all */
	struct words nodes;	/* and what is below them; none: all */
	int wait_ms, timeout_ms;
};

struct channels {
	struct channel *list;
	size_t n, cap;
};

/* False and words when a section is wrong; there is nothing to be done then. */
bool channels_read(struct channels *, const char *conf, struct err *);
void channels_done(struct channels *);
/* NULL and words, which name those that there are. */
const struct channel *channels_find(const struct channels *, const char *name, struct err *);

const char *channel_via_word(enum channel_via);		/* "smtp" */

#endif
