/* target - how the card of a UPS is reached; see target.h */
#include "app/target.h"

struct card_target target_of(const struct ups *u, const char *community)
{
	return (struct card_target){
		.host = u->address, .port = u->snmp_port,
		.version = u->snmp_version, .community = community,
		.user = { .name = u->snmp_user, .level = (enum snmp_level)u->snmp_level,
			.auth = (enum snmp_auth)u->snmp_auth_protocol,
			.priv = (enum snmp_priv)u->snmp_priv_protocol,
			.auth_password = u->snmp_auth_password,
			.priv_password = u->snmp_priv_password },
		.profile = u->profile, .retries = -1 };
}
