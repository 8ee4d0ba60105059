/*
 * oid - object identifiers as text: "1.3.6.1.2.1.33".
 *
 * Numbers and dots only, no dot at either end, the way profiles write them and
 * agent.h gives them.
 */
#ifndef AMC_SNMP_OID_H
#define AMC_SNMP_OID_H

#include <stdbool.h>
#include <stddef.h>

/* Room for the longest one that we deal with, and its NUL. */
#define OID_SIZE 128

/* Room for the longest that there is (RFC 3416: 128 numbers of 32 bits). */
#define OID_LONG 1408
enum { OID_NUMBERS = 128 };

/* At least two numbers, each below 2^32, and shorter than OID_SIZE? */
bool oid_valid(const char *);
/* The same of up to OID_NUMBERS numbers. */
bool oid_valid_long(const char *);
/* From the contents of an OBJECT IDENTIFIER in BER; "" and false when it is none or too long. */
bool oid_text(char *buf, size_t size, const unsigned char *bytes, size_t len);
/*
 * What follows prefix and its dot: "2.0" for 1.3.6.2.0 and prefix 1.3.6.
 * NULL when o is not below prefix.
 */
const char *oid_below(const char *o, const char *prefix);
/* Is o the prefix itself or below it? */
bool oid_starts(const char *o, const char *prefix);
/* As agents order them: number by number. */
int oid_compare(const char *, const char *);

#endif
