/* service-relay - operators order servers down over this control terminal; a part of service */
#include "app/serving.h"
#include "app/context.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { TERMINALS_MOST = 1000 };	/* of one order */

/* What anybody can be ordered by us for, besides by whom. */
static bool may(struct service *s, const struct relay_order *o, struct server_reply *reply)
{
	const struct terminal *self = service_self(s);

	if (!self || self->node.container != IN_CONTROL) {
		server_refuse(reply, 409, _("%s is no control terminal: servers take orders from those only"),
		    s->name);
		return false;
	}
	if (!o->cancel && !o->rehearsal && !site_network(app_site(s->app))->armed) {
		server_refuse(reply, 409, _("the site that %s holds is not armed: nothing is "
		    "switched there until a site that is armed is sent to it"), s->name);
		return false;
	}
	return true;
}

/* Those that are named, each once. */
static bool read_terminals(struct service *s, const struct json *list, unsigned *ids, size_t *n,
    struct server_reply *reply)
{
	for (size_t i = 0; i < json_count(list); i++) {
		char buf[24];
		const char *name = json_word(json_at(list, i), buf);
		const struct node *t = name ? site_named(app_site(s->app), KIND_TERMINAL, name, NULL) :
		    NULL;
		bool twice = false;

		if (!t) {
			server_refuse(reply, 422, _("%s: no terminal of the site that %s holds is called so"),
			    name ? name : "", s->name);
			return false;
		}
		for (size_t k = 0; k < *n; k++)
			twice |= ids[k] == t->id;
		if (!twice)
			ids[(*n)++] = t->id;
	}
	return true;
}

static bool read_words(const struct server_request *r, const struct json *j,
    struct relay_order *o, struct server_reply *reply)
{
	const char *why = json_get_text(j, "why"), *user = json_get_text(j, "user");
	size_t n = json_count(json_get(j, "terminals"));

	if (!n || n > TERMINALS_MOST) {
		server_refuse(reply, 400, _("\"terminals\" is needed: a list of 1 to %d names"),
		    TERMINALS_MOST);
		return false;
	}
	text_show(o->who, sizeof o->who, user && *user ? user : service_who(r));
	text_show(o->why, sizeof o->why, why ? why : "");
	return o->cancel || service_duty_terms(j, &o->in, &o->rehearsal, reply);
}

static void audit(struct service *s, const struct server_request *r,
    const struct relay_order *o, const struct server_reply *reply)
{
	struct json *j = reply->status >= 400 ? json_parse(reply->body, reply->body_len, NULL) : NULL;
	const char *refused = j ? json_get_text(j, "error") : NULL;
	struct text t = { 0 };

	for (size_t i = 0; i < o->n; i++)
		text_printf(&t, "%s%s", i ? " " : "",
		    node_name(site_find(app_site(s->app), o->terminals[i])));
	text_printf(&t, "%s%s", o->n ? ": " : "", o->why);
	service_audit(s, &(struct audit_act){ .act = o->cancel ? "order-cancel" : "order-shutdown",
	    .role = "operator", .user = o->who, .from = r->from, .detail = t.s,
	    .refused = refused });
	text_done(&t);
	json_free(j);
}

static void start(struct service *s, const struct server_request *r,
    const struct relay_order *o, struct server_reply *reply)
{
	struct err e = { .text = "" };
	const char *id = relay_start(s->relay, o, &e);
	struct json *j;

	if (!id) {
		server_refuse(reply, 503, "%s", e.text);
		if (!o->rehearsal)
			audit(s, r, o, reply);
		return;
	}
	j = json_new_object();
	json_put_text(j, "schema", "amc.order.v1");
	json_put_text(j, "id", id);
	service_answer(reply, j);
	reply->status = 202;
}

static void serve(struct service *s, const struct server_request *r, bool cancel,
    struct server_reply *reply)
{
	struct relay_order o = { .cancel = cancel, .from = r->from };
	struct err e = { .text = "" };
	const struct json *list;
	struct json *j;
	unsigned *ids;
	bool ok;

	if (!guard_admits(s->guard, r, ROLE_OPERATOR, reply))
		return;
	j = json_parse(r->body, r->body_len, &e);
	list = json_get(j, "terminals");
	ids = mem_zero(json_count(list) + 1, sizeof *ids);
	o.terminals = ids;
	if (!j)
		server_refuse(reply, 400, "%s", e.text);
	ok = j && read_words(r, j, &o, reply) && may(s, &o, reply) &&
	    read_terminals(s, list, ids, &o.n, reply);
	if (!o.rehearsal)
		audit(s, r, &o, reply);	/* before anything is done about it */
	if (ok)
		start(s, r, &o, reply);
	free(ids);
	json_free(j);
}

void service_servers_shutdown(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	serve(s, r, false, reply);
}

void service_servers_cancel(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	serve(s, r, true, reply);
}

void service_servers_order(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	const char *id = server_argument(r, "id");
	struct json *j;

	if (!guard_admits(s->guard, r, ROLE_VIEWER, reply))
		return;
	j = relay_json(s->relay, id ? id : "");
	if (j)
		service_answer(reply, j);
	else
		server_refuse(reply, 404, _("there is no such order: the last %d are known, and none from before this amcd was started"),
		    RELAY_KEPT);
}
