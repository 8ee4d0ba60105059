/*
 * records - the events and statistics that a control terminal keeps, as its
 * clients see them: the questions and their answers.
 */
#ifndef AMC_APP_RECORDS_H
#define AMC_APP_RECORDS_H

#include "base/err.h"
#include "base/text.h"
#include "model/entry.h"

/*
 * A path with a "?" of words like "since=-2h", "node=UPS1", "waiting"; each must
 * have one of those keys. Yours to free; NULL and words, which name the keys.
 */
char *records_path(const char *path, const char *const *keys, char *const *words, size_t n,
    struct err *);

extern const char *const records_event_keys[], *const records_sample_keys[],
    *const records_audit_keys[];

struct entries {
	struct entry *list;	/* the newest first */
	size_t n, cap;
	bool more;		/* there are older ones */
	char trouble[300];	/* what the terminal tells of its database, or "" */
};
/* From an amc.events.v1; the node's id is not told there. */
bool entries_parse(struct entries *, const char *json, size_t len, struct err *);
void entries_done(struct entries *);

#endif
