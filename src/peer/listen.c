/* listen - a listening socket, or why there is none; see listen.h */
#include "peer/listen.h"
#include "base/i18n.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int bind_to(const struct addrinfo *a)
{
	int on = 1, off = 0, saved;
	int fd = socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (a->ai_family == AF_INET6)	/* "::" is for IPv4 too */
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, SOMAXCONN) == 0)
		return fd;
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

int listen_open(const char *address, int port, struct err *e)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV |
		AI_PASSIVE, .ai_socktype = SOCK_STREAM }, *list;
	char service[20];
	int fd;

	snprintf(service, sizeof service, "%d", port);
	if (port < 0 || port > 65535 || getaddrinfo(address ? address : "::",
	    service, &hints, &list) != 0) {
		err_kind(e, ERR_USAGE, _("%s port %d: not a numeric address and a port up to 65535"),
		    address ? address : "*", port);
		return -1;
	}
	fd = bind_to(list);
	freeaddrinfo(list);
	if (fd < 0 && !address && errno != EADDRINUSE)	/* no IPv6 here */
		return listen_open("0.0.0.0", port, e);
	if (fd >= 0)
		return fd;
	if (!address)
		address = "*";
	if (errno == EADDRINUSE)
		err_set(e, _("%s port %d: another program listens there already; is an amcd running?"),
		    address, port);
	else if (errno == EADDRNOTAVAIL)
		err_set(e, _("%s port %d: this machine has no such address"),
		    address, port);
	else
		err_set(e, _("%s port %d: cannot listen: %s"), address, port,
		    strerror(errno));
	return -1;
}

int listen_port(int fd)
{
	struct sockaddr_storage ss;
	socklen_t len = sizeof ss;

	if (getsockname(fd, (struct sockaddr *)&ss, &len) < 0)
		return 0;
	return ntohs(ss.ss_family == AF_INET6 ?
	    ((struct sockaddr_in6 *)&ss)->sin6_port :
	    ((struct sockaddr_in *)&ss)->sin_port);
}
