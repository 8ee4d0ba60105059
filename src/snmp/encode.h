/*
 * encode - what is to be sent for a value, told by a profile. Pure; the other
 * way round is decode.h.
 */
#ifndef AMC_SNMP_ENCODE_H
#define AMC_SNMP_ENCODE_H

#include "snmp/agent.h"
#include "snmp/profile.h"

/*
 * The object with this type and a value as in the file, in the field's unit; a
 * number is divided by scale. The texts are borrowed. False and words when it is
 * no value of the type.
 */
bool encode_value(const char *oid, enum profile_type, double scale, const char *text,
    struct agent_value *, struct err *);

/* By what a card counts in the field's unit, if that is coarser than 1; else 1. */
int encode_step(const struct profile_setting *);

#endif
