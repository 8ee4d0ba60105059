/* reach - how a card is reached, as the site has it; see reach.h */
#include "app/reach.h"
#include "app/context.h"
#include "base/i18n.h"

#include <string.h>

struct card *reach_card(const struct app *a, const struct ups *u, enum reach reach)
{
	return card_new(a->loop, a->profiles, &(struct card_target){
		.host = u->address, .port = u->snmp_port, .version = u->snmp_version,
		.community = reach == REACH_WRITE ? ups_write_community(u) : ups_community(u),
		.profile = u->profile, .retries = -1 });
}

void reach_explain(const struct ups *u, enum reach reach, struct err *e)
{
	if (reach == REACH_WRITE && e->kind == ERR_UNREACHABLE &&
	    strcmp(ups_community(u), ups_write_community(u)))
		err_at(e, _("with the community for writing"));
}
