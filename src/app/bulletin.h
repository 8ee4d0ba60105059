/*
 * bulletin - what happened, into the log of amcd: a line, and beside it fields that the
 * journal can be searched by: MESSAGE_ID, AMC_EVENT, AMC_NODE, AMC_BEFORE, AMC_AFTER,
 * AMC_WHO, AMC_FROM, AMC_DETAIL, AMC_SEVERITY. data/systemd/amc.catalog explains each
 * MESSAGE_ID; a row there and one in bulletin.c make a new one.
 */
#ifndef AMC_APP_BULLETIN_H
#define AMC_APP_BULLETIN_H

#include "base/log.h"
#include "model/entry.h"

struct app;

/* What is noted (note.h) is logged from here on. */
void bulletin_start(struct app *);
/* For note.c. */
void bulletin_note(const struct entry *);

/* Of amcd itself: event is "started", "reloaded", "reload-refused" or "stopping". */
void bulletin_say(enum log_level, const char *event, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
