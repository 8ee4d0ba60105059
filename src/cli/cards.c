/* cards - UPS cards without a site; see cards.h */
#include "cli/cards.h"
#include "cli/user-file.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

bool cards_site(struct cli *c, const char *const *addresses, size_t n, struct err *e)
{
	struct text ini = { 0 };
	char *community = c->community_file ?
	    file_first_line(c->community_file, e) : mem_dup("public");
	const char *version = c->snmp_version ? c->snmp_version : c->user_file ? "3" : "1";
	size_t i;
	bool ok = community != NULL;

	if (ok && (!*community || !text_is_ascii(community)))
		ok = err_set(e, _("%s: the community is not plain ASCII"),
		    c->community_file);
	if (ok && strcmp(version, "1") != 0 && strcmp(version, "2c") != 0 &&
	    strcmp(version, "3") != 0)
		ok = err_kind(e, ERR_USAGE, _("--snmp-version %s: 1, 2c or 3"), version);
	if (ok && (strcmp(version, "3") == 0) != (c->user_file != NULL))
		ok = err_kind(e, ERR_USAGE, _("SNMP v3, and only that, needs --user-file with "
		    "the user"));
	text_printf(&ini, "[Network]\nFormat=1\n[Group1]\nName=-\nParent=Network\n");
	for (i = 0; ok && i < n; i++) {
		char *host;
		int port;

		ok = cli_split_address(addresses[i], 161, &host, &port, e);
		if (!ok)
			break;
		text_printf(&ini, "[Ups%zu]\nName=%zu\nParent=Group1.PowerDevices\n"
		    "Address=%s\nSnmpPort=%d\nSnmpVersion=%s\nDescription=%s\n",
		    i + 1, i + 1, host, port, version, addresses[i]);
		free(host);
	}
	ok = ok && app_open_text(c->app, "--address", ini.s, ini.len, e);
	for (i = 0; ok && i < n; i++)
		ok = app_set(c->app, site_id(KIND_UPS, (unsigned)i + 1),
		    "SnmpCommunity", community, e);
	if (ok && c->user_file)
		ok = user_file_take(c->app, c->user_file, n, e);
	if (community)
		explicit_bzero(community, strlen(community));
	free(community);
	text_done(&ini);
	return ok;
}
