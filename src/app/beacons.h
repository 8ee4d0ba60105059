/*
 * beacons - ours go out every 2 s, those of the other terminals come in: for
 * amcd, which tells watch of them.
 *
 * A beacon says that a terminal lives and how it is; a change of what it says is
 * confirmed over HTTPS at once. One that is missing is a reason to ask, too. What
 * is broken, foreign, forged, old or replayed is counted and changes nothing.
 */
#ifndef AMC_APP_BEACONS_H
#define AMC_APP_BEACONS_H

#include "app/app.h"
#include "peer/beacon.h"

struct beacons;

/* Fills state, revision and digest with what is now. */
typedef void beacons_self(struct beacon *, void *arg);

/*
 * state: a folder of ours, where our last start is kept: the next one counts as later
 * even when the clock was set back meanwhile, else the others would take us for a
 * recording of ourselves. name: which terminal of the site we are. Without a SiteKey nothing goes out and
 * nothing that comes in counts; without a port neither, which is told in the log.
 */
struct beacons *beacons_new(struct app *, const char *state, const char *name,
    const char *address, int port, beacons_self *, void *arg);
void beacons_free(struct beacons *);	/* takes NULL */
/* Another site may have another key, code and addresses. */
void beacons_follow(struct beacons *);

/* One now: what it says has changed. */
void beacons_now(struct beacons *);
/*
 * Does this terminal hold the site whose SHA-256 begins with these bytes, as its
 * last beacon said, not longer ago than three of them?
 */
bool beacons_holds(const struct beacons *, unsigned terminal, const unsigned char digest[8]);

/* The latest revision that a beacon told of since the last following; 0: none came. */
int beacons_latest(const struct beacons *);

unsigned long beacons_count(const struct beacons *, enum beacon_verdict);

#endif
