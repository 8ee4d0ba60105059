/* notifier-show - how the channels are; a part of notifier */
#include "app/notifying.h"
#include "base/mem.h"
#include "base/utc.h"

#include <stdlib.h>
#include <string.h>

static void put_time(struct json *j, const char *key, int64_t ms)
{
	char text[UTC_SIZE];

	utc_print_ms(ms, text);
	json_put_text(j, key, ms ? text : NULL);
}

static struct json *test_json(const struct outlet *o)
{
	struct json *j = json_new_object(), *steps = json_new_array();
	char *copy = mem_dup(o->test_steps && !o->testing ? o->test_steps : ""), *line, *rest;

	json_put_int(j, "number", o->test);
	json_put_bool(j, "ended", !o->testing);
	json_put_bool(j, "ok", !o->testing && o->test_ok);
	json_put_text(j, "error", o->testing || o->test_ok ? NULL : o->test_error);
	for (line = strtok_r(copy, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		json_add_text(steps, line);
	json_put(j, "steps", steps);
	free(copy);
	return j;
}

static struct json *outlet_json(const struct outlet *o)
{
	struct json *j = json_new_object();

	json_put_text(j, "channel", o->channel->name);
	json_put_text(j, "via", channel_via_word(o->channel->via));
	json_put_int(j, "waiting", (long long)o->n);
	json_put_int(j, "sent", (long long)o->sent);
	json_put_int(j, "failed", (long long)o->failed);
	json_put_int(j, "dropped", (long long)o->dropped);
	put_time(j, "last_sent", o->sent_at);
	put_time(j, "last_failed", o->failed_at);
	json_put_text(j, "error", *o->error ? o->error : NULL);
	if (o->test)
		json_put(j, "test", test_json(o));
	else
		json_put_null(j, "test");
	return j;
}

struct json *notifier_json(const struct notifier *n)
{
	struct json *list = json_new_array();

	for (size_t i = 0; n && i < n->channels.n; i++)
		json_add(list, outlet_json(&n->outlets[i]));
	return list;
}

static void family(struct text *t, const char *name, const char *type, const char *help)
{
	text_printf(t, "# TYPE %s %s\n# HELP %s %s\n", name, type, name, help);
}

/* A channel's name has no character that would need an escape. */
void notifier_metrics(const struct notifier *n, struct text *t)
{
	if (!n)
		return;
	family(t, "amc_notifications", "counter", "Notifications since the start, by their fate");
	for (size_t i = 0; i < n->channels.n; i++) {
		const struct outlet *o = &n->outlets[i];
		const struct { const char *fate; unsigned long count; } fates[] = {
			{ "sent", o->sent }, { "failed", o->failed }, { "dropped", o->dropped } };

		for (size_t k = 0; k < sizeof fates / sizeof *fates; k++)
			text_printf(t, "amc_notifications_total{channel=\"%s\",fate=\"%s\"} %lu\n",
			    o->channel->name, fates[k].fate, fates[k].count);
	}
	family(t, "amc_notifications_waiting", "gauge", "Notifications that are not sent yet");
	for (size_t i = 0; i < n->channels.n; i++)
		text_printf(t, "amc_notifications_waiting{channel=\"%s\"} %zu\n",
		    n->outlets[i].channel->name, n->outlets[i].n);
	family(t, "amc_notifications_up", "gauge", "1 unless the last try failed");
	for (size_t i = 0; i < n->channels.n; i++)
		text_printf(t, "amc_notifications_up{channel=\"%s\"} %d\n",
		    n->outlets[i].channel->name, !*n->outlets[i].error);
}
