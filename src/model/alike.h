/*
 * alike - what records have alike, kept once for all that are equal.
 *
 * A site of thousands of servers has a few dozen different settings. Those of a
 * record are never changed in place: equal ones are looked up, or kept anew. They
 * live as long as the site, like its texts.
 */
#ifndef AMC_MODEL_ALIKE_H
#define AMC_MODEL_ALIKE_H

#include "base/shelf.h"
#include "model/record.h"

/* { .room.size = sizeof ... } is an empty one. */
struct alike {
	struct shelf room;
	uint32_t *slots;	/* places in the room, by hashing what stands there */
	size_t n, cap;
};

/* Those of the pool that are equal. Bytes between members must be 0. */
const struct record_settings *alike_put(struct alike *, const struct record_settings *);
void alike_done(struct alike *);

#endif
