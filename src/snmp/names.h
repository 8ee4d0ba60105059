/*
 * names - what elements and attributes a profile may have.
 *
 * The table here is the grammar of data/profiles/profile.rng once more, for
 * the files that no schema has seen.
 */
#ifndef AMC_SNMP_NAMES_H
#define AMC_SNMP_NAMES_H

#include "base/xml.h"

/*
 * Every element where it may be, with the attributes it may have and must
 * have; words with FILE:LINE if not.
 */
bool names_check(const struct xml *doc, struct err *);

#endif
