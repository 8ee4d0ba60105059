/* service-records - events and statistics over HTTPS; a part of service */
#include "app/serving.h"
#include "app/metrics.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/utc.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVENTS_MAX 1000		/* in one answer */
#define SAMPLES_MAX 11000	/* a week of minutes */

static bool number_of(const struct server_request *r, const char *key, int64_t max, int64_t *n,
    struct err *e)
{
	const char *s = server_argument(r, key);
	char *end;

	if (!s)
		return true;
	*n = strtoll(s, &end, 10);
	return (*s >= '0' && *s <= '9' && !*end && *n <= max) ||
	    err_set(e, _("%s=%s: not a number up to %lld"), key, s, (long long)max);
}

static bool time_of(const struct server_request *r, const char *key, int64_t *ms, struct err *e)
{
	const char *s = server_argument(r, key);

	return !s || utc_parse(s, utc_now(), ms) ||
	    err_set(e, _("%s=%s: not a time like 2026-11-21T03:42:00Z or -2h"), key, s);
}

/* The id of NAME in the site; 0 when nothing is asked. */
static bool node_of(struct service *s, const struct server_request *r, const char *key,
    unsigned *id, struct err *e)
{
	const char *name = server_argument(r, key);
	const struct node *n = name ? site_lookup(app_site(s->app), name, NULL, e) : NULL;

	*id = n ? n->id : 0;
	return !name || n;
}

static bool kinds_of(const struct server_request *r, unsigned *kinds, struct err *e)
{
	const char *s = server_argument(r, "kind");
	char *list = mem_dup(s ? s : ""), *word, *rest;
	enum entry_kind k;
	bool ok = true;

	for (word = strtok_r(list, ",", &rest); word && ok; word = strtok_r(NULL, ",", &rest)) {
		ok = entry_kind_from_word(word, &k) ||
		    err_set(e, _("kind=%s: there is no such kind of event"), word);
		if (ok)
			*kinds |= 1u << k;
	}
	free(list);
	return ok;
}

static void put_word(struct json *j, const char *key, const char *word)
{
	json_put_text(j, key, *word ? word : NULL);
}

static void put_time(struct json *j, const char *key, int64_t ms)
{
	char text[UTC_SIZE];

	utc_print_ms(ms, text);
	json_put_text(j, key, ms ? text : NULL);
}

static bool add_event(const struct entry *x, void *list)
{
	struct json *j = json_new_object();

	json_put_int(j, "id", x->id);
	put_time(j, "time", x->at);
	json_put_text(j, "kind", entry_kind_word(x->kind));
	json_put_int(j, "severity", x->severity);
	put_word(j, "node", x->name);
	put_word(j, "before", x->before);
	put_word(j, "after", x->after);
	if (x->cause)
		json_put_int(j, "cause", x->cause);
	else
		json_put_null(j, "cause");
	put_word(j, "who", x->who);
	put_word(j, "from", x->origin);
	put_word(j, "detail", x->detail);
	put_time(j, "acknowledged", x->acked_at);
	put_word(j, "acknowledged_by", x->acked_by);
	json_add(list, j);
	return true;
}

static struct json *document(struct service *s, const char *schema)
{
	struct json *j = json_new_object();

	json_put_text(j, "schema", schema);
	put_time(j, "time", utc_now());
	json_put_text(j, "name", s->name);
	return j;
}

/* Only control terminals keep them, when they have a database to keep them in. */
static bool kept(const struct service *s, const void *log, struct server_reply *reply)
{
	if (!log && s->recorder)
		server_refuse(reply, 503, _("events and statistics cannot be kept: %s"),
		    recorder_trouble(s->recorder));
	else if (!log)
		server_refuse(reply, 404, _("events and statistics are kept on control terminals"));
	return log;
}

void service_events(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	struct eventlog *log = recorder_events(s->recorder);
	struct eventlog_filter f = { .text = server_argument(r, "text"),
		.waiting = server_argument(r, "waiting") != NULL };
	int64_t severity = 0, max = 100;
	struct err e = { .text = "" };
	struct json *j, *list;

	if (!guard_admits(s->guard, r, ROLE_VIEWER, reply) || !kept(s, log, reply))
		return;
	if (!time_of(r, "since", &f.since, &e) || !time_of(r, "until", &f.until, &e) ||
	    !number_of(r, "before", INT64_MAX, &f.before_id, &e) ||
	    !number_of(r, "severity", 3, &severity, &e) ||
	    !number_of(r, "max", EVENTS_MAX, &max, &e) ||
	    !node_of(s, r, "node", &f.node, &e) || !kinds_of(r, &f.kinds, &e)) {
		server_refuse(reply, 400, "%s", e.text);
		return;
	}
	f.severity = (int)severity;
	f.max = (size_t)max;
	list = json_new_array();
	if (!eventlog_list(log, &f, add_event, list, &e)) {
		json_free(list);
		recorder_mend(s->recorder);
		server_refuse(reply, 500, "%s", e.text);
		return;
	}
	j = document(s, "amc.events.v1");
	json_put_bool(j, "more", json_count(list) == f.max);
	put_word(j, "trouble", recorder_trouble(s->recorder));
	json_put(j, "events", list);
	service_answer(reply, j);
}

/* {"id": N, "until": true, "who": "sato"} */
void service_acknowledge(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	struct eventlog *log = recorder_events(s->recorder);
	struct err e = { .text = "" };
	struct json *asked, *j;
	const char *who;
	double number;
	size_t n = 1;
	int64_t id;
	bool ok;

	if (!guard_admits(s->guard, r, ROLE_OPERATOR, reply) || !kept(s, log, reply))
		return;
	asked = json_parse(r->body, r->body_len, &e);
	number = asked ? json_get_number(asked, "id", 0) : 0;
	id = number >= 1 && number < 9e15 ? (int64_t)number : 0;
	who = asked ? json_get_text(asked, "who") : NULL;
	if (id < 1 || !who || !*who) {
		server_refuse(reply, 400, _("{\"id\": NUMBER, \"who\": \"NAME\"} is needed%s%s"),
		    *e.text ? ": " : "", e.text);
		json_free(asked);
		return;
	}
	ok = recorder_keep(s->recorder, &e) && (json_is_yes(json_get(asked, "until")) ?
	    eventlog_ack_until(log, id, who, utc_now(), &n, &e) :
	    eventlog_ack(log, id, who, utc_now(), &e));
	json_free(asked);
	if (!ok) {
		if (e.kind != ERR_USAGE)
			recorder_mend(s->recorder);
		server_refuse(reply, e.kind == ERR_USAGE ? 404 : 500, "%s", e.text);
		return;
	}
	j = document(s, "amc.acknowledged.v1");
	json_put_int(j, "acknowledged", (long long)n);
	service_answer(reply, j);
}

static void put_tenth(struct json *j, const char *key, double value)
{
	json_put_number(j, key, round(value * 10) / 10);
}

static bool add_sample(const struct sample *x, void *list)
{
	struct json *j = json_new_object();

	put_time(j, "time", x->at * INT64_C(1000));
	json_put_text(j, "state", state_word(x->state));
	for (enum sample_value v = 0; v < VALUE_COUNT; v++)
		put_tenth(j, sample_value_attr(v)->json, x->value[v]);
	json_put_int(j, "seconds", x->span);
	json_add(list, j);
	return json_count(list) < SAMPLES_MAX;
}

static bool add_hour(const struct sample_hour *x, void *list)
{
	struct json *j = json_new_object(), *value;

	put_time(j, "time", x->at * INT64_C(1000));
	json_put_int(j, "known_seconds", x->known);
	json_put_int(j, "on_battery_seconds", x->on_battery);
	put_tenth(j, "watt_hours", x->watt_hours);
	for (enum sample_value v = 0; v < VALUE_COUNT; v++) {
		value = json_new_object();
		put_tenth(value, "min", x->min[v]);
		put_tenth(value, "mean", x->mean[v]);
		put_tenth(value, "max", x->max[v]);
		json_put(j, sample_value_attr(v)->json, value);
	}
	json_add(list, j);
	return json_count(list) < SAMPLES_MAX;
}

/* For whoever may look, as Prometheus asks for it. */
void service_metrics(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	struct eventlog *log = recorder_events(s->recorder);
	struct metrics_more more = { .beacons = s->beacons, .notifier = s->notifier,
		.trouble = *recorder_trouble(s->recorder) != '\0' };
	struct text t = { 0 };

	if (!guard_admits(s->guard, r, ROLE_VIEWER, reply))
		return;
	more.events_waiting = log ? (long)eventlog_unseen(log) : -1;
	metrics_print(s->app, &more, &t);
	*reply = (struct server_reply){ .status = 200, .type = METRICS_TYPE, .body_len = t.len };
	reply->body = text_take(&t);
}

struct outages {
	const char *month;
	int n;
};

static bool count_outage(const struct entry *x, void *arg)
{
	struct outages *o = arg;
	char at[UTC_SIZE];

	utc_print(x->at, at);
	if (strncmp(at, o->month, 7) == 0 && strcmp(x->after, state_word(UPS_ON_BATTERY)) == 0)
		o->n++;
	return strncmp(at, o->month, 7) >= 0;	/* the newest come first */
}

struct report {
	struct eventlog *events;
	unsigned ups;
	struct json *list;
};

static bool add_month(const struct sample_month *x, void *arg)
{
	struct report *r = arg;
	struct eventlog_filter f = { .node = r->ups, .kinds = 1u << ENTRY_UPS_STATE,
		.max = 1000000 };
	struct outages o = { .month = x->month };
	struct json *j = json_new_object();

	if (r->events)
		eventlog_list(r->events, &f, count_outage, &o, NULL);
	json_put_text(j, "month", x->month);
	json_put_int(j, "known_seconds", x->known);
	json_put_int(j, "outages", o.n);
	json_put_int(j, "on_battery_seconds", x->on_battery);
	json_put_number(j, "kilowatt_hours", round(x->watt_hours) / 1000);
	put_tenth(j, "lowest_input_voltage", x->lowest);
	put_tenth(j, "highest_input_voltage", x->highest);
	put_tenth(j, "highest_load_percent", x->load);
	put_tenth(j, "highest_temperature_celsius", x->temperature);
	json_add(r->list, j);
	return true;
}

void service_statistics(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	struct samplelog *log = recorder_samples(s->recorder);
	bool hours = server_argument(r, "hours"), months = server_argument(r, "months");
	int64_t to = utc_now() + 1000, from = to - (hours ? 31 : 1) * INT64_C(86400000);
	struct report report = { .events = recorder_events(s->recorder) };
	struct err e = { .text = "" };
	struct json *j, *list;
	unsigned ups = 0;
	bool ok;

	if (!guard_admits(s->guard, r, ROLE_VIEWER, reply) || !kept(s, log, reply))
		return;
	if (!time_of(r, "since", &from, &e) || !time_of(r, "until", &to, &e) ||
	    !node_of(s, r, "ups", &ups, &e) ||
	    (!ups && !err_set(&e, _("ups=NAME is needed")))) {
		server_refuse(reply, 400, "%s", e.text);
		return;
	}
	list = report.list = json_new_array();
	report.ups = ups;
	ok = months ? samplelog_months(log, ups, add_month, &report, &e) :
	    hours ? samplelog_hours(log, ups, from / 1000, to / 1000, add_hour, list, &e) :
	    samplelog_list(log, ups, from / 1000, to / 1000, add_sample, list, &e);
	if (!ok) {
		json_free(list);
		server_refuse(reply, 500, "%s", e.text);
		return;
	}
	j = document(s, "amc.statistics.v1");
	json_put_text(j, "ups", node_name(site_find(app_site(s->app), ups)));
	json_put(j, months ? "months" : hours ? "hours" : "samples", list);
	service_answer(reply, j);
}
