/*
 * profile-setting - where a card keeps its settings, and where it lists what they may
 * be: a profile's <setting> and <allowed>; for profile-xml.c.
 */
#ifndef AMC_SNMP_PROFILE_SETTING_H
#define AMC_SNMP_PROFILE_SETTING_H

#include "snmp/profile-part.h"

bool profile_setting_parse(struct profile_source *, const struct xml_node *, struct err *);
bool profile_allowed_parse(const struct profile_source *, const struct xml_node *,
    struct err *);

#endif
