/* farm-traps - what the cards of a farm tell by themselves; see farm.h */
#include "sim/farming.h"

enum { HEARTBEAT = 200 };		/* ms */

static void tell(void *arg, int number, const char *text)
{
	struct unit *u = arg;
	const struct trap trap = { u->ipv4, simcard_uptime(u->card), number, text };

	traps_send(u->farm->traps, u->agent, &trap);
}

static void happened(void *arg)
{
	struct unit *u = arg;
	const alerts now = alerts_of(simcard_view(u->card));

	if (now == u->alerts)
		return;
	alerts_tell(u->alerts, now, tell, u);
	u->alerts = now;
}

void farm_listen(struct unit *u)
{
	u->alerts = alerts_of(simcard_view(u->card));
	simcard_listen(u->card, happened, u);
}

void farm_restarts(struct unit *u)
{
	u->restarted = u->card && u->model != MODEL_RFC1628;
}

/* A card that is up again says so: what it missed meanwhile, nobody tells. */
static void greet(struct unit *u)
{
	if (!u->restarted || !simagent_alive(u->agent))
		return;
	u->restarted = false;
	tell(u, 0, "");
	tell(u, 29, "System: The card was restarted.");
}

static void beat(void *arg)
{
	struct farm *f = arg;
	size_t i;

	farm_live(f);
	for (i = 0; i < f->n; i++)
		greet(f->units[i]);
	loop_again(f->heart, HEARTBEAT);
}

static void farm_heart(struct farm *f)
{
	if (!f->heart)
		f->heart = loop_after(f->loop, HEARTBEAT, beat, f);
}

bool farm_add_receiver(struct farm *f, const char *receiver, struct err *e)
{
	if (!traps_add(f->traps, receiver, f->terms.users, e))
		return false;
	farm_heart(f);
	return true;
}
