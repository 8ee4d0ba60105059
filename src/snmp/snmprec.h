/*
 * snmprec - an object and its value as a line of a .snmprec file, as snmpsim has them.
 */
#ifndef AMC_SNMP_SNMPREC_H
#define AMC_SNMP_SNMPREC_H

#include "base/text.h"
#include "snmp/agent.h"

/* Types of values in BER (RFC 3416, section 3): the tags of the lines. */
enum {
	SNMPREC_INTEGER = 2, SNMPREC_TEXT = 4, SNMPREC_NULL = 5, SNMPREC_OID = 6,
	SNMPREC_IP = 64, SNMPREC_COUNTER = 65, SNMPREC_GAUGE = 66, SNMPREC_TICKS = 67,
	SNMPREC_OPAQUE = 68, SNMPREC_COUNTER64 = 70,
};

/*
 * "OID|TAG|VALUE\n"; bytes that are not all printable ASCII as hexadecimal, with an x
 * behind the tag. False, and nothing added, for a type or a value that has no line.
 */
bool snmprec_line(struct text *, const char *oid, const struct agent_raw *);

#endif
