/*
 * profile-reading - where a profile's readings are, and which objects tell the state:
 * its <reading> and <state>; for profile-xml.c.
 */
#ifndef AMC_SNMP_PROFILE_READING_H
#define AMC_SNMP_PROFILE_READING_H

#include "snmp/profile-part.h"

bool profile_reading_parse(struct profile_source *, const struct xml_node *, struct err *);
bool profile_state_parse(struct profile_source *, const struct xml_node *, struct err *);

#endif
