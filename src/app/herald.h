/*
 * herald - what an operator does at amc, told to those who keep the site's events.
 *
 * An order to a UPS goes from this program to its card, past every amcd, and so does a
 * setting that is written into it. So each control terminal whose key the site knows is
 * told of it: POST /v1/orders, with a proof that whoever tells it holds the site (its
 * SiteKey), as beacons have it. No password is asked for that, and who it was is a claim.
 * Nothing waits.
 *
 * One who is away is told later, in order: by this program, which tries again every
 * HERALD_AGAIN_MS, or by the next one (untold.h). Who cannot be told at all, as the site
 * has no SiteKey or his key is not known, is said to the operator, once.
 */
#ifndef AMC_APP_HERALD_H
#define AMC_APP_HERALD_H

#include "app/app.h"
#include "model/entry.h"

struct herald;

enum { HERALD_AGAIN_MS = 30000 };

#define HERALD_PATH "/v1/orders"

/*
 * What is told, by its name. From HERALD_KEY on only where there is something to tell: of a
 * setting that was written into a card its key, and what the card had and was to have; of
 * what is told late when it was done. HERALD_ID is of the act: 32 hex digits of chance, the
 * same to each terminal and each time, so that what is told again is still one.
 */
enum { HERALD_PROOF, HERALD_TIME, HERALD_NODE, HERALD_ACT, HERALD_DETAIL, HERALD_WHO,
	HERALD_KEY, HERALD_BEFORE, HERALD_AFTER, HERALD_DONE, HERALD_ID, HERALD_WORDS };
#define HERALD_WHAT "amc.order.v1"
extern const char *const herald_keys[];

/*
 * What the proof is over, behind the line HERALD_WHAT: the words, a line each, and as
 * KEY=WORD those that need not be there (NULL). Yours to free.
 */
char *herald_lines(const char *const words[HERALD_WORDS]);

/* An ENTRY_ACT or ENTRY_SETTING of this program. */
void herald_tell(struct app *, const struct entry *);
/* Those who have not heard of what was done in an earlier program are told now. */
void herald_catch_up(struct app *);
/* For app_take_file(): the site is another, and so is who hears of what. */
void herald_follow(struct app *);

/* Is nobody being told just now? */
bool herald_idle(const struct app *);
/* The names of those who are, with commas; yours to free. */
char *herald_whom(const struct app *);
/* Whoever is still being told is left to the next program. */
void herald_leave(struct app *);
/* Nothing is left to the next program either: the site goes with this one. */
void herald_forget(struct app *);
/* What the operator should know and was not told yet, a line; yours to free, or NULL. */
char *herald_news(struct app *);

/* For app_free(), before its client goes; what was not told stays in its files. Takes NULL. */
void herald_free(struct herald *);

#endif
