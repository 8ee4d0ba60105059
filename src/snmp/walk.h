/*
 * walk - all objects of an agent, one after another, as lines that can be replayed.
 *
 * The form is that of snmpsim's .snmprec files, OID|TAG|VALUE: the tag is the type in
 * BER, with an x when the value is in hexadecimal.
 */
#ifndef AMC_SNMP_WALK_H
#define AMC_SNMP_WALK_H

#include "base/err.h"
#include "base/loop.h"
#include "base/text.h"

struct card_target;
struct walk;

#define WALK_SECRETS 4
#define WALK_MOST 500000	/* objects: one that has more has no end */

/* What came of it, so far or in all. */
struct walk_found {
	const char *text;	/* the lines; borrowed until done returns */
	size_t len, objects;
	size_t odd;		/* left out: of a type that there is no line for */
	size_t hidden;		/* texts in which a secret stood, and now stars */
};

/*
 * e: NULL when all was seen; else words, and what was seen up to there. The walk is
 * gone when it is called.
 */
typedef void walk_done(const struct walk_found *, const struct err *, void *arg);

/*
 * From the host of the target (of which profile does not count) with as few messages
 * as its version has. secrets: texts that are not to stand in the lines; NULL: none.
 */
struct walk *walk_start(struct loop *, const struct card_target *,
    const char *const secrets[WALK_SECRETS], walk_done *, void *arg);
/* So far. */
size_t walk_objects(const struct walk *);
/* That is enough: done is called, from inside, with these words. */
void walk_stop(struct walk *, const struct err *);
void walk_free(struct walk *);		/* takes NULL; done is not called any more */

#endif
