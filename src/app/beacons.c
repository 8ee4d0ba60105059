/* beacons - ours and those of the other terminals; see beacons.h */
#include "app/beacons.h"
#include "app/beaconway.h"
#include "app/context.h"
#include "app/watch.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utc.h"
#include "peer/beacon-port.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INTERFACES 64
#define LOOK_AGAIN 30		/* beacons: interfaces come and go */
#define TELL_MS 600000		/* at most so often: somebody sends what is no good */

/* Another terminal, as its beacons have it. */
struct sender {
	struct beacon_window window;
	unsigned char digest[8];	/* of the site that it holds */
	int64_t heard;			/* loop_now() of the last good one */
};

struct beacons {
	struct app *app;
	char *name, *address;
	int port;
	beacons_self *self;
	void *arg;

	struct beacon_port *sockets;
	struct watch *timer;
	bool keyed;
	unsigned char key[BEACON_KEY];
	char code[16];
	char groups[BEACONWAY_MOST][BEACONWAY_SIZE];	/* what the sockets were made for */
	size_t n_groups;

	int latest;		/* revision that was told of */
	int64_t started, counter;
	unsigned turns;
	struct map senders;	/* node id -> struct sender * */
	unsigned long counts[BEACON_VERDICTS];
	int64_t told;		/* loop_now() */
};

unsigned long beacons_count(const struct beacons *b, enum beacon_verdict v)
{
	return b->counts[v];
}

int beacons_latest(const struct beacons *b)
{
	return b->latest;
}

static void complain(struct beacons *b, enum beacon_verdict v, const char *from)
{
	if (v == BEACON_FOREIGN || (b->told && loop_now() - b->told < TELL_MS))
		return;
	b->told = loop_now();
	log_warning(_("a beacon from %s is no good: %s. Further ones are counted."), from,
	    beacon_verdict_word(v));
}

static struct sender *sender_of(struct beacons *b, unsigned id)
{
	struct sender *s = map_get(&b->senders, id);

	if (!s) {
		s = mem_new(struct sender);
		map_put(&b->senders, id, s);
	}
	return s;
}

bool beacons_holds(const struct beacons *b, unsigned terminal, const unsigned char digest[8])
{
	const struct sender *s = map_get(&b->senders, terminal);

	return s && s->heard && loop_now() - s->heard <= 3 * BEACON_MS &&
	    memcmp(s->digest, digest, sizeof s->digest) == 0;
}

static enum beacon_verdict judge(struct beacons *b, const unsigned char *bytes, size_t len)
{
	int64_t now = utc_now();
	const struct node *n;
	struct sender *s;
	struct beacon in;
	enum beacon_verdict v = !b->keyed ? BEACON_FOREIGN :
	    beacon_decode(bytes, len, b->code, b->key, &in);

	if (v != BEACON_GOOD || strcmp(in.name, b->name) == 0)
		return v;	/* our own come back to us */
	n = site_named(app_site(b->app), KIND_TERMINAL, in.name, NULL);
	if (!n)
		return BEACON_FOREIGN;
	s = sender_of(b, n->id);
	v = beacon_judge(&s->window, &in, now);
	if (v == BEACON_GOOD) {
		s->heard = loop_now();
		memcpy(s->digest, in.digest, sizeof s->digest);
		if ((int)in.revision > b->latest)
			b->latest = (int)in.revision;
		watch_beacon(b->app, n->id, in.state, (int)in.revision,
		    (double)(in.at - now) / 1000);
	}
	return v;
}

static void heard(const unsigned char *bytes, size_t len, const char *from, void *arg)
{
	struct beacons *b = arg;
	enum beacon_verdict v = judge(b, bytes, len);

	b->counts[v]++;
	if (v != BEACON_GOOD)
		complain(b, v, from);
}

static void look_for_ways(struct beacons *);

/* Each way has a counter of its own: who hears it twice has not heard a recording. */
static void send(void *arg)
{
	struct beacons *b = arg;
	unsigned char bytes[BEACON_MAX];
	struct beacon out = { .started = b->started, .at = utc_now() };
	size_t len;

	loop_again(b->timer, BEACON_MS);
	if (++b->turns % LOOK_AGAIN == 0)
		look_for_ways(b);
	if (!b->keyed || !b->sockets)
		return;
	text_copy(out.code, sizeof out.code, b->code);
	text_copy(out.name, sizeof out.name, b->name);
	b->self(&out, b->arg);
	for (size_t i = 0; i < beacon_port_ways(b->sockets); i++) {
		out.counter = ++b->counter;
		len = beacon_encode(&out, b->key, bytes);
		if (len)
			beacon_port_send_to(b->sockets, i, bytes, len);
	}
}

void beacons_now(struct beacons *b)
{
	if (b)
		send(b);
}

/* Of our own group; a terminal that is in none yet takes the first. */
static void take_code(struct beacons *b, const struct node *we)
{
	const struct node *top = &site_network(app_site(b->app))->node, *n;

	b->code[0] = '\0';
	for (n = top; n; n = node_next(n, top))
		if (node_group(n) && (!*b->code || (we && we->parent == n)))
			text_copy(b->code, sizeof b->code, node_group(n)->set->recognition_code);
}

static void reopen(struct beacons *b)
{
	const char *groups[BEACONWAY_MOST];
	struct err e = { .text = "" };

	for (size_t i = 0; i < b->n_groups; i++)
		groups[i] = b->groups[i];
	beacon_port_free(b->sockets);
	b->sockets = beacon_port_new(b->app->loop, b->address, b->port, groups, b->n_groups, heard,
	    b, &e);
	if (!b->sockets)
		log_error(_("no beacons: %s"), e.text);
}

static void forget(struct beacons *b)
{
	size_t at = 0;
	void *s;

	while ((s = map_each(&b->senders, &at)))
		free(s);
	map_done(&b->senders);
	b->senders = (struct map){ 0 };
}

/* Other sockets when they are to go elsewhere than before. */
static void look_for_ways(struct beacons *b)
{
	char now[BEACONWAY_MOST][BEACONWAY_SIZE] = { "" };
	struct interface list[INTERFACES];
	const struct node *we = site_named(app_site(b->app), KIND_TERMINAL, b->name, NULL);
	size_t n = beaconway(app_site(b->app), we, b->address, list,
	    interface_list(list, INTERFACES), now);

	take_code(b, we);
	if (b->sockets && n == b->n_groups && memcmp(now, b->groups, sizeof now) == 0)
		return;
	memcpy(b->groups, now, sizeof now);
	b->n_groups = n;
	reopen(b);
}

void beacons_follow(struct beacons *b)
{
	unsigned char key[BEACON_KEY] = { 0 };

	b->latest = 0;
	b->keyed = beacon_key(site_network(app_site(b->app))->site_key, key);
	if (memcmp(key, b->key, sizeof key) != 0)
		forget(b);
	memcpy(b->key, key, sizeof key);
	if (!b->keyed)
		log_notice(_("the site has no SiteKey: no beacons"));
	look_for_ways(b);
}

/* Later than any before, whatever the clock says; written before the first beacon. */
static int64_t start_time(const char *state)
{
	char *path = file_join(state, "started"), *text, number[24];
	struct err e = { .text = "" };
	int64_t now = utc_now(), last;
	size_t len;

	text = access(path, F_OK) == 0 ? file_read(path, sizeof number, &len, &e) : NULL;
	last = text ? strtoll(text, NULL, 10) : 0;
	if (now <= last)
		now = last + 1;
	snprintf(number, sizeof number, "%lld\n", (long long)now);
	if (*e.text || !file_replace(path, number, strlen(number), 0600, &e))
		log_warning(_("the time of this start is not kept: %s"), e.text);
	free(text);
	free(path);
	return now;
}

struct beacons *beacons_new(struct app *a, const char *state, const char *name,
    const char *address, int port, beacons_self *self, void *arg)
{
	struct beacons *b = mem_new(struct beacons);

	b->app = a;
	b->name = mem_dup(name);
	b->address = address ? mem_dup(address) : NULL;
	b->port = port;
	b->self = self;
	b->arg = arg;
	b->started = start_time(state);
	b->timer = loop_after(a->loop, 1, send, b);
	beacons_follow(b);
	return b;
}

void beacons_free(struct beacons *b)
{
	if (!b)
		return;
	loop_remove(b->timer);
	beacon_port_free(b->sockets);
	forget(b);
	explicit_bzero(b->key, sizeof b->key);
	free(b->name);
	free(b->address);
	free(b);
}
