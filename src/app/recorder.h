/*
 * recorder - what happens and what the UPSs tell, into the databases of a
 * control terminal: events.db and statistics.db in amcd's StateDirectory.
 *
 * A database that cannot be had or written is told in the log, once for each
 * reason, and stops nothing else; one that is damaged is put aside, and the new one begins
 * with an event that says so. Until a database can be had at all, EVENTLOG_WAITING events
 * wait for it. What follows from an outage carries the id of
 * the entry that began it.
 */
#ifndef AMC_APP_RECORDER_H
#define AMC_APP_RECORDER_H

#include "app/app.h"
#include "model/entry.h"
#include "model/reading.h"
#include "store/eventlog.h"
#include "store/samplelog.h"

struct recorder;

/* Of an app that is watched; it is told by app/note.h. Never NULL. */
struct recorder *recorder_new(struct app *, const char *dir);
/* What waits is written. Takes NULL. */
void recorder_free(struct recorder *);

/* Borrowed; NULL when there is none. */
struct eventlog *recorder_events(struct recorder *);
struct samplelog *recorder_samples(struct recorder *);
/* Reading has failed: what is damaged is put aside, and a new one begun. Takes NULL. */
void recorder_mend(struct recorder *);
/*
 * What was noted is on the disk from here on, also if amcd is killed; false and words when it
 * cannot be, or not yet.
 */
bool recorder_keep(struct recorder *, struct err *);
/* Was one noted that was told with this id, kept or not yet? */
bool recorder_was_told(struct recorder *, const char *told);
/* Why nothing can be kept now; "" when all is well. Shown in the status. */
const char *recorder_trouble(const struct recorder *);

#endif
