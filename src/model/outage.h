/*
 * outage - which UPSs lose their mains: the question that a plan answers.
 *
 * Chosen one by one, or by what a person points at. Ids, so that it outlives
 * an edit; a UPS that is no more does not count.
 */
#ifndef AMC_MODEL_OUTAGE_H
#define AMC_MODEL_OUTAGE_H

#include "base/map.h"
#include "model/site.h"

/* { 0 }: nothing fails, and orders go out one after another. */
struct outage {
	struct map failed;	/* by the UPS's id */
	bool parallel;		/* orders to the UPSs go out all at once (R32) */
};

void outage_done(struct outage *);
/* The same devices fail, and orders go out alike. */
void outage_copy(struct outage *, const struct outage *from);
bool outage_has(const struct outage *, unsigned ups);
/* Fails it, or gives it its mains back. */
void outage_set(struct outage *, unsigned ups, bool fails);
/*
 * Fails what a node stands for: a UPS itself; all UPSs in and below a group, or
 * in and below one container of it; those that a terminal needs. How many there
 * are.
 */
size_t outage_add(struct outage *, const struct node *, enum container);
/* Nothing fails any more. */
void outage_clear(struct outage *);

#endif
