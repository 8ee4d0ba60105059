/* wake - starting servers; see wake.h */
#include "app/wake.h"
#include "app/note.h"
#include "app/operate.h"
#include "app/watch.h"
#include "base/i18n.h"
#include "peer/wake.h"

bool wake_allowed(const struct app *a, struct err *e)
{
	return operate_may_switch(a, e);
}

const char *wake_destination(const struct app *a, unsigned terminal, struct err *e)
{
	const struct node *n = site_find(app_site(a), terminal);
	const struct terminal *t = n ? node_terminal(n) : NULL;

	if (!t) {
		err_set(e, _("%s: is no terminal"), n ? node_name(n) : "?");
		return NULL;
	}
	if (!*t->mac) {
		err_set(e, _("%s: has no MAC address (MacAddress); it cannot be started by "
		    "Wake-on-LAN"), t->name);
		return NULL;
	}
	while (n->kind != KIND_GROUP && n->parent)
		n = n->parent;
	return n->kind == KIND_GROUP ? node_address(n) : "255.255.255.255";
}

bool wake_terminal(struct app *a, unsigned terminal, int port, struct err *e)
{
	const char *to = wake_allowed(a, e) ? wake_destination(a, terminal, e) : NULL;
	const struct terminal *t;

	if (!to)
		return false;
	t = node_terminal(site_find(app_site(a), terminal));
	if (!wake_send(t->mac, to, port ? port : WAKE_PORT, e))
		return false;
	app_note_node(a, terminal, ENTRY_ACT, 1, "", "wake", to);
	watch_soon(a, terminal);
	return true;
}
