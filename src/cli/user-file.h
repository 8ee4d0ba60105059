/*
 * user-file - the SNMP v3 users of --user-file.
 */
#ifndef AMC_CLI_USER_FILE_H
#define AMC_CLI_USER_FILE_H

#include "app/app.h"

/*
 * Lines as the site file has them in a UPS's section: SnmpUser=..., and those of
 * SnmpLevel, protocols and passwords; a second SnmpUser begins another user. path "-" is
 * standard input, and may be an open descriptor (/dev/fd/3). A site of nothing but UPSs with
 * the numbers 1 to as many as there are users; yours to free. NULL with "PATH:LINE: " and
 * words; what it says never has a value in it.
 */
struct site *user_file_read(const char *path, struct err *);

/* The one user of such a file, for the UPSs with the numbers 1 to n of the open site. */
bool user_file_take(struct app *, const char *path, size_t n, struct err *);

#endif
