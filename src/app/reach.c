/* reach - how a card is reached, as the site has it; see reach.h */
#include "app/reach.h"
#include "app/catalogue.h"
#include "app/context.h"
#include "base/i18n.h"

#include <string.h>

struct card_target reach_target(const struct ups *u, enum reach reach)
{
	return (struct card_target){
		.host = u->address, .port = u->set->snmp_port, .version = u->set->snmp_version,
		.community = reach == REACH_WRITE ? ups_write_community(u) : ups_community(u),
		.user = { .name = u->set->snmp_user, .level = (enum snmp_level)u->set->snmp_level,
			.auth = (enum snmp_auth)u->set->snmp_auth_protocol,
			.priv = (enum snmp_priv)u->set->snmp_priv_protocol,
			.auth_password = u->set->snmp_auth_password,
			.priv_password = u->set->snmp_priv_password },
		.profile = u->set->profile, .retries = -1 };
}

struct card *reach_card(const struct app *a, const struct ups *u, enum reach reach)
{
	struct card_target target = reach_target(u, reach);

	return card_new(a->loop, catalogue_profiles(a), &target);
}

bool reach_is(const struct card *c, const struct ups *u, enum reach reach)
{
	struct card_target target = reach_target(u, reach);

	return card_is_at(c, &target);
}

void reach_explain(const struct ups *u, enum reach reach, struct err *e)
{
	if (reach == REACH_WRITE && e->kind == ERR_UNREACHABLE &&
	    strcmp(ups_community(u), ups_write_community(u)))
		err_at(e, _("with the community for writing"));
}
