/* trapport - the UDP port to which cards send their traps; see trapport.h */
#include "snmp/trapport.h"
#include "snmp/flood.h"
#include "snmp/udp.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { AT_ONCE = 64 };		/* datagrams before others have their turn */

struct trapport {
	int fd;
	struct watch *readable;
	struct engine *engine;
	trapport_heard *heard;
	trapport_users *users;
	void *arg;
	struct flood flood;
	unsigned long bad;
	unsigned char room[UDP_ROOM];
};

/* IPv4 comes as ::ffff:192.0.2.1 where one socket listens to both. */
static bool is_v4(const struct udp_address *a, struct in_addr *v4)
{
	if (a->u.any.sa_family == AF_INET)
		*v4 = a->u.v4.sin_addr;
	else if (IN6_IS_ADDR_V4MAPPED(&a->u.v6.sin6_addr))
		memcpy(v4, &a->u.v6.sin6_addr.s6_addr[12], sizeof *v4);
	else
		return false;
	return true;
}

/* Whose share of the flood it is: an address, or a network of IPv6. */
static uint64_t who(const struct udp_address *a)
{
	struct in_addr v4;
	uint64_t net;

	if (is_v4(a, &v4))
		return (uint64_t)1 << 32 | v4.s_addr;
	memcpy(&net, &a->u.v6.sin6_addr, sizeof net);
	return net ? net : 1;
}

static void name(const struct udp_address *a, char text[INET6_ADDRSTRLEN])
{
	struct in_addr v4;

	if (is_v4(a, &v4))
		inet_ntop(AF_INET, &v4, text, INET6_ADDRSTRLEN);
	else
		inet_ntop(AF_INET6, &a->u.v6.sin6_addr, text, INET6_ADDRSTRLEN);
}

/* One that cannot be sent now is as good as lost on the way: the card asks again. */
static void answer(struct trapport *p, const struct udp_address *to, socklen_t to_len,
    const void *bytes, size_t len)
{
	(void)!sendto(p->fd, bytes, len, MSG_DONTWAIT, &to->u.any, to_len);
}

/* A message of v3, for the users of the card that it comes from. */
static void take_sealed(struct trapport *p, const struct udp_address *from, socklen_t from_len,
    size_t len, struct trap *t)
{
	struct snmp_user users[TRAP_USERS];
	char text[INET6_ADDRSTRLEN];
	struct reply reply;
	enum opened how;
	size_t n;

	name(from, text);
	n = p->users(text, users, TRAP_USERS, p->arg);
	how = trap_open(p->engine, p->room, len, users, n, t, &reply);
	t->why = n ? opened_words(how) : NULL;
	if (how == OPENED_NOISE)
		p->bad++;
	else if (how == OPENED_SEARCH ? n > 0 : p->heard(t, text, p->arg) && reply.len)
		answer(p, from, from_len, reply.bytes, reply.len);
}

static void take(struct trapport *p, const struct udp_address *from, socklen_t from_len,
    size_t len)
{
	char text[INET6_ADDRSTRLEN];
	struct trap t;

	if (!flood_admits(&p->flood, who(from), loop_now()))
		return;
	if (!trap_decode(p->room, len, &t)) {
		p->bad++;
		return;
	}
	if (t.sealed) {
		take_sealed(p, from, from_len, len, &t);
		return;
	}
	name(from, text);
	if (p->heard(&t, text, p->arg) && t.inform && trap_answer(p->room, len))
		answer(p, from, from_len, p->room, len);
}

static void on_readable(int fd, unsigned ready, void *arg)
{
	struct trapport *p = arg;

	(void)ready;
	for (int i = 0; i < AT_ONCE; i++) {
		struct udp_address from;
		socklen_t from_len = sizeof from.u;
		ssize_t len = recvfrom(fd, p->room, sizeof p->room, MSG_DONTWAIT | MSG_TRUNC,
		    &from.u.any, &from_len);

		if (len < 0)
			return;
		if ((size_t)len > sizeof p->room)	/* cut: no card's */
			p->bad++;
		else
			take(p, &from, from_len, (size_t)len);
	}
}

static int bound(int family, const struct udp_address *a)
{
	int fd = socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), off = 0;
	socklen_t size = family == AF_INET ? sizeof a->u.v4 : sizeof a->u.v6;

	if (fd < 0)
		return -1;
	if (family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	if (bind(fd, &a->u.any, size) == 0)
		return fd;
	off = errno;
	close(fd);
	errno = off;
	return -1;
}

/* To all addresses of both families, where the host has IPv6. */
static int open_port(const char *address, int port)
{
	struct udp_address a;
	int fd;

	if (address) {
		if (!udp_address(&a, address, port)) {
			errno = EADDRNOTAVAIL;
			return -1;
		}
		return bound(a.u.any.sa_family, &a);
	}
	udp_address(&a, "::", port);
	fd = bound(AF_INET6, &a);
	if (fd >= 0 || errno != EAFNOSUPPORT)
		return fd;
	udp_address(&a, "0.0.0.0", port);
	return bound(AF_INET, &a);
}

static void refuse(struct err *e, const char *address, int port)
{
	const char *where = address ? address : "*";

	if (errno == EACCES || errno == EPERM)
		err_kind(e, ERR_REFUSED, _("%s, UDP port %d: we are not permitted to listen there; "
		    "no traps are heard, the cards are polled as always"), where, port);
	else if (errno == EADDRINUSE)
		err_kind(e, ERR_REFUSED, _("%s, UDP port %d: another program listens there; "
		    "no traps are heard, the cards are polled as always"), where, port);
	else
		err_set(e, _("%s, UDP port %d: %s; no traps are heard"), where, port,
		    strerror(errno));
}

struct trapport *trapport_new(struct loop *loop, const char *address, int port,
    struct engine *engine, trapport_heard *heard, trapport_users *users, void *arg,
    struct err *e)
{
	struct trapport *p;
	int fd = open_port(address, port);

	if (fd < 0) {
		refuse(e, address, port);
		engine_free(engine);
		return NULL;
	}
	p = mem_new(struct trapport);
	p->fd = fd;
	p->engine = engine;
	p->heard = heard;
	p->users = users;
	p->arg = arg;
	p->readable = loop_fd(loop, fd, LOOP_READ, on_readable, p);
	return p;
}

void trapport_free(struct trapport *p)
{
	if (!p)
		return;
	loop_remove(p->readable);
	close(p->fd);
	engine_free(p->engine);
	free(p);
}

void trapport_lost(struct trapport *p, unsigned long *bad, unsigned long *dropped)
{
	*bad = p->bad;
	*dropped = p->flood.dropped;
	p->bad = p->flood.dropped = 0;
}
