/*
 * deadlines - many timers of one kind, for little.
 *
 * A wheel of slots: setting and clearing a timer costs the same however many
 * there are, and the loop sees one. They come up to DEADLINE_SLOT_MS late and
 * never early. For what is set often and seldom comes, such as the wait for an
 * answer; a single timer is loop_after().
 */
#ifndef AMC_BASE_DEADLINES_H
#define AMC_BASE_DEADLINES_H

#include "base/loop.h"

#define DEADLINE_SLOT_MS 8

struct deadlines;

/* Stands in what waits. { 0 } is one that is not set. */
struct deadline {
	struct deadline *next, **link;
	int64_t at;			/* loop_now() */
};

/* due is called once for each, from the loop; it may set and clear any of them. */
typedef void deadline_due(struct deadline *);

struct deadlines *deadlines_new(struct loop *, deadline_due *);
/* Takes NULL. Those that are set are forgotten. Also from inside due. */
void deadlines_free(struct deadlines *);

/* In so many ms; one that is set already is set anew. */
void deadline_set(struct deadlines *, struct deadline *, int ms);
void deadline_clear(struct deadline *);
bool deadline_is_set(const struct deadline *);

#endif
