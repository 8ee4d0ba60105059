/*
 * user-file - the SNMP v3 user of --user-file, for cards that are in no site.
 */
#ifndef AMC_CLI_USER_FILE_H
#define AMC_CLI_USER_FILE_H

#include "app/app.h"

/*
 * Lines as the site file has them in a UPS's section: SnmpUser=..., and those of
 * SnmpLevel, protocols and passwords. path "-" is standard input, and may be an
 * open descriptor (/dev/fd/3). Sets them at the UPSs with the numbers 1 to n.
 * False with "PATH:LINE: " and words; what it says never has a value in it.
 */
bool user_file_take(struct app *, const char *path, size_t n, struct err *);

#endif
