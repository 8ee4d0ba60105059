/* card - a reading of it, and what is learned by it; see card.h */
#include "snmp/carding.h"
#include "snmp/decode.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* After this many readings objects that were missing are asked for again. */
#define FORGET_AFTER 450

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
		carding_ask_anew(c);
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
		carding_forget_learned(c);
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

static void read_answered(const struct agent_value *values, size_t n,
    const struct err *e, void *arg)
{
	struct card *c = arg;
	card_read_done *done = c->read_done;
	struct reading r;
	struct err words;

	c->query = NULL;
	if (!values) {
		carding_fail(c, e);
	} else if (!take_reading(c, values, n, &r)) {
		err_set(&words, _("%s answers, but gives no readings of a UPS"),
		    agent_where(c->agent));
		carding_forget_profile(c);
		carding_fail(c, &words);
	} else if (is_another(c, &r) && !c->again) {
		c->again = true;	/* one that tells another number each time has an end */
		carding_forget_profile(c);
		carding_step(c, carding_identify(c, &words), &words);
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

bool carding_read(struct card *c, struct err *e)
{
	if (!c->coded)
		choose_objects(c);
	c->query = query_get_again(c->agent, c->live, c->n_live, c->coded, read_answered,
	    c, e);
	return c->query != NULL;
}
