/* service-take - the site of a terminal: what it is, and another in its place; a part of service */
#include "app/serving.h"
#include "app/context.h"
#include "app/note.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FINDINGS_TOLD = 1000 };

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

void service_digest(const struct service *s, unsigned char digest[8])
{
	const char *hex = strchr(s->etag, '-');

	for (size_t i = 0; hex && i < 8; i++) {
		unsigned byte;

		if (sscanf(hex + 1 + 2 * i, "%2x", &byte) == 1)
			digest[i] = (unsigned char)byte;
	}
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

void service_give_site(struct service *s, const struct server_request *r,
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

/*
 * What is wrong with what was sent, as a 422; of a file that is nothing but wrong the first
 * FINDINGS_TOLD, or the answer would be ten times its 64 MiB.
 */
static void refuse_findings(struct server_reply *reply, const struct findings *l)
{
	struct json *j = json_new_object(), *list = json_new_array();
	const char *first = NULL;
	char *words;
	size_t i;

	for (i = 0; i < l->n && json_count(list) < FINDINGS_TOLD; i++) {
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
	words = mem_printf(ngettext("the site has %zu error and was not taken; the first: %s",
		    "the site has %zu errors and was not taken; the first: %s", l->count[SEVERITY_ERROR]),
	    l->count[SEVERITY_ERROR], first ? first : "");
	json_put_text(j, "error", words);
	json_put(j, "findings", list);
	free(words);
	service_answer(reply, j);
	reply->status = 422;
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

void service_put_site(struct service *s, const struct server_request *r,
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
