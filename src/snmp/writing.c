/* writing - settings into a card, and what it keeps of them; see writing.h */
#include "snmp/writing.h"
#include "snmp/agent.h"
#include "snmp/decode.h"
#include "snmp/encode.h"
#include "snmp/profile-command.h"
#include "snmp/query.h"
#include "snmp/refusal.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

#define PAUSE_MS 1000		/* between two looks at what it keeps */
#define FIRST_MS 200

struct writing {
	struct loop *loop;
	struct card *card;
	struct outcome *list;
	size_t n;
	int patience;
	writing_told *told;
	void *arg;

	struct agent *agent;
	const struct profile *profile;
	size_t at;			/* the next to be sent */
	bool *sent, *unheard;		/* of the list; unheard: no answer came to it */
	bool silent;			/* nor will one come to the others */
	bool lost;			/* it did not answer the last look */
	size_t tried, barred;		/* how many were sent, and refused for who asks */
	int64_t since;			/* loop_now() of the last that was sent */

	struct query *query;
	const char **oids;		/* that are read back, and which they are: */
	size_t *which;
	struct watch *timer;
};

static void send_next(struct writing *);
static void look(void *);

void writing_cancel(struct writing *w)
{
	if (!w)
		return;
	loop_remove(w->timer);
	query_free(w->query);
	free(w->sent);
	free(w->unheard);
	free(w->oids);
	free(w->which);
	free(w);
}

/* The last word. */
static void finish(struct writing *w, const struct err *e)
{
	writing_told *told = w->told;
	bool refused = w->tried > 0 && w->barred == w->tried;
	void *arg = w->arg;

	writing_cancel(w);
	told(true, refused, e, arg);
}

static int seconds_since(const struct writing *w)
{
	return (int)((loop_now() - w->since + 500) / 1000);
}

/*
 * Cards drop what a community that may only read wants to write, without a word.
 * They answer reading all the while: so it is known who is at fault.
 */
static void bar(struct writing *w, struct outcome *o, const char *why)
{
	o->kind = OUTCOME_REFUSED;
	text_copy(o->why, sizeof o->why, why);
	w->barred++;
}

/* What it said last is what it keeps; what was never heard of stays unknown. */
static void settle(struct writing *w)
{
	size_t before = w->barred;

	for (size_t i = 0; i < w->n; i++) {
		struct outcome *o = &w->list[i];

		if (w->lost && (o->kind == OUTCOME_WRITTEN || o->kind == OUTCOME_STAYED)) {
			o->kind = OUTCOME_UNKNOWN;
			text_copy(o->why, sizeof o->why, w->unheard[i] ?
			    _("no answer came to the writing, nor to the reading back") :
			    _("the card took it, and then did not answer any more"));
		} else if (o->kind == OUTCOME_STAYED && w->unheard[i]) {
			bar(w, o, _("it answers reading, but not writing: the community "
			    "must have Write or Write+ in the card's access list"));
		}
	}
	for (size_t i = 0; i < w->n && w->barred > before; i++)
		if (w->list[i].kind == OUTCOME_UNKNOWN && !w->sent[i]) {
			bar(w, &w->list[i], _("not sent, as the card does not answer writing"));
			w->tried++;
		}
	finish(w, NULL);
}

/* Is it to be looked at: sent, and not seen yet as it will be? */
static bool is_open(const struct writing *w, size_t i)
{
	const struct outcome *o = &w->list[i];

	return w->sent[i] && (outcome_waits(o) || o->kind == OUTCOME_UNKNOWN);
}

static bool any_open(const struct writing *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (is_open(w, i))
			return true;
	return false;
}

static void look_later(struct writing *w)
{
	if (!any_open(w) || seconds_since(w) >= w->patience) {
		settle(w);
		return;
	}
	loop_again(w->timer, PAUSE_MS);
	w->told(false, false, NULL, w->arg);
}

static void take(struct writing *w, size_t i, const struct agent_value *v)
{
	struct outcome *o = &w->list[i];
	char read[64];

	decode_setting(profile_setting(w->profile, o->field), v, read, sizeof read);
	outcome_judge(o, read, seconds_since(w));
}

static void looked(const struct agent_value *values, size_t n, const struct err *e,
    void *arg)
{
	struct writing *w = arg;

	(void)e;
	w->query = NULL;
	w->lost = !values;
	for (size_t i = 0; values && i < n; i++)
		take(w, w->which[i], &values[i]);
	look_later(w);
}

static void look(void *arg)
{
	struct writing *w = arg;
	struct err e;
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++)
		if (is_open(w, i)) {
			w->oids[n] = profile_setting(w->profile, w->list[i].field)->oid;
			w->which[n++] = i;
		}
	if (n == 0) {
		settle(w);
		return;
	}
	w->query = query_get(w->agent, w->oids, n, looked, w, &e);
	if (!w->query)
		looked(NULL, 0, &e, w);
}

static void refuse(struct writing *w, size_t i, const struct agent_answer *answer)
{
	struct outcome *o = &w->list[i];
	char words[300];

	switch (refusal_words(answer, words, sizeof words)) {
	case REFUSAL_NONE:
		o->kind = OUTCOME_WRITTEN;
		return;
	case REFUSAL_ACCESS:
		w->barred++;
		break;
	case REFUSAL_VALUE:
		if (*o->allowed) {
			o->kind = OUTCOME_REFUSED;
			snprintf(o->why, sizeof o->why, _("%s; it takes %s"), words, o->allowed);
			return;
		}
		break;
	default:
		break;
	}
	o->kind = OUTCOME_REFUSED;
	text_copy(o->why, sizeof o->why, words);
}

static void answered(const struct agent_answer *answer, const struct err *e, void *arg)
{
	struct writing *w = arg;
	size_t i = w->at++;

	if (answer) {
		refuse(w, i, answer);
	} else {
		w->silent = w->unheard[i] = true;
		w->list[i].kind = OUTCOME_UNKNOWN;
		text_copy(w->list[i].why, sizeof w->list[i].why, e->text);
	}
	send_next(w);
}

/* False when it could not be sent; what became of it stands in the outcome. */
static bool send(struct writing *w, size_t i)
{
	struct outcome *o = &w->list[i];
	const struct profile_setting *s = profile_setting(w->profile, o->field);
	struct agent_value v;
	struct err e;

	if (!s) {
		o->kind = OUTCOME_UNSUPPORTED;
		snprintf(o->why, sizeof o->why, _("profile %s has no such setting"),
		    w->profile->id);
	} else if (!encode_value(s->oid, s->type, s->scale, o->asked, &v, &e)) {
		o->kind = OUTCOME_REFUSED;
		text_copy(o->why, sizeof o->why, e.text);
	} else if (w->silent) {
		o->kind = OUTCOME_UNKNOWN;
		text_copy(o->why, sizeof o->why, _("it was not sent, as the card did not "
		    "answer any more"));
	} else if (!agent_set(w->agent, &v, 1, false, answered, w, &e)) {
		o->kind = OUTCOME_UNKNOWN;
		text_copy(o->why, sizeof o->why, e.text);
	} else {
		w->sent[i] = true;
		w->tried++;
		w->since = loop_now();
		return true;
	}
	return false;
}

static void send_next(struct writing *w)
{
	for (; w->at < w->n; w->at++)
		if (w->list[w->at].kind == OUTCOME_DIFFERS && send(w, w->at))
			break;
	if (w->at == w->n)
		w->timer = loop_after(w->loop, FIRST_MS, look, w);
	w->told(false, false, NULL, w->arg);
}

static void reached(struct agent *agent, const struct profile *p, const struct err *e,
    void *arg)
{
	struct writing *w = arg;

	if (!agent) {
		finish(w, e);
		return;
	}
	w->agent = agent;
	w->profile = p;
	send_next(w);
}

struct writing *writing_start(struct loop *loop, struct card *card, struct outcome *list,
    size_t n, int patience, writing_told *told, void *arg, struct err *e)
{
	struct writing *w = mem_new(struct writing);

	*w = (struct writing){ .loop = loop, .card = card, .list = list, .n = n,
	    .patience = patience, .told = told, .arg = arg };
	w->sent = mem_zero(n + 1, sizeof *w->sent);
	w->unheard = mem_zero(n + 1, sizeof *w->unheard);
	w->oids = mem_zero(n + 1, sizeof *w->oids);
	w->which = mem_zero(n + 1, sizeof *w->which);
	if (!card_reach(card, reached, w, e)) {
		writing_cancel(w);
		return NULL;
	}
	return w;
}
