/* transfer - the site to and from another terminal; see transfer.h */
#include "app/transferring.h"
#include "app/held.h"
#include "app/pins.h"
#include "app/retired.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct transfer *make(struct app *a, const char *host, int port)
{
	struct transfer *t = mem_new(struct transfer);

	t->app = a;
	t->host = mem_dup(host);
	t->port = port;
	t->timeout_ms = 10000;
	t->difference = mem_dup("");
	return t;
}

struct transfer *transfer_new(struct app *a, unsigned id, struct err *e)
{
	const struct terminal *to = node_terminal(site_find(app_site(a), id));
	struct transfer *t;

	if (!to) {
		err_set(e, _("settings are sent to terminals only"));
		return NULL;
	}
	if (!*to->address) {
		err_set(e, _("%s has no address"), to->name);
		return NULL;
	}
	t = make(a, to->address, terminal_port(app_site(a), to));
	t->terminal = id;
	t->where = mem_printf("%s (%s:%d)", to->name, t->host, t->port);
	text_copy(t->known, sizeof t->known, to->pin);
	text_copy(t->known_next, sizeof t->known_next, to->pin_next);
	return t;
}

struct transfer *transfer_new_host(struct app *a, const char *host, int port)
{
	struct transfer *t = make(a, host, port);

	t->where = mem_printf("%s:%d", host, port);
	pins_known(host, port, t->known, t->known_next);
	return t;
}

void transfer_free(struct transfer *t)
{
	if (!t)
		return;
	client_cancel(t->exchange);
	if (t->password)
		explicit_bzero(t->password, strlen(t->password));
	free(t->host);
	free(t->where);
	free(t->role);
	free(t->password);
	free(t->revision);
	free(t->held);
	free(t->etag);
	free(t->difference);
	free(t->meanwhile);
	free(t->answer);
	free(t);
}

void transfer_stop(struct transfer *t)
{
	client_cancel(t->exchange);
	t->exchange = NULL;
}

void transfer_timeout(struct transfer *t, int ms)
{
	t->timeout_ms = ms;
}

void transfer_request(struct transfer *t, struct request *q, client_done *answered,
    transfer_done *done, void *arg)
{
	struct err e = { .text = "" };
	struct client *client = app_client(t->app, &e);

	t->done = done;
	t->arg = arg;
	q->host = t->host;
	q->port = t->port;
	q->timeout_ms = t->timeout_ms;
	q->keep = true;		/* step follows step */
	t->exchange = client ? client_ask(client, q, answered, t, &e) : NULL;
	if (!t->exchange)
		done(t, &e, arg);
}

void transfer_finish(struct transfer *t, const struct err *e)
{
	t->exchange = NULL;
	t->done(t, e, t->arg);
}

void transfer_fail(struct transfer *t, const struct err *e)
{
	const struct node *n = t->terminal ?
	    site_find(app_site(t->app), t->terminal) : NULL;
	struct err words = *e;

	if (n)
		err_at(&words, "%s", node_name(n));
	transfer_finish(t, &words);
}

const struct terminal *transfer_terminal(const struct transfer *t)
{
	return t->terminal ? node_terminal(site_find(app_site(t->app), t->terminal)) : NULL;
}

static void contacted(const struct response *r, const struct err *e, void *arg)
{
	struct transfer *t = arg;
	struct err words = { .text = "" };
	struct json *j = NULL;
	const char *product;

	if (!r) {
		transfer_fail(t, e);
		return;
	}
	if (!response_ok(r, &words) ||
	    !(j = json_parse(r->body, r->body_len, &words))) {
		transfer_fail(t, &words);
		return;
	}
	product = json_get_text(j, "product");
	if (!product || strcmp(product, "amc") != 0) {
		err_kind(&words, ERR_REFUSED, _("%s: what answers is no amcd"),
		    r->who);
		json_free(j);
		transfer_fail(t, &words);
		return;
	}
	text_copy(t->pin, sizeof t->pin, r->pin);
	text_copy(t->name, sizeof t->name,
	    json_get_text(j, "name") ? json_get_text(j, "name") : "");
	text_copy(t->next, sizeof t->next,
	    json_get_text(j, "next_pin") ? json_get_text(j, "next_pin") : "");
	if (!pin_is_valid(t->next) || strcmp(t->next, t->pin) == 0)
		t->next[0] = '\0';
	json_free(j);
	if (transfer_terminal(t))
		retired_note(t->app, transfer_terminal(t), t->pin);
	if (transfer_pin_state(t) == PIN_CHANGED) {
		err_kind(&words, ERR_REFUSED,
		    _("%s shows another key than before: %s instead of %s. Either it was set up anew, or somebody stands between. Nothing was sent. If it was set up anew, amc trust --replace says so."),
		    t->where, t->pin, t->known);
		transfer_finish(t, &words);
		return;
	}
	transfer_finish(t, NULL);
}

void transfer_contact(struct transfer *t, transfer_done *done, void *arg)
{
	/* without a pin: which key it shows is the question */
	struct request q = { .method = "GET", .path = "/v1/hello" };

	transfer_request(t, &q, contacted, done, arg);
}

const char *transfer_name(const struct transfer *t)
{
	return t->name;
}

const char *transfer_where(const struct transfer *t)
{
	return t->where;
}

static void looked(const struct response *r, const struct err *e, void *arg)
{
	struct transfer *t = arg;
	struct err words = { .text = "" };
	struct held held;

	if (!r) {
		transfer_fail(t, e);
		return;
	}
	/* 404: it has no site yet; what it answers is the tag to match */
	if ((r->status != 404 || t->revision) && !response_ok(r, &words)) {
		transfer_fail(t, &words);
		return;
	}
	free(t->held);
	free(t->etag);
	t->held_len = r->status == 404 ? 0 : r->body_len;
	t->held = mem_ndup(r->status == 404 ? "" : r->body, t->held_len);
	t->etag = mem_dup(r->etag);
	t->held_revision = 0;
	free(t->difference);
	if (t->held_len) {
		held = held_compare(t->app, t->held, t->held_len);
		t->held_revision = held.revision;
		t->difference = mem_dup(held.difference);
	} else {
		t->difference = mem_dup(_("it has no site yet\n"));
	}
	transfer_finish(t, NULL);
}

/* A password goes only to a key that is trusted. */
static bool trusted(struct transfer *t, transfer_done *done, void *arg)
{
	struct err e = { .text = "" };

	if (transfer_trusted_pin(t))
		return true;
	err_kind(&e, ERR_REFUSED,
	    _("%s: its key %s is not known yet, and nobody said that it is right"),
	    t->where, t->pin);
	done(t, &e, arg);
	return false;
}

static void answered(const struct response *r, const struct err *e, void *arg)
{
	struct transfer *t = arg;
	struct err words = { .text = "" };

	if (!r || !response_ok(r, &words)) {
		transfer_fail(t, r ? &words : e);
		return;
	}
	free(t->answer);
	t->answer = mem_ndup(r->body, r->body_len);
	t->answer_len = r->body_len;
	transfer_finish(t, NULL);
}

void transfer_ask(struct transfer *t, const struct question *q, transfer_done *done, void *arg)
{
	struct request r = { .method = q->method, .path = q->path, .role = q->role,
		.password = q->password, .pin = transfer_trusted_pin(t),
		.pin_next = transfer_trusted_next(t), .body = q->body,
		.body_len = q->body ? strlen(q->body) : 0 };

	if (trusted(t, done, arg))
		transfer_request(t, &r, answered, done, arg);
}

const char *transfer_answer(const struct transfer *t, size_t *len)
{
	*len = t->answer_len;
	return t->answer;
}

void transfer_revision(struct transfer *t, const char *revision)
{
	free(t->revision);
	t->revision = mem_dup(revision);
}

void transfer_look(struct transfer *t, const char *role, const char *password,
    transfer_done *done, void *arg)
{
	char *path = t->revision ? mem_printf("/v1/site/history/%s", t->revision) :
	    mem_dup("/v1/site");
	struct request q = { .method = "GET", .path = path,
		.role = role, .password = password, .pin = transfer_trusted_pin(t),
		.pin_next = transfer_trusted_next(t) };

	if (!trusted(t, done, arg)) {
		free(path);
		return;
	}
	free(t->role);
	free(t->password);
	t->role = mem_dup(role);
	t->password = mem_dup(password);
	transfer_request(t, &q, looked, done, arg);
	free(path);
}

const char *transfer_held(const struct transfer *t, size_t *len)
{
	*len = t->held_len;
	return t->held;
}

int transfer_held_revision(const struct transfer *t)
{
	return t->held_revision;
}

const char *transfer_held_tag(struct transfer *t)
{
	size_t len = t->held_len ? strlen(t->etag) : 0;

	snprintf(t->bare_tag, sizeof t->bare_tag, "%.*s", len > 2 ? (int)len - 2 : 0,
	    len > 2 ? t->etag + 1 : "");
	return t->bare_tag;
}

const char *transfer_difference(const struct transfer *t)
{
	return t->difference;
}
