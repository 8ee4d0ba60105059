/*
 * service-order - what an operator did at amc, for the events of this terminal; a part
 * of service. herald.h tells it.
 */
#include "app/serving.h"
#include "app/context.h"
#include "app/herald.h"
#include "app/note.h"
#include "app/proof.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Of the last ones: the same again is no new one. */
static bool was_told(struct service *s, const char *proof)
{
	for (size_t i = 0; i < SERVICE_ORDERS; i++)
		if (strcmp(s->orders[i], proof) == 0)
			return true;
	text_copy(s->orders[s->next_order], sizeof *s->orders, proof);
	s->next_order = (s->next_order + 1) % SERVICE_ORDERS;
	return false;
}

static void note(struct service *s, const struct server_request *r,
    const char *const lines[HERALD_LINES])
{
	struct entry x = { .kind = ENTRY_ACT, .severity = 1 };
	const struct site *site = app_site(s->app);
	const struct node *n = site_named(site, KIND_UPS, lines[HERALD_NODE], NULL);
	char *detail;

	if (!n)
		n = site_named(site, KIND_TERMINAL, lines[HERALD_NODE], NULL);
	x.node = n ? n->id : 0;
	text_show(x.name, sizeof x.name, lines[HERALD_NODE]);
	text_show(x.after, sizeof x.after, lines[HERALD_ACT]);
	text_show(x.detail, sizeof x.detail, lines[HERALD_DETAIL]);
	text_show(x.who, sizeof x.who, lines[HERALD_WHO]);
	text_copy(x.origin, sizeof x.origin, r->from);
	app_note(s->app, &x);
	detail = mem_printf("%s: %s", x.name, x.detail);
	service_audit(s, &(struct audit_act){ .act = "order", .role = "site-key", .user = x.who,
	    .from = r->from, .after = x.after, .detail = detail });
	free(detail);
}

void service_order(struct service *s, const struct server_request *r, struct server_reply *reply)
{
	const char *lines[HERALD_LINES + 1] = { NULL }, *proof;
	struct json *j;

	for (int i = 0; i < HERALD_LINES; i++) {
		lines[i] = server_argument(r, herald_keys[i]);
		if (!lines[i]) {
			server_refuse(reply, 400, _("%s= is missing"), herald_keys[i]);
			return;
		}
	}
	proof = lines[HERALD_SCHEMA];
	lines[HERALD_SCHEMA] = HERALD_WHAT;
	if (!proof_fits(app_site(s->app), lines, proof)) {
		server_refuse(reply, 403, _("no proof that this comes from who holds the site's key"));
		return;
	}
	if (!proof_is_fresh(lines[HERALD_TIME])) {
		server_refuse(reply, 403, _("%s: the clocks differ by more than an hour"),
		    lines[HERALD_TIME]);
		return;
	}
	if (!was_told(s, proof))
		note(s, r, lines);
	j = json_new_object();
	json_put_text(j, "schema", HERALD_WHAT);
	service_answer(reply, j);
}
