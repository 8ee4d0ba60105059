/* watch-ups - asks one UPS card, again and again; a part of watch */
#include "app/context.h"
#include "app/note.h"
#include "app/reach.h"
#include "app/samples.h"
#include "app/watching.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "snmp/card.h"
#include "snmp/udp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REPLACED_LEAST_MS 600000	/* between two news of another UPS */

struct watched_ups {
	struct watched watched;
	struct ups_status status;
	struct card *card;
	unsigned replaced;		/* as card_replaced() counts */
	char *address;			/* what the card was made for */
	int port;
	struct udp_address at;	/* as far as it is known */
};

static struct watched_ups *of(const struct watched *x)
{
	return (struct watched_ups *)x;
}

const struct ups_status *watched_ups_status(const struct watched *x)
{
	return &of(x)->status;
}

static const char *name_of(const struct watched *x)
{
	const struct node *n = site_find(app_site(x->watching->app), x->id);

	return n ? node_name(n) : "?";
}

static bool on_battery(enum ups_state s)
{
	return s == UPS_ON_BATTERY || s == UPS_LOW_BATTERY;
}

/* What an operator should hear of. */
static void tell(struct watched *x, bool first, enum ups_state old,
    enum ups_state now)
{
	if (first && state_severity(now) < 2)
		return;
	if (on_battery(old) && now == UPS_ONLINE)
		watching_tell(x->watching, _("%s: mains power is back"),
		    name_of(x));
	else if (old != now || first)
		watching_tell(x->watching, "%s: %s", name_of(x),
		    tr(state_label(now)));
}

/* The flags that came and went, each an entry of its own. */
static void note_flags(struct watched *x, unsigned old, unsigned now)
{
	const unsigned harmless = FLAG_BOOST | FLAG_TRIM | FLAG_ECO | FLAG_CALIBRATING;

	for (unsigned bit = 1; flag_word(bit); bit <<= 1)
		if ((old ^ now) & bit)
			app_note_node(x->watching->app, x->id, ENTRY_UPS_FLAG,
			    (now & bit) && !(harmless & bit) ? 2 : 1, old & bit ? flag_word(bit) : "",
			    now & bit ? flag_word(bit) : "", "");
}

/* For the event log; old is NULL at the first answer, when only what is bad counts. */
static void note(struct watched *x, const struct reading *old, const struct reading *now)
{
	int severity = state_severity(now->state);

	if (old ? old->state != now->state : severity >= 2)
		app_note_node(x->watching->app, x->id, ENTRY_UPS_STATE, severity,
		    old ? state_word(old->state) : "", state_word(now->state), "");
	note_flags(x, old ? old->flags : 0, now->flags);
}

/* Its readings go on, but they are of another UPS. */
static void note_replaced(struct watched_ups *u, const struct reading *r)
{
	struct ups_status *s = &u->status;
	const char *before;
	unsigned n = card_replaced(u->card, &before);

	if (n == u->replaced)
		return;
	u->replaced = n;
	text_copy(s->replaced, sizeof s->replaced, before);
	if (s->replaced_at && loop_now() - s->replaced_at < REPLACED_LEAST_MS)
		return;		/* a card that makes its numbers up */
	s->replaced_at = s->changed = loop_now();
	app_note_node(u->watched.watching->app, s->id, ENTRY_UPS_CHANGED, 2, before, r->serial,
	    "");
	watching_tell(u->watched.watching,
	    _("%s: another UPS answers there: serial number %s, it was %s"),
	    name_of(&u->watched), r->serial, before);
}

static void silent(struct watched_ups *u, const struct err *e)
{
	struct ups_status *s = &u->status;

	text_copy(s->error, sizeof s->error, e->text);
	if (s->silent_since)
		return;
	s->silent_since = s->changed = loop_now();
	app_note_node(u->watched.watching->app, s->id, ENTRY_UPS_SILENT, 2, "", "", e->text);
	watching_tell(u->watched.watching, "%s: %s", name_of(&u->watched), e->text);
}

static void told(struct watched_ups *u, const struct reading *r)
{
	struct ups_status *s = &u->status;
	const char *profile = card_profile(u->card);
	int64_t now = loop_now();

	*s->error = '\0';
	if (s->silent_since)
		app_note_node(u->watched.watching->app, s->id, ENTRY_UPS_BACK, 1, "", "", "");
	note(&u->watched, s->known ? &s->reading : NULL, r);
	if (s->silent_since && s->known)
		watching_tell(u->watched.watching, _("%s: answers again"),
		    name_of(&u->watched));
	if (!s->known || r->state != s->reading.state) {
		tell(&u->watched, !s->known, s->reading.state, r->state);
		s->state_since = now;
		if (s->known)
			s->changed = now;
	}
	if (s->silent_since)
		s->changed = now;
	s->silent_since = 0;
	s->known = true;
	s->at = now;
	s->interval = watching_interval(0, on_battery(r->state));
	s->reading = *r;
	/* it may have been on battery before we came */
	if (on_battery(r->state) && r->on_battery_seconds > 0 &&
	    now - s->state_since < r->on_battery_seconds * 1000)
		s->state_since = now - (int64_t)(r->on_battery_seconds * 1000);
	text_copy(s->profile, sizeof s->profile, profile ? profile : "");
	note_replaced(u, r);
}

static void answered(const struct reading *r, const struct err *e, void *arg)
{
	struct watched_ups *u = arg;

	if (card_address(u->card))
		u->at = *card_address(u->card);
	app_sample(u->watched.watching->app, u->status.id, u->address, u->port, r);
	if (r)
		told(u, r);
	else
		silent(u, e);
	watched_heard(&u->watched, r != NULL, r && on_battery(r->state));
}

size_t watch_at(const struct app *a, const char *address, unsigned *ids, size_t max)
{
	const struct watching *w = a->watching;
	struct udp_address at;
	const struct watched *x;
	size_t i = 0, n = 0;

	if (!w || !udp_address(&at, address, 0))
		return 0;
	while (n < max && (x = watching_each(w, &i)))
		if (site_id_kind(x->id) == KIND_UPS &&
		    of(x)->at.u.any.sa_family == at.u.any.sa_family &&
		    udp_host_equal(&of(x)->at, &at))
			ids[n++] = x->id;
	return n;
}

static void ask(struct watched *x)
{
	struct watched_ups *u = of(x);
	struct err e = { .text = "" };

	if (!*u->address)
		err_set(&e, _("has no address"));
	else if (card_read(u->card, answered, u, &e)) {
		u->watched.asking = true;
		return;
	}
	answered(NULL, &e, u);
}

static bool same_target(const struct watched *x, const struct node *n)
{
	const struct watched_ups *u = of(x);

	return reach_is(u->card, node_ups(n), REACH_READ);
}

static void drop(struct watched *x)
{
	struct watched_ups *u = of(x);

	card_free(u->card);
	free(u->address);
	free(u);
}

const struct watched_kind watched_ups_kind = { ask, same_target, drop };

struct watched *watched_ups_new(struct watching *w, const struct ups *ups)
{
	struct watched_ups *u = mem_new(struct watched_ups);

	u->watched.watching = w;
	u->watched.id = u->status.id = ups->node.id;
	reading_clear(&u->status.reading);
	u->address = mem_dup(ups->address);
	udp_address(&u->at, u->address, 0);
	u->port = ups->set->snmp_port;
	u->card = reach_card(w->app, ups, REACH_READ);
	return &u->watched;
}
