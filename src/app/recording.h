/*
 * recording - all that a card has, to be replayed by upssim or snmpsim.
 */
#ifndef AMC_APP_RECORDING_H
#define AMC_APP_RECORDING_H

#include "app/app.h"

struct recording;

struct recorded {
	const char *text;	/* .snmprec lines; borrowed until done returns */
	size_t len, objects;
	size_t odd;		/* objects of a type that there is no line for */
	size_t hidden;		/* values that were a community or password of this UPS: stars */
};

/* e: NULL when all was seen; else words, and what was seen up to there. */
typedef void recording_done(const struct recorded *, const struct err *, void *arg);

/* done is called once, from the loop; the recording is gone then. */
struct recording *recording_start(struct app *, const struct ups *, recording_done *, void *arg);
/* So far. */
size_t recording_objects(const struct recording *);
/* That is enough: done is called, from inside, with these words. */
void recording_stop(struct recording *, const struct err *);

#endif
