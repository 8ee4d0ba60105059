/*
 * ipv4 - an address in its network, and the local broadcast address (R18).
 *
 * Addresses are numbers in host order; field.h reads one from its text.
 */
#ifndef AMC_MODEL_IPV4_H
#define AMC_MODEL_IPV4_H

#include "base/err.h"

#include <stdint.h>

struct ipv4_net {
	uint32_t address;	/* any in the network */
	uint32_t mask;
};

/*
 * "172.16.134.12/255.255.255.0" or "172.16.134.12/24". The words tell what is
 * allowed: a network of at least four addresses.
 */
bool ipv4_net_read(const char *, struct ipv4_net *, struct err *);

/* (address AND mask) OR NOT mask: R18. */
uint32_t ipv4_broadcast(struct ipv4_net);
/* The address that is to this network what `address` is to its own. */
uint32_t ipv4_carry(struct ipv4_net, uint32_t address);

const char *ipv4_text(uint32_t address, char buf[16]);

#endif
