/*
 * user - the SNMPv3 users of a farm.
 *
 * They stand in a file, a line each, with quotes around what has blanks in it:
 *
 *	NAME ACCESS [AUTH PHRASE [PRIV PHRASE]]
 *	"apc snmp profile1" write+ SHA "auth passphrase" AES "crypt passphrase"
 *
 * Protocols are those of net-snmp. A user has the level that his phrases make;
 * who asks with less is refused.
 */
#ifndef AMC_SIM_USER_H
#define AMC_SIM_USER_H

#include "base/err.h"
#include "sim/access.h"
#include "sim/secret.h"

enum level { SECURE_NONE, SECURE_AUTH, SECURE_PRIV = 3 };	/* as the flags of a message */

struct user {
	char *name;
	size_t len;
	enum level level;
	enum access access;
	int auth, priv;			/* protocols; -1: none */
	struct secret_key auth_key, priv_key;
};

/* { 0 } are none. */
struct users {
	struct user *all;
	size_t n, cap;
};

/* Adds those of a file. */
bool users_read(struct users *, const char *path, struct err *);
/* NULL if there is none. */
const struct user *users_find(const struct users *, const void *name, size_t len);
void users_done(struct users *);

#endif
