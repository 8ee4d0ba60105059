/* service-state - how amcd itself is, for GET /v1/status and amcd status; a part of service */
#include "app/context.h"
#include "app/known.h"
#include "app/serving.h"
#include "app/status.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Of UPSs those that answer, of terminals those that are well; waiting: not asked yet. */
static struct json *count_json(const struct app *a, enum kind kind)
{
	const struct node *top = &site_network(app_site(a))->node, *n;
	struct json *j = json_new_object();
	int total = 0, well = 0, waiting = 0;

	for (n = top; n; n = node_next(n, top)) {
		const struct ups_status *u = watch_ups(a, n->id);
		const struct terminal_status *t = watch_terminal(a, n->id);

		if (n->kind != kind)
			continue;
		total++;
		waiting += !u && !t;
		well += (u && u->known && !u->silent_since) ||
		    (t && terminal_state_is_well(t->state));
	}
	json_put_int(j, "total", total);
	json_put_int(j, "well", well);
	json_put_int(j, "waiting", waiting);
	return j;
}

static struct json *beacons_json(const struct beacons *b)
{
	struct json *j = json_new_object();

	for (enum beacon_verdict v = 0; b && v < BEACON_VERDICTS; v++)
		json_put_int(j, beacon_verdict_word(v), (long long)beacons_count(b, v));
	return j;
}

static struct json *traps_json(const struct app *a)
{
	struct json *j = json_new_object();
	struct trapping_counts c;

	json_put_bool(j, "listens", trapping_counts(a, &c));
	json_put_int(j, "known", (long long)c.known);
	json_put_int(j, "unknown", (long long)c.unknown);
	json_put_int(j, "bad", (long long)c.bad);
	json_put_int(j, "dropped", (long long)c.dropped);
	return j;
}

static struct json *troubles_json(void)
{
	struct json *list = json_new_array();
	struct log_trouble t;
	char at[UTC_SIZE];

	for (size_t i = 0; log_trouble(i, &t); i++) {
		struct json *one = json_new_object();

		utc_print(t.at, at);
		json_put_text(one, "time", at);
		json_put_text(one, "message", t.line);
		json_put_int(one, "times", t.times);
		json_add(list, one);
	}
	return list;
}

static double machine_uptime(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_BOOTTIME, &ts);
	return (double)ts.tv_sec;
}

long service_uptime(const struct service *s)
{
	return (long)((loop_now() - s->since) / 1000);
}

/* Those whose cards are lost to us; a linked terminal asks none. */
static void put_silent_cards(const struct service *s, struct json *j)
{
	const struct node *top = &site_network(app_site(s->app))->node, *n;
	struct text names = { 0 };

	if (!s->app->watching)
		return;
	for (n = top; n; n = node_next(n, top)) {
		const struct ups_status *u = n->kind == KIND_UPS ? watch_ups(s->app, n->id) : NULL;

		if (u && known_is_lost(node_ups(n), u))
			text_printf(&names, "%s%s", names.len ? "," : "", node_name(n));
	}
	json_put_text(j, "silent_cards", names.len ? names.s : "");
	text_done(&names);
}

void service_put_facts(const struct service *s, struct json *j)
{
	enum known acts = surroundings_hypervisor(s->around);

	json_put_text(j, "speaks_from", surroundings_speaks_from(s->around));
	json_put_text(j, "other_software", surroundings_other_software(s->around));
	put_silent_cards(s, j);
	if (acts != NOT_KNOWN)
		json_put_bool(j, "hypervisor_acts", acts == KNOWN_YES);
	if (duty_order(s->duty))
		json_put(j, "order", duty_json(s->duty));
	else
		json_put_null(j, "order");
}

static void put_all(struct service *s, struct json *j)
{
	const struct terminal *t = service_self(s);

	json_put_text(j, "version", VERSION_TEXT);
	json_put_text(j, "name", s->name);
	json_put_text(j, "role", t ? terminal_role(t) : "none");
	json_put_text(j, "state", terminal_state_word(service_own_state(s)));
	json_put_text(j, "pin", s->identity.pin);
	json_put_int(j, "uptime_seconds", service_uptime(s));
	service_put_facts(s, j);
	json_put_number(j, "machine_uptime_seconds", machine_uptime());
	json_put_text(j, "address", s->address);
	json_put_int(j, "port", s->port);
	json_put_text(j, "site", s->site);
	json_put_int(j, "revision", service_revision(s));
	json_put(j, "ups", count_json(s->app, KIND_UPS));
	json_put(j, "terminals", count_json(s->app, KIND_TERMINAL));
	json_put_int(j, "connections", server_connections(s->server));
	json_put(j, "beacons", beacons_json(s->beacons));
	json_put(j, "traps", traps_json(s->app));
	json_put_text(j, "trouble", *recorder_trouble(s->recorder) ?
	    recorder_trouble(s->recorder) : NULL);
	json_put(j, "errors", troubles_json());
}

struct json *service_state_json(struct service *s)
{
	struct json *j = json_new_object();

	put_all(s, j);
	return j;
}

static char *tell(void *arg)
{
	struct json *j = json_new_object();
	char *text;

	json_put_text(j, "schema", "amc.service.v1");
	status_put_time(j);
	put_all(arg, j);
	text = json_print(j);
	json_free(j);
	return text;
}

char *service_local_path(const char *state)
{
	return file_join(state, "amcd.sock");
}

/* Without it amcd works as well: nobody but "amcd status" asks there. */
void service_tell_locally(struct service *s)
{
	char *path = service_local_path(s->state);
	struct err e = { .text = "" };

	s->local = local_new(s->app->loop, path, tell, s, &e);
	if (!s->local)
		log_warning("amcd status will find nobody: %s", e.text);
	free(path);
}
