/* listen - a listening socket, or why there is none; see listen.h */
#include "peer/listen.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
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
	int fd, saved;

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
	saved = errno;
	if (!address)
		address = "*";
	if (saved == EADDRINUSE)
		err_set(e, _("%s port %d: another program listens there already; is an amcd running?"),
		    address, port);
	else if (saved == EADDRNOTAVAIL)
		err_set(e, _("%s port %d: this machine has no such address"),
		    address, port);
	else
		err_set(e, _("%s port %d: cannot listen: %s"), address, port,
		    strerror(saved));
	if (e)
		e->os_error = saved;
	return -1;
}

static bool listens(int fd)
{
	int yes = 0;
	socklen_t len = sizeof yes;

	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &yes, &len) == 0 && yes;
}

static bool is_at(int fd, const struct addrinfo *a)
{
	struct sockaddr_storage ss;
	const struct sockaddr_in *is = (const void *)&ss, *want = (const void *)a->ai_addr;
	const struct sockaddr_in6 *is6 = (const void *)&ss, *want6 = (const void *)a->ai_addr;
	socklen_t len = sizeof ss;

	if (getsockname(fd, (struct sockaddr *)&ss, &len) < 0 || ss.ss_family != a->ai_family)
		return false;
	if (ss.ss_family == AF_INET)
		return is->sin_port == want->sin_port &&
		    is->sin_addr.s_addr == want->sin_addr.s_addr;
	return ss.ss_family == AF_INET6 && is6->sin6_port == want6->sin6_port &&
	    is6->sin6_scope_id == want6->sin6_scope_id &&
	    memcmp(&is6->sin6_addr, &want6->sin6_addr, sizeof is6->sin6_addr) == 0;
}

int listen_take(const int *fds, size_t n, const char *address, int port)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV |
		AI_PASSIVE, .ai_socktype = SOCK_STREAM }, *list;
	char service[20];
	int found = -1;
	size_t i;

	snprintf(service, sizeof service, "%d", port);
	if (n == 0 || getaddrinfo(address ? address : "::", service, &hints, &list) != 0)
		return -1;
	for (i = 0; i < n && found < 0; i++)
		if (listens(fds[i]) && is_at(fds[i], list))
			found = fds[i];
	freeaddrinfo(list);
	if (found >= 0) {
		fcntl(found, F_SETFL, fcntl(found, F_GETFL) | O_NONBLOCK);
		fcntl(found, F_SETFD, FD_CLOEXEC);
	}
	/* of a machine without IPv6 */
	return found < 0 && !address ? listen_take(fds, n, "0.0.0.0", port) : found;
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
