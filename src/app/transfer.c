/* transfer - the site to and from another terminal; see transfer.h */
#include "app/transfer.h"
#include "app/context.h"
#include "app/diff.h"
#include "app/pins.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "peer/trust.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct transfer {
	struct app *app;
	unsigned terminal;		/* 0: to an address */
	char *host, *where;
	int port, timeout_ms;

	struct exchange *exchange;
	transfer_done *done;
	void *arg;

	char known[PIN_SIZE], known_next[PIN_SIZE];	/* pins we had, "" if none */
	char pin[PIN_SIZE];		/* pin it showed */
	char next[PIN_SIZE];		/* of the key that it says it is going to have; "" */
	bool accepted, save_later;
	char name[80];

	char *role, *password;
	char *held, *etag, *difference, *answer;
	size_t held_len, answer_len;
	int held_revision, sent_revision;
};

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
	free(t->held);
	free(t->etag);
	free(t->difference);
	free(t->answer);
	free(t);
}

void transfer_timeout(struct transfer *t, int ms)
{
	t->timeout_ms = ms;
}

static void ask(struct transfer *t, struct request *q, client_done *answered,
    transfer_done *done, void *arg)
{
	struct err e = { .text = "" };
	struct client *client = app_client(t->app, &e);

	t->done = done;
	t->arg = arg;
	q->host = t->host;
	q->port = t->port;
	q->timeout_ms = t->timeout_ms;
	t->exchange = client ? client_ask(client, q, answered, t, &e) : NULL;
	if (!t->exchange)
		done(t, &e, arg);
}

static void finish(struct transfer *t, const struct err *e)
{
	t->exchange = NULL;
	t->done(t, e, t->arg);
}

/* The client's words know only the address: put the name in front. */
static void fail(struct transfer *t, const struct err *e)
{
	const struct node *n = t->terminal ?
	    site_find(app_site(t->app), t->terminal) : NULL;
	struct err words = *e;

	if (n)
		err_at(&words, "%s", node_name(n));
	finish(t, &words);
}

static void contacted(const struct response *r, const struct err *e, void *arg)
{
	struct transfer *t = arg;
	struct err words = { .text = "" };
	struct json *j = NULL;
	const char *product;

	if (!r) {
		fail(t, e);
		return;
	}
	if (!response_ok(r, &words) ||
	    !(j = json_parse(r->body, r->body_len, &words))) {
		fail(t, &words);
		return;
	}
	product = json_get_text(j, "product");
	if (!product || strcmp(product, "amc") != 0) {
		err_kind(&words, ERR_REFUSED, _("%s: what answers is no amcd"),
		    r->who);
		json_free(j);
		fail(t, &words);
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
	if (transfer_pin_state(t) == PIN_CHANGED) {
		err_kind(&words, ERR_REFUSED,
		    _("%s shows another key than before: %s instead of %s. Either it was set up anew, or somebody stands between. Nothing was sent. If it was set up anew, amc trust --replace says so."),
		    t->where, t->pin, t->known);
		finish(t, &words);
		return;
	}
	finish(t, NULL);
}

void transfer_contact(struct transfer *t, transfer_done *done, void *arg)
{
	/* without a pin: which key it shows is the question */
	struct request q = { .method = "GET", .path = "/v1/hello" };

	ask(t, &q, contacted, done, arg);
}

enum pin_state transfer_pin_state(const struct transfer *t)
{
	if (!*t->known)
		return PIN_NEW;
	return strcmp(t->known, t->pin) == 0 || strcmp(t->known_next, t->pin) == 0 ?
	    PIN_KNOWN : PIN_CHANGED;
}

const char *transfer_pin(const struct transfer *t)
{
	return t->pin;
}

const char *transfer_known_pin(const struct transfer *t)
{
	return t->known;
}

const char *transfer_known_next_pin(const struct transfer *t)
{
	return t->known_next;
}

const char *transfer_name(const struct transfer *t)
{
	return t->name;
}

const char *transfer_where(const struct transfer *t)
{
	return t->where;
}

/* A line of the file is written only where there is something else to say. */
static bool set_pin(struct transfer *t, const char *key, const char *before, const char *pin)
{
	return strcmp(before, pin) == 0 || app_set(t->app, t->terminal, key, pin, NULL);
}

/* Into the site, or into the file of pins; true when they are others than before. */
static bool keep_pins(struct transfer *t, const char *pin, const char *next)
{
	const struct terminal *had = node_terminal(site_find(app_site(t->app), t->terminal));
	bool clean = !app_modified(t->app), ok;

	if (strcmp(t->known, pin) == 0 && strcmp(t->known_next, next) == 0)
		return false;
	text_copy(t->known, sizeof t->known, pin);
	text_copy(t->known_next, sizeof t->known_next, next);
	if (!t->terminal) {
		pins_keep(t->host, t->port, pin, next);
		return true;
	}
	if (!had)	/* it was deleted meanwhile */
		return false;
	/* sending the site distributes the trust: the pins stand in it */
	app_act_begin(t->app, _("Key of a terminal"));
	ok = set_pin(t, "KeyPin", had->pin, pin) && set_pin(t, "KeyPinNext", had->pin_next, next);
	app_act_end(t->app);
	if (ok && clean && !t->save_later)
		app_save(t->app, NULL);
	return ok;
}

void transfer_accept_pin(struct transfer *t)
{
	t->accepted = true;
	keep_pins(t, t->pin, t->next);
}

void transfer_save_later(struct transfer *t)
{
	t->save_later = true;
}

const char *transfer_next_pin(const struct transfer *t)
{
	return t->next;
}

bool transfer_learn(struct transfer *t)
{
	return transfer_pin_state(t) == PIN_KNOWN && keep_pins(t, t->pin, t->next);
}

bool transfer_expect_pin(struct transfer *t, const char *pin, struct err *e)
{
	if (strcmp(pin, t->pin) != 0)
		return err_kind(e, ERR_REFUSED,
		    _("%s shows the key %s, not %s. Nothing was sent."),
		    t->where, t->pin, pin);
	if (transfer_pin_state(t) == PIN_NEW)
		transfer_accept_pin(t);
	return true;
}

static const char *trusted_pin(const struct transfer *t)
{
	return *t->known ? t->known : t->accepted ? t->pin : NULL;
}

/* It may change its key between two steps of ours. */
static const char *trusted_next(const struct transfer *t)
{
	return *t->known_next ? t->known_next : NULL;
}

static void compare(struct transfer *t)
{
	struct sitefile *theirs = sitefile_parse(t->where,
	    mem_ndup(t->held, t->held_len), t->held_len, NULL);
	struct changes changes = { 0 };
	struct text lines = { 0 };

	t->held_revision = site_network(sitefile_site(theirs))->revision;
	if (t->app->file) {
		diff_sites(sitefile_site(theirs), app_site(t->app), &changes);
		changes_print(&changes, &lines);
		free(t->difference);
		t->difference = text_take(&lines);
	}
	changes_done(&changes);
	sitefile_free(theirs);
}

static void looked(const struct response *r, const struct err *e, void *arg)
{
	struct transfer *t = arg;
	struct err words = { .text = "" };

	if (!r) {
		fail(t, e);
		return;
	}
	/* 404: it has no site yet; what it answers is the tag to match */
	if (r->status != 404 && !response_ok(r, &words)) {
		fail(t, &words);
		return;
	}
	free(t->held);
	free(t->etag);
	t->held_len = r->status == 404 ? 0 : r->body_len;
	t->held = mem_ndup(r->status == 404 ? "" : r->body, t->held_len);
	t->etag = mem_dup(r->etag);
	t->held_revision = 0;
	if (t->held_len) {
		compare(t);
	} else {
		free(t->difference);
		t->difference = mem_dup(_("it has no site yet\n"));
	}
	finish(t, NULL);
}

/* A password goes only to a key that is trusted. */
static bool trusted(struct transfer *t, transfer_done *done, void *arg)
{
	struct err e = { .text = "" };

	if (trusted_pin(t))
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
		fail(t, r ? &words : e);
		return;
	}
	free(t->answer);
	t->answer = mem_ndup(r->body, r->body_len);
	t->answer_len = r->body_len;
	finish(t, NULL);
}

void transfer_ask(struct transfer *t, const struct question *q, transfer_done *done, void *arg)
{
	struct request r = { .method = q->method, .path = q->path, .role = q->role,
		.password = q->password, .pin = trusted_pin(t),
		.pin_next = trusted_next(t), .body = q->body,
		.body_len = q->body ? strlen(q->body) : 0 };

	if (trusted(t, done, arg))
		ask(t, &r, answered, done, arg);
}

const char *transfer_answer(const struct transfer *t, size_t *len)
{
	*len = t->answer_len;
	return t->answer;
}

void transfer_look(struct transfer *t, const char *role, const char *password,
    transfer_done *done, void *arg)
{
	struct request q = { .method = "GET", .path = "/v1/site",
		.role = role, .password = password, .pin = trusted_pin(t),
		.pin_next = trusted_next(t) };

	if (!trusted(t, done, arg))
		return;
	free(t->role);
	free(t->password);
	t->role = mem_dup(role);
	t->password = mem_dup(password);
	ask(t, &q, looked, done, arg);
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

const char *transfer_difference(const struct transfer *t)
{
	return t->difference;
}

static void sent(const struct response *r, const struct err *e, void *arg)
{
	struct transfer *t = arg;
	struct err words = { .text = "" };
	struct json *j;

	if (!r) {
		fail(t, e);
		return;
	}
	if (r->status == 412) {
		err_kind(&words, ERR_REFUSED,
		    _("%s: holds another site by now than the one that was compared: somebody else sent one. Compare again; nothing was sent."),
		    t->where);
		finish(t, &words);
		return;
	}
	if (!response_ok(r, &words)) {
		fail(t, &words);
		return;
	}
	j = json_parse(r->body, r->body_len, &words);
	t->sent_revision = j ? (int)json_get_number(j, "revision", 0) : 0;
	json_free(j);
	finish(t, NULL);
}

/* Why ours cannot be sent, if so. */
static bool sendable(struct transfer *t, struct err *e)
{
	const struct findings *f;
	const struct finding *first = NULL;
	size_t i, n = 0;

	if (app_read_only(t->app))
		return err_kind(e, ERR_REFUSED, _("the site is open read-only"));
	if (app_modified(t->app))
		return err_set(e, _("save first: what is sent is what the file holds"));
	f = app_check(t->app);
	/* what is wrong with a card or a server may be what the sending mends */
	for (i = 0; i < f->n; i++)
		if (f->list[i].severity == SEVERITY_ERROR &&
		    !f->list[i].live && n++ == 0)
			first = &f->list[i];
	if (first)
		return err_kind(e, ERR_SITE,
		    _("the site has %zu errors and is not sent; the first: %s"),
		    n, first->message);
	return true;
}

void transfer_send(struct transfer *t, transfer_done *done, void *arg)
{
	struct request q = { .method = "PUT", .path = "/v1/site",
		.role = t->role, .password = t->password,
		.pin = trusted_pin(t), .pin_next = trusted_next(t), .if_match = t->etag };
	struct err e = { .text = "" };
	char *body = NULL;

	if (!sendable(t, &e) || !(body = app_text(t->app, &q.body_len, &e))) {
		done(t, &e, arg);
		return;
	}
	q.body = body;
	ask(t, &q, sent, done, arg);
	free(body);
}

int transfer_sent_revision(const struct transfer *t)
{
	return t->sent_revision;
}
