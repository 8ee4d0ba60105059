/*
 * catchup - after having been away: does a control terminal have a later site for us?
 * (man 7 amc-protocol, Those who are away)
 *
 * Asked when amcd starts, each minute, and soon after a beacon told of a later
 * revision; only control terminals whose keys are pinned in our own site. Whether
 * we may have it is for them to say, as the operator told them; whether it is taken
 * is decided here, by the same checks as when a person sends it.
 */
#ifndef AMC_APP_CATCHUP_H
#define AMC_APP_CATCHUP_H

struct service;
struct catchup;

struct catchup *catchup_new(struct service *);
void catchup_free(struct catchup *);	/* takes NULL */

#endif
