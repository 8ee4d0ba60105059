/*
 * user - a user of SNMPv3, as it is set up on a card.
 */
#ifndef AMC_SNMP_USER_H
#define AMC_SNMP_USER_H

#include "model/record.h"

/* NULL is "". */
struct snmp_user {
	const char *name;
	enum snmp_level level;
	enum snmp_auth auth;		/* of LEVEL_AUTH and LEVEL_PRIV */
	enum snmp_priv priv;		/* of LEVEL_PRIV */
	const char *auth_password, *priv_password;	/* the same; 8 characters or more */
};

/* A copy whose strings are its own, and its end. */
void user_copy(struct snmp_user *, const struct snmp_user *);
void user_done(struct snmp_user *);
/* Also what does not matter at this level. */
bool user_equal(const struct snmp_user *, const struct snmp_user *);

#endif
