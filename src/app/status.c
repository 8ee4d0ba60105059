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

static void write_age(struct json_writer *w, bool known, int64_t at)
{
	json_write_number(w, "age_seconds", known ?
	    round((double)(loop_now() - at) / 100) / 10 : NAN);
}

static void write_flags(struct json_writer *w, unsigned flags)
{
	unsigned bit;

	json_write_open(w, "flags", '[');
	for (bit = 1; flag_word(bit); bit <<= 1)
		if (flags & bit)
			json_write_text(w, NULL, flag_word(bit));
	json_write_close(w);
}

static void write_ups(struct json_writer *w, const struct app *a, const struct ups *u,
    bool by_address)
{
	const struct ups_status *s = watch_ups(a, u->node.id);
	const struct reading_attr *attr;
	struct reading none;

	reading_clear(&none);
	json_write_open(w, NULL, '{');
	json_write_text(w, "name", by_address ? u->description : u->name);
	json_write_text(w, "address", u->address);
	json_write_text(w, "group", by_address ? NULL : node_name(u->node.parent));
	json_write_text(w, "state", state_word(watch_ups_state(a, u->node.id)));
	write_flags(w, s ? s->reading.flags : 0);
	for (attr = reading_attrs; attr->name; attr++) {
		const char *at = (const char *)(s && s->known ? &s->reading :
		    &none) + attr->offset;

		if (attr->text)
			json_write_text(w, attr->json, *at ? at : NULL);
		else
			json_write_number(w, attr->json,
			    *(const double *)(const void *)at);
	}
	json_write_text(w, "serial_before", s && s->replaced_at ? s->replaced : NULL);
	json_write_text(w, "profile", s && *s->profile ? s->profile : NULL);
	write_age(w, s && s->known, s ? s->at : 0);
	json_write_text(w, "error", s && *s->error ? s->error : NULL);
	json_write_close(w);
}

static void write_terminal(struct json_writer *w, const struct app *a, const struct terminal *t)
{
	const struct terminal_status *s = watch_terminal(a, t->node.id);
	char digest[20];

	json_write_open(w, NULL, '{');
	json_write_text(w, "name", t->name);
	json_write_text(w, "address", t->address);
	json_write_text(w, "role", terminal_role(t));
	json_write_text(w, "state", terminal_state_word(s ? s->state :
	    TERMINAL_UNKNOWN));
	json_write_number(w, "revision", s && s->revision ? s->revision : NAN);
	snprintf(digest, sizeof digest, "%016llx", (unsigned long long)(s ? s->digest : 0));
	json_write_text(w, "digest", s && s->digest ? digest : NULL);
	json_write_bool(w, "differs", s && s->differs);
	write_age(w, s && s->at, s ? s->at : 0);
	json_write_text(w, "error", s && *s->error ? s->error : NULL);
	json_write_text(w, "version", s && *s->version ? s->version : NULL);
	json_write_number(w, "uptime_seconds", s && s->since && !s->silent_since ?
	    round((double)(loop_now() - s->since) / 1000) : NAN);
	json_write_number(w, "clock_ahead_seconds", s && s->clock_known ?
	    round(s->clock_ahead * 10) / 10 : NAN);
	json_write_text(w, "speaks_from", s && *s->speaks_from ? s->speaks_from : NULL);
	json_write_text(w, "other_software", s && s->software_known ? s->software : NULL);
	json_write_close(w);
}

void status_put_time(struct json *j)
{
	char text[UTC_SIZE];

	utc_print(utc_now(), text);
	json_put_text(j, "time", text);
}

char *status_print(const struct app *a, bool by_address, const struct json *more,
    size_t *len)
{
	const struct node *top = &site_network(app_site(a))->node, *n;
	struct json_writer w = { .depth = 0 };
	char time[UTC_SIZE];

	utc_print(utc_now(), time);
	json_write_open(&w, NULL, '{');
	json_write_text(&w, "schema", "amc.status.v1");
	json_write_text(&w, "time", time);
	json_write_open(&w, "ups", '[');
	for (n = top; n; n = node_next(n, top))
		if (n->kind == KIND_UPS)
			write_ups(&w, a, node_ups(n), by_address);
	json_write_close(&w);
	json_write_open(&w, "terminals", '[');
	for (n = top; n; n = node_next(n, top))
		if (n->kind == KIND_TERMINAL)
			write_terminal(&w, a, node_terminal(n));
	json_write_close(&w);
	if (more)
		json_write_members(&w, more);
	json_write_close(&w);
	return json_write_take(&w, len);
}
