/*
 * target - how the card of a UPS is reached, as the site has it.
 */
#ifndef AMC_APP_TARGET_H
#define AMC_APP_TARGET_H

#include "snmp/card.h"

/* The strings are borrowed from the UPS and the community. */
struct card_target target_of(const struct ups *, const char *community);

#endif
