/* collect - a card's settings into the form; see collect.h */
#include "app/collect.h"
#include "app/catalogue.h"
#include "app/context.h"
#include "app/known.h"
#include "app/reach.h"
#include "base/mem.h"
#include "base/text.h"
#include "snmp/encode.h"
#include "snmp/profile-command.h"

#include <stdio.h>
#include <stdlib.h>

struct collect {
	struct app *app;
	unsigned id;		/* of the UPS in the site; 0: none */
	char *address;
	int port;
	struct card *card;
	collect_done *done;
	void *arg;
};

/* What its profile knows of how the card takes a setting. */
static void learn(const struct collect *c, struct collected *one)
{
	const struct profile *p = profiles_find(catalogue_profiles(c->app), card_profile(c->card));
	const struct profile_setting *s = profile_setting(p, one->field);

	one->snap = s->snap == SNAP_UP ? 1 : s->snap == SNAP_DOWN ? -1 : 0;
	one->step = encode_step(s);
}

static void answered(const struct card_setting *settings, size_t n,
    const struct reading *ident, const struct err *e, void *arg)
{
	struct collect *c = arg;
	struct collected *list = mem_zero(n, sizeof *list);
	size_t i;

	for (i = 0; i < n; i++) {
		list[i].field = field_find(ups_fields, settings[i].field);
		text_copy(list[i].value, sizeof list[i].value, settings[i].value);
		text_copy(list[i].allowed, sizeof list[i].allowed, settings[i].allowed);
		learn(c, &list[i]);
	}
	if (!e)
		known_collected(c->app, c->id, c->address, c->port, list, n);
	c->done(list, n, ident, card_profile(c->card), e, c->arg);
	free(list);
	collect_cancel(c);
}

struct collect *collect_start(struct app *a, const struct ups *u,
    collect_done *done, void *arg, struct err *e)
{
	struct collect *c = mem_new(struct collect);

	c->app = a;
	c->id = u->node.id;
	c->address = mem_dup(u->address);
	c->port = u->set->snmp_port;
	c->card = reach_card(a, u, REACH_READ);
	c->done = done;
	c->arg = arg;
	if (!card_read_settings(c->card, answered, c, e)) {
		collect_cancel(c);
		return NULL;
	}
	return c;
}

void collect_cancel(struct collect *c)
{
	if (!c)
		return;
	card_free(c->card);
	free(c->address);
	free(c);
}
