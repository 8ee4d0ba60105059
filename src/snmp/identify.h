/*
 * identify - which profile is a card's? Pure.
 *
 * By sysObjectID first, the longest prefix winning; then by probing, in the
 * order of the profiles. A profile counts only when one of its probes is
 * answered. A card that an exclusive profile claims is never read through
 * another: APC's RFC 1628 tree says "no output" while all is well.
 */
#ifndef AMC_SNMP_IDENTIFY_H
#define AMC_SNMP_IDENTIFY_H

#include "snmp/agent.h"
#include "snmp/profile.h"

/* What to ask a card for, in one go; the array is yours to free. */
const char **identify_oids(const struct profiles *, size_t *n);

/*
 * values answers identify_oids(). wanted is a profile's id or "auto"; where
 * names the card in errors. NULL and words when it is none of them.
 */
const struct profile *identify(const struct profiles *, const char *wanted,
    const char *where, const struct agent_value *values, struct err *);

#endif
