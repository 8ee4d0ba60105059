/* card - the conversation with one UPS card; see card.h */
#include "snmp/carding.h"
#include "snmp/identify.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/record.h"

#include <stdlib.h>
#include <string.h>

struct card *card_new(struct loop *loop, const struct profiles *profiles,
    const struct card_target *t)
{
	struct card *c = mem_new(struct card);

	c->loop = loop;
	c->profiles = profiles;
	c->host = mem_dup(t->host);
	c->community = mem_dup(t->community);
	c->wanted = mem_dup(t->profile);
	user_copy(&c->user, &t->user);
	c->numeric = loop_is_address(t->host);
	c->port = t->port;
	c->version = t->version;
	c->timeout_ms = t->timeout_ms > 0 ? t->timeout_ms : 1000;
	c->retries = t->retries >= 0 ? t->retries : 2;
	return c;
}

void carding_forget_profile(struct card *c)
{
	c->profile = NULL;
	free(c->missing);
	free(c->spare);
	free(c->asked);
	free(c->live);
	bindings_free(c->coded);
	c->missing = c->spare = NULL;
	c->asked = NULL;
	c->live = NULL;
	c->coded = NULL;
	c->readings = 0;
}

void carding_ask_anew(struct card *c)
{
	bindings_free(c->coded);
	c->coded = NULL;
}

void carding_forget_learned(struct card *c)
{
	carding_ask_anew(c);
	memset(c->missing, 0, c->profile->n_oids);
	memset(c->spare, 0, c->profile->n_oids);
	c->readings = 0;
}

static void forget_agent(struct card *c)
{
	agent_free(c->agent);
	c->agent = NULL;
}

/*
 * It is silent. Another card may come back, and if it has a name, at another
 * address. What was learned of the way to it stays otherwise.
 */
static void doubt(struct card *c)
{
	carding_forget_profile(c);
	if (!c->numeric)
		forget_agent(c);
}

void card_free(struct card *c)
{
	if (!c)
		return;
	loop_resolve_cancel(c->lookup);
	carding_forget_profile(c);
	forget_agent(c);
	query_free(c->query);
	free(c->settings);
	free(c->host);
	explicit_bzero(c->community, strlen(c->community));
	free(c->community);
	user_done(&c->user);
	free(c->wanted);
	free(c);
}

bool card_is_at(const struct card *c, const struct card_target *t)
{
	return strcmp(c->host, t->host) == 0 && c->port == t->port &&
	    c->version == t->version && strcmp(c->community, t->community) == 0 &&
	    user_equal(&c->user, &t->user) && strcmp(c->wanted, t->profile) == 0;
}

unsigned card_replaced(const struct card *c, const char **before)
{
	*before = c->before;
	return c->replaced;
}

const char *card_profile(const struct card *c)
{
	return c->profile ? c->profile->id : NULL;
}

const struct udp_address *card_address(const struct card *c)
{
	return c->agent ? agent_address(c->agent) : NULL;
}

void carding_fail(struct card *c, const struct err *e)
{
	card_read_done *read_done = c->read_done;
	card_settings_done *settings_done = c->settings_done;
	card_reach_done *reach_done = c->reach_done;
	void *arg = c->arg;

	if (e->kind == ERR_UNREACHABLE)
		doubt(c);
	c->read_done = NULL;
	c->settings_done = NULL;
	c->reach_done = NULL;
	if (read_done)
		read_done(NULL, e, arg);
	else if (settings_done)
		settings_done(NULL, 0, NULL, e, arg);
	else
		reach_done(NULL, NULL, e, arg);
}

void carding_step(struct card *c, bool ok, const struct err *e)
{
	if (!ok)
		carding_fail(c, e);
}

static bool give_agent(struct card *c)
{
	card_reach_done *done = c->reach_done;

	c->reach_done = NULL;
	done(c->agent, c->profile, NULL, c->arg);
	return true;
}

static bool ask(struct card *c, struct err *e)
{
	if (c->reach_done)
		return give_agent(c);
	return c->read_done ? carding_read(c, e) : carding_read_settings(c, e);
}

/* Identifying, and the start of it all */

static void identify_answered(const struct agent_value *values, size_t n,
    const struct err *e, void *arg)
{
	struct card *c = arg;
	const struct profile *p;
	struct err words;

	(void)n;
	c->query = NULL;
	if (!values) {
		carding_fail(c, e);
		return;
	}
	p = identify(c->profiles, c->wanted, agent_where(c->agent), values, &words);
	if (!p) {
		carding_fail(c, &words);
		return;
	}
	c->profile = p;
	c->missing = mem_zero(p->n_oids, sizeof *c->missing);
	c->spare = mem_zero(p->n_oids, sizeof *c->spare);
	c->asked = mem_zero(p->n_oids, sizeof *c->asked);
	carding_step(c, ask(c, &words), &words);
}

bool carding_identify(struct card *c, struct err *e)
{
	size_t n;
	const char **oids = identify_oids(c->profiles, &n);

	c->query = query_get(c->agent, oids, n, identify_answered, c, e);
	free(oids);
	return c->query != NULL;
}

static void resolved(const char *address, const struct err *e, void *arg)
{
	struct card *c = arg;
	struct err words;

	c->lookup = NULL;
	if (!address) {
		carding_fail(c, e);
		return;
	}
	c->agent = agent_new(c->loop, &(struct agent_target){
		.name = c->host, .address = address, .port = c->port,
		.version = c->version, .community = c->community, .user = c->user,
		.timeout_ms = c->timeout_ms, .retries = c->retries });
	carding_step(c, carding_identify(c, &words), &words);
}

/* read_done or settings_done is set already; taken back when it cannot start. */
static bool start(struct card *c, void *arg, struct err *e)
{
	bool ok = true;

	c->arg = arg;
	c->again = false;
	if (!profiles_known(c->profiles, c->wanted))
		ok = err_set(e, _("%s: there is no profile %s; auto finds one"), c->host,
		    c->wanted);
	else if (!c->agent)
		c->lookup = loop_resolve(c->loop, c->host, resolved, c);
	else
		ok = c->profile ? ask(c, e) : carding_identify(c, e);
	if (!ok) {
		c->read_done = NULL;
		c->settings_done = NULL;
		c->reach_done = NULL;
	}
	return ok;
}

static bool is_busy(const struct card *c, struct err *e)
{
	if (!c->read_done && !c->settings_done && !c->reach_done)
		return false;
	err_set(e, _("%s: the card is being asked already"), c->host);
	return true;
}

bool card_read(struct card *c, card_read_done *done, void *arg, struct err *e)
{
	if (is_busy(c, e))
		return false;
	c->read_done = done;
	return start(c, arg, e);
}

bool card_read_settings(struct card *c, card_settings_done *done, void *arg,
    struct err *e)
{
	if (is_busy(c, e))
		return false;
	c->settings_done = done;
	return start(c, arg, e);
}

bool card_reach(struct card *c, card_reach_done *done, void *arg, struct err *e)
{
	if (is_busy(c, e))
		return false;
	c->reach_done = done;
	return start(c, arg, e);
}
