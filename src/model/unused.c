/* Which settings of SNMP count at a version and level; see record.h */
#include "model/record.h"

#include "base/i18n.h"

#include <stddef.h>

static bool is(const struct field *f, size_t offset)
{
	return !f->own && f->offset == offset;
}

static bool authenticates(const struct field *f)
{
	return is(f, offsetof(struct ups_settings, snmp_auth_protocol)) ||
	    is(f, offsetof(struct ups_settings, snmp_auth_password));
}

static bool encrypts(const struct field *f)
{
	return is(f, offsetof(struct ups_settings, snmp_priv_protocol)) ||
	    is(f, offsetof(struct ups_settings, snmp_priv_password));
}

static bool is_of_v3(const struct field *f)
{
	return is(f, offsetof(struct ups_settings, snmp_user)) ||
	    is(f, offsetof(struct ups_settings, snmp_level)) || authenticates(f) || encrypts(f);
}

static bool is_community(const struct field *f)
{
	return is(f, offsetof(struct ups_settings, snmp_community)) ||
	    is(f, offsetof(struct ups_settings, snmp_write_community));
}

const char *ups_unused(const struct field *f, enum snmp_version version, enum snmp_level level)
{
	if (version != SNMP_V3)
		return is_of_v3(f) ? N_("not used: for SNMP v3 only") : NULL;
	if (is_community(f))
		return N_("not used: SNMP v3 has a user instead");
	if (authenticates(f) && level < LEVEL_AUTH)
		return N_("not used: the level noAuthNoPriv does not authenticate");
	if (encrypts(f) && level < LEVEL_PRIV)
		return N_("not used: only the level authPriv encrypts");
	return NULL;
}
