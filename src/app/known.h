/*
 * known - what watching and collecting have found, as facts for the rules.
 *
 * Findings from facts stand behind all others in app_check(). They are looked
 * for again when something was heard, but not more often than every two seconds, nor
 * for more than a 50th of the time, and only from app_changed() or known_ask(): a screen
 * that has sorted the findings finds them the same until it is told of a change, or asks.
 */
#ifndef AMC_APP_KNOWN_H
#define AMC_APP_KNOWN_H

#include "app/collect.h"

/* Keeps what the card of a UPS takes that was asked at this address; id 0: of none. */
void known_collected(struct app *, unsigned id, const char *address, int port,
    const struct collected *, size_t n);
/* Whether the card that was collected took what was written to it. */
void known_refuses(struct app *, unsigned id, bool);
/* Has the card of this UPS, as it is asked now, refused what was written to it? */
bool known_is_refused(const struct app *, unsigned id);
/* Another site, or none: what is kept belongs to nobody any more. */
void known_forget(struct app *);

/* Was its card silent for as long as its group's policy says? */
struct ups_status;
bool known_is_lost(const struct ups *, const struct ups_status *);

/* For app.c: something has changed that the next check may look at. */
void known_heard(struct app *);
/* A second has passed: what was heard too soon behind the last look is looked at, if time is. */
void known_tick(struct app *);
/* A person asks for the findings: the next check looks at all that was heard. */
void known_ask(struct app *);
/* Is a look due? */
bool known_is_due(const struct app *);
/* Puts the findings from facts behind the first n, and none if nothing is known. */
void known_check(struct app *, size_t n);

#endif
