/* service-routes - what is served, and to whom it is worth listening; a part of service */
#include "app/serving.h"
#include "app/context.h"
#include "app/status.h"
#include "base/i18n.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUESTION_MAX = 320 * 1024 };	/* bytes of a body that is no site: 1000 names */

void service_answer(struct server_reply *reply, struct json *j)
{
	reply->status = 200;
	reply->body = json_print(j);
	reply->body_len = strlen(reply->body);
	json_free(j);
}

/* As much as a beacon tells; null without a site. */
static void put_digest(const struct service *s, struct json *j)
{
	const char *hex = strchr(s->etag, '-');
	char digest[17];

	snprintf(digest, sizeof digest, "%.16s", hex ? hex + 1 : "");
	json_put_text(j, "digest", hex ? digest : NULL);
}

/* Whoever is logged in, a terminal of the site, and who proves that he holds the site. */
static bool is_one_of_us(struct service *s, const struct server_request *r,
    const struct caller *c)
{
	const char *time = server_argument(r, "time"), *proof = server_argument(r, "proof");
	const char *lines[] = { PROOF_HELLO, time, NULL };

	return c->role != ROLE_NOBODY || c->terminal || (time && proof &&
	    proof_fits(app_site(s->app), lines, proof) && proof_is_fresh(time));
}

static void hello(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	const struct terminal *t = service_self(s);
	struct caller c = { 0 };
	struct json *j;

	if (!guard_caller(s->guard, r, &c, reply))
		return;
	j = json_new_object();
	json_put_text(j, "schema", PROOF_HELLO);
	json_put_text(j, "product", "amc");
	json_put_text(j, "version", VERSION_TEXT);
	json_put_text(j, "name", s->name);
	json_put_text(j, "pin", s->identity.pin);
	if (*s->next.pin)
		json_put_text(j, "next_pin", s->next.pin);
	json_put_text(j, "role", t ? terminal_role(t) : "none");
	json_put_text(j, "state", terminal_state_word(service_own_state(s)));
	json_put_int(j, "revision", service_revision(s));
	put_digest(s, j);
	json_put_int(j, "uptime_seconds", service_uptime(s));
	if (is_one_of_us(s, r, &c))
		service_put_facts(s, j);
	status_put_time(j);
	service_answer(reply, j);
}

static void status(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	struct json *own;

	if (!guard_admits(s->guard, r, ROLE_VIEWER, reply))
		return;
	own = json_new_object();
	json_put(own, "service", service_state_json(s));
	if (s->notifier)
		json_put(own, "notifications", notifier_json(s->notifier));
	reply->status = 200;
	reply->body = status_print(s->app, false, own, &reply->body_len);
	json_free(own);
}

/* A path that ends with a slash is that of all below it. */
static const struct route {
	const char *method, *path;
	service_route *serve;
} routes[] = {
	{ "GET", "/v1/hello", hello },
	{ "GET", "/v1/status", status },
	{ "GET", "/v1/site", service_give_site },
	{ "PUT", "/v1/site", service_put_site },
	{ "GET", "/v1/site/staged", service_staged },
	{ "PUT", "/v1/site/staged", service_stage },
	{ "DELETE", "/v1/site/staged", service_unstage },
	{ "POST", "/v1/site/activate", service_activate },
	{ "GET", "/v1/site/history", service_history },
	{ "GET", "/v1/site/history/", service_history_one },
	{ "GET", "/v1/site/handover", service_handover },
	{ "GET", "/v1/events", service_events },
	{ "POST", "/v1/events/acknowledge", service_acknowledge },
	{ "POST", "/v1/orders", service_order },
	{ "POST", "/v1/shutdown", service_shutdown },
	{ "POST", "/v1/cancel", service_cancel },
	{ "POST", "/v1/servers/shutdown", service_servers_shutdown },
	{ "POST", "/v1/servers/cancel", service_servers_cancel },
	{ "GET", "/v1/servers/order", service_servers_order },
	{ "GET", "/v1/statistics", service_statistics },
	{ "GET", "/v1/audit", service_acts },
	{ "GET", "/v1/notifications", service_notifications },
	{ "POST", "/v1/notifications/test", service_notify_test },
	{ "GET", "/metrics", service_metrics },
};

static bool is_at(const struct route *x, const char *path)
{
	size_t len = strlen(x->path);

	return x->path[len - 1] == '/' ? strncmp(path, x->path, len) == 0 :
	    strcmp(path, x->path) == 0;
}

static void handle(const struct server_request *r, struct server_reply *reply,
    void *arg)
{
	char allow[sizeof reply->allow] = "";
	size_t i, len;

	for (i = 0; i < sizeof routes / sizeof *routes; i++) {
		if (!is_at(&routes[i], r->path))
			continue;
		if (strcmp(routes[i].method, r->method) == 0) {
			service_witness(arg, r, reply, routes[i].serve);
			return;
		}
		len = strlen(allow);
		snprintf(allow + len, sizeof allow - len, "%s%s", len ? ", " : "",
		    routes[i].method);
	}
	if (!*allow) {
		server_refuse(reply, 404, _("there is nothing of that name"));
		return;
	}
	server_refuse(reply, 405, _("only %s can be done with it"), allow);
	snprintf(reply->allow, sizeof reply->allow, "%s", allow);
}

/* Who may send a body there is asked before it is read. */
static const struct {
	const char *method, *path;
	bool control;		/* for control terminals, else for operators */
} bodies[] = {
	{ "PUT", "/v1/site", false }, { "PUT", "/v1/site/staged", false },
	{ "POST", "/v1/site/activate", false }, { "POST", "/v1/events/acknowledge", false },
	{ "POST", "/v1/notifications/test", false },
	{ "POST", "/v1/shutdown", true }, { "POST", "/v1/cancel", true },
	{ "POST", "/v1/servers/shutdown", false }, { "POST", "/v1/servers/cancel", false },
};

/*
 * A body is worth waiting for only from who may change something with it. What is
 * no site is short: read as JSON, 64 MiB could become gigabytes.
 */
static bool admit(const struct server_request *r, size_t *most, struct server_reply *reply,
    void *arg)
{
	struct service *s = arg;

	if (strcmp(r->method, "PUT") != 0)
		*most = QUESTION_MAX;
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		if (strcmp(r->method, bodies[i].method) != 0 || strcmp(r->path, bodies[i].path) != 0)
			continue;
		if (bodies[i].control ? guard_terminal(s->guard, r, true, reply) != NULL :
		    guard_admits(s->guard, r, ROLE_OPERATOR, reply))
			return true;
		service_refused(s, r, reply);
		return false;
	}
	handle(r, reply, arg);
	return false;
}

struct server *service_listen(struct service *s, const char *address, int port,
    const struct service_settings *o, struct err *e)
{
	struct server_settings net = { .address = address, .port = port,
		.key_pem = s->identity.key_pem, .cert_pem = s->identity.cert_pem,
		.max_body = SITEFILE_MAX, .max_connections = 256, .timeout_s = 30,
		.admit = admit, .inherited = o->inherited, .n_inherited = o->n_inherited };

	return server_new(s->app->loop, &net, handle, s, e);
}
