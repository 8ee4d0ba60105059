/* status - the live state of the site as JSON; see status.h */
#include "app/status.h"
#include "base/mem.h"
#include "base/utc.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const char *terminal_role(const struct terminal *t)
{
	return t->node.container == IN_CONTROL ? "control" : "linked";
}

static void put_age(struct json *j, bool known, int64_t at)
{
	json_put_number(j, "age_seconds", known ?
	    round((double)(loop_now() - at) / 100) / 10 : NAN);
}

static struct json *flags_json(unsigned flags)
{
	struct json *list = json_new_array();
	unsigned bit;

	for (bit = 1; flag_word(bit); bit <<= 1)
		if (flags & bit)
			json_add_text(list, flag_word(bit));
	return list;
}

static struct json *ups_json(const struct app *a, const struct ups *u,
    bool by_address)
{
	const struct ups_status *s = watch_ups(a, u->node.id);
	const struct reading_attr *attr;
	struct json *j = json_new_object();
	struct reading none;

	reading_clear(&none);
	json_put_text(j, "name", by_address ? u->description : u->name);
	json_put_text(j, "address", u->address);
	json_put_text(j, "group", by_address ? NULL : node_name(u->node.parent));
	json_put_text(j, "state", state_word(watch_ups_state(a, u->node.id)));
	json_put(j, "flags", flags_json(s ? s->reading.flags : 0));
	for (attr = reading_attrs; attr->name; attr++) {
		const char *at = (const char *)(s && s->known ? &s->reading :
		    &none) + attr->offset;

		if (attr->text)
			json_put_text(j, attr->json, *at ? at : NULL);
		else
			json_put_number(j, attr->json,
			    *(const double *)(const void *)at);
	}
	json_put_text(j, "serial_before", s && s->replaced_at ? s->replaced : NULL);
	json_put_text(j, "profile", s && *s->profile ? s->profile : NULL);
	put_age(j, s && s->known, s ? s->at : 0);
	json_put_text(j, "error", s && *s->error ? s->error : NULL);
	return j;
}

static struct json *terminal_json(const struct app *a, const struct terminal *t)
{
	const struct terminal_status *s = watch_terminal(a, t->node.id);
	struct json *j = json_new_object();
	char digest[20];

	json_put_text(j, "name", t->name);
	json_put_text(j, "address", t->address);
	json_put_text(j, "role", terminal_role(t));
	json_put_text(j, "state", terminal_state_word(s ? s->state :
	    TERMINAL_UNKNOWN));
	if (s && s->revision)
		json_put_int(j, "revision", s->revision);
	else
		json_put_null(j, "revision");
	snprintf(digest, sizeof digest, "%016llx", (unsigned long long)(s ? s->digest : 0));
	json_put_text(j, "digest", s && s->digest ? digest : NULL);
	json_put_bool(j, "differs", s && s->differs);
	put_age(j, s && s->at, s ? s->at : 0);
	json_put_text(j, "error", s && *s->error ? s->error : NULL);
	json_put_text(j, "version", s && *s->version ? s->version : NULL);
	json_put_number(j, "uptime_seconds", s && s->since && !s->silent_since ?
	    round((double)(loop_now() - s->since) / 1000) : NAN);
	json_put_number(j, "clock_ahead_seconds", s && s->clock_known ?
	    round(s->clock_ahead * 10) / 10 : NAN);
	json_put_text(j, "speaks_from", s && *s->speaks_from ? s->speaks_from : NULL);
	json_put_text(j, "other_software", s && s->software_known ? s->software : NULL);
	return j;
}

void status_put_time(struct json *j)
{
	char text[UTC_SIZE];

	utc_print(utc_now(), text);
	json_put_text(j, "time", text);
}

struct json *status_json(const struct app *a, bool by_address)
{
	const struct node *top = &site_network(app_site(a))->node, *n;
	struct json *j = json_new_object();
	struct json *ups = json_new_array(), *terminals = json_new_array();

	json_put_text(j, "schema", "amc.status.v1");
	status_put_time(j);
	for (n = top; n; n = node_next(n, top))
		if (n->kind == KIND_UPS)
			json_add(ups, ups_json(a, node_ups(n), by_address));
		else if (n->kind == KIND_TERMINAL)
			json_add(terminals, terminal_json(a, node_terminal(n)));
	json_put(j, "ups", ups);
	json_put(j, "terminals", terminals);
	return j;
}
