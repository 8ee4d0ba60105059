/*
 * diary - what this console has seen happen since it was started, in memory: for
 * a site whose control terminals are not there, or are not asked.
 *
 * The newest DIARY_MAX events; whoever wants more asks a control terminal
 * (chronicle.h).
 */
#ifndef AMC_APP_DIARY_H
#define AMC_APP_DIARY_H

#include "app/app.h"
#include "model/entry.h"

enum { DIARY_MAX = 1000 };

struct diary;

/* It is kept from here on, until the app is freed. Twice is once. */
void diary_start(struct app *);
/* For app_free(). Takes NULL. */
void diary_free(struct diary *);
/* For app/note.h. */
void diary_add(struct diary *, const struct entry *);

/* How many there are; 0 when none is kept. */
size_t diary_count(const struct app *);
/* The i-th, 0 is the newest. Borrowed until the next one comes. */
const struct entry *diary_at(const struct app *, size_t i);
/* How often anything in it has changed. */
unsigned long diary_changes(const struct app *);

/* Somebody has seen it; false and words when it is gone by now. */
bool diary_acknowledge(struct app *, int64_t id, const char *who, struct err *);

#endif
