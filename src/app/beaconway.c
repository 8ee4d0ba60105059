/* beaconway - where beacons are to go; see beaconway.h */
#include "app/beaconway.h"
#include "base/loop.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define LIMITED "255.255.255.255"

struct ways {
	char (*list)[BEACONWAY_SIZE];
	size_t n;
};

static void add(struct ways *w, const char *address)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->list[i], address) == 0)
			return;
	if (w->n < BEACONWAY_MOST)
		text_copy(w->list[w->n++], BEACONWAY_SIZE, address);
}

static bool is_loopback(const struct interface *i)
{
	return i->address >> 24 == 127;
}

/* A network of one or two machines has no broadcast address. */
static bool can_broadcast(const struct interface *i)
{
	return !is_loopback(i) && i->mask && ~i->mask > 1;
}

static void add_interfaces(struct ways *w, const char *own, const struct interface *list,
    size_t n)
{
	size_t before = w->n;
	uint32_t address, to;
	char text[BEACONWAY_SIZE];

	for (size_t i = 0; i < n; i++) {
		if (!can_broadcast(&list[i]) ||
		    (own && (!field_ipv4(own, &address) || address != list[i].address)))
			continue;
		to = list[i].address | ~list[i].mask;
		snprintf(text, sizeof text, "%u.%u.%u.%u", to >> 24, to >> 16 & 255, to >> 8 & 255,
		    to & 255);
		add(w, text);
	}
	if (w->n == before)
		add(w, LIMITED);
}

size_t beaconway(const struct site *site, const struct node *self, const char *own,
    const struct interface *interfaces, size_t n,
    char list[BEACONWAY_MOST][BEACONWAY_SIZE])
{
	const struct node *top = &site_network(site)->node, *x;
	struct ways w = { list, 0 };

	for (x = top; x; x = node_next(x, top)) {
		const struct group *g = node_group(x);

		if (g && strcmp(g->set->communication_address, LIMITED) == 0)
			add_interfaces(&w, own, interfaces, n);
		else if (g)
			add(&w, g->set->communication_address);
	}
	for (x = top; x; x = node_next(x, top)) {
		const char *address = x->kind == KIND_TERMINAL ? node_terminal(x)->address : "";

		if (x != self && strchr(address, ':') && loop_is_address(address))
			add(&w, address);
	}
	return w.n;
}
