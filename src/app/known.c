/* known - what has been found, as facts for the rules; see known.h */
#include "app/known.h"
#include "app/context.h"
#include "app/watch.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define LOOK_MS 2000
#define NOTHING_MS 250	/* after a look that found nothing: it takes as long as any */
#define LOOK_SHARE 50	/* looks at a large site take at most a 50th of the time */

/* What a card takes, and where it was asked. */
struct known_card {
	unsigned id;
	char *address;
	int port;
	struct card_limit *limits;	/* the texts are ours */
	size_t n;
	bool refuses;
};

static void card_done(struct known_card *k)
{
	size_t i;

	if (!k)
		return;
	for (i = 0; i < k->n; i++)
		free((char *)(size_t)k->limits[i].allowed);
	free(k->limits);
	free(k->address);
	free(k);
}

void known_collected(struct app *a, unsigned id, const char *address, int port,
    const struct collected *list, size_t n)
{
	const struct known_card *old = map_get(&a->known, id);
	struct known_card *k;
	size_t i;

	if (!id)
		return;
	k = mem_new(struct known_card);
	k->id = id;
	k->refuses = old && old->refuses;
	k->address = mem_dup(address);
	k->port = port;
	k->limits = mem_zero(n + 1, sizeof *k->limits);
	for (i = 0; i < n; i++)
		if (*list[i].allowed)
			k->limits[k->n++] = (struct card_limit){ list[i].field,
				mem_dup(list[i].allowed), list[i].snap };
	card_done(map_put(&a->known, id, k));
	a->live_due = true;
	app_changed(a);
}

void known_refuses(struct app *a, unsigned id, bool refuses)
{
	struct known_card *k = map_get(&a->known, id);

	if (!k || k->refuses == refuses)
		return;
	k->refuses = refuses;
	a->live_due = true;
	app_changed(a);
}

/* The form may have asked another card than the one that is stored now. */
static const struct known_card *card_of(const struct app *a, const struct ups *u)
{
	const struct known_card *k = map_get(&a->known, u->node.id);

	return k && k->port == u->set->snmp_port && strcmp(k->address, u->address) == 0 ? k : NULL;
}

bool known_is_refused(const struct app *a, unsigned id)
{
	const struct ups *u = node_ups(site_find(app_site(a), id));
	const struct known_card *k = u ? card_of(a, u) : NULL;

	return k && k->refuses;
}

void known_forget(struct app *a)
{
	struct known_card *k;
	size_t i = 0;

	while ((k = map_each(&a->known, &i)))
		card_done(k);
	map_done(&a->known);
	a->known = (struct map){ 0 };
}

void known_heard(struct app *a)
{
	a->live_heard = a->watching != NULL;
	if (a->live_heard && loop_now() >= a->live_next)
		a->live_due = true;
}

void known_tick(struct app *a)
{
	if (a->live_heard && loop_now() >= a->live_next)
		app_changed(a);
}

void known_ask(struct app *a)
{
	if (a->live_heard)
		a->live_due = true;
}

bool known_is_due(const struct app *a)
{
	return a->live_due;
}

bool known_is_lost(const struct ups *u, const struct ups_status *s)
{
	return s->silent_since && loop_now() - s->silent_since >=
	    node_group(u->node.parent)->set->snmp_fail_confirm * INT64_C(1000);
}

static bool learn_ups(const struct app *a, const struct ups *u, struct ups_facts *f)
{
	const struct ups_status *s = watch_ups(a, u->node.id);
	const struct known_card *k = card_of(a, u);

	*f = (struct ups_facts){ .answer = CARD_UNASKED };
	if (s && s->known)
		f->reading = &s->reading;
	if (s && known_is_lost(u, s))
		f->answer = CARD_SILENT;
	else if (s && s->known && !s->silent_since)
		f->answer = CARD_ANSWERS;
	if (k) {
		f->limits = k->limits;
		f->n_limits = k->n;
		f->refuses = k->refuses;
	}
	return f->reading || f->limits || f->refuses || f->answer != CARD_UNASKED;
}

static bool learn_terminal(const struct app *a, unsigned id, struct terminal_facts *f)
{
	const struct terminal_status *s = watch_terminal(a, id);

	*f = (struct terminal_facts){ .speaks_from = NULL };
	if (!s || s->silent_since)
		return false;
	f->clock_known = s->clock_known;
	f->clock_ahead = s->clock_ahead;
	f->speaks_from = *s->speaks_from ? s->speaks_from : NULL;
	f->silent_cards = *s->silent_cards ? s->silent_cards : NULL;
	f->other_software = s->software_known ? s->software : NULL;
	f->hypervisor_acts = s->hypervisor_acts;
	return true;
}

/*
 * All that is known now, into storage with room for every node, each once: of those that
 * were asked, by the watching or in a form. Others are not looked at, as a site may have
 * thousands. The watching may still have nodes that were just deleted, and UPSs of which
 * it shows nothing, as they answered first while it was paused.
 */
static void learn(const struct app *a, struct facts *facts,
    struct ups_facts *ups, struct terminal_facts *terminals)
{
	const struct known_card *k;
	const struct node *n;
	unsigned id;
	size_t i = 0;

	while ((id = watch_each_asked(a, &i))) {
		n = site_find(app_site(a), id);
		if (n && n->kind == KIND_TERMINAL && learn_terminal(a, id, terminals))
			facts_put_terminal(facts, id, terminals++);
		else if (n && watch_ups(a, id) && learn_ups(a, node_ups(n), ups))
			facts_put_ups(facts, id, ups++);
	}
	i = 0;
	while ((k = map_each(&a->known, &i)))
		if (!watch_ups(a, k->id) && (n = site_find(app_site(a), k->id)) &&
		    learn_ups(a, node_ups(n), ups))
			facts_put_ups(facts, k->id, ups++);
}

/* When the next look may be: from is when this one began. */
static void set_next(struct app *a, int64_t from, bool any)
{
	int64_t took = loop_now() - from, wait = any ? LOOK_MS : NOTHING_MS;

	a->live_next = from + (took * LOOK_SHARE > wait ? took * LOOK_SHARE : wait);
}

void known_check(struct app *a, size_t n)
{
	const struct site *site = app_site(a);
	struct ups_facts *ups;
	struct terminal_facts *terminals;
	struct facts facts = { 0 };
	int64_t from = loop_now();
	bool any;
	size_t i, before = a->findings.n;

	findings_cut(&a->findings, n);
	a->findings_no += before > n;
	a->live_due = a->live_heard = false;
	if (!a->watching && !a->known.n)
		return;
	ups = mem_zero(site_count(site, KIND_UPS) + 1, sizeof *ups);
	terminals = mem_zero(site_count(site, KIND_TERMINAL) + 1,
	    sizeof *terminals);
	learn(a, &facts, ups, terminals);
	any = facts.ups.n || facts.terminals.n;
	if (any)
		rules_check_live(site, &facts, &a->findings);
	a->findings_no += a->findings.n > n;
	for (i = n; i < a->findings.n; i++)
		a->findings.list[i].line = app_line(a, a->findings.list[i].node,
		    a->findings.list[i].field);
	facts_done(&facts);
	free(ups);
	free(terminals);
	set_next(a, from, any);
}
