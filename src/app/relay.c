/* relay - an operator's orders, passed on to servers; see relay.h */
#include "app/relay.h"
#include "app/context.h"
#include "app/note.h"
#include "app/retired.h"
#include "app/serving.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct order;

struct row {
	struct order *order;
	unsigned terminal;
	char *name, *does, *error;	/* does, error: NULL: none */
	enum order_end end;
	int in, takes;			/* -1: not known */
	bool off;			/* called off before it was asked */
	struct exchange *exchange;	/* while it is asked */
};

struct order {
	struct relay *relay;		/* NULL: none is kept here */
	char id[RELAY_ID];
	struct relay_order given;	/* its terminals are the rows */
	char from[64];
	struct row *rows;
	size_t n, next, ended;		/* next: who is asked next */
};

struct relay {
	struct service *service;
	struct order orders[RELAY_KEPT];
	size_t latest;			/* where the last one is */
};

struct relay *relay_new(struct service *s)
{
	struct relay *l = mem_new(struct relay);

	l->service = s;
	return l;
}

static void drop(struct order *o)
{
	for (size_t i = 0; i < o->n; i++) {
		client_cancel(o->rows[i].exchange);
		free(o->rows[i].name);
		free(o->rows[i].does);
		free(o->rows[i].error);
	}
	free(o->rows);
	memset(o, 0, sizeof *o);
}

void relay_free(struct relay *l)
{
	for (size_t i = 0; l && i < RELAY_KEPT; i++)
		drop(&l->orders[i]);
	free(l);
}

static bool is_over(const struct order *o)
{
	return o->ended == o->n;
}

static bool is_self(const struct row *r)
{
	return strcmp(r->name, r->order->relay->service->name) == 0;
}

/* What became of it */

static const char *act_of(const struct order *o)
{
	return o->given.cancel ? "order-cancel" : "order-shutdown";
}

/* An event for each, as each server is a matter of its own. */
static void note(const struct row *r)
{
	const struct relay_order *g = &r->order->given;
	struct entry x = { .kind = ENTRY_ACT, .node = r->terminal,
		.severity = g->cancel && r->end == ORDER_TAKEN ? 1 : 2 };

	text_copy(x.name, sizeof x.name, r->name);
	text_copy(x.after, sizeof x.after, act_of(r->order));
	text_copy(x.who, sizeof x.who, g->who);
	text_copy(x.origin, sizeof x.origin, r->order->from);
	text_show(x.detail, sizeof x.detail, r->error ? r->error : g->why);
	app_note(r->order->relay->service->app, &x);
}

static void audit_end(const struct order *o)
{
	struct text t = { 0 };
	size_t taken = 0;

	for (size_t i = 0; i < o->n; i++) {
		const struct row *r = &o->rows[i];

		taken += r->end == ORDER_TAKEN;
		text_printf(&t, "%s %s%s%s\n", r->name, order_end_word(r->end), r->error ? ": " : "",
		    r->error ? r->error : "");
	}
	service_audit(o->relay->service, &(struct audit_act){ .act = act_of(o), .role = "operator",
	    .user = o->given.who, .from = o->from, .before = "asked",
	    .after = taken == o->n ? "taken" : taken ? "taken by some" : "taken by none",
	    .detail = t.s });
	text_done(&t);
}

static void ask_more(struct order *);

static void end(struct row *r, enum order_end how, const char *error)
{
	struct order *o = r->order;

	r->end = how;
	r->exchange = NULL;
	r->error = error ? mem_dup(error) : NULL;
	o->ended++;
	if (!o->given.rehearsal)
		note(r);
	if (is_over(o) && !o->given.rehearsal)
		audit_end(o);
}

static int seconds_of(const struct json *j, const char *key)
{
	double n = json_get_number(j, key, -1);

	return n >= 0 && n < 1e6 ? (int)n : -1;
}

/* Of another program: it is kept with 16 orders, and may be long. */
static void take(struct row *r, const struct json *j)
{
	const char *does = json_get_text(j, "does");
	char shown[400];

	r->in = seconds_of(j, "in");
	r->takes = seconds_of(j, "takes");
	text_show(shown, sizeof shown, does ? does : "");
	r->does = does ? mem_dup(shown) : NULL;
	end(r, ORDER_TAKEN, NULL);
}

static void answered(const struct response *a, const struct err *e, void *arg)
{
	struct row *r = arg;
	struct order *o = r->order;
	struct err words = { .text = "" };
	struct json *j = NULL;
	const char *schema;

	if (!a) {
		end(r, ORDER_UNREACHED, e->text);
	} else if (!response_ok(a, &words) || !(j = json_parse(a->body, a->body_len, &words))) {
		end(r, ORDER_REFUSED, words.text);
	} else {
		schema = json_get_text(j, "schema");
		if (schema && strcmp(schema, "amc.duty.v1") == 0)
			take(r, j);
		else
			end(r, ORDER_REFUSED, _("its answer is none to an order"));
	}
	json_free(j);
	ask_more(o);
}

/* Asking */

static char *body_of(const struct relay_order *g)
{
	struct json *j = json_new_object();
	char *text;

	json_put_text(j, "who", g->who);
	json_put_text(j, "why", g->why);
	if (!g->cancel) {
		json_put_int(j, "in", g->in);
		json_put_bool(j, "rehearsal", g->rehearsal);
	}
	text = json_print_line(j);
	json_free(j);
	return text;
}

static void ask(struct row *r)
{
	struct service *s = r->order->relay->service;
	const struct site *site = app_site(s->app);
	const struct terminal *t = node_terminal(site_find(site, r->terminal));
	const struct relay_order *g = &r->order->given;
	struct request q = { .method = "POST", .timeout_ms = RELAY_MS,
		.path = g->cancel ? "/v1/cancel" : "/v1/shutdown" };
	struct err e = { .text = "" };
	struct client *client;
	char *body;

	if (!t || strcmp(t->name, r->name) != 0) {
		end(r, ORDER_UNREACHED, _("it is not in the site any more"));
		return;
	}
	q.pin = retired_pins(s->app, t, &q.pin_next);
	if (!*t->address || !*q.pin) {	/* without a pin it may be anybody */
		end(r, ORDER_UNREACHED, *t->address ?
		    _("its key is not known: amc trust takes it into the site") :
		    _("has no address"));
		return;
	}
	q.host = t->address;
	q.port = terminal_port(site, t);
	q.body = body = body_of(g);
	q.body_len = strlen(body);
	client = app_client(s->app, &e);
	r->exchange = client ? client_ask(client, &q, answered, r, &e) : NULL;
	free(body);
	if (!r->exchange)
		end(r, ORDER_UNREACHED, e.text);
}

/* No way over the network to ourselves: the operator has proven himself here. */
static void ask_self(struct row *r)
{
	struct service *s = r->order->relay->service;
	const struct relay_order *g = &r->order->given;
	struct duty_order o = { .in = g->in };
	struct err e = { .text = "" };
	struct json *j;

	text_copy(o.who, sizeof o.who, g->who);
	text_copy(o.why, sizeof o.why, g->why);
	text_copy(o.from, sizeof o.from, s->name);
	text_copy(o.address, sizeof o.address, r->order->from);
	j = g->cancel ? service_duty_cancel(s, &o, &e) :
	    service_duty_order(s, &o, g->rehearsal, &e);
	if (j)
		take(r, j);
	else
		end(r, ORDER_REFUSED, e.text);
	json_free(j);
}

static void ask_more(struct order *o)
{
	size_t asking = o->next - o->ended;

	/* one that cannot be asked has ended at once */
	while (o->next < o->n && asking < RELAY_AT_ONCE &&
	    (!is_self(&o->rows[o->next]) || !asking || o->given.cancel)) {
		struct row *r = &o->rows[o->next++];

		if (r->off)
			end(r, ORDER_REFUSED, _("called off before it was passed on"));
		else if (is_self(r))
			ask_self(r);
		else
			ask(r);
		asking = o->next - o->ended;
	}
}

/* What is still on its way there must not come behind what calls it off. */
static void call_off(struct relay *l, const char *name)
{
	for (size_t i = 0; i < RELAY_KEPT; i++) {
		struct order *o = &l->orders[i];

		for (size_t k = 0; k < o->n && !o->given.cancel && !o->given.rehearsal; k++) {
			struct row *r = &o->rows[k];

			if (r->end != ORDER_PENDING || strcmp(r->name, name) != 0)
				continue;
			r->off = true;
			if (r->exchange) {
				client_cancel(r->exchange);
				end(r, ORDER_UNREACHED, _("called off while it was asked"));
			}
		}
	}
}

/* A place for another one: an empty one, or that of the oldest that has ended. */
static struct order *place(struct relay *l)
{
	for (size_t i = 1; i <= RELAY_KEPT; i++) {
		size_t at = (l->latest + i) % RELAY_KEPT;

		if (!is_over(&l->orders[at]))
			continue;
		l->latest = at;
		drop(&l->orders[at]);
		return &l->orders[at];
	}
	return NULL;
}

static void put_row(struct order *o, const struct site *site, unsigned id)
{
	struct row *r = &o->rows[o->n++];

	*r = (struct row){ .order = o, .terminal = id, .in = -1, .takes = -1,
		.name = mem_dup(node_name(site_find(site, id))) };
}

const char *relay_start(struct relay *l, const struct relay_order *given, struct err *e)
{
	const struct site *site = app_site(l->service->app);
	struct order *o = place(l);
	size_t self = given->n;

	if (!o) {
		err_set(e, _("%d orders are under way: try again when one has ended"), RELAY_KEPT);
		return NULL;
	}
	o->relay = l;
	o->given = *given;
	text_copy(o->from, sizeof o->from, given->from);
	o->given.from = o->from;
	o->given.terminals = NULL;
	random_hex(o->id, (RELAY_ID - 1) / 2);
	o->rows = mem_zero(given->n, sizeof *o->rows);
	for (size_t i = 0; i < given->n; i++) {
		if (strcmp(node_name(site_find(site, given->terminals[i])), l->service->name) == 0)
			self = i;
		else
			put_row(o, site, given->terminals[i]);
	}
	if (self < given->n)
		put_row(o, site, given->terminals[self]);
	for (size_t i = 0; i < o->n && given->cancel; i++)
		call_off(l, o->rows[i].name);
	for (size_t i = 0; i < RELAY_KEPT; i++)
		ask_more(&l->orders[i]);
	return o->id;
}

static struct json *row_json(const struct row *r)
{
	struct json *j = json_new_object();

	json_put_text(j, "name", r->name);
	json_put_text(j, "end", order_end_word(r->end));
	if (r->in < 0)
		json_put_null(j, "in");
	else
		json_put_int(j, "in", r->in);
	if (r->takes < 0)
		json_put_null(j, "takes");
	else
		json_put_int(j, "takes", r->takes);
	json_put_text(j, "does", r->does);
	json_put_text(j, "error", r->error);
	return j;
}

struct json *relay_json(const struct relay *l, const char *id)
{
	const struct order *o = NULL;
	struct json *j, *list;

	for (size_t i = 0; i < RELAY_KEPT; i++)
		if (*l->orders[i].id && strcmp(l->orders[i].id, id) == 0)
			o = &l->orders[i];
	if (!o)
		return NULL;
	j = json_new_object();
	list = json_new_array();
	json_put_text(j, "schema", "amc.order.v1");
	json_put_text(j, "id", o->id);
	json_put_text(j, "deed", o->given.cancel ? "cancel" : "shutdown");
	json_put_bool(j, "rehearsal", o->given.rehearsal);
	json_put_bool(j, "done", is_over(o));
	for (size_t i = 0; i < o->n; i++)
		json_add(list, row_json(&o->rows[i]));
	json_put(j, "terminals", list);
	return j;
}
