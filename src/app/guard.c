/* guard - who may; see guard.h */
#include "app/guard.h"
#include "app/lockout.h"
#include "app/retired.h"
#include "base/conf.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/mem.h"
#include "peer/trust.h"

#include <stdlib.h>
#include <string.h>

#define PROOFS 8
#define PROOF_MS 300000

/*
 * A password that was right: hashing it anew for every request of a console that
 * looks each few seconds would cost 25 ms of CPU each time.
 */
struct proof {
	unsigned char mac[32];	/* of role, password and hash, with a key of this process */
	int64_t until;
};

struct guard {
	char *conf;
	struct app *app;
	struct lockout *lockout;
	bool unreadable;	/* conf, when it was read last */
	guard_failed *failed;
	void *arg;
	char key[65];
	struct proof proofs[PROOFS];
	size_t next;
};

struct guard *guard_new(const char *conf, struct app *a)
{
	struct guard *g = mem_new(struct guard);

	g->conf = mem_dup(conf);
	g->app = a;
	g->lockout = lockout_new();
	random_hex(g->key, 32);
	return g;
}

void guard_free(struct guard *g)
{
	if (!g)
		return;
	lockout_free(g->lockout);
	explicit_bzero(g->key, sizeof g->key);
	explicit_bzero(g->proofs, sizeof g->proofs);
	free(g->conf);
	free(g);
}

void guard_listen(struct guard *g, guard_failed *failed, void *arg)
{
	g->failed = failed;
	g->arg = arg;
}

/* Whose password was wrong? What is no role is not told: it may be a password itself. */
static void tell_failure(struct guard *g, const struct server_request *r, int64_t now)
{
	unsigned failures = lockout_failed(g->lockout, r->from, r->role, now);
	int64_t wait = lockout_wait(g->lockout, r->from, r->role, now);
	bool exists = strcmp(r->role, "viewer") == 0 || strcmp(r->role, "operator") == 0;

	log_warning("wrong password for %s from %s, failure %u", exists ? r->role :
	    "a role that does not exist", r->from, failures);
	if (g->failed)
		g->failed(r, failures, (int)((wait + 999) / 1000), g->arg);
}

/* The hashes, or NULL: for want of rights or descriptors, or while somebody edits the file. */
static struct conf *read_hashes(struct guard *g)
{
	struct err e = { .text = "" };
	struct conf *c = conf_read(g->conf, &e);

	if (!c && !g->unreadable)
		log_error("no password can be checked: %s", e.text);
	g->unreadable = !c;
	return c;
}

/* The hash of a role; "" when there is none, which matches nothing. */
static const char *hash_of(const struct conf *c, const char *key)
{
	const char *hash = conf_get(c, "passwords", key);

	return hash ? hash : "";
}

/* Another hash, after amcd passwd, makes it another: the old password is out at once. */
static void mac_of(const struct guard *g, const struct server_request *r, const char *hash,
    unsigned char mac[32])
{
	/* a password has no line end: it was the first line of something */
	char *all = mem_printf("%s\n%s\n%s", r->role, hash, r->password);

	hmac_sha256(g->key, strlen(g->key), all, strlen(all), mac);
	explicit_bzero(all, strlen(all));
	free(all);
}

static bool proven(const struct guard *g, const unsigned char mac[32])
{
	bool found = false;

	for (size_t i = 0; i < PROOFS; i++)
		found |= mem_same(g->proofs[i].mac, mac, sizeof g->proofs[i].mac) &&
		    g->proofs[i].until > loop_now();
	return found;
}

/*
 * A role that does not exist, or has no password, takes as long as a wrong
 * password, and sounds the same.
 */
static enum role role_of(struct guard *g, const struct server_request *r, const struct conf *c)
{
	bool viewer = strcmp(r->role, "viewer") == 0;
	bool operator = strcmp(r->role, "operator") == 0;
	const char *hash = hash_of(c, viewer ? "Viewer" : "Operator");
	bool exists = viewer || operator, right;
	unsigned char mac[32];

	mac_of(g, r, hash, mac);
	right = proven(g, mac);
	if (!right && password_matches(r->password, exists ? hash : "")) {
		right = true;
		memcpy(g->proofs[g->next].mac, mac, sizeof mac);
		g->proofs[g->next].until = loop_now() + PROOF_MS;
		g->next = (g->next + 1) % PROOFS;
	}
	return !right || !exists ? ROLE_NOBODY : operator ? ROLE_OPERATOR : ROLE_VIEWER;
}

/* Whose key is it? A terminal that changes its key has two, until it has used the next. */
static const struct terminal *terminal_of(struct guard *g, const char *pin)
{
	const struct node *top = &site_network(app_site(g->app))->node, *n;
	const struct terminal *t;

	for (n = *pin ? top : NULL; n; n = node_next(n, top)) {
		t = node_terminal(n);
		if (!t || (strcmp(t->pin, pin) != 0 && strcmp(t->pin_next, pin) != 0))
			continue;
		retired_note(g->app, t, pin);
		return retired_is(g->app, t) && strcmp(t->pin, pin) == 0 ? NULL : t;
	}
	return NULL;
}

bool guard_caller(struct guard *g, const struct server_request *r, struct caller *c,
    struct server_reply *reply)
{
	int64_t now = loop_now(), wait;
	struct conf *hashes;

	*c = (struct caller){ .terminal = terminal_of(g, r->pin) };
	if (!*r->role)
		return true;
	wait = lockout_wait(g->lockout, r->from, r->role, now);
	if (wait) {
		reply->retry_after = (int)((wait + 999) / 1000);
		server_refuse(reply, 429, _("too many wrong passwords; try again in %d s"),
		    reply->retry_after);
		return false;
	}
	hashes = read_hashes(g);
	if (!hashes) {	/* nobody's mistake, so it counts as none */
		server_refuse(reply, 503, _("no password can be checked just now; try again"));
		return false;
	}
	c->role = role_of(g, r, hashes);
	conf_free(hashes);
	if (c->role == ROLE_NOBODY) {
		tell_failure(g, r, now);
		server_refuse(reply, 401, _("the password is wrong"));
		return false;
	}
	lockout_right(g->lockout, r->from, r->role, now);
	return true;
}

bool guard_admits(struct guard *g, const struct server_request *r, enum role least,
    struct server_reply *reply)
{
	struct caller c;

	if (!guard_caller(g, r, &c, reply))
		return false;
	if (c.role >= least || (c.terminal && least <= ROLE_VIEWER))
		return true;
	if (c.role == ROLE_VIEWER)
		server_refuse(reply, 403, _("a viewer may not do that; the operator may"));
	else if (c.terminal)
		server_refuse(reply, 403, _("a terminal may not do that; the operator may"));
	else
		server_refuse(reply, 401, _("a password is needed"));
	return false;
}

const struct terminal *guard_terminal(struct guard *g, const struct server_request *r,
    bool control, struct server_reply *reply)
{
	const struct terminal *t = terminal_of(g, r->pin);

	if (t && (!control || t->node.container == IN_CONTROL))
		return t;
	server_refuse(reply, 403, control ?
	    _("only a control terminal of this site may do that, and it proves itself with its key") :
	    _("only a terminal of this site may do that, and it proves itself with its key"));
	return NULL;
}

const char *caller_word(const struct caller *c)
{
	return c->role == ROLE_OPERATOR ? "operator" : c->role == ROLE_VIEWER ? "viewer" :
	    c->terminal ? "terminal" : "nobody";
}
