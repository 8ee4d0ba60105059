/* audit-words - what was done, for people; see audit.h */
#include "app/audit.h"
#include "base/i18n.h"

#include <string.h>

static const struct { const char *act, *words; } words[] = {
	{ "start", N_("amcd started") },
	{ "site", N_("replaced the site") },
	{ "stage", N_("staged a site") },
	{ "unstage", N_("dropped the staged site") },
	{ "read", N_("read the site") },
	{ "hand-over", N_("was handed the site") },
	{ "acknowledge", N_("acknowledged events") },
	{ "order", N_("gave an order at amc") },
	{ "shutdown", N_("ordered the shutdown") },
	{ "shutdown-cancel", N_("called the shutdown off") },
	{ "shutdown-off", N_("the shutdown was called off") },
	{ "shutdown-begin", N_("the shutdown began") },
	{ "shutdown-failed", N_("the shutdown failed") },
	{ "shutdown-over", N_("was started after the shutdown") },
	{ "order-shutdown", N_("ordered servers to shut down") },
	{ "order-cancel", N_("called the shutdown of servers off") },
	{ "setting", N_("wrote a setting into a UPS") },
	{ "login", N_("gave a wrong password") },
	{ "password", N_("set the password") },
	{ "key", N_("changed the key") },
	{ "next-key", N_("made the next key") },
	{ "no-next-key", N_("gave the next key up") },
};

const char *audit_label(const char *act)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].act, act) == 0)
			return words[i].words;
	return NULL;
}
