/*
 * note - what happened, for the event log of whoever keeps one (recorder.h), the log
 * of whoever writes one (bulletin.h), for who is to be told (notifier.h), and for the
 * console's own memory of it (diary.h). What is done at amc is told to the control
 * terminals, too (herald.h).
 */
#ifndef AMC_APP_NOTE_H
#define AMC_APP_NOTE_H

#include "app/app.h"
#include "model/entry.h"

/* at, id and cause are filled in by the log. */
void app_note(struct app *, const struct entry *);
/* The same of a node of the site; NULL words are "". */
void app_note_node(struct app *, unsigned node, enum entry_kind, int severity,
    const char *before, const char *after, const char *detail);

#endif
