/* beacon-port - the UDP sockets of beacons; see beacon-port.h */
#include "peer/beacon-port.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "peer/beacon.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define GROUPS_MAX 64
#define AT_ONCE 64		/* datagrams taken before others have their turn */

struct socket_at {
	int fd, family;
	struct watch *watch;
};

struct beacon_port {
	struct loop *loop;
	beacon_heard *heard;
	void *arg;
	struct socket_at sockets[GROUPS_MAX + 3];
	size_t n;
	struct sockaddr_storage groups[GROUPS_MAX];
	size_t n_groups;
};

static socklen_t length(const struct sockaddr_storage *a)
{
	return a->ss_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
}

static bool numeric(const char *address, int port, struct sockaddr_storage *out)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
		.ai_socktype = SOCK_DGRAM }, *found;
	char service[12];

	snprintf(service, sizeof service, "%d", port);
	if (getaddrinfo(address, service, &hints, &found) != 0)
		return false;
	memcpy(out, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	return true;
}

static void readable(int fd, unsigned ready, void *arg)
{
	struct beacon_port *p = arg;
	unsigned char bytes[BEACON_MAX + 1];
	struct sockaddr_storage from;
	char name[INET6_ADDRSTRLEN + 20];

	(void)ready;
	for (int i = 0; i < AT_ONCE; i++) {
		socklen_t len = sizeof from;
		ssize_t n = recvfrom(fd, bytes, sizeof bytes, MSG_DONTWAIT,
		    (struct sockaddr *)(void *)&from, &len);

		if (n < 0)
			return;
		if (getnameinfo((struct sockaddr *)(void *)&from, len, name, sizeof name, NULL, 0,
		    NI_NUMERICHOST) == 0)
			p->heard(bytes, (size_t)n, name, p->arg);
	}
}

static bool add(struct beacon_port *p, const struct sockaddr_storage *at, const char *name,
    struct err *e)
{
	int yes = 1, fd = socket(at->ss_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return err_errno(e, name);
	setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &yes, sizeof yes);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (at->ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
	if (bind(fd, (const struct sockaddr *)(const void *)at, length(at)) < 0) {
		err_errno(e, name);
		close(fd);
		return false;
	}
	p->sockets[p->n++] = (struct socket_at){ fd, at->ss_family,
		loop_fd(p->loop, fd, LOOP_READ, readable, p) };
	return true;
}

/* The kernel knows: without the permission it lets nobody connect to one. */
static bool is_broadcast(const struct sockaddr_storage *at)
{
	int fd = socket(at->ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool is = fd >= 0 && connect(fd, (const struct sockaddr *)(const void *)at,
	    length(at)) < 0 && errno == EACCES;

	if (fd >= 0)
		close(fd);
	return is;
}

static void add_groups(struct beacon_port *p, int port, const char *const *groups, size_t n,
    bool listen)
{
	for (size_t i = 0; i < n && p->n_groups < GROUPS_MAX; i++) {
		struct sockaddr_storage *at = &p->groups[p->n_groups];

		if (!numeric(groups[i], port, at))
			continue;
		p->n_groups++;
		if (listen && is_broadcast(at))
			add(p, at, groups[i], NULL);
	}
}

static bool has_limited(const struct beacon_port *p)
{
	for (size_t i = 0; i < p->n_groups; i++)
		if (p->groups[i].ss_family == AF_INET && ((const struct sockaddr_in *)(const void *)
		    &p->groups[i])->sin_addr.s_addr == htonl(INADDR_BROADCAST))
			return true;
	return false;
}

struct beacon_port *beacon_port_new(struct loop *loop, const char *address, int port,
    const char *const *groups, size_t n, beacon_heard *heard, void *arg, struct err *e)
{
	struct beacon_port *p = mem_new(struct beacon_port);
	struct sockaddr_storage at;

	p->loop = loop;
	p->heard = heard;
	p->arg = arg;
	if (!numeric(address ? address : "0.0.0.0", port, &at)) {
		err_set(e, _("%s: not a numeric address"), address);
		goto fail;
	}
	if (!add(p, &at, address ? address : "*", e))
		goto fail;
	if (!address && numeric("::", port, &at))
		add(p, &at, "::", NULL);	/* there may be no IPv6 */
	/* who listens at all addresses hears broadcasts there */
	add_groups(p, port, groups, n, address != NULL);
	if (address && at.ss_family == AF_INET && !has_limited(p) &&
	    numeric("255.255.255.255", port, &at))
		add(p, &at, address, NULL);	/* a socket twice would hear all twice */
	return p;
fail:
	beacon_port_free(p);
	return NULL;
}

void beacon_port_free(struct beacon_port *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n; i++) {
		loop_remove(p->sockets[i].watch);
		close(p->sockets[i].fd);
	}
	free(p);
}

size_t beacon_port_ways(const struct beacon_port *p)
{
	return p->n_groups;
}

bool beacon_port_send_to(struct beacon_port *p, size_t way, const unsigned char *bytes,
    size_t len)
{
	const struct sockaddr_storage *to = &p->groups[way];

	for (size_t i = 0; i < p->n; i++)
		if (p->sockets[i].family == to->ss_family)	/* our own address, the first */
			return sendto(p->sockets[i].fd, bytes, len, MSG_DONTWAIT | MSG_NOSIGNAL,
			    (const struct sockaddr *)(const void *)to, length(to)) == (ssize_t)len;
	return false;
}

size_t beacon_port_send(struct beacon_port *p, const unsigned char *bytes, size_t len)
{
	size_t sent = 0;

	for (size_t g = 0; g < p->n_groups; g++)
		sent += beacon_port_send_to(p, g, bytes, len);
	return sent;
}
