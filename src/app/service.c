/* service - what amcd does on a terminal; see service.h */
#include "app/serving.h"
#include "app/bulletin.h"
#include "app/catalogue.h"
#include "app/context.h"
#include "app/rest.h"
#include "app/retired.h"
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

enum terminal_state service_usual_state(struct service *s)
{
	const struct terminal *t = service_self(s);

	if (!is_settled(s))
		return TERMINAL_STARTING;
	if (t && is_master(s, t))
		return TERMINAL_MASTER;
	return t && t->set->cluster_member ? TERMINAL_NORMAL_CLUSTER : TERMINAL_NORMAL;
}

enum terminal_state service_own_state(struct service *s)
{
	if (s->ending)
		return s->ending;
	return s->duty && duty_order(s->duty) ? TERMINAL_SHUTTING_DOWN : service_usual_state(s);
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
	if (s->duty)
		service_duty_follow(s);
}

void service_open_site(struct service *s)
{
	struct err e = { .text = "" };
	size_t len = 0;

	if (access(s->site, F_OK) != 0 || !app_open(s->app, s->site, &e)) {
		if (*e.text)
			log_error("%s", e.text);
		else
			log_notice("no site yet: %s", s->site);
		app_open_text(s->app, s->site, SERVICE_NO_SITE, strlen(SERVICE_NO_SITE), NULL);
	}
	if (app_faulty(s->app))
		log_error("%s has faults: see amc check", s->site);
	free(service_site_bytes(s, &len, NULL));
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
	retired_keep(s->app, s->state);
	service_open_site(s);
	rest_start(s->app);
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
	s->relay = relay_new(s);
	service_duty_start(s, o);
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
		ok = err_kind(e, ERR_SITE, ngettext("%s has %zu error: see amc check",
		    "%s has %zu errors: see amc check", found.count[SEVERITY_ERROR]),
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
	duty_rest(s->duty);
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
	relay_free(s->relay);
	duty_free(s->duty);
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
