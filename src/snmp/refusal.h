/*
 * refusal - why a card did not take what was to be set, for a person. Pure.
 *
 * Cards do not tell it well: v1 says noSuchName of what only others may write,
 * and a card of APC whose access type is Write refuses everybody while somebody
 * is logged in to it. So the words name all that the answer can mean.
 */
#ifndef AMC_SNMP_REFUSAL_H
#define AMC_SNMP_REFUSAL_H

#include "snmp/agent.h"

enum refusal {
	REFUSAL_NONE,		/* it was taken */
	REFUSAL_ACCESS,		/* of whoever asks: nothing else will be taken either */
	REFUSAL_VALUE,		/* of the value */
	REFUSAL_OBJECT,		/* of the object, or its type */
	REFUSAL_FAULT,		/* it could not do it */
};

/* What became of a SET of these objects; the words into buf, "" when it was taken. */
enum refusal refusal_words(const struct agent_answer *, char *buf, size_t size);

#endif
