/*
 * service-order - what an operator did at amc, for the events of this terminal; a part
 * of service. herald.h tells it.
 */
#include "app/serving.h"
#include "app/context.h"
#include "app/herald.h"
#include "app/note.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"

#include <stdlib.h>
#include <string.h>

/* An order is told at once; clocks may differ by so much. */
enum { OLDEST_MS = 3600 * 1000 };

static bool same(const char *a, const char *b)
{
	unsigned char differs = 0;

	if (strlen(a) != 64 || strlen(b) != 64)
		return false;
	for (int i = 0; i < 64; i++)
		differs |= (unsigned char)(a[i] ^ b[i]);
	return !differs;
}

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
    const char *const fields[HERALD_FIELDS])
{
	struct entry x = { .kind = ENTRY_ACT, .severity = 1 };
	const struct site *site = app_site(s->app);
	const struct node *n = site_named(site, KIND_UPS, fields[HERALD_NODE], NULL);
	char *detail;

	if (!n)
		n = site_named(site, KIND_TERMINAL, fields[HERALD_NODE], NULL);
	x.node = n ? n->id : 0;
	text_show(x.name, sizeof x.name, fields[HERALD_NODE]);
	text_show(x.after, sizeof x.after, fields[HERALD_ACT]);
	text_show(x.detail, sizeof x.detail, fields[HERALD_DETAIL]);
	text_show(x.who, sizeof x.who, fields[HERALD_WHO]);
	text_copy(x.origin, sizeof x.origin, r->from);
	app_note(s->app, &x);
	detail = mem_printf("%s: %s", x.name, x.detail);
	service_audit(s, &(struct audit_act){ .act = "order", .role = "site-key", .user = x.who,
	    .from = r->from, .after = x.after, .detail = detail });
	free(detail);
}

void service_order(struct service *s, const struct server_request *r, struct server_reply *reply)
{
	const char *fields[HERALD_FIELDS], *proof = server_argument(r, "proof");
	char wanted[65];
	struct json *j;
	int64_t at, now = utc_now();

	for (int i = 0; i < HERALD_FIELDS; i++)
		fields[i] = server_argument(r, herald_keys[i]);
	for (int i = 0; i < HERALD_FIELDS; i++)
		if (!fields[i] || !proof) {
			server_refuse(reply, 400, _("%s= is missing"), proof ? herald_keys[i] : "proof");
			return;
		}
	if (!herald_proof(app_site(s->app), fields, wanted) || !same(wanted, proof)) {
		server_refuse(reply, 403, _("no proof that this comes from who holds the site's key"));
		return;
	}
	if (!utc_parse(fields[HERALD_TIME], now, &at) || llabs(at - now) > OLDEST_MS) {
		server_refuse(reply, 403, _("%s: the clocks differ by more than an hour"),
		    fields[HERALD_TIME]);
		return;
	}
	if (!was_told(s, proof))
		note(s, r, fields);
	j = json_new_object();
	json_put_text(j, "schema", "amc.order.v1");
	service_answer(reply, j);
}
