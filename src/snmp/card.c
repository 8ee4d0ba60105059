/* card - the conversation with one UPS card; see card.h */
#include "snmp/card.h"
#include "snmp/agent.h"
#include "snmp/decode.h"
#include "snmp/identify.h"
#include "snmp/profile.h"
#include "snmp/query.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "model/record.h"

#include <stdlib.h>
#include <string.h>

/* After this many readings objects that were missing are asked for again. */
#define FORGET_AFTER 450

struct card {
	struct loop *loop;
	const struct profiles *profiles;
	char *host, *community, *wanted;	/* wanted: a profile's id, or "auto" */
	int port, version, timeout_ms, retries;
	struct snmp_user user;
	bool numeric;			/* host is an address */

	struct lookup *lookup;
	struct agent *agent;		/* NULL until host has an address */
	struct query *query;
	const struct profile *profile;	/* NULL until identified */

	/* of the profile's oids: the card has not, or a better one is there */
	bool *missing, *spare;
	size_t *asked;			/* which of them, in the order of the question */
	const char **live;		/* these, as they are asked for in each reading */
	size_t n_live;
	struct bindings *coded;		/* live; NULL: to be made anew */
	unsigned readings;		/* since we began to learn that */

	char serial[sizeof ((struct reading *)0)->serial];	/* as told last; "": never */
	char before[sizeof ((struct reading *)0)->serial];	/* of the card that was there */
	unsigned replaced;
	bool again;			/* it was identified once more for this question */

	/* the question: one of them is set while it runs */
	card_read_done *read_done;
	card_settings_done *settings_done;
	card_reach_done *reach_done;
	void *arg;

	/* settings that wait for the table of allowed values */
	struct card_setting *settings;
	struct reading ident;
};

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

static void forget_profile(struct card *c)
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

/* Something else is to be asked for than last time. */
static void ask_anew(struct card *c)
{
	bindings_free(c->coded);
	c->coded = NULL;
}

/* Everything is asked for again. */
static void forget_learned(struct card *c)
{
	ask_anew(c);
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
	forget_profile(c);
	if (!c->numeric)
		forget_agent(c);
}

void card_free(struct card *c)
{
	if (!c)
		return;
	loop_resolve_cancel(c->lookup);
	forget_profile(c);
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

/* The question ends without an answer. The card may be gone afterwards. */
static void fail(struct card *c, const struct err *e)
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

/* A step that could not even begin. */
static void step(struct card *c, bool ok, const struct err *e)
{
	if (!ok)
		fail(c, e);
}

/* Reading */

/* Later readings leave out what the card has not, and what a better row gave. */
static void learn(struct card *c, const struct agent_value *values, size_t n,
    const bool *used)
{
	const struct profile *p = c->profile;
	bool *spare = mem_zero(p->n_oids + 1, sizeof *spare), changed = false;

	for (size_t k = 0; k < n; k++)
		if (values[k].type == AGENT_MISSING)
			changed = c->missing[c->asked[k]] = true;
	for (size_t i = 0; i < p->n_readings; i++) {
		const struct profile_reading *row = &p->readings[i];
		bool better = false;

		for (size_t k = 0; k < i; k++)
			better = better || (used[k] && p->readings[k].attr == row->attr);
		memset(spare + row->first, better, row->n);
	}
	if (changed || memcmp(spare, c->spare, p->n_oids) != 0) {
		memcpy(c->spare, spare, p->n_oids);
		ask_anew(c);
	}
	free(spare);
}

/* False when there is none in what the card answered. */
static bool take_reading(struct card *c, const struct agent_value *values, size_t n,
    struct reading *r)
{
	const struct profile *p = c->profile;
	const struct agent_value **all = mem_zero(p->n_oids, sizeof *all);
	bool *used = mem_zero(p->n_readings, sizeof *used), any = false;

	for (size_t k = 0; k < n; k++) {
		all[c->asked[k]] = &values[k];
		any = any || values[k].type != AGENT_MISSING;
	}
	decode_reading(p, all, r, used);
	/* a card that has lost its UPS may not have what it has otherwise */
	if (r->state == UPS_COMM_LOST || ++c->readings >= FORGET_AFTER)
		forget_learned(c);
	else
		learn(c, values, n, used);
	free(all);
	free(used);
	return any;
}

/* Another serial number than before: somebody has put in another card or UPS. */
static bool is_another(struct card *c, const struct reading *r)
{
	bool another = *r->serial && *c->serial && strcmp(r->serial, c->serial) != 0;

	if (another) {
		memcpy(c->before, c->serial, sizeof c->before);
		c->replaced++;
	}
	if (*r->serial)
		memcpy(c->serial, r->serial, sizeof c->serial);
	return another;
}

static bool ask_identity(struct card *c, struct err *e);

static void read_answered(const struct agent_value *values, size_t n,
    const struct err *e, void *arg)
{
	struct card *c = arg;
	card_read_done *done = c->read_done;
	struct reading r;
	struct err words;

	c->query = NULL;
	if (!values) {
		fail(c, e);
	} else if (!take_reading(c, values, n, &r)) {
		err_set(&words, _("%s answers, but gives no readings of a UPS"),
		    agent_where(c->agent));
		forget_profile(c);
		fail(c, &words);
	} else if (is_another(c, &r) && !c->again) {
		c->again = true;	/* one that tells another number each time has an end */
		forget_profile(c);
		step(c, ask_identity(c, &words), &words);
	} else {
		c->read_done = NULL;
		done(&r, NULL, c->arg);
	}
}

/* What a reading asks for, until something else is learned of the card. */
static void choose_objects(struct card *c)
{
	const struct profile *p = c->profile;

	free(c->live);
	c->live = mem_zero(p->n_oids + 1, sizeof *c->live);
	c->n_live = 0;
	for (size_t i = 0; i < p->n_oids; i++)
		if (!c->missing[i] && !c->spare[i]) {
			c->live[c->n_live] = p->oids[i];
			c->asked[c->n_live++] = i;
		}
	if (c->n_live <= agent_batch(c->agent))		/* else they are asked for in parts */
		c->coded = bindings_new(c->live, c->n_live, NULL);
}

static bool ask_reading(struct card *c, struct err *e)
{
	if (!c->coded)
		choose_objects(c);
	c->query = query_get_again(c->agent, c->live, c->n_live, c->coded, read_answered,
	    c, e);
	return c->query != NULL;
}

/* Settings */

static void give_settings(struct card *c)
{
	card_settings_done *done = c->settings_done;
	struct card_setting *settings = c->settings;
	struct reading ident = c->ident;

	c->settings = NULL;
	c->settings_done = NULL;
	done(settings, c->profile->n_settings, &ident, NULL, c->arg);
	free(settings);
}

/* Is the object that a row of the table names this one? Cards leave out the .0 */
static bool names_object(const struct agent_value *v, const char *oid)
{
	size_t len = strlen(v->text);

	return v->type == AGENT_OID && strncmp(oid, v->text, len) == 0 &&
	    (!oid[len] || strcmp(oid + len, ".0") == 0);
}

static void take_allowed(struct card *c, const struct agent_value *row)
{
	const struct profile *p = c->profile;

	for (size_t i = 0; i < p->n_settings; i++) {
		struct card_setting *s = &c->settings[i];

		if (!names_object(&row[0], p->settings[i].oid) || row[1].type != AGENT_TEXT)
			continue;
		if (!decode_allowed(row[1].text, p->settings[i].field->unit, s->allowed,
		    sizeof s->allowed))
			s->value[0] = '\0';
	}
}

static void table_answered(const struct agent_value *values, size_t n,
    const struct err *e, void *arg)
{
	struct card *c = arg;

	c->query = NULL;
	if (!values) {
		free(c->settings);
		c->settings = NULL;
		fail(c, e);
		return;
	}
	for (size_t i = 0; i < n; i++)
		take_allowed(c, &values[i * 2]);
	give_settings(c);
}

static void settings_answered(const struct agent_value *values, size_t n,
    const struct err *e, void *arg)
{
	struct card *c = arg;
	const struct profile *p = c->profile;
	const struct agent_value **all;
	struct err words;
	bool *used;

	c->query = NULL;
	if (!values) {
		fail(c, e);
		return;
	}
	c->settings = mem_zero(p->n_settings + 1, sizeof *c->settings);
	for (size_t i = 0; i < p->n_settings; i++) {
		struct card_setting *s = &c->settings[i];

		s->field = p->settings[i].field->key;
		decode_setting(&p->settings[i], &values[i], s->value, sizeof s->value);
		if (*s->value)
			strncpy(s->allowed, p->settings[i].allowed, sizeof s->allowed - 1);
	}
	all = mem_zero(p->n_oids, sizeof *all);
	used = mem_zero(p->n_readings, sizeof *used);
	for (size_t k = p->n_settings; k < n; k++)
		all[c->asked[k - p->n_settings]] = &values[k];
	decode_reading(p, all, &c->ident, used);
	free(all);
	free(used);
	if (!p->allowed_setting) {
		give_settings(c);
		return;
	}
	c->query = query_table(c->agent,
	    (const char *const[]){ p->allowed_setting, p->allowed_values }, 2,
	    table_answered, c, &words);
	if (!c->query)
		table_answered(NULL, 0, &words, c);
}

static bool ask_settings(struct card *c, struct err *e)
{
	const struct profile *p = c->profile;
	const char **oids = mem_zero(p->n_settings + p->n_oids, sizeof *oids);
	size_t n = 0, texts = 0;

	ask_anew(c);		/* asked is for this now */
	for (; n < p->n_settings; n++)
		oids[n] = p->settings[n].oid;
	for (size_t i = 0; i < p->n_readings; i++)
		for (size_t k = 0; p->readings[i].attr->text && k < p->readings[i].n; k++) {
			c->asked[texts++] = p->readings[i].first + k;
			oids[n++] = p->oids[p->readings[i].first + k];
		}
	c->query = query_get(c->agent, oids, n, settings_answered, c, e);
	free(oids);
	return c->query != NULL;
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
	return c->read_done ? ask_reading(c, e) : ask_settings(c, e);
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
		fail(c, e);
		return;
	}
	p = identify(c->profiles, c->wanted, agent_where(c->agent), values, &words);
	if (!p) {
		fail(c, &words);
		return;
	}
	c->profile = p;
	c->missing = mem_zero(p->n_oids, sizeof *c->missing);
	c->spare = mem_zero(p->n_oids, sizeof *c->spare);
	c->asked = mem_zero(p->n_oids, sizeof *c->asked);
	step(c, ask(c, &words), &words);
}

static bool ask_identity(struct card *c, struct err *e)
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
		fail(c, e);
		return;
	}
	c->agent = agent_new(c->loop, &(struct agent_target){
		.name = c->host, .address = address, .port = c->port,
		.version = c->version, .community = c->community, .user = c->user,
		.timeout_ms = c->timeout_ms, .retries = c->retries });
	step(c, ask_identity(c, &words), &words);
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
		ok = c->profile ? ask(c, e) : ask_identity(c, e);
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
