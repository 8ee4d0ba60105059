/*
 * cards - UPS cards that are named by their addresses, without a site.
 */
#ifndef AMC_CLI_CARDS_H
#define AMC_CLI_CARDS_H

#include "cli/cli.h"

/*
 * Makes a site of them in memory: UPSs with the numbers 1 to n, asked with what
 * --community-file, --snmp-version and --user-file say. What was asked for stands in the
 * description, as a name may only have 8 characters.
 */
bool cards_site(struct cli *, const char *const *addresses, size_t n, struct err *);

#endif
