/* user - a user of SNMPv3; see user.h */
#include "snmp/user.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char *words(const char *s)
{
	return s ? s : "";
}

void user_copy(struct snmp_user *to, const struct snmp_user *from)
{
	*to = *from;
	to->name = mem_dup(words(from->name));
	to->auth_password = mem_dup(words(from->auth_password));
	to->priv_password = mem_dup(words(from->priv_password));
}

static void forget(const char *s)
{
	char *own = (char *)(size_t)s;

	explicit_bzero(own, strlen(own));
	free(own);
}

void user_done(struct snmp_user *u)
{
	forget(u->name);
	forget(u->auth_password);
	forget(u->priv_password);
}

bool user_equal(const struct snmp_user *a, const struct snmp_user *b)
{
	return a->level == b->level && a->auth == b->auth && a->priv == b->priv &&
	    strcmp(words(a->name), words(b->name)) == 0 &&
	    strcmp(words(a->auth_password), words(b->auth_password)) == 0 &&
	    strcmp(words(a->priv_password), words(b->priv_password)) == 0;
}
