/*
 * interface - the network interfaces of this machine that have an IPv4 address.
 */
#ifndef AMC_BASE_INTERFACE_H
#define AMC_BASE_INTERFACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INTERFACE_NAME 16

struct interface {
	char name[INTERFACE_NAME];	/* "eth0" */
	uint32_t address, mask;		/* in host order */
};

/*
 * Those that are up, one row an address, loopback last; at most max. How many
 * there are; 0 also when the system does not tell.
 */
size_t interface_list(struct interface *, size_t max);

/* Has this machine that address, "172.16.1.46" or of IPv6? False for a name. */
bool interface_has(const char *address);

#endif
