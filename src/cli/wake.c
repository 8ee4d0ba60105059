/* wake - the verb wake: starting servers by Wake-on-LAN */
#include "cli/cli.h"
#include "app/wake.h"
#include "base/i18n.h"
#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>

/* One server; its row for --json. */
static bool wake(struct cli *c, unsigned id, struct json *list)
{
	const struct terminal *t = node_terminal(site_find(app_site(c->app), id));
	struct json *j = json_new_object();
	struct err e = { .text = "" };
	const char *to = wake_destination(c->app, id, &e);
	bool ok = to && (c->dry_run || wake_terminal(c->app, id, c->port, &e));

	json_put_text(j, "name", t->name);
	json_put_text(j, "mac", *t->mac ? t->mac : NULL);
	json_put_text(j, "destination", to);
	json_put_bool(j, "sent", ok && !c->dry_run);
	json_put_text(j, "error", ok ? NULL : e.text);
	json_add(list, j);
	if (c->json)
		return ok;
	if (!ok)
		cli_fail(&e);
	else if (c->dry_run)
		printf(_("%s: would be sent a packet for %s, to %s\n"), t->name, t->mac, to);
	else
		printf(_("%s: a packet for %s was sent to %s; nothing answers it, amc status shows when it runs\n"),
		    t->name, t->mac, to);
	return ok;
}

static int wake_all(struct cli *c, const unsigned *ids, size_t n)
{
	struct json *j = json_new_object(), *list = json_new_array();
	size_t well = 0;

	json_put_text(j, "schema", "amc.wake.v1");
	if (c->dry_run)
		json_put_bool(j, "dry_run", true);
	for (size_t i = 0; i < n; i++)
		well += wake(c, ids[i], list);
	json_put(j, "terminals", list);
	if (c->json)
		cli_print_json(j);
	else
		json_free(j);
	return well == n ? 0 : well > 0 ? ERR_PARTLY : 1;
}

int verb_wake(struct cli *c)
{
	struct err e = { .text = "" };
	unsigned *ids = NULL;
	int status;
	size_t n;

	if (!cli_open(c, c->argv[0], &status))
		return status;
	if ((c->dry_run || wake_allowed(c->app, &e)) &&
	    (ids = cli_named(c, 1, KIND_TERMINAL, &n, &e)))
		status = wake_all(c, ids, n);
	else
		status = cli_fail(&e);
	free(ids);
	return status;
}
