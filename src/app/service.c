/* service - what amcd does on a terminal; see service.h */
#include "app/serving.h"
#include "app/bulletin.h"
#include "app/catalogue.h"
#include "app/context.h"
#include "app/note.h"
#include "app/status.h"
#include "app/watch.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { QUESTION_MAX = 64 * 1024 };	/* bytes of a body that is no site */

const char *service_pin(const struct service *s)
{
	return s->identity.pin;
}

int service_port(const struct service *s)
{
	return s->port;
}

int service_listener(const struct service *s)
{
	return server_listener(s->server);
}

const struct terminal *service_self(const struct service *s)
{
	return node_terminal(site_named(app_site(s->app), KIND_TERMINAL,
	    s->name, NULL));
}

/*
 * Several control terminals agree on a master through the cluster layer; as
 * long as there is none the first in the tree's order is it (amc.md e.1).
 */
static bool is_master(const struct service *s, const struct terminal *t)
{
	const struct node *top = &site_network(app_site(s->app))->node, *n;

	for (n = top; n; n = node_next(n, top))
		if (n->kind == KIND_TERMINAL && n->container == IN_CONTROL)
			return n == &t->node;
	return false;
}

/* Was each UPS asked since the start? Once true it stays so, whatever comes to the site. */
static bool is_settled(struct service *s)
{
	const struct node *top = &site_network(app_site(s->app))->node, *n;

	for (n = top; n && !s->settled && s->app->watching; n = node_next(n, top))
		if (n->kind == KIND_UPS && !watch_ups(s->app, n->id))
			return false;
	s->settled = true;
	return true;
}

enum terminal_state service_own_state(struct service *s)
{
	const struct terminal *t = service_self(s);

	if (s->ending)
		return s->ending;
	if (!is_settled(s))
		return TERMINAL_STARTING;
	if (t && is_master(s, t))
		return TERMINAL_MASTER;
	return t && t->cluster_member ? TERMINAL_NORMAL_CLUSTER : TERMINAL_NORMAL;
}

/* Without a file there is an empty site, revision 0. */
int service_revision(const struct service *s)
{
	return strcmp(s->etag, "\"none\"") == 0 ? 0 :
	    site_network(app_site(s->app))->revision;
}

static void set_etag(struct service *s, const char *bytes, size_t len)
{
	site_tag(site_network(app_site(s->app))->revision, bytes, len, s->etag);
}

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

static void hello(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	const struct terminal *t = service_self(s);
	struct json *j = json_new_object();

	(void)r;
	json_put_text(j, "schema", "amc.hello.v1");
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

char *service_site_bytes(struct service *s, size_t *len, struct err *e)
{
	char *bytes = access(s->site, F_OK) == 0 ?
	    file_read(s->site, SITEFILE_MAX, len, e) : NULL;

	if (bytes)
		set_etag(s, bytes, *len);
	else
		snprintf(s->etag, sizeof s->etag, "\"none\"");
	return bytes;
}

void service_look_tag(struct service *s)
{
	size_t len = 0;

	free(service_site_bytes(s, &len, NULL));
}

static void get_site(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	struct err e = { .text = "" };
	size_t len = 0;
	char *bytes;

	if (!guard_admits(s->guard, r, ROLE_OPERATOR, reply))
		return;
	bytes = service_site_bytes(s, &len, &e);
	if (!bytes && *e.text) {
		server_refuse(reply, 500, "%s", e.text);
		return;
	}
	if (!bytes)
		server_refuse(reply, 404, _("%s holds no site yet"), s->name);
	else
		*reply = (struct server_reply){ .status = 200, .body = bytes,
			.body_len = len, .type = "text/plain; charset=utf-8" };
	snprintf(reply->etag, sizeof reply->etag, "%s", s->etag);
}

/* Everything that is wrong with what was sent, as a 422. */
static void refuse_findings(struct server_reply *reply, const struct findings *l)
{
	struct json *j = json_new_object(), *list = json_new_array();
	const char *first = NULL;
	char *words;
	size_t i;

	for (i = 0; i < l->n; i++) {
		struct json *one;

		if (l->list[i].severity != SEVERITY_ERROR)
			continue;
		if (!first)
			first = l->list[i].message;
		one = json_new_object();
		json_put_text(one, "rule", l->list[i].rule);
		json_put_int(one, "line", l->list[i].line);
		json_put_text(one, "message", l->list[i].message);
		json_add(list, one);
	}
	words = mem_printf(_("the site has %zu errors and was not taken; the first: %s"),
	    l->count[SEVERITY_ERROR], first ? first : "");
	json_put_text(j, "error", words);
	json_put(j, "findings", list);
	free(words);
	service_answer(reply, j);
	reply->status = 422;
}

void service_digest(const struct service *s, unsigned char digest[8])
{
	const char *hex = strchr(s->etag, '-');

	for (size_t i = 0; hex && i < 8; i++) {
		unsigned byte;

		if (sscanf(hex + 1 + 2 * i, "%2x", &byte) == 1)
			digest[i] = (unsigned char)byte;
	}
}

static void present(struct beacon *b, void *arg)
{
	struct service *s = arg;

	b->state = (uint8_t)service_own_state(s);
	b->revision = (uint32_t)service_revision(s);
	service_digest(s, b->digest);
}

static void follow_notifier(struct service *s)
{
	struct err e = { .text = "" };

	if (!s->notifier)
		s->notifier = notifier_new(s->app, s->conf, s->state, s->name, &e);
	if (*e.text)
		log_error("%s", e.text);
}

void service_follow(struct service *s)
{
	const struct terminal *t = service_self(s);

	if (t && t->node.container == IN_CONTROL) {
		if (!s->recorder)
			s->recorder = recorder_new(s->app, s->state);
		follow_notifier(s);
		watch_start(s->app);
		trapping_start(s->app, &s->traps);
	} else {
		trapping_stop(s->app);
		watch_stop(s->app);
		notifier_free(s->notifier);
		s->notifier = NULL;
		recorder_free(s->recorder);
		s->recorder = NULL;
	}
	if (!s->beacons)
		s->beacons = beacons_new(s->app, s->state, s->name, s->address, s->port, present, s);
	else
		beacons_follow(s->beacons);
}

/* From the file into the running site, at once. */
static bool activate(struct service *s, const char *bytes, size_t len,
    struct err *e)
{
	if (!app_open(s->app, s->site, e))
		return false;
	set_etag(s, bytes, len);
	service_follow(s);
	return true;
}

/* Into the event log: who brought which revision, instead of which. */
static void note_site(struct service *s, const struct arrival *a, int before)
{
	struct entry x = { .kind = ENTRY_SITE, .severity = 1 };

	text_copy(x.name, sizeof x.name, s->name);
	snprintf(x.before, sizeof x.before, "%d", before);
	snprintf(x.after, sizeof x.after, "%d", service_revision(s));
	text_copy(x.who, sizeof x.who, a->who);
	text_copy(x.origin, sizeof x.origin, a->from);
	app_note(s->app, &x);
}

bool service_take(struct service *s, const struct arrival *a, struct err *e)
{
	struct err kept = { .text = "" };
	int before = service_revision(s);

	if (!sitefile_put(s->site, a->bytes, a->len, e) || !activate(s, a->bytes, a->len, e)) {
		log_error("a site from %s was not taken: %s", a->from, e->text);
		return false;
	}
	note_site(s, a, before);
	if (!taken_note(&s->taken, s->etag, a->who, a->from, a->later, &kept))
		log_warning("who sent revision %d is not kept: %s", service_revision(s), kept.text);
	staging_drop(s->staging);	/* whatever it is, it was to replace another site */
	return true;
}

void service_answer_taken(struct service *s, struct server_reply *reply)
{
	struct json *j = json_new_object();

	json_put_text(j, "schema", "amc.taken.v1");
	json_put_int(j, "revision", service_revision(s));
	if (!service_self(s))
		json_put_text(j, "warning", _("this terminal is not in that site"));
	service_answer(reply, j);
	snprintf(reply->etag, sizeof reply->etag, "%s", s->etag);
}

bool service_may_replace(struct service *s, const struct server_request *r, int *number,
    struct server_reply *reply)
{
	struct findings found = { 0 };
	struct sitefile *f;
	bool ok;

	if (!guard_admits(s->guard, r, ROLE_OPERATOR, reply))
		return false;
	service_look_tag(s);
	if (!*r->if_match) {
		server_refuse(reply, 428,
		    _("If-Match is needed: the tag of the site that is to be replaced"));
		return false;
	}
	if (strcmp(r->if_match, s->etag) != 0) {
		service_refuse_stale(s, reply);
		return false;
	}
	f = sitefile_parse(s->site, mem_ndup(r->body, r->body_len),
	    r->body_len, &found);
	rules_check(sitefile_site(f), &found);
	*number = site_network(sitefile_site(f))->revision;
	sitefile_free(f);
	ok = found.count[SEVERITY_ERROR] == 0;
	if (!ok)
		refuse_findings(reply, &found);
	findings_done(&found);
	return ok;
}

static void put_site(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	struct err e = { .text = "" };
	char tag[80];
	int number;

	if (!service_may_replace(s, r, &number, reply))
		return;
	site_tag(number, r->body, r->body_len, tag);
	if (service_refuse_staged(s, tag, reply))
		return;
	if (service_take(s, &(struct arrival){ r->body, r->body_len, service_who(r), r->from, NULL },
	    &e))
		service_answer_taken(s, reply);
	else
		server_refuse(reply, 500, "%s", e.text);
}

/* A path that ends with a slash is that of all below it. */
static const struct route {
	const char *method, *path;
	service_route *serve;
} routes[] = {
	{ "GET", "/v1/hello", hello },
	{ "GET", "/v1/status", status },
	{ "GET", "/v1/site", get_site },
	{ "PUT", "/v1/site", put_site },
	{ "GET", "/v1/site/staged", service_staged },
	{ "PUT", "/v1/site/staged", service_stage },
	{ "DELETE", "/v1/site/staged", service_unstage },
	{ "POST", "/v1/site/activate", service_activate },
	{ "GET", "/v1/site/history", service_history },
	{ "GET", "/v1/site/history/", service_history_one },
	{ "GET", "/v1/site/handover", service_handover },
	{ "GET", "/v1/events", service_events },
	{ "POST", "/v1/events/acknowledge", service_acknowledge },
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

/* What has a body; each is for operators. */
static bool has_body(const struct server_request *r)
{
	static const char *const paths[][2] = {
		{ "PUT", "/v1/site" }, { "PUT", "/v1/site/staged" },
		{ "POST", "/v1/site/activate" }, { "POST", "/v1/events/acknowledge" },
		{ "POST", "/v1/notifications/test" },
	};

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		if (strcmp(r->method, paths[i][0]) == 0 && strcmp(r->path, paths[i][1]) == 0)
			return true;
	return false;
}

/*
 * A body is worth waiting for only from who may change something with it. What is
 * no site is short: read as JSON, 64 MiB could become gigabytes.
 */
static bool admit(const struct server_request *r, size_t *most, struct server_reply *reply,
    void *arg)
{
	struct service *s = arg;
	bool site = strcmp(r->method, "PUT") == 0;

	if (!site)
		*most = QUESTION_MAX;
	if (has_body(r)) {
		if (guard_admits(s->guard, r, ROLE_OPERATOR, reply))
			return true;
		service_refused(s, r, reply);
		return false;
	}
	handle(r, reply, arg);
	return false;
}

void service_open_site(struct service *s)
{
	static const char empty[] = "[Network]\nFormat=1\n";
	struct err e = { .text = "" };
	size_t len = 0;

	if (access(s->site, F_OK) != 0 || !app_open(s->app, s->site, &e)) {
		if (*e.text)
			log_error("%s", e.text);
		else
			log_notice("no site yet: %s", s->site);
		app_open_text(s->app, s->site, empty, sizeof empty - 1, NULL);
	}
	if (app_faulty(s->app))
		log_error("%s has faults: see amc check", s->site);
	free(service_site_bytes(s, &len, NULL));
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

struct service *service_new(struct loop *loop, const struct service_settings *o,
    struct err *e)
{
	struct app_options options = { .read_only = true, .profiles = o->profiles };
	struct service *s = mem_new(struct service);

	s->since = loop_now();
	s->conf = mem_dup(o->conf);
	s->name = mem_dup(o->name);
	s->site = mem_dup(o->site);
	s->state = mem_dup(o->state);
	s->address = o->address ? mem_dup(o->address) : NULL;
	s->traps = trapping_settings_copy(&o->traps, o->address);
	s->app = app_new(loop, &options, e);
	s->guard = guard_new(o->conf, s->app);
	guard_listen(s->guard, service_login_failed, s);
	if (!s->app || !file_mkdirs(o->state, 0700, e) ||
	    !identity_open(&s->identity, o->state, o->name, e))
		goto fail;
	bulletin_start(s->app);
	service_open_site(s);
	s->staging = staging_new(loop, o->state);
	taken_open(&s->taken, o->state);
	s->port = o->port ? o->port : site_network(app_site(s->app))->terminal_port;
	s->server = service_listen(s, s->address, s->port, o, e);
	if (!s->server)
		goto fail;
	s->around = surroundings_new(s->app, s->name, o->root ? o->root : "");
	service_follow(s);
	s->keyring = keyring_new(s);
	s->catchup = catchup_new(s);
	service_audit(s, &(struct audit_act){ .act = "start", .role = "amcd",
	    .after = VERSION_TEXT });
	service_tell_locally(s);
	return s;
fail:
	service_free(s);
	return NULL;
}

bool service_check(const struct service_settings *o, struct err *e)
{
	struct findings found = { 0 };
	struct sitefile *f;
	bool ok = true;

	if (!catalogue_check(o->profiles, e))
		return false;
	if (access(o->site, F_OK) != 0)
		return true;	/* it waits for one */
	f = sitefile_read(o->site, &found, e);
	if (!f)
		return false;
	rules_check(sitefile_site(f), &found);
	if (found.count[SEVERITY_ERROR])
		ok = err_kind(e, ERR_SITE, _("%s has %zu errors: see amc check"),
		    o->site, found.count[SEVERITY_ERROR]);
	else if (!site_named(sitefile_site(f), KIND_TERMINAL, o->name, NULL))
		ok = err_set(e, _("Name = %s: no terminal of %s is called so"),
		    o->name, o->site);
	findings_done(&found);
	sitefile_free(f);
	return ok;
}

/* The others hear of it before they would notice. */
void service_drain(struct service *s, enum service_end end, loop_fn *done, void *arg)
{
	if (end != SERVICE_RESTARTS) {
		s->ending = end == SERVICE_STOPS ? TERMINAL_STOPPED : TERMINAL_SHUTTING_DOWN;
		beacons_now(s->beacons);
	}
	server_drain(s->server, done, arg);
}

void service_summary(const struct service *s, char *line, size_t size)
{
	const struct site *site = app_site(s->app);
	const struct terminal *t = service_self(s);
	int n = service_revision(s);

	if (n)
		snprintf(line, size, "revision %d, %s, %zu UPSs, %zu terminals", n,
		    t ? terminal_role(t) : "not in the site", site_count(site, KIND_UPS),
		    site_count(site, KIND_TERMINAL));
	else
		snprintf(line, size, "no site yet");
}

void service_free(struct service *s)
{
	if (!s)
		return;
	local_free(s->local);
	surroundings_free(s->around);
	keyring_free(s->keyring);
	catchup_free(s->catchup);
	server_free(s->server);
	server_free(s->before);
	staging_free(s->staging);
	taken_done(&s->taken);
	notifier_free(s->notifier);
	recorder_free(s->recorder);
	beacons_free(s->beacons);
	app_free(s->app);
	guard_free(s->guard);
	identity_done(&s->identity);
	identity_done(&s->next);
	free(s->conf);
	free(s->name);
	free(s->site);
	free(s->state);
	free(s->address);
	trapping_settings_done(&s->traps);
	free(s);
}
