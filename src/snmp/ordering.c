/* ordering - a command to a card, and what is seen of it; see ordering.h */
#include "snmp/ordering.h"
#include "snmp/agent.h"
#include "snmp/decode.h"
#include "snmp/encode.h"
#include "snmp/profile-command.h"
#include "snmp/query.h"
#include "snmp/refusal.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define PAUSE_MS 1000		/* between two looks */
#define TEST_SECONDS 600	/* the longest that a self test goes on */

/* What is read beside the readings, where the profile has it. */
enum extra { RESULT, OUTLET, DELAY, LOCK, EXTRAS };

struct ordering {
	struct loop *loop;
	struct card *card;
	const struct command *command;
	struct ups ups;			/* its numbers only: the texts are the site's */
	struct ups_settings set;	/* those of ups */
	int outlet;
	ordering_told *told;
	void *arg;

	struct command_state state;
	const struct profile *profile;
	const struct profile_command *how;
	const struct profile_result *result;
	int64_t since;			/* loop_now() when it was sent */
	bool answered;			/* the sending was */
	enum command_result result_before;
	bool ran;			/* its test was seen running */
	bool outlet_shows;

	struct query *query;
	const char *oids[EXTRAS];	/* that are asked for, and which they are: */
	enum extra which[EXTRAS];
	size_t n;
	char texts[PROFILE_ORDERS + 1][OID_SIZE];	/* of what is sent or asked */
	struct agent_value extras[EXTRAS];	/* numbers only */
	struct watch *timer;
};

static void look(void *);

void ordering_cancel(struct ordering *o)
{
	if (!o)
		return;
	loop_remove(o->timer);
	query_free(o->query);
	free(o);
}

/* The last word. */
static void finish(struct ordering *o, enum command_end end, const struct err *e)
{
	struct command_state state = o->state;
	ordering_told *told = o->told;
	void *arg = o->arg;

	state.end = end;
	ordering_cancel(o);
	told(&state, e, arg);
}

static void deny(struct ordering *o, const char *why)
{
	text_copy(o->state.why, sizeof o->state.why, why);
	finish(o, COMMAND_DENIED, NULL);
}

/* "On battery, Low battery" */
static void states_text(unsigned states, struct text *t)
{
	for (int i = 0; i < UPS_STATE_COUNT; i++)
		if (states & STATE_BIT(i))
			text_printf(t, "%s%s", t->len ? ", " : "", tr(state_label((enum ups_state)i)));
}

/* Looking */

static const char *name_of(const char *oid, int outlet, char *buf)
{
	snprintf(buf, OID_SIZE, "%s.%d", oid, outlet);
	return buf;
}

static void want(struct ordering *o, enum extra which, const char *oid)
{
	o->which[o->n] = which;
	o->oids[o->n++] = oid;
}

/* What shows whether it was done; and before it is sent, what sending it needs. */
static void collect_wants(struct ordering *o)
{
	o->n = 0;
	if (o->result)
		want(o, RESULT, o->result->oid);
	if (o->command->outlet)
		want(o, OUTLET, name_of(o->profile->commands->outlets.state, o->outlet,
		    o->texts[PROFILE_ORDERS]));
	if (!o->state.sent && o->how->delay)
		want(o, DELAY, profile_setting(o->profile, o->how->delay)->oid);
	if (!o->state.sent && o->how->lock)
		want(o, LOCK, o->how->lock);
}

static bool is_number(const struct agent_value *v)
{
	return v->type == AGENT_INTEGER || v->type == AGENT_UNSIGNED || v->type == AGENT_TICKS;
}

static void take_extras(struct ordering *o, const struct agent_value *values)
{
	const struct profile_outlets *outlets = &o->profile->commands->outlets;
	const struct agent_value *v;

	for (size_t i = 0; i < o->n; i++)
		o->extras[o->which[i]] = values[i];
	v = &o->extras[RESULT];
	if (o->result)
		o->state.result = is_number(v) ? profile_result_of(o->result, v->number) :
		    RESULT_NONE;
	v = &o->extras[OUTLET];
	o->outlet_shows = o->command->outlet && is_number(v) && v->number ==
	    (o->command->risk == RISK_CUT ? outlets->off : outlets->on);
}

/* Ended, or not of the kind that ends. */
static bool result_is_final(const struct ordering *o)
{
	if (o->state.result == RESULT_RUNNING)
		return false;
	return o->ran || o->state.result != o->result_before || !o->command->states;
}

static bool is_shown(struct ordering *o)
{
	bool shows = command_shows(o->command, &o->state.reading) || o->outlet_shows;

	if (!o->result)
		return shows;
	if (o->command->begins)
		return shows || o->state.result == RESULT_RUNNING ||
		    o->state.result != o->result_before;
	o->ran = o->ran || o->state.result == RESULT_RUNNING || shows;
	if (o->ran && o->state.limit < TEST_SECONDS)
		o->state.limit = TEST_SECONDS;
	return result_is_final(o) && !shows;
}

static void judge(struct ordering *o)
{
	if (is_shown(o)) {
		finish(o, COMMAND_SHOWN, NULL);
	} else if (o->state.seconds >= o->state.limit) {
		if (o->state.result != RESULT_NONE)
			snprintf(o->state.why, sizeof o->state.why, _("the last result is: %s"),
			    tr(result_label(o->state.result)));
		finish(o, o->answered ? COMMAND_UNSEEN : COMMAND_UNSURE, NULL);
	} else {
		loop_again(o->timer, PAUSE_MS);
		o->told(&o->state, NULL, o->arg);
	}
}

/* Sending */

static void sent(const struct agent_answer *answer, const struct err *e, void *arg)
{
	struct ordering *o = arg;
	char why[300];

	(void)e;
	if (answer && refusal_words(answer, why, sizeof why) != REFUSAL_NONE) {
		deny(o, why);
		return;
	}
	o->answered = answer != NULL;
	if (o->answered && !command_is_seen(o->command) && !o->result && !o->command->outlet) {
		finish(o, COMMAND_ACCEPTED, NULL);
		return;
	}
	o->timer = loop_after(o->loop, PAUSE_MS / 4, look, o);
	o->told(&o->state, NULL, o->arg);
}

static bool encode_order(struct ordering *o, size_t i, struct agent_value *v, struct err *e)
{
	const struct profile_order *order = &o->how->orders[i];
	const char *oid = order->oid, *value = order->value;
	char buf[16];

	if (o->command->outlet)
		oid = name_of(oid, o->outlet, o->texts[i]);
	if (order->field)
		value = field_text(order->field, &o->ups, buf);
	return encode_value(oid, order->type, order->scale, value, v, e);
}

/* How long its effect may take, by what the card or the site says. */
static int delay_of(const struct ordering *o)
{
	const struct agent_value *v = &o->extras[DELAY];
	int delay = 0;

	if (o->how->delay && is_number(v))
		delay = (int)lround((double)v->number *
		    profile_setting(o->profile, o->how->delay)->scale);
	for (size_t i = 0; i < o->how->n; i++)
		if (o->how->orders[i].field)
			delay += field_int(o->how->orders[i].field, &o->ups);
	return delay < 0 ? 0 : delay > 7200 ? 7200 : delay;
}

static void send(struct ordering *o, struct agent *agent)
{
	struct agent_value list[PROFILE_ORDERS + 1];
	struct err e;
	size_t n = 0;
	bool ok = true;

	if (o->how->lock && is_number(&o->extras[LOCK]))
		list[n++] = (struct agent_value){ .oid = o->how->lock, .type = AGENT_INTEGER,
		    .number = o->extras[LOCK].number, .text = "" };
	for (size_t i = 0; i < o->how->n && ok; i++)
		ok = encode_order(o, i, &list[n++], &e);
	o->state.limit = o->how->within + delay_of(o);
	o->state.before = o->command->outlet ? o->outlet_shows :
	    command_shows(o->command, &o->state.reading);
	o->result_before = o->state.result;
	o->since = loop_now();
	o->state.sent = ok && agent_set(agent, list, n, true, sent, o, &e);
	if (!o->state.sent)
		deny(o, e.text);
}

/* Is there anything against it, with what was read? */
static bool is_denied(struct ordering *o)
{
	char why[200];

	if (!o->command->outlet || o->extras[OUTLET].type != AGENT_MISSING)
		return false;
	snprintf(why, sizeof why, _("this UPS has no outlet group %d"), o->outlet);
	deny(o, why);
	return true;
}

static void looked(const struct agent_value *values, size_t n, const struct err *e,
    void *arg);

static void reached(struct agent *agent, const struct profile *p, const struct err *e,
    void *arg)
{
	struct ordering *o = arg;
	struct err words;

	(void)e;
	if (!agent) {		/* it was, a moment ago */
		loop_again(o->timer, PAUSE_MS);
		return;
	}
	o->profile = p;
	collect_wants(o);
	if (o->n == 0) {
		looked(NULL, 0, NULL, o);
		return;
	}
	o->query = query_get(agent, o->oids, o->n, looked, o, &words);
	if (!o->query)
		looked(NULL, 0, &words, o);
}

static void reached_to_send(struct agent *agent, const struct profile *p,
    const struct err *e, void *arg)
{
	(void)p;
	if (agent)
		send(arg, agent);
	else
		finish(arg, COMMAND_DENIED, e);
}

static void looked(const struct agent_value *values, size_t n, const struct err *e,
    void *arg)
{
	struct ordering *o = arg;
	struct err words;

	o->query = NULL;
	if (values && n == o->n)
		take_extras(o, values);
	if (o->state.sent)
		judge(o);
	else if (o->n && !values)
		finish(o, COMMAND_DENIED, e);
	else if (!is_denied(o) && !card_reach(o->card, reached_to_send, o, &words))
		finish(o, COMMAND_DENIED, &words);
}

/* Can this card do it, as it is? Else its end is told. */
static bool is_possible(struct ordering *o, const struct profile *p)
{
	struct text states = { 0 };
	char why[250];

	o->how = profile_command(p, o->command);
	o->result = o->command->result ? profile_result(p, o->command) : NULL;
	if (!o->how) {
		snprintf(why, sizeof why, _("cards of profile %s cannot be told to"), p->id);
		deny(o, why);
		return false;
	}
	if (!o->how->needs || o->how->needs & STATE_BIT(o->state.reading.state))
		return true;
	states_text(o->how->needs, &states);
	snprintf(why, sizeof why, _("cards take this only in one of these states: %s; now: %s"),
	    states.s, tr(state_label(o->state.reading.state)));
	text_done(&states);
	deny(o, why);
	return false;
}

static void reached_first(struct agent *agent, const struct profile *p,
    const struct err *e, void *arg)
{
	struct ordering *o = arg;

	if (!agent)
		finish(o, COMMAND_DENIED, e);
	else if (is_possible(o, p))
		reached(agent, p, NULL, o);
}

static void read(const struct reading *r, const struct err *e, void *arg)
{
	struct ordering *o = arg;
	struct err words;

	if (o->state.sent)
		o->state.seconds = (int)((loop_now() - o->since + 500) / 1000);
	if (r) {
		o->state.reading = *r;
		o->state.known = true;
	}
	if (!o->state.sent && !r)
		finish(o, COMMAND_DENIED, e);
	else if (!r)
		judge(o);	/* what it was like before; the time goes on */
	else if (!card_reach(o->card, o->state.sent ? reached : reached_first, o, &words))
		finish(o, COMMAND_UNSEEN, &words);
}

static void look(void *arg)
{
	struct ordering *o = arg;
	struct err e;

	if (!card_read(o->card, read, o, &e))
		read(NULL, &e, o);
}

struct ordering *ordering_start(struct loop *loop, struct card *card,
    const struct command *command, const struct ups *ups, int outlet,
    ordering_told *told, void *arg, struct err *e)
{
	struct ordering *o = mem_new(struct ordering);

	*o = (struct ordering){ .loop = loop, .card = card, .command = command, .ups = *ups,
	    .set = *ups->set, .outlet = outlet, .told = told, .arg = arg };
	o->ups.set = &o->set;
	reading_clear(&o->state.reading);
	if (!card_read(card, read, o, e)) {
		ordering_cancel(o);
		return NULL;
	}
	return o;
}
