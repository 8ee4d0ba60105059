/* service-audit - acts over HTTPS into the audit log, and out of it; a part of service */
#include "app/serving.h"
#include "app/context.h"
#include "app/diff.h"
#include "app/note.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ACTS_MAX 1000		/* in one answer */

/* What is no GET is an act anyway; these have a word of their own. */
static const struct {
	const char *method, *path, *act;
	bool itself;		/* once it was heard it tells who it was itself */
} known_acts[] = {
	{ "GET", "/v1/site", "read", false },
	{ "GET", "/v1/site/history/", "read", false },
	{ "GET", "/v1/site/handover", "hand-over", false },
	{ "PUT", "/v1/site", "site", false },
	{ "PUT", "/v1/site/staged", "stage", false },
	{ "DELETE", "/v1/site/staged", "unstage", false },
	{ "POST", "/v1/site/activate", "site", false },
	{ "POST", "/v1/events/acknowledge", "acknowledge", false },
	{ "POST", "/v1/orders", "order", true },
	{ "POST", "/v1/shutdown", "shutdown", true },
	{ "POST", "/v1/cancel", "shutdown-cancel", true },
	{ "POST", "/v1/servers/shutdown", "order-shutdown", true },
	{ "POST", "/v1/servers/cancel", "order-cancel", true },
};

/*
 * What the event log has by itself, or what is not worth an event. One that was refused
 * is, for those that switch something.
 */
static const struct {
	const char *act;
	bool refused;
} eventless[] = {
	{ "site", false }, { "read", false }, { "acknowledge", false }, { "start", false },
	{ "order", false }, { "setting", false }, { "shutdown", true },
	{ "shutdown-cancel", true }, { "shutdown-off", true }, { "shutdown-begin", true },
	{ "shutdown-failed", true }, { "shutdown-over", true }, { "order-shutdown", true },
	{ "order-cancel", true },
};

static bool is_event(const struct audit_act *a)
{
	for (size_t i = 0; i < sizeof eventless / sizeof *eventless; i++)
		if (strcmp(a->act, eventless[i].act) == 0)
			return a->refused && eventless[i].refused;
	return true;
}

/* NULL when it is none: who only looks at states leaves no line. */
static const char *act_of(const struct server_request *r, bool heard)
{
	for (size_t i = 0; i < sizeof known_acts / sizeof *known_acts; i++) {
		size_t len = strlen(known_acts[i].path);

		if (strcmp(r->method, known_acts[i].method) == 0 &&
		    (known_acts[i].path[len - 1] == '/' ? strncmp(r->path, known_acts[i].path, len) == 0 :
		    strcmp(r->path, known_acts[i].path) == 0))
			return heard && known_acts[i].itself ? NULL : known_acts[i].act;
	}
	return strcmp(r->method, "GET") == 0 || strcmp(r->method, "HEAD") == 0 ? NULL : "other";
}

void service_audit(struct service *s, const struct audit_act *a)
{
	struct err e = { .text = "" };
	struct entry x = { .kind = ENTRY_ACT, .severity = 1 };

	if (!audit_write(s->state, a, &e))
		log_error("an act is not in the audit log: %s", e.text);
	if (!is_event(a))
		return;
	text_copy(x.name, sizeof x.name, s->name);
	text_copy(x.before, sizeof x.before, a->before ? a->before : "");
	text_copy(x.after, sizeof x.after, a->after && *a->after ? a->after : a->act);
	text_copy(x.who, sizeof x.who, a->user && *a->user ? a->user : a->role);
	text_copy(x.origin, sizeof x.origin, a->from ? a->from : "");
	text_copy(x.detail, sizeof x.detail, a->refused ? a->refused :
	    a->after && *a->after ? a->act : "");
	app_note(s->app, &x);
}

void service_login_failed(const struct server_request *r, unsigned failures, int wait_s,
    void *arg)
{
	char refused[100];
	bool exists = strcmp(r->role, "viewer") == 0 || strcmp(r->role, "operator") == 0;

	/* English for the audit log; said.h has it in the reader's words */
	snprintf(refused, sizeof refused, N_("wrong password, failure %u, waits %d s"), failures,
	    wait_s);
	service_audit(arg, &(struct audit_act){ .act = "login", .role = exists ? r->role : "",
	    .user = r->user, .from = r->from, .refused = refused });
}

/* The words of an answer's "error". */
static char *error_of(const struct server_reply *reply)
{
	struct json *j = reply->body ? json_parse(reply->body, reply->body_len, NULL) : NULL;
	const char *words = j ? json_get_text(j, "error") : NULL;
	char *copy = words ? mem_dup(words) : mem_printf("status %d", reply->status);

	json_free(j);
	return copy;
}

/* Revision out of "\"12-9f86...\"". */
static void revision_of(const char *etag, char out[24])
{
	size_t n = strspn(etag + (*etag == '"'), "0123456789");

	snprintf(out, 24, "%.*s", (int)(n < 23 ? n : 23), etag + (*etag == '"'));
}

/* What made the site that is there now out of those bytes, secrets redacted. */
static void difference(struct service *s, char *before, size_t len, struct text *t)
{
	struct sitefile *f = sitefile_parse(s->site, before, len, NULL);
	struct changes changes = { 0 };

	diff_sites(sitefile_site(f), app_site(s->app), &changes);
	changes_print(&changes, t);
	changes_done(&changes);
	sitefile_free(f);
}

static void note_act(struct service *s, const struct server_request *r,
    const struct server_reply *reply, const char *act, const char *old_tag, struct text *detail)
{
	char *refused = reply->status >= 400 ? error_of(reply) : NULL, before[24], after[24];
	struct server_reply ignored = { 0 };
	struct caller c = { 0 };

	/* nobody, or a wrong password, which is told as such */
	if (reply->status == 401 || reply->status == 429 ||
	    !guard_caller(s->guard, r, &c, &ignored)) {
		free(ignored.body);
		free(refused);
		return;
	}
	/* or anybody could fill it, and push out what it has */
	if (c.role == ROLE_NOBODY && !c.terminal) {
		log_warning("%s from %s is refused: %s", act, r->from, refused ? refused : "");
		free(refused);
		return;
	}
	revision_of(old_tag, before);
	revision_of(refused ? "" : s->etag, after);
	if (!detail->len && strcmp(act, "acknowledge") == 0)
		text_add_len(detail, r->body, r->body_len < 300 ? r->body_len : 300);
	if (strcmp(act, "other") == 0)
		text_printf(detail, "%s %s", r->method, r->path);
	service_audit(s, &(struct audit_act){ .act = act, .role = caller_word(&c),
	    .terminal = c.terminal ? c.terminal->name : "", .user = r->user, .from = r->from,
	    .before = strcmp(act, "acknowledge") == 0 ? "" : before,
	    .after = strcmp(old_tag, s->etag) != 0 ? after : "", .detail = detail->s,
	    .refused = refused });
	free(refused);
}

void service_refused(struct service *s, const struct server_request *r,
    const struct server_reply *reply)
{
	const char *act = act_of(r, false);
	struct text none = { 0 };

	if (act)
		note_act(s, r, reply, act, s->etag, &none);
	text_done(&none);
}

void service_witness(struct service *s, const struct server_request *r,
    struct server_reply *reply, service_route *serve)
{
	const char *act = act_of(r, true);
	bool reads = strcmp(r->method, "GET") == 0;
	char *before = NULL, tag[sizeof s->etag];
	struct text detail = { 0 };
	size_t len = 0;

	/* a body is only heard from who may do it: nobody else makes us read */
	if (act && !reads && r->body_len && access(s->site, F_OK) == 0)
		before = file_read(s->site, SITEFILE_MAX, &len, NULL);
	memcpy(tag, s->etag, sizeof tag);
	serve(s, r, reply);
	/* what is asked for in vain gives nothing out */
	if (act && (!reads || reply->status == 200)) {
		/* a file that was edited by hand has another tag, too */
		if (before && reply->status < 400 && strcmp(tag, s->etag) != 0) {
			difference(s, before, len, &detail);
			before = NULL;
		}
		note_act(s, r, reply, act, tag, &detail);
	}
	text_done(&detail);
	free(before);
}

static bool time_of(const struct server_request *r, const char *key, int64_t *ms, struct err *e)
{
	const char *text = server_argument(r, key);

	return !text || utc_parse(text, utc_now(), ms) ||
	    err_set(e, _("%s=%s: not a time like 2026-11-21T03:42:00Z or -2h"), key, text);
}

static bool number_of(const struct server_request *r, const char *key, long long most,
    long long *n, struct err *e)
{
	const char *text = server_argument(r, key);
	char *end;

	if (!text)
		return true;
	*n = strtoll(text, &end, 10);
	return (*text >= '0' && *text <= '9' && !*end && *n <= most) ||
	    err_set(e, _("%s=%s: not a number up to %lld"), key, text, most);
}

void service_acts(struct service *s, const struct server_request *r, struct server_reply *reply)
{
	struct audit_filter f = { .text = server_argument(r, "text") };
	long long max = 100, before = 0;
	struct err e = { .text = "" };
	struct json *j, *list;
	char at[UTC_SIZE];
	bool more;

	if (!guard_admits(s->guard, r, ROLE_OPERATOR, reply))
		return;
	if (!time_of(r, "since", &f.since, &e) || !time_of(r, "until", &f.until, &e) ||
	    !number_of(r, "before", INT64_MAX, &before, &e) ||
	    !number_of(r, "max", ACTS_MAX, &max, &e)) {
		server_refuse(reply, 400, "%s", e.text);
		return;
	}
	f.before = before;
	f.max = (size_t)max;
	list = json_new_array();
	if (!audit_read(s->state, &f, list, &more, &e)) {
		json_free(list);
		server_refuse(reply, 500, "%s", e.text);
		return;
	}
	j = json_new_object();
	utc_print(utc_now(), at);
	json_put_text(j, "schema", "amc.audit.v1");
	json_put_text(j, "time", at);
	json_put_text(j, "name", s->name);
	json_put_bool(j, "more", more);
	json_put(j, "acts", list);
	service_answer(reply, j);
}
