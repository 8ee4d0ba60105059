/*
 * profile-xml - a profile from its XML file; for profile.c.
 */
#ifndef AMC_SNMP_PROFILE_XML_H
#define AMC_SNMP_PROFILE_XML_H

#include "base/map.h"
#include "base/pool.h"
#include "snmp/profile.h"

/* Its strings are the pool's. NULL and "NAME:LINE: words" when it is wrong. */
struct profile *profile_read(struct pool *, const char *name, const char *bytes,
    size_t len, struct err *);
void profile_free(struct profile *);

#endif
