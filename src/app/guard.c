/* guard - who may; see guard.h */
#include "app/guard.h"
#include "base/conf.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/mem.h"
#include "base/text.h"
#include "peer/trust.h"

#include <stdlib.h>
#include <string.h>

#define CLIENTS 64		/* addresses remembered; the oldest goes */
#define FREE_TRIES 3
#define LONGEST_MS 60000

/* Somebody who gave a wrong password. */
struct client_record {
	char from[64];
	unsigned failures;
	int64_t until;		/* before that nothing is tried */
	int64_t last;
};

struct guard {
	char *conf;
	struct client_record clients[CLIENTS];
};

struct guard *guard_new(const char *conf)
{
	struct guard *g = mem_new(struct guard);

	g->conf = mem_dup(conf);
	return g;
}

void guard_free(struct guard *g)
{
	if (!g)
		return;
	free(g->conf);
	free(g);
}

static struct client_record *record_of(struct guard *g, const char *from)
{
	struct client_record *oldest = &g->clients[0];
	size_t i;

	for (i = 0; i < CLIENTS; i++) {
		if (strcmp(g->clients[i].from, from) == 0)
			return &g->clients[i];
		if (g->clients[i].last < oldest->last)
			oldest = &g->clients[i];
	}
	*oldest = (struct client_record){ 0 };
	text_copy(oldest->from, sizeof oldest->from, from);
	return oldest;
}

/* The hash of a role; "" when there is none, which matches nothing. */
static char *hash_of(struct guard *g, const char *key)
{
	struct conf *c = conf_read(g->conf, NULL);
	const char *hash = c ? conf_get(c, "passwords", key) : NULL;
	char *copy = mem_dup(hash ? hash : "");

	conf_free(c);
	return copy;
}

/* An unknown role takes as long as a wrong password, and sounds the same. */
static enum role role_of(struct guard *g, const struct server_request *r)
{
	bool viewer = strcmp(r->role, "viewer") == 0;
	bool operator = strcmp(r->role, "operator") == 0;
	char *hash = hash_of(g, viewer ? "Viewer" : "Operator");
	bool right = password_matches(r->password, hash);

	free(hash);
	if (!right || (!viewer && !operator))
		return ROLE_NOBODY;
	return operator ? ROLE_OPERATOR : ROLE_VIEWER;
}

static void failed(struct client_record *c)
{
	int64_t wait = 1000;
	unsigned i;

	c->failures++;
	c->last = loop_now();
	for (i = FREE_TRIES; i < c->failures && wait < LONGEST_MS; i++)
		wait *= 2;
	if (c->failures >= FREE_TRIES)
		c->until = c->last + (wait < LONGEST_MS ? wait : LONGEST_MS);
}

bool guard_admits(struct guard *g, const struct server_request *r,
    enum role least, struct server_reply *reply)
{
	struct client_record *c = record_of(g, r->from);
	int64_t now = loop_now();
	enum role role;

	if (c->until > now) {
		reply->retry_after = (int)((c->until - now + 999) / 1000);
		server_refuse(reply, 429, _("too many wrong passwords from here"));
		return false;
	}
	if (!*r->role) {
		server_refuse(reply, 401, _("a password is needed"));
		return false;
	}
	role = role_of(g, r);
	if (role == ROLE_NOBODY) {
		failed(c);
		log_warning("wrong password for %s from %s, failure %u",
		    r->role, r->from, c->failures);
		server_refuse(reply, 401, _("the password is wrong"));
		return false;
	}
	*c = (struct client_record){ 0 };
	if (role < least) {
		server_refuse(reply, 403, _("a viewer may not do that; the operator may"));
		return false;
	}
	return true;
}
