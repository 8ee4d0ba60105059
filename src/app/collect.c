/* collect - a card's settings into the form; see collect.h */
#include "app/collect.h"
#include "app/context.h"
#include "app/known.h"
#include "app/target.h"
#include "base/mem.h"
#include "base/text.h"
#include "snmp/card.h"

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
	}
	if (!e)
		known_collected(c->app, c->id, c->address, c->port,
		    card_profile(c->card), list, n);
	c->done(list, n, ident, card_profile(c->card), e, c->arg);
	free(list);
	collect_cancel(c);
}

struct collect *collect_start(struct app *a, const struct ups *u,
    collect_done *done, void *arg, struct err *e)
{
	struct card_target target = target_of(u, ups_community(u));
	struct collect *c = mem_new(struct collect);

	c->app = a;
	c->id = u->node.id;
	c->address = mem_dup(u->address);
	c->port = u->snmp_port;
	c->card = card_new(a->loop, a->profiles, &target);
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
