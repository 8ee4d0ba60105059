/* discover - the users of SNMP v3 that cards are searched with; see discover.h */
#include "app/discovering.h"
#include "app/context.h"
#include "app/reach.h"
#include "base/i18n.h"

#include <string.h>

const char *const discover_user_keys[] = { "SnmpUser", "SnmpLevel", "SnmpAuthProtocol",
	"SnmpAuthPassword", "SnmpPrivProtocol", "SnmpPrivPassword", NULL };

static bool is_same_user(const struct ups *a, const struct ups *b)
{
	struct card_target x = reach_target(a, REACH_READ), y = reach_target(b, REACH_READ);

	return user_equal(&x.user, &y.user);
}

static bool has_user(const struct site *s, const struct ups *u)
{
	for (unsigned i = 1; i <= site_count(s, KIND_UPS); i++)
		if (is_same_user(node_ups(site_find(s, site_id(KIND_UPS, i))), u))
			return true;
	return false;
}

static void add_user(struct site *s, const struct ups *u)
{
	unsigned n = (unsigned)site_count(s, KIND_UPS);
	struct node *to = site_create(s, KIND_UPS, n + 1);
	char buf[16];

	for (size_t i = 0; discover_user_keys[i]; i++) {
		const struct field *f = field_find(ups_fields, discover_user_keys[i]);

		site_set(s, to, f, field_text(f, u, buf), NULL);
	}
}

struct site *discover_users(const struct app *a)
{
	const struct node *top = &site_network(app_site(a))->node, *n;
	struct site *s = site_new();

	for (n = top; n && site_count(s, KIND_UPS) < DISCOVER_USERS; n = node_next(n, top))
		if (n->kind == KIND_UPS && *node_ups(n)->set->snmp_user && !has_user(s, node_ups(n)))
			add_user(s, node_ups(n));
	if (site_count(s, KIND_UPS) > 0)
		return s;
	site_free(s);
	return NULL;
}

/* Could a card have it as it is? */
static bool is_user(const struct ups *u, struct err *e)
{
	const char *name = u->set->snmp_user;

	if (!*name)
		return err_kind(e, ERR_USAGE, _("a user of SNMP v3 needs a name: SnmpUser"));
	if (u->set->snmp_level > LEVEL_NONE && strlen(u->set->snmp_auth_password) < 8)
		return err_kind(e, ERR_USAGE, _("SNMP v3 user \"%s\" needs an authentication password "
		    "of 8 characters or more at this level"), name);
	if (u->set->snmp_level > LEVEL_AUTH && strlen(u->set->snmp_priv_password) < 8)
		return err_kind(e, ERR_USAGE, _("SNMP v3 user \"%s\" needs a privacy password of 8 "
		    "characters or more at this level"), name);
	return true;
}

bool discover_users_fit(const struct site *s, struct err *e)
{
	size_t n = s ? site_count(s, KIND_UPS) : 0;

	if (n > DISCOVER_USERS)
		return err_kind(e, ERR_USAGE, _("more than %d users of SNMP v3"), DISCOVER_USERS);
	for (unsigned i = 1; i <= n; i++)
		if (!is_user(node_ups(site_find(s, site_id(KIND_UPS, i))), e))
			return false;
	return true;
}
