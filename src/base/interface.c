/* interface - the network interfaces of this machine; see interface.h */
#include "base/interface.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>

static uint32_t number(const struct sockaddr *a)
{
	return ntohl(((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr);
}

static bool usable(const struct ifaddrs *i)
{
	return i->ifa_flags & IFF_UP && i->ifa_addr && i->ifa_netmask &&
	    i->ifa_addr->sa_family == AF_INET;
}

size_t interface_list(struct interface *list, size_t max)
{
	struct ifaddrs *all;
	size_t n = 0;

	if (getifaddrs(&all) != 0)
		return 0;
	for (int loopback = 0; loopback < 2; loopback++)
		for (const struct ifaddrs *i = all; i && n < max; i = i->ifa_next) {
			if (!usable(i) || !(i->ifa_flags & IFF_LOOPBACK) != !loopback)
				continue;
			text_copy(list[n].name, sizeof list[n].name, i->ifa_name);
			list[n].address = number(i->ifa_addr);
			list[n].mask = number(i->ifa_netmask);
			n++;
		}
	freeifaddrs(all);
	return n;
}
