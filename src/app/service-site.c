/*
 * service-site - the site in two steps, what was held before, and handing it over to
 * a terminal that was away; a part of service
 */
#include "app/serving.h"
#include "app/context.h"
#include "app/note.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"
#include "store/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HISTORY "/v1/site/history/"

/* In documents a tag stands without its quotes. */
static void bare(const char *tag, char out[80])
{
	text_copy(out, 80, *tag == '"' ? tag + 1 : tag);
	out[strcspn(out, "\"")] = '\0';
}

static void put_tag(struct json *j, const char *key, const char *tag)
{
	char text[80];

	bare(tag, text);
	json_put_text(j, key, text);
}

static void put_time(struct json *j, const char *key, int64_t ms)
{
	char text[UTC_SIZE];

	utc_print(ms, text);
	json_put_text(j, key, text);
}

const char *service_who(const struct server_request *r)
{
	return *r->user ? r->user : r->role;
}

/* A refusal with who did what stands in the way; words are those of its "error". */
static void refuse_for(struct server_reply *reply, int status, const char *words, int revision,
    const char *who, const char *from, int64_t at)
{
	struct json *j = json_new_object();

	json_put_text(j, "error", words);
	json_put_int(j, "revision", revision);
	json_put_text(j, "who", *who ? who : NULL);
	json_put_text(j, "from", *from ? from : NULL);
	if (at)
		put_time(j, "since", at);
	else
		json_put_null(j, "since");
	service_answer(reply, j);
	reply->status = status;
}

void service_refuse_stale(struct service *s, struct server_reply *reply)
{
	bool known = taken_is(&s->taken, s->etag);
	int revision = service_revision(s);
	char at[UTC_SIZE], *words;

	utc_print(s->taken.at, at);
	words = known ? mem_printf(_("%s holds another site by now: revision %d, sent by %s from %s at %s"),
	    s->name, revision, s->taken.who, s->taken.from, at) :
	    mem_printf(_("%s holds another site by now: revision %d"), s->name, revision);
	refuse_for(reply, 412, words, revision, known ? s->taken.who : "",
	    known ? s->taken.from : "", known ? s->taken.at : 0);
	snprintf(reply->etag, sizeof reply->etag, "%s", s->etag);
	free(words);
}

bool service_refuse_staged(struct service *s, const char *tag, struct server_reply *reply)
{
	const struct staged *x = staging_get(s->staging);
	char at[UTC_SIZE], *words;

	if (!x || strcmp(x->tag, tag) == 0)
		return false;
	utc_print(x->since, at);
	words = mem_printf(_("%s is just being sent revision %d, by %s from %s since %s; within %d s it counts there or is dropped"),
	    s->name, x->revision, x->who, x->from, at, STAGING_S);
	refuse_for(reply, 409, words, x->revision, x->who, x->from, x->since);
	free(words);
	return true;
}

static void answer_staged(const struct staged *x, struct server_reply *reply)
{
	struct json *j = json_new_object();
	int64_t age = (utc_now() - x->since) / 1000;

	json_put_text(j, "schema", "amc.staged.v1");
	put_tag(j, "tag", x->tag);
	json_put_int(j, "revision", x->revision);
	put_tag(j, "replaces", x->replaces);
	json_put_text(j, "who", x->who);
	json_put_text(j, "from", x->from);
	put_time(j, "since", x->since);
	json_put_int(j, "seconds_left", age < 0 ? 0 : age > STAGING_S ? 0 : STAGING_S - age);
	service_answer(reply, j);
	snprintf(reply->etag, sizeof reply->etag, "%s", x->tag);
}

void service_stage(struct service *s, const struct server_request *r, struct server_reply *reply)
{
	struct staged x = { .bytes = (char *)r->body, .len = r->body_len };
	struct err e = { .text = "" };

	if (!service_may_replace(s, r, &x.revision, reply))
		return;
	site_tag(x.revision, r->body, r->body_len, x.tag);
	if (service_refuse_staged(s, x.tag, reply))
		return;
	text_copy(x.replaces, sizeof x.replaces, s->etag);
	text_copy(x.who, sizeof x.who, service_who(r));
	text_copy(x.from, sizeof x.from, r->from);
	if (!staging_put(s->staging, &x, &e)) {
		log_error("a site from %s was not staged: %s", r->from, e.text);
		server_refuse(reply, 500, "%s", e.text);
		return;
	}
	log_notice("revision %d from %s is staged", x.revision, r->from);
	answer_staged(staging_get(s->staging), reply);
}

void service_staged(struct service *s, const struct server_request *r, struct server_reply *reply)
{
	const struct staged *x = staging_get(s->staging);

	if (!guard_admits(s->guard, r, ROLE_OPERATOR, reply))
		return;
	if (x)
		answer_staged(x, reply);
	else
		server_refuse(reply, 404, _("nothing is staged"));
}

void service_unstage(struct service *s, const struct server_request *r, struct server_reply *reply)
{
	const struct staged *x = staging_get(s->staging);
	struct json *j;

	if (!guard_admits(s->guard, r, ROLE_OPERATOR, reply))
		return;
	if (!*r->if_match) {
		server_refuse(reply, 428,
		    _("If-Match is needed: the tag of the site that is to be dropped"));
		return;
	}
	if (x && strcmp(x->tag, r->if_match) == 0) {
		log_notice("revision %d, staged from %s, is dropped from %s", x->revision, x->from,
		    r->from);
		staging_drop(s->staging);
	}
	j = json_new_object();
	json_put_text(j, "schema", "amc.unstaged.v1");
	service_answer(reply, j);
}

/* What was staged counts now; true, or the reply says why not. */
static bool take_staged(struct service *s, const char *tag, const char *who,
    const struct json *later, struct server_reply *reply)
{
	const struct staged *x = staging_get(s->staging);
	struct err e = { .text = "" };

	if (!x || strcmp(x->tag, tag) != 0) {
		server_refuse(reply, 409, _("%s: nothing of that tag is staged; it may be too late"),
		    s->name);
		return false;
	}
	if (strcmp(x->replaces, s->etag) != 0) {
		staging_drop(s->staging);
		service_refuse_stale(s, reply);
		return false;
	}
	if (service_take(s, &(struct arrival){ x->bytes, x->len, *who ? who : x->who, x->from, later },
	    &e))
		return true;
	server_refuse(reply, 500, "%s", e.text);
	return false;
}

static bool is_staged(struct service *s, const char *tag)
{
	const struct staged *x = staging_get(s->staging);

	return x && strcmp(x->tag, tag) == 0;
}

void service_activate(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	struct err e = { .text = "" };
	struct json *j;
	const struct json *later;
	const char *tag;
	char quoted[80];

	if (!guard_admits(s->guard, r, ROLE_OPERATOR, reply))
		return;
	j = json_parse(r->body, r->body_len, &e);
	tag = j ? json_get_text(j, "tag") : NULL;
	later = j ? json_get(j, "later") : NULL;
	if (!tag || !later_check(later, &e)) {
		server_refuse(reply, 400, _("{\"tag\": \"TAG\"} is needed%s%s"),
		    *e.text ? ": " : "", e.text);
		json_free(j);
		return;
	}
	snprintf(quoted, sizeof quoted, "\"%.77s\"", tag);
	service_look_tag(s);
	if (strcmp(quoted, s->etag) != 0) {
		if (take_staged(s, quoted, r->user, later, reply))
			service_answer_taken(s, reply);
	} else if (later && !taken_note(&s->taken, s->etag, service_who(r), r->from, later, &e)) {
		server_refuse(reply, 500, "%s", e.text);
	} else {
		/* said again: an answer of ours was lost, or it was staged on top of itself */
		if (is_staged(s, quoted))
			staging_drop(s->staging);
		service_answer_taken(s, reply);
	}
	json_free(j);
}

static void put_revision(struct json *list, const char *name, long long size, time_t replaced)
{
	struct json *j = json_new_object();

	json_put_text(j, "revision", name);
	json_put_int(j, "size", size);
	if (replaced)
		put_time(j, "replaced", replaced * INT64_C(1000));
	else
		json_put_null(j, "replaced");
	json_add(list, j);
}

void service_history(struct service *s, const struct server_request *r, struct server_reply *reply)
{
	struct json *j, *list;
	struct history_entry *kept;
	char name[24], *now;
	size_t n, len = 0;

	if (!guard_admits(s->guard, r, ROLE_OPERATOR, reply))
		return;
	list = json_new_array();
	now = service_site_bytes(s, &len, NULL);
	snprintf(name, sizeof name, "%d", service_revision(s));
	if (now)
		put_revision(list, name, (long long)len, 0);
	kept = history_list(s->site, &n);
	for (size_t i = 0; i < n; i++)
		put_revision(list, kept[i].name, kept[i].size, kept[i].kept);
	history_free(kept, n);
	free(now);
	j = json_new_object();
	json_put_text(j, "schema", "amc.held.v1");
	json_put(j, "revisions", list);
	service_answer(reply, j);
}

/* The bytes of that revision, yours: of the history, else of the site itself; NULL: there is none. */
static char *revision_bytes(struct service *s, const char *name, size_t *len)
{
	struct history_entry *kept;
	char number[24], *bytes = NULL;
	size_t n;

	kept = history_list(s->site, &n);
	for (size_t i = 0; i < n && !bytes; i++)
		if (strcmp(kept[i].name, name) == 0)
			bytes = file_read(kept[i].path, SITEFILE_MAX, len, NULL);
	history_free(kept, n);
	snprintf(number, sizeof number, "%d", service_revision(s));
	if (!bytes && strcmp(number, name) == 0)
		bytes = service_site_bytes(s, len, NULL);
	return bytes;
}

static void answer_site(struct server_reply *reply, char *bytes, size_t len, const char *tag)
{
	*reply = (struct server_reply){ .status = 200, .body = bytes, .body_len = len,
		.type = "text/plain; charset=utf-8" };
	snprintf(reply->etag, sizeof reply->etag, "%s", tag);
}

void service_history_one(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	const char *name = r->path + strlen(HISTORY);
	char tag[80], *bytes;
	size_t len = 0;

	if (!guard_admits(s->guard, r, ROLE_OPERATOR, reply))
		return;
	bytes = revision_bytes(s, name, &len);
	if (!bytes) {
		server_refuse(reply, 404, _("%s has no such revision any more"), s->name);
		return;
	}
	site_tag((int)strtol(name, NULL, 10), bytes, len, tag);
	answer_site(reply, bytes, len, tag);
}

/* To a terminal that was away when it was sent, if the operator wanted that. */
void service_handover(struct service *s, const struct server_request *r,
    struct server_reply *reply)
{
	const struct terminal *t = guard_terminal(s->guard, r, false, reply);
	const char *tag = server_argument(r, "tag");
	char *bytes;
	size_t len = 0;

	if (!t)
		return;
	bytes = service_site_bytes(s, &len, NULL);
	if (!bytes || !tag || !taken_is(&s->taken, s->etag) ||
	    !taken_allows(&s->taken, t->name, tag)) {
		server_refuse(reply, 404, _("there is nothing to hand over"));
		free(bytes);
		return;
	}
	log_notice("revision %d is handed over to %s", service_revision(s), t->name);
	answer_site(reply, bytes, len, s->etag);
}
