/*
 * reach - how a card is reached, as the site has it.
 */
#ifndef AMC_APP_REACH_H
#define AMC_APP_REACH_H

#include "app/app.h"
#include "snmp/card.h"

/* With the community for reading; or that for settings and commands. */
enum reach { REACH_READ, REACH_WRITE };

/* Where and how; the strings are borrowed from the UPS. */
struct card_target reach_target(const struct ups *, enum reach);
/* A conversation with the card of a UPS: one of the site, or of a form. */
struct card *reach_card(const struct app *, const struct ups *, enum reach);

/* Is it still the card of this UPS, asked in the same way? */
bool reach_is(const struct card *, const struct ups *, enum reach);

/* Words of a card that is silent say which community was used, if not that for reading. */
void reach_explain(const struct ups *, enum reach, struct err *);

#endif
