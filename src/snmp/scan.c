/* scan - who answers SNMP at many addresses; see scan.h */
#include "snmp/scan.h"
#include "snmp/cipher.h"
#include "snmp/decode.h"
#include "snmp/flood.h"
#include "snmp/identify.h"
#include "snmp/query.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/ipv4.h"

#include <stdlib.h>
#include <string.h>

enum { TICK_MS = 10, RETRIES = 2 };

/* What every agent has: who is it? (RFC 3418) */
static const char *const hello[] = { "1.3.6.1.2.1.1.2.0", "1.3.6.1.2.1.1.1.0",
	"1.3.6.1.2.1.1.5.0" };
enum { SYS_OBJECT_ID, SYS_DESCR, SYS_NAME, HELLO };

/* An address that is being asked now. */
struct probe {
	struct scan *scan;
	struct probe *next;
	size_t at;			/* of the addresses */
	size_t key;
	char address[16];
	struct agent *agent;
	struct query *query;
	struct scan_found found;
	const char **oids;		/* of the names of the UPS */
};

struct scan {
	struct loop *loop;
	const struct profiles *profiles;
	struct ranges where;
	struct scan_key *keys;
	struct secret **secrets;	/* of them, two each: not made anew for each address */
	size_t n_keys, parallel;
	int port, timeout_ms, rounds, rate;
	void (*found)(const struct scan_found *, void *arg);
	loop_fn *done;
	void *arg;

	bool *answered;			/* of the addresses */
	size_t at;			/* the next one to ask */
	int round;			/* which question to each it is: tries times keys */
	size_t out, answers;
	struct probe *probes;
	struct flood_bucket pace;
	struct bindings *hello;
	struct watch *tick;
	bool *gone;			/* set when it is freed by who is called */
};

static void probe_free(struct probe *p)
{
	agent_free(p->agent);
	query_free(p->query);
	free(p->oids);
	free(p);
}

/* This one is over; others have its place. */
static void end(struct probe *p)
{
	struct scan *s = p->scan;
	struct probe **at = &s->probes;

	while (*at != p)
		at = &(*at)->next;
	*at = p->next;
	s->out--;
	probe_free(p);
	loop_again(s->tick, 0);
}

static void tell(struct probe *p)
{
	struct scan *s = p->scan;
	bool gone = false;

	s->gone = &gone;
	p->found.address = p->address;
	p->found.key = p->key;
	s->found(&p->found, s->arg);
	if (gone)
		return;
	s->gone = NULL;
	end(p);
}

/* What the UPS says of itself; what is not answered stays unknown. */
static void named(const struct agent_value *values, size_t n, const struct err *e, void *arg)
{
	struct probe *p = arg;
	const struct profile *u = p->found.profile;
	const struct agent_value **all = mem_zero(u->n_oids, sizeof *all);
	bool *used = mem_zero(u->n_readings, sizeof *used);

	(void)e;
	p->query = NULL;
	for (size_t i = 0, k = 0; values && i < u->n_readings; i++)
		for (size_t m = 0; u->readings[i].attr->text && m < u->readings[i].n; m++, k++)
			if (k < n)
				all[u->readings[i].first + m] = &values[k];
	if (values)
		decode_reading(u, all, &p->found.ident, used);
	free(all);
	free(used);
	tell(p);
}

static void ask_names(struct probe *p)
{
	const struct profile *u = p->found.profile;
	struct err e;
	size_t n = 0;

	free(p->oids);
	p->oids = mem_zero(u->n_oids + 1, sizeof *p->oids);
	for (size_t i = 0; i < u->n_readings; i++)
		for (size_t m = 0; u->readings[i].attr->text && m < u->readings[i].n; m++)
			p->oids[n++] = u->oids[u->readings[i].first + m];
	p->query = n ? query_get(p->agent, p->oids, n, named, p, &e) : NULL;
	if (!p->query)
		tell(p);
}

static void identified(const struct agent_value *values, size_t n, const struct err *e,
    void *arg)
{
	struct probe *p = arg;
	struct err words;

	(void)n;
	(void)e;
	p->query = NULL;
	p->found.profile = values ? identify(p->scan->profiles, "auto", p->address, values,
	    &words) : NULL;
	if (p->found.profile)
		ask_names(p);
	else
		tell(p);
}

static struct agent *agent_of(struct probe *p, int retries)
{
	const struct scan *s = p->scan;

	return agent_new(s->loop, &(struct agent_target){ .name = p->address,
		.address = p->address, .port = s->port, .version = s->keys[p->key].version,
		.community = s->keys[p->key].community, .user = s->keys[p->key].user,
		.timeout_ms = s->timeout_ms, .retries = retries });
}

static void greeted(struct probe *p, const struct agent_answer *a)
{
	struct scan_found *f = &p->found;
	struct err e;
	size_t n;

	reading_clear(&f->ident);
	for (size_t i = 0; i < a->n; i++) {
		const struct agent_value *v = &a->values[i];

		if (v->type == AGENT_OID && strcmp(v->oid, hello[SYS_OBJECT_ID]) == 0)
			text_copy(f->sysoid, sizeof f->sysoid, v->text);
		else if (v->type == AGENT_TEXT && strcmp(v->oid, hello[SYS_DESCR]) == 0)
			text_copy(f->what, sizeof f->what, v->text);
		else if (v->type == AGENT_TEXT && strcmp(v->oid, hello[SYS_NAME]) == 0)
			text_copy(f->name, sizeof f->name, v->text);
	}
	/* it is there: from here on it is worth being asked again */
	agent_free(p->agent);
	p->agent = agent_of(p, RETRIES);
	p->oids = identify_oids(p->scan->profiles, &n);
	p->query = query_get(p->agent, p->oids, n, identified, p, &e);
	if (!p->query)
		tell(p);
}

static void heard(const struct agent_answer *a, const struct err *e, void *arg)
{
	struct probe *p = arg;
	struct scan *s = p->scan;

	(void)e;
	if (a && a->status != AGENT_DENIED) {	/* another key may be let in */
		s->answered[p->at] = true;
		s->answers++;
		greeted(p, a);
	} else {
		end(p);
	}
}

static bool begin(struct scan *s, size_t at)
{
	struct probe *p = mem_new(struct probe);
	struct err e;

	p->scan = s;
	p->at = at;
	p->key = (size_t)s->round % s->n_keys;
	ipv4_text(ranges_at(&s->where, at), p->address);
	p->agent = agent_of(p, 0);
	if (!agent_ask_again(p->agent, AGENT_GET, s->hello, heard, p, &e)) {
		probe_free(p);
		return false;
	}
	p->next = s->probes;
	s->probes = p;
	s->out++;
	return true;
}

/* A round is over when it is answered or waited for: the next asks who was silent. */
static bool next_round(struct scan *s)
{
	if (s->at < s->where.count)
		return true;
	if (s->out > 0)
		return false;
	s->round++;
	s->at = 0;
	return s->round < s->rounds;
}

static void go_on(void *arg)
{
	struct scan *s = arg;

	while (s->round < s->rounds && s->out < s->parallel && next_round(s)) {
		if (s->answered[s->at]) {
			s->at++;
			continue;
		}
		if (!flood_take(&s->pace, s->rate, s->rate / 20 + 1, loop_now())) {
			loop_again(s->tick, TICK_MS);
			return;
		}
		begin(s, s->at++);
	}
	if (s->round >= s->rounds && s->out == 0)
		s->done(s->arg);
}

static void take_keys(struct scan *s, const struct scan_key *keys, size_t n)
{
	s->n_keys = n;
	s->keys = mem_zero(n, sizeof *s->keys);
	s->secrets = mem_zero(2 * n, sizeof *s->secrets);
	for (size_t i = 0; i < n; i++) {
		struct snmp_user *u = &s->keys[i].user;

		s->keys[i].version = keys[i].version;
		s->keys[i].community = mem_dup(keys[i].community ? keys[i].community : "");
		user_copy(u, &keys[i].user);
		if (keys[i].version == SNMP_V3 && u->level > LEVEL_NONE)
			s->secrets[2 * i] = secret_take(u->auth, u->auth_password);
		if (keys[i].version == SNMP_V3 && u->level > LEVEL_AUTH)
			s->secrets[2 * i + 1] = secret_take(u->auth, u->priv_password);
	}
}

static void forget_keys(struct scan *s)
{
	for (size_t i = 0; i < s->n_keys; i++) {
		explicit_bzero((char *)(size_t)s->keys[i].community,
		    strlen(s->keys[i].community));
		free((char *)(size_t)s->keys[i].community);
		user_done(&s->keys[i].user);
	}
	for (size_t i = 0; i < 2 * s->n_keys; i++)
		secret_leave(s->secrets[i]);
	free(s->keys);
	free(s->secrets);
}

struct scan *scan_new(struct loop *loop, const struct profiles *profiles,
    const struct scan_plan *plan, void (*found)(const struct scan_found *, void *arg),
    loop_fn *done, void *arg)
{
	struct scan *s = mem_new(struct scan);

	s->loop = loop;
	s->profiles = profiles;
	s->where = *plan->where;
	s->where.list = mem_zero(s->where.n, sizeof *s->where.list);
	memcpy(s->where.list, plan->where->list, s->where.n * sizeof *s->where.list);
	take_keys(s, plan->keys, plan->n_keys);
	s->port = plan->port;
	s->timeout_ms = plan->timeout_ms;
	s->rounds = plan->tries * (int)plan->n_keys;
	s->rate = plan->rate;
	s->parallel = (size_t)plan->parallel;
	s->found = found;
	s->done = done;
	s->arg = arg;
	s->answered = mem_zero(s->where.count, sizeof *s->answered);
	s->hello = bindings_new(hello, HELLO, NULL);
	s->tick = loop_after(loop, 0, go_on, s);
	return s;
}

void scan_free(struct scan *s)
{
	struct probe *p, *next;

	if (!s)
		return;
	if (s->gone)
		*s->gone = true;
	for (p = s->probes; p; p = next) {
		next = p->next;
		probe_free(p);
	}
	forget_keys(s);
	free(s->answered);
	bindings_free(s->hello);
	loop_remove(s->tick);
	ranges_done(&s->where);
	free(s);
}

struct scan_progress scan_progress(const struct scan *s)
{
	size_t begun = (size_t)s->round * s->where.count + s->at;

	return (struct scan_progress){ .questions = (size_t)s->rounds * s->where.count,
		.over = begun - (s->out < begun ? s->out : begun), .answers = s->answers };
}
