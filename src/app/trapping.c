/* trapping - traps of the site's cards; see trapping.h */
#include "app/trapping.h"
#include "app/catalogue.h"
#include "app/context.h"
#include "app/endpoint.h"
#include "app/note.h"
#include "app/reach.h"
#include "app/watching.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "snmp/flood.h"
#include "snmp/trapport.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	SHARED = 8,		/* UPSs behind one address that are asked */
	STRANGERS = 64,		/* that are told, each once */
	TELL_MS = 10000,	/* between two words of what was dropped */
	BOOTS_FROM = 1767225600,	/* 2026-01-01: before it there was no amc */
	CARDS = 1024,		/* whose share of what is noted is remembered */
	ASK_MS = 1000,		/* between two questions to a card for its traps */
};
/* Of one card: so many are noted and told at once, and so many a second after that. */
static const double note_rate = 0.1, note_burst = 20;

struct trapping {
	struct app *app;
	struct trapport *port;		/* NULL: it cannot be had */
	struct watch *tell;
	struct trapping_counts counts;
	unsigned long quiet;		/* not noted since that was told */
	char strangers[STRANGERS][INET6_ADDRSTRLEN];
	size_t n_strangers;
	struct trapping_card {		/* by the id's last digits */
		struct flood_bucket notes;
		unsigned id;
		int64_t asked;		/* loop_now() of the last question for a trap */
		bool late;		/* another waits for its time */
	} cards[CARDS];
	struct watch *again;
};

static bool logging;

void trapping_log(bool on)
{
	logging = on;
}

/* Settings */

bool trapping_settings_read(struct trapping_settings *s, const char *text, struct err *e)
{
	*s = (struct trapping_settings){ .port = TRAP_PORT, .asked_for = *text != '\0' };
	s->off = strcmp(text, "no") == 0;
	return s->off || endpoint_read("Traps", text, &s->address, &s->port, e);
}

struct trapping_settings trapping_settings_copy(const struct trapping_settings *from,
    const char *address)
{
	struct trapping_settings s = *from;

	if (s.address)
		address = s.address;
	s.address = address ? mem_dup(address) : NULL;
	return s;
}

void trapping_settings_done(struct trapping_settings *s)
{
	free(s->address);
	s->address = NULL;
}

/* What comes */

/* How a trap is called: its name, else its number; and the state that it speaks of. */
static const char *name_of(const struct app *a, const struct trap *t, char *says, size_t size)
{
	const struct profile_trap *known = trap_find(catalogue_profiles(a), t->oid);

	text_copy(says, size, known && known->tells_state ? tr(state_label(known->state)) :
	    t->text);
	return known ? known->name : t->sealed ? "v3" : t->oid;
}

/*
 * A hint is never more than worth a look, whatever it says: what is true of it the
 * question that follows will note, with its severity.
 */
static void note(struct trapping *x, unsigned id, const struct trap *t, const char *from)
{
	const struct node *n = site_find(app_site(x->app), id);
	char says[AGENT_TEXT_SIZE], text[101], detail[300];
	const char *name = name_of(x->app, t, says, sizeof says);

	if (!flood_take(&x->cards[id % CARDS].notes, note_rate, note_burst, loop_now())) {
		x->quiet++;
		return;
	}
	text_copy(text, sizeof text, t->why ? tr(t->why) : t->text);
	snprintf(detail, sizeof detail, "from=%s version=%s oid=%s text=\"%s\"", from,
	    t->version == 2 ? "2c" : t->version == 1 ? "1" : "3", *t->oid ? t->oid : "?",
	    text);
	if (t->why)
		text_copy(says, sizeof says, tr(t->why));
	app_note_node(x->app, id, ENTRY_TRAP, 1, "", name, detail);
	if (x->app->watching)
		watching_tell(x->app->watching, *says ? _("%s: trap %s (%s)") :
		    _("%s: trap %s"), n ? node_name(n) : "?", name, says);
	if (logging)
		log_notice("trap node=%s name=%s %s", n ? node_name(n) : "?", name, detail);
	app_changed(x->app);
}

/* Once; of so many at most. */
static void tell_stranger(struct trapping *x, const char *from)
{
	for (size_t i = 0; i < x->n_strangers; i++)
		if (strcmp(x->strangers[i], from) == 0)
			return;
	if (x->n_strangers == STRANGERS)
		return;
	text_copy(x->strangers[x->n_strangers++], INET6_ADDRSTRLEN, from);
	if (x->app->watching)
		watching_tell(x->app->watching,
		    _("Traps from %s, which is no power device of this site"), from);
	if (logging)
		log_notice("trap from=%s node=none: no card of this site; not told again",
		    from);
	app_changed(x->app);
}

/* Those whose second is over. */
static void ask_late(void *arg)
{
	struct trapping *x = arg;
	bool more = false;

	for (size_t i = 0; i < CARDS; i++) {
		struct trapping_card *c = &x->cards[i];

		if (!c->late)
			continue;
		if (loop_now() - c->asked < ASK_MS) {
			more = true;
			continue;
		}
		c->late = false;
		c->asked = loop_now();
		watch_soon(x->app, c->id);
	}
	if (more)
		loop_again(x->again, ASK_MS / 10);
}

/* What comes within a second of the last question is asked for when that is over. */
static void ask(struct trapping *x, unsigned id)
{
	struct trapping_card *c = &x->cards[id % CARDS];

	if (c->late && c->id == id)
		return;
	if (c->id == id && c->asked && loop_now() - c->asked < ASK_MS) {
		c->late = true;
		loop_again(x->again, ASK_MS / 10);
		return;
	}
	c->id = id;
	c->late = false;
	c->asked = loop_now();
	watch_soon(x->app, id);
}

static bool heard(const struct trap *t, const char *from, void *arg)
{
	struct trapping *x = arg;
	unsigned ids[SHARED];
	size_t n = *t->agent ? watch_at(x->app, t->agent, ids, SHARED) : 0;

	if (!n)
		n = watch_at(x->app, from, ids, SHARED);
	for (size_t i = 0; i < n; i++) {
		ask(x, ids[i]);
		note(x, ids[i], t, from);
	}
	*(!n ? &x->counts.unknown : t->why ? &x->counts.refused : &x->counts.known) += 1;
	if (!n)
		tell_stranger(x, from);
	return n > 0;
}

/* Those that the UPSs there are asked with. */
static size_t users(const char *from, struct snmp_user *list, size_t max, void *arg)
{
	struct trapping *x = arg;
	unsigned ids[SHARED];
	size_t n = watch_at(x->app, from, ids, SHARED), found = 0;

	for (size_t i = 0; i < n && found < max; i++) {
		const struct ups *u = node_ups(site_find(app_site(x->app), ids[i]));

		/* also where it is asked with v1 or v2c: cards can do both */
		if (u && *u->set->snmp_user)
			list[found++] = reach_target(u, REACH_READ).user;
	}
	return found;
}

/*
 * Ours, for informs: its name is this machine's and the port's, for ever (RFC 3411, 5:
 * enterprise 0, as we have none, and octets). The count of its starts is the time, so that
 * it grows without being kept.
 */
static struct engine *our_engine(int port)
{
	unsigned char id[13] = { 0x80, 0, 0, 0, 5 };
	char *machine = file_first_line("/etc/machine-id", NULL);
	uint64_t hash = 14695981039346656037u;	/* FNV-1a */
	char text[128];

	if (!machine)
		gethostname(text, sizeof text);
	else
		text_copy(text, sizeof text, machine);
	text[sizeof text - 1] = '\0';
	free(machine);
	for (const char *s = text; *s; s++)
		hash = (hash ^ (unsigned char)*s) * 1099511628211u;
	hash = (hash ^ (unsigned)port) * 1099511628211u;
	for (int i = 0; i < 8; i++)
		id[5 + i] = (unsigned char)(hash >> 8 * i);
	return engine_new(id, sizeof id, (uint32_t)(time(NULL) - BOOTS_FROM) & INT32_MAX);
}

/* What was dropped since the last time, with what is not noted. */
static void tell_lost(void *arg)
{
	struct trapping *x = arg;
	unsigned long bad, dropped;

	loop_again(x->tell, TELL_MS);
	trapport_lost(x->port, &bad, &dropped);
	x->counts.bad += bad;
	dropped += x->quiet;
	x->counts.dropped += dropped;
	x->quiet = 0;
	if (!dropped)
		return;
	if (x->app->watching)
		watching_tell(x->app->watching, ngettext("%lu more trap dropped",
		    "%lu more traps dropped", dropped), dropped);
	if (logging)
		log_warning("traps: %lu more dropped in the last %d s", dropped,
		    TELL_MS / 1000);
	app_changed(x->app);
}

bool trapping_check(const struct trapping_settings *s, const char *address, struct err *e)
{
	struct loop *loop = loop_new();
	struct trapport *port = trapport_new(loop, s->address ? s->address : address, s->port,
	    our_engine(s->port), heard, users, NULL, e);
	bool ok = port != NULL;

	trapport_free(port);
	loop_free(loop);
	return ok;
}

void trapping_start(struct app *a, const struct trapping_settings *s)
{
	struct trapping *x;
	struct err e;

	if (a->trapping || s->off)
		return;
	a->trapping = x = mem_new(struct trapping);
	x->app = a;
	x->port = trapport_new(a->loop, s->address, s->port, our_engine(s->port), heard, users, x,
	    &e);
	if (x->port) {
		x->tell = loop_after(a->loop, TELL_MS, tell_lost, x);
		x->again = loop_after(a->loop, ASK_MS, ask_late, x);
		return;
	}
	if (s->asked_for && a->watching)
		watching_tell(a->watching, "%s", e.text);
	if (logging)
		log_notice("%s", e.text);
}

void trapping_stop(struct app *a)
{
	struct trapping *x = a->trapping;

	if (!x)
		return;
	a->trapping = NULL;
	trapport_free(x->port);
	loop_remove(x->tell);
	loop_remove(x->again);
	free(x);
}

bool trapping_counts(const struct app *a, struct trapping_counts *c)
{
	const struct trapping *x = a->trapping;

	*c = x ? x->counts : (struct trapping_counts){ 0 };
	return x && x->port;
}
