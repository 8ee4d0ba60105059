/* interface - the network interfaces of this machine; see interface.h */
#include "base/interface.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

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

bool interface_has(const char *address)
{
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} a = { .v4.sin_family = AF_INET };
	int fd;
	bool has;

	if (inet_pton(AF_INET, address, &a.v4.sin_addr) != 1) {
		a.v6 = (struct sockaddr_in6){ .sin6_family = AF_INET6 };
		if (inet_pton(AF_INET6, address, &a.v6.sin6_addr) != 1)
			return false;
	}
	/* the system alone knows them all: those behind a mask on loopback, too */
	fd = socket(a.any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	has = fd >= 0 && bind(fd, &a.any, a.any.sa_family == AF_INET ? sizeof a.v4 :
	    sizeof a.v6) == 0;
	if (fd >= 0)
		close(fd);
	return has;
}
