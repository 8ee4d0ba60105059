/*
 * endpoint - where a program listens, as a settings file has it: "ADDRESS:PORT",
 * "ADDRESS", ":PORT", "[IPV6]:PORT"; "*" and nothing are all addresses.
 */
#ifndef AMC_APP_ENDPOINT_H
#define AMC_APP_ENDPOINT_H

#include "base/err.h"

/*
 * *address: numeric, yours to free; NULL: all. *port stays as it is when none is
 * given. key names it in the words: "Listen".
 */
bool endpoint_read(const char *key, const char *text, char **address, int *port,
    struct err *);

#endif
