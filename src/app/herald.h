/*
 * herald - what an operator does at amc, told to those who keep the site's events.
 *
 * An order to a UPS goes from this program to its card, past every amcd, and so does a
 * setting that is written into it. So each control terminal whose key the site knows is told of it: POST /v1/orders, with a
 * proof that whoever tells it holds the site (its SiteKey), as beacons have it. No
 * password is asked for that, and who it was is a claim. Nothing waits; who is away
 * does not hear of it, and without a SiteKey nobody does.
 */
#ifndef AMC_APP_HERALD_H
#define AMC_APP_HERALD_H

#include "app/app.h"
#include "model/entry.h"

struct herald;

#define HERALD_PATH "/v1/orders"

/*
 * What is told, by its name. From HERALD_KEY on only where there is something to tell: of a
 * setting that was written into a card its key, and what the card had and was to have.
 */
enum { HERALD_PROOF, HERALD_TIME, HERALD_NODE, HERALD_ACT, HERALD_DETAIL, HERALD_WHO,
	HERALD_KEY, HERALD_BEFORE, HERALD_AFTER, HERALD_WORDS };
#define HERALD_WHAT "amc.order.v1"
extern const char *const herald_keys[];

/*
 * What the proof is over, behind the line HERALD_WHAT: the words, a line each, and as
 * KEY=WORD those that need not be there (NULL). Yours to free.
 */
char *herald_lines(const char *const words[HERALD_WORDS]);

/* An ENTRY_ACT or ENTRY_SETTING of this program. */
void herald_tell(struct app *, const struct entry *);
/* Is nobody being told just now? Valid as long as the app lives. */
const bool *herald_idle(struct app *);
/* For app_free(), before its client goes. Takes NULL. */
void herald_free(struct herald *);

#endif
