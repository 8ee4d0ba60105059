/*
 * beaconway - where beacons are to go, of a site on this machine: to the communication
 * addresses of its groups, and to its terminals that only IPv6 reaches.
 */
#ifndef AMC_APP_BEACONWAY_H
#define AMC_APP_BEACONWAY_H

#include "base/interface.h"
#include "model/site.h"

#define BEACONWAY_MOST 64
#define BEACONWAY_SIZE 64

/*
 * Numeric addresses, each once; how many. 255.255.255.255 would leave by one interface
 * only, the one of the default route: it becomes the broadcast address of each (n of
 * them are given), or, when we are at one address, of that one's.
 * own: our address as the settings have it, or NULL; self: ourselves in the site, or NULL.
 */
size_t beaconway(const struct site *, const struct node *self, const char *own,
    const struct interface *interfaces, size_t n,
    char list[BEACONWAY_MOST][BEACONWAY_SIZE]);

#endif
