/*
 * decode - what an agent's values mean, told by a profile. Pure.
 */
#ifndef AMC_SNMP_DECODE_H
#define AMC_SNMP_DECODE_H

#include "snmp/agent.h"
#include "snmp/profile.h"

/*
 * values[i] is what the card gave for the profile's oids[i], NULL when it was
 * not asked. used[i] tells whether row i of the profile's readings gave the
 * attribute its value.
 *
 * When the card has lost its UPS, what else it says is of the past: only the
 * texts are taken.
 */
void decode_reading(const struct profile *, const struct agent_value *const *values,
    struct reading *, bool *used);

/* The setting as in the file; "" when the card does not support it. */
void decode_setting(const struct profile_setting *, const struct agent_value *,
    char *buf, size_t size);

/*
 * What the card says it takes ("02, 05, 07, 10 minutes"), in the field's unit:
 * "120,300,420,600". False when it says that this cannot be set.
 */
bool decode_allowed(const char *text, const char *unit, char *buf, size_t size);

#endif
