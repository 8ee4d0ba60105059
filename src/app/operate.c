/* operate - commands to UPSs; see operate.h */
#include "app/operate.h"
#include "app/catalogue.h"
#include "app/context.h"
#include "app/note.h"
#include "app/radius.h"
#include "app/reach.h"
#include "app/watch.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "snmp/ordering.h"
#include "snmp/profile-command.h"

#include <stdio.h>
#include <stdlib.h>

bool operate_known(const struct app *a, const char *profile, const struct command *c)
{
	const struct profile *p = profiles_find(catalogue_profiles(a), profile);

	return p && profile_command(p, c);
}

struct operation {
	struct app *app;
	const struct command *command;
	int outlet;
	bool sent;
	unsigned id;
	struct card *card;
	struct ordering *ordering;
	operate_told *told;
	void *arg;
};

bool operate_may_switch(const struct app *a, struct err *e)
{
	return app_writable(a, e) && (site_network(app_site(a))->armed ||
	    err_kind(e, ERR_REFUSED, _("The site is not armed: nothing is switched. "
	    "Arm it first (Armed=yes of the network).")));
}

bool operate_allowed(const struct app *a, const struct command *c, struct err *e)
{
	return c->risk >= RISK_SWITCH ? operate_may_switch(a, e) : app_writable(a, e);
}

static void add_names(const struct app *a, const unsigned *ids, size_t n, struct text *t)
{
	for (size_t i = 0; i < n; i++) {
		const struct node *node = site_find(app_site(a), ids[i]);

		text_printf(t, "%s%s", i ? ", " : "", node ? node_name(node) : "?");
	}
}

void operate_words(const struct app *a, const struct command *c, const unsigned *ids,
    size_t n, int outlet, struct text *words)
{
	struct text names = { 0 }, hit = { 0 };

	add_names(a, ids, n, &names);
	if (c->outlet)
		text_printf(words, _("%s, outlet group %d: %s."), names.s, outlet, tr(c->label));
	else
		text_printf(words, _("%s: %s."), names.s, tr(c->label));
	text_printf(words, "\n%s", tr(c->help));
	if (c->risk == RISK_CUT)
		radius_of_cut(a, ids, n, &hit);
	if (hit.len)
		text_printf(words, "\n\n%s", hit.s);
	if (hit.len && c->outlet)
		text_printf(words, "\n%s", _("Which of them hang on these outlets, the site does "
		    "not know."));
	text_done(&names);
	text_done(&hit);
}

/* The innermost node that is around both, or one of them. */
static const struct node *around(const struct node *a, const struct node *b)
{
	while (a->parent && a != b && !node_is_below(b, a))
		a = a->parent;
	return a;
}

const char *operate_name(const struct app *a, const unsigned *ids, size_t n)
{
	const struct node *all = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct node *node = site_find(app_site(a), ids[i]);

		if (node)
			all = all ? around(all, node) : node;
	}
	return all ? node_name(all) : "";
}

/* Into the events: what was ordered, and what became of it; what was never sent is no act. */
static void note(const struct operation *o, const char *end, const char *why)
{
	char detail[500], outlet[40] = "";

	if (o->outlet)
		snprintf(outlet, sizeof outlet, "outlet group %d, ", o->outlet);
	snprintf(detail, sizeof detail, "%s%s%s%s", outlet, end, why && *why ? ": " : "", why ? why : "");
	app_note_node(o->app, o->id, ENTRY_ACT, 1, "", o->command->word, detail);
}

static void told(const struct command_state *s, const struct err *e, void *arg)
{
	struct operation *o = arg;
	operate_told *tell = o->told;
	void *of = o->arg;
	const struct ups *u = node_ups(site_find(app_site(o->app), o->id));
	struct err words;

	if (e && u) {
		words = *e;
		reach_explain(u, REACH_WRITE, &words);
		e = &words;
	}
	o->sent = s->sent;
	if (s->end != COMMAND_PENDING) {
		if (s->sent || s->end == COMMAND_DENIED)
			note(o, command_end_word(s->end), s->why);
		watch_soon(o->app, o->id);	/* the list is to show it, too */
		o->ordering = NULL;	/* it is gone */
		operate_cancel(o);
	}
	tell(s, e, of);
}

struct operation *operate_start(struct app *a, unsigned id, const struct command *c,
    int outlet, operate_told *tell, void *arg, struct err *e)
{
	const struct ups *u = node_ups(site_find(app_site(a), id));
	struct operation *o;

	if (!operate_allowed(a, c, e))
		return NULL;
	if (!u) {
		err_set(e, _("the node is gone"));
		return NULL;
	}
	o = mem_new(struct operation);
	o->app = a;
	o->id = id;
	o->command = c;
	o->outlet = outlet;
	o->told = tell;
	o->arg = arg;
	o->card = reach_card(a, u, REACH_WRITE);
	o->ordering = ordering_start(a->loop, o->card, c, u, outlet, told, o, e);
	if (!o->ordering) {
		operate_cancel(o);
		return NULL;
	}
	return o;
}

void operate_cancel(struct operation *o)
{
	if (!o)
		return;
	if (o->ordering && o->sent)
		note(o, command_end_word(COMMAND_PENDING), NULL);
	card_free(o->card);
	ordering_cancel(o->ordering);
	free(o);
}
