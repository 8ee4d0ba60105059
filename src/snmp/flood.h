/*
 * flood - how much of what anybody may send is looked at: so many a second of one
 * source, so many of all together. Pure; its memory does not grow.
 *
 * Each source has FLOOD_BURST at once and FLOOD_RATE a second after that. Of more
 * than FLOOD_SOURCES the one that was heard longest ago is forgotten, and begins
 * anew: many forged sources cost the others nothing but what all together may have.
 */
#ifndef AMC_SNMP_FLOOD_H
#define AMC_SNMP_FLOOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FLOOD_SOURCES = 256,
	FLOOD_RATE = 10, FLOOD_BURST = 50,		/* of one source */
	FLOOD_RATE_ALL = 2000, FLOOD_BURST_ALL = 4000,	/* of all */
};

/* How much is left, and when that was. */
struct flood_bucket {
	int64_t at;
	double left;
};

/* { 0 } is one that has heard nothing. */
struct flood {
	struct flood_source {
		uint64_t who;		/* 0: free */
		struct flood_bucket bucket;
	} sources[FLOOD_SOURCES];
	struct flood_bucket all;
	unsigned long dropped;		/* since it was last set to 0, by its owner */
};

/* Is this one looked at? who: any number of the source but 0; now: ms. */
bool flood_admits(struct flood *, uint64_t who, int64_t now);

/* One bucket of its own: takes one of it if there is. It begins full with { 0 }. */
bool flood_take(struct flood_bucket *, double rate, double burst, int64_t now);

#endif
