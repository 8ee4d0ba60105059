/* catchup - a later site from a control terminal; see catchup.h */
#include "app/catchup.h"
#include "app/context.h"
#include "app/retired.h"
#include "app/serving.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_MS = 2000, LOOK_MS = 3000, ASK_MS = 60000 };

struct catchup {
	struct service *service;
	struct watch *timer;
	struct exchange *exchange;
	unsigned peer;		/* who is being asked; 0: nobody */
	char tag[80];		/* what we held when we asked */
	int64_t asked;		/* loop_now() of the last round; 0: never */
	int latest;		/* of which revision we knew then */
};

static const struct site *site_of(const struct catchup *c)
{
	return app_site(c->service->app);
}

/* The control terminal behind that one in the tree whose key we know; 0: the first. */
static const struct terminal *next_peer(const struct catchup *c, unsigned after)
{
	const struct node *top = &site_network(site_of(c))->node, *n;
	bool on = after == 0;

	for (n = top; n; n = node_next(n, top)) {
		const struct terminal *t = node_terminal(n);

		if (on && t && n->container == IN_CONTROL && *t->address && *t->pin &&
		    strcmp(t->name, c->service->name) != 0)
			return t;
		on = on || n->id == after;
	}
	return NULL;
}

static void ask(struct catchup *, const struct terminal *);

static void ask_next(struct catchup *c)
{
	unsigned after = c->peer;

	c->peer = 0;
	ask(c, next_peer(c, after));
}

/* The checks of a site that a person sends, and that it is later than ours. */
static bool good(struct catchup *c, const struct response *r, struct err *e)
{
	struct findings found = { 0 };
	struct sitefile *f = sitefile_parse(c->service->site, mem_ndup(r->body, r->body_len),
	    r->body_len, &found);
	int revision = site_network(sitefile_site(f))->revision;
	char tag[80];
	bool ok = true;

	rules_check(sitefile_site(f), &found);
	site_tag(revision, r->body, r->body_len, tag);
	if (found.count[SEVERITY_ERROR])
		ok = err_set(e, ngettext("revision %d has %zu error",
		    "revision %d has %zu errors", found.count[SEVERITY_ERROR]), revision,
		    found.count[SEVERITY_ERROR]);
	else if (strcmp(tag, r->etag) != 0)
		ok = err_set(e, _("revision %d came with another tag"), revision);
	else if (revision <= service_revision(c->service))
		ok = err_set(e, _("revision %d is not later than ours"), revision);
	findings_done(&found);
	sitefile_free(f);
	return ok;
}

static void take(struct catchup *c, const struct terminal *from, const struct response *r)
{
	struct service *s = c->service;
	struct err e = { .text = "" };
	char before[16], after[16], *name, *address;
	bool taken;

	service_look_tag(s);
	if (strcmp(c->tag, s->etag) != 0 || staging_get(s->staging))
		return;		/* somebody sends or has sent: that goes first */
	if (!good(c, r, &e)) {
		log_warning("what %s hands over is not taken: %s", from->name, e.text);
		return;
	}
	log_notice("%s hands over what was sent while we were away", from->name);
	name = mem_dup(from->name);	/* the site that it stands in goes */
	address = mem_dup(from->address);
	snprintf(before, sizeof before, "%d", service_revision(s));
	taken = service_take(s, &(struct arrival){ r->body, r->body_len, name, address, NULL }, &e);
	snprintf(after, sizeof after, "%d", service_revision(s));
	service_audit(s, &(struct audit_act){ .act = "site", .role = "amcd", .terminal = name,
	    .from = address, .before = before, .after = taken ? after : "",
	    .refused = taken ? NULL : e.text });
	free(name);
	free(address);
}

static void answered(const struct response *r, const struct err *e, void *arg)
{
	struct catchup *c = arg;
	const struct terminal *from = node_terminal(site_find(site_of(c), c->peer));

	(void)e;		/* one that is away or has nothing is no news */
	c->exchange = NULL;
	if (!r || r->status != 200 || !from) {
		ask_next(c);
		return;
	}
	c->peer = 0;
	take(c, from, r);
}

/* NULL: the round is over. */
static void ask(struct catchup *c, const struct terminal *t)
{
	char path[140];
	struct request q = { .method = "GET", .path = path };
	struct client *client;

	if (!t) {
		log_debug("nobody hands over a later site");
		return;
	}
	client = app_client(c->service->app, NULL);
	snprintf(path, sizeof path, "/v1/site/handover?tag=%.*s",
	    (int)strcspn(c->tag + 1, "\""), c->tag + 1);
	q.host = t->address;
	q.port = terminal_port(site_of(c), t);
	q.pin = retired_pins(c->service->app, t, &q.pin_next);
	c->peer = t->node.id;
	c->exchange = client ? client_ask(client, &q, answered, c, NULL) : NULL;
	if (!c->exchange)
		ask_next(c);
}

/* A minute has passed and nobody tells that all is well, or somebody tells of a later one. */
static bool due(const struct catchup *c)
{
	int latest = c->service->beacons ? beacons_latest(c->service->beacons) : 0;
	bool later = latest > service_revision(c->service);

	if (!c->asked || (later && latest != c->latest))
		return true;
	return loop_now() - c->asked >= ASK_MS && (later || !latest);
}

static void look(void *arg)
{
	struct catchup *c = arg;

	loop_again(c->timer, LOOK_MS);
	if (c->exchange || !due(c) || service_revision(c->service) == 0)
		return;
	c->asked = loop_now();
	c->latest = c->service->beacons ? beacons_latest(c->service->beacons) : 0;
	service_look_tag(c->service);
	text_copy(c->tag, sizeof c->tag, c->service->etag);
	ask(c, next_peer(c, 0));
}

struct catchup *catchup_new(struct service *s)
{
	struct catchup *c = mem_new(struct catchup);

	c->service = s;
	c->timer = loop_after(s->app->loop, FIRST_MS, look, c);
	return c;
}

void catchup_free(struct catchup *c)
{
	if (!c)
		return;
	loop_remove(c->timer);
	client_cancel(c->exchange);
	free(c);
}
