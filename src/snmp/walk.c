/* walk - all objects of an agent; see walk.h */
#include "snmp/walk.h"
#include "snmp/agent.h"
#include "snmp/card.h"
#include "snmp/snmprec.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Below it stands all that cards have. */
#define FROM "1.3.6.1"
#define AT_ONCE 32		/* in an answer, until it is seen that this is too much */
#define BYTES_MOST (64u << 20)
#define TAG_END 0x82		/* endOfMibView, RFC 3416 */

struct walk {
	struct loop *loop;
	struct lookup *lookup;
	struct agent *agent;
	char *host, *secrets[WALK_SECRETS];
	int port, version, timeout_ms, retries;
	char *community;
	struct snmp_user user;		/* its strings are ours */

	char at[OID_LONG];		/* the last that was seen */
	int at_once;
	struct text lines;
	struct walk_found found;
	walk_done *done;
	void *arg;
};

static void ask(struct walk *);

static void wipe(char *s)
{
	if (s)
		explicit_bzero(s, strlen(s));
	free(s);
}

void walk_free(struct walk *w)
{
	if (!w)
		return;
	loop_resolve_cancel(w->lookup);
	agent_free(w->agent);
	for (size_t i = 0; i < WALK_SECRETS; i++)
		wipe(w->secrets[i]);
	wipe(w->community);
	user_done(&w->user);
	free(w->host);
	text_done(&w->lines);
	free(w);
}

size_t walk_objects(const struct walk *w)
{
	return w->found.objects;
}

static void finish(struct walk *w, const struct err *e)
{
	w->found.text = w->lines.s ? w->lines.s : "";
	w->found.len = w->lines.len;
	w->done(&w->found, e, w->arg);
	walk_free(w);
}

void walk_stop(struct walk *w, const struct err *e)
{
	finish(w, e);
}

/* A secret of ours at the beginning of these bytes: its length, or 0. */
static size_t secret_at(const struct walk *w, const unsigned char *bytes, size_t len, bool whole)
{
	enum { LEAST = 4 };	/* shorter ones would be found in every text */

	for (size_t i = 0; i < WALK_SECRETS; i++) {
		size_t n = w->secrets[i] ? strlen(w->secrets[i]) : 0;

		if (n > 0 && n <= len && (n >= LEAST || (whole && n == len)) &&
		    memcmp(bytes, w->secrets[i], n) == 0)
			return n;
	}
	return 0;
}

/* A text without our secrets, wherever they stand in it; how many there were. */
static size_t hide(const struct walk *w, const struct agent_raw *r, struct text *t)
{
	size_t hidden = 0;

	for (size_t i = 0; i < r->size;) {
		size_t n = secret_at(w, r->bytes + i, r->size - i, i == 0);

		if (n)
			text_add(t, "********");
		else
			text_add_len(t, (const char *)r->bytes + i, 1);
		hidden += n > 0;
		i += n ? n : 1;
	}
	return hidden;
}

static void keep(struct walk *w, const struct agent_value *v, const struct agent_raw *r)
{
	struct agent_raw shown = *r;
	struct text t = { 0 };

	if (r->tag == SNMPREC_TEXT && hide(w, r, &t) > 0) {
		w->found.hidden++;
		shown.bytes = (const unsigned char *)t.s;
		shown.size = t.len;
	}
	if (snmprec_line(&w->lines, v->oid, &shown))
		w->found.objects++;
	else
		w->found.odd++;
	text_done(&t);
}

/* The objects of an answer. 1: go on; 0: that was the end; -1: words. */
static int take(struct walk *w, const struct agent_answer *a, struct err *e)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct agent_value *v = &a->values[i];

		if (a->raw[i].tag == TAG_END)
			return 0;
		if (!*v->oid) {
			err_set(e, _("%s: an object behind %s has a name that is too long"),
			    agent_where(w->agent), w->at);
			return -1;
		}
		/* such a card would be asked for ever */
		if (oid_compare(v->oid, w->at) <= 0) {
			err_set(e, _("%s: behind %s it gives %s, which stands before it: the card's "
			    "software is faulty"), agent_where(w->agent), w->at, v->oid);
			return -1;
		}
		text_copy(w->at, sizeof w->at, v->oid);
		keep(w, v, &a->raw[i]);
	}
	if (a->n > 0 && w->found.objects < WALK_MOST && w->lines.len < BYTES_MOST)
		return 1;
	err_set(e, a->n ? _("%s: more than %d objects: it has no end") :
	    _("%s: an answer without an object"), agent_where(w->agent), WALK_MOST);
	return -1;
}

/* Can the same be asked for in smaller pieces? */
static bool smaller(struct walk *w)
{
	if (w->at_once == 1)
		return false;
	w->at_once /= 2;
	ask(w);
	return true;
}

static void answered(const struct agent_answer *a, const struct err *e, void *arg)
{
	struct walk *w = arg;
	struct err words;
	int more;

	if (!a) {
		/* some say nothing when their answer is too long; who never spoke is not there */
		if (w->at_once == 1 || !w->found.objects) {
			finish(w, e);
		} else {
			w->at_once = 1;
			ask(w);
		}
		return;
	}
	if (a->status == AGENT_NO_SUCH) {	/* v1 has no other word for the end */
		finish(w, NULL);
		return;
	}
	if (a->status != AGENT_DONE) {
		if (smaller(w))
			return;
		err_kind(&words, a->status == AGENT_DENIED ? ERR_REFUSED : ERR_FAILED,
		    _("%s: behind %s: %s (%s)"), agent_where(w->agent), w->at,
		    tr(agent_error_label(a->error)), agent_error_word(a->error));
		finish(w, &words);
		return;
	}
	more = take(w, a, &words);
	if (more > 0)
		ask(w);
	else
		finish(w, more < 0 ? &words : NULL);
}

static void ask(struct walk *w)
{
	const char *at = w->at;
	struct err e;

	if (!(w->at_once > 1 ? agent_bulk(w->agent, at, w->at_once, answered, w, &e) :
	    agent_ask(w->agent, AGENT_NEXT, &at, 1, answered, w, &e)))
		finish(w, &e);
}

static void resolved(const char *address, const struct err *e, void *arg)
{
	struct walk *w = arg;

	w->lookup = NULL;
	if (!address) {
		finish(w, e);
		return;
	}
	w->agent = agent_new(w->loop, &(struct agent_target){ .name = w->host,
		.address = address, .port = w->port, .version = w->version,
		.community = w->community, .user = w->user, .timeout_ms = w->timeout_ms,
		.retries = w->retries });
	ask(w);
}

struct walk *walk_start(struct loop *loop, const struct card_target *t,
    const char *const secrets[WALK_SECRETS], walk_done *done, void *arg)
{
	struct walk *w = mem_new(struct walk);

	w->loop = loop;
	w->host = mem_dup(t->host);
	w->port = t->port;
	w->version = t->version;
	w->community = mem_dup(t->community ? t->community : "");
	user_copy(&w->user, &t->user);
	w->timeout_ms = t->timeout_ms ? t->timeout_ms : 1000;
	w->retries = t->retries < 0 ? 2 : t->retries;
	for (size_t i = 0; i < WALK_SECRETS; i++)
		if (secrets[i] && *secrets[i])
			w->secrets[i] = mem_dup(secrets[i]);
	text_copy(w->at, sizeof w->at, FROM);
	w->at_once = t->version == SNMP_V1 ? 1 : AT_ONCE;
	w->done = done;
	w->arg = arg;
	w->lookup = loop_resolve(loop, t->host, resolved, w);
	return w;
}
