/* udp - a few sockets for any number of correspondents; see udp.h */
#include "snmp/udp.h"
#include "base/mem.h"

#include <errno.h>
#include <linux/errqueue.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	SOCKETS = 8,		/* of each family */
	PER_SOCKET = 128,	/* answers that the kernel keeps for one in any case */
	RECEIVED = 16,		/* at once */
	QUOTED = 1500,
	PENDING = 3,		/* tries to send past somebody else's error */
	RECEIVE_BUFFER = 1 << 20,	/* the host may allow less */
};

struct udp_socket {
	struct udp *udp;
	int fd;
	struct watch *readable;	/* NULL: not opened yet */
};

struct udp {
	struct loop *loop;
	udp_heard *heard;
	udp_failed *failed;
	void *arg;
	struct udp_socket v4[SOCKETS], v6[SOCKETS];
	unsigned turn;		/* batches so far */
	bool reading, gone;	/* gone: freed by who heard or failed */
	unsigned char room[RECEIVED][UDP_ROOM];
};

bool udp_address(struct udp_address *a, const char *address, int port)
{
	struct addrinfo hints = { .ai_socktype = SOCK_DGRAM,
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV }, *list = NULL;
	char service[16];
	bool ok;

	memset(a, 0, sizeof *a);
	snprintf(service, sizeof service, "%d", port);
	if (getaddrinfo(address, service, &hints, &list))
		return false;
	ok = list->ai_addrlen <= sizeof a->u;
	if (ok)
		memcpy(&a->u, list->ai_addr, list->ai_addrlen);
	freeaddrinfo(list);
	return ok;
}

bool udp_address_equal(const struct udp_address *a, const struct udp_address *b)
{
	if (a->u.any.sa_family != b->u.any.sa_family)
		return false;
	if (a->u.any.sa_family == AF_INET)
		return a->u.v4.sin_addr.s_addr == b->u.v4.sin_addr.s_addr &&
		    a->u.v4.sin_port == b->u.v4.sin_port;
	return a->u.v6.sin6_port == b->u.v6.sin6_port &&
	    memcmp(&a->u.v6.sin6_addr, &b->u.v6.sin6_addr, sizeof a->u.v6.sin6_addr) == 0 &&
	    (!a->u.v6.sin6_scope_id || !b->u.v6.sin6_scope_id ||
	    a->u.v6.sin6_scope_id == b->u.v6.sin6_scope_id);
}

bool udp_host_equal(const struct udp_address *a, const struct udp_address *b)
{
	struct udp_address same = *a;

	if (a->u.any.sa_family == AF_INET)
		same.u.v4.sin_port = b->u.v4.sin_port;
	else
		same.u.v6.sin6_port = b->u.v6.sin6_port;
	return udp_address_equal(&same, b);
}

static socklen_t size_of(const struct udp_address *a)
{
	return a->u.any.sa_family == AF_INET ? sizeof a->u.v4 : sizeof a->u.v6;
}

/* What ICMP said, or 0 when it was our own host that complained, at once. */
static int reported(struct msghdr *m)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
		struct sock_extended_err e;

		if (!(c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) &&
		    !(c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR))
			continue;
		memcpy(&e, CMSG_DATA(c), sizeof e);
		return e.ee_origin == SO_EE_ORIGIN_LOCAL ? 0 : (int)e.ee_errno;
	}
	return 0;
}

static void read_errors(struct udp_socket *s)
{
	union {
		struct cmsghdr align;
		char bytes[512];
	} control;
	unsigned char quoted[QUOTED];
	struct udp_address to;

	for (int i = 0; i < RECEIVED && !s->udp->gone; i++) {
		struct iovec v = { quoted, sizeof quoted };
		struct msghdr m = { .msg_name = &to, .msg_namelen = sizeof to,
			.msg_iov = &v, .msg_iovlen = 1, .msg_control = &control,
			.msg_controllen = sizeof control };
		ssize_t len = recvmsg(s->fd, &m, MSG_ERRQUEUE | MSG_DONTWAIT);
		int error;

		if (len < 0)
			return;
		error = reported(&m);
		if (error && m.msg_namelen >= sizeof to.u.v4)
			s->udp->failed(&to, quoted, (size_t)len, error, s->udp->arg);
	}
}

/* Errors have no event of their own: they are there when nothing else is. */
static void on_readable(int fd, unsigned ready, void *arg)
{
	struct udp_socket *s = arg;
	struct udp *u = s->udp;
	struct mmsghdr m[RECEIVED];
	struct iovec v[RECEIVED];
	struct udp_address from[RECEIVED];
	int n;

	(void)ready;
	memset(m, 0, sizeof m);
	for (int i = 0; i < RECEIVED; i++) {
		v[i] = (struct iovec){ u->room[i], UDP_ROOM };
		m[i].msg_hdr = (struct msghdr){ .msg_name = &from[i],
			.msg_namelen = sizeof from[i], .msg_iov = &v[i], .msg_iovlen = 1 };
	}
	n = recvmmsg(fd, m, RECEIVED, MSG_DONTWAIT, NULL);
	u->reading = true;
	for (int i = 0; i < n && !u->gone; i++)
		u->heard(&from[i], u->room[i], m[i].msg_len,
		    m[i].msg_hdr.msg_flags & MSG_TRUNC, u->arg);
	if (n <= 0)
		read_errors(s);
	u->reading = false;
	if (u->gone)
		udp_free(u);
}

static bool open_socket(struct udp *u, struct udp_socket *s, int family)
{
	int on = 1, size = RECEIVE_BUFFER;

	if (s->readable)
		return true;
	s->fd = socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->fd < 0)
		return false;
	setsockopt(s->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	if (family == AF_INET)
		setsockopt(s->fd, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
	else
		setsockopt(s->fd, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
	s->udp = u;
	s->readable = loop_fd(u->loop, s->fd, LOOP_READ, on_readable, s);
	return true;
}

/*
 * Sends the first of them, and those that go with it; how many. What comes back
 * with an error may be the report of an older datagram, to anybody: it is read
 * later, and this one is tried again.
 */
static size_t send_some(int fd, struct mmsghdr *m, size_t n, int *error)
{
	int sent = -1;

	for (int i = 0; i < PENDING && sent <= 0; i++)
		sent = sendmmsg(fd, m, (unsigned)n, MSG_DONTWAIT);
	if (sent > 0)
		return (size_t)sent;
	/* a full buffer, or yet another report: as if it had been lost on the way */
	*error = errno == EAGAIN || errno == ENOBUFS || errno == ECONNREFUSED ? 0 : errno;
	return 1;
}

static void send_family(struct udp *u, struct udp_socket *s, int family,
    struct udp_packet *packets, size_t n)
{
	struct mmsghdr m[UDP_BATCH];
	size_t which[UDP_BATCH], count = 0;
	bool open = true;

	memset(m, 0, sizeof m);
	for (size_t i = 0; i < n; i++) {
		struct udp_packet *p = &packets[i];

		if (p->to->u.any.sa_family != family)
			continue;
		open = open && open_socket(u, s, family);
		p->error = open ? 0 : errno;
		m[count].msg_hdr = (struct msghdr){ .msg_name = (void *)(size_t)p->to,
			.msg_namelen = size_of(p->to), .msg_iov = p->pieces,
			.msg_iovlen = 2 };
		which[count++] = i;
	}
	for (size_t at = 0; open && at < count;)
		at += send_some(s->fd, m + at, count - at, &packets[which[at]].error);
}

void udp_send(struct udp *u, struct udp_packet *packets, size_t n, size_t outstanding)
{
	size_t i = outstanding > PER_SOCKET ? u->turn++ % SOCKETS : 0;

	send_family(u, &u->v4[i], AF_INET, packets, n);
	send_family(u, &u->v6[i], AF_INET6, packets, n);
}

struct udp *udp_new(struct loop *loop, udp_heard *heard, udp_failed *failed, void *arg)
{
	struct udp *u = mem_new(struct udp);

	u->loop = loop;
	u->heard = heard;
	u->failed = failed;
	u->arg = arg;
	return u;
}

static void close_socket(struct udp_socket *s)
{
	if (!s->readable)
		return;
	loop_remove(s->readable);
	close(s->fd);
}

void udp_free(struct udp *u)
{
	if (!u)
		return;
	u->gone = true;
	if (u->reading)
		return;
	for (int i = 0; i < SOCKETS; i++) {
		close_socket(&u->v4[i]);
		close_socket(&u->v6[i]);
	}
	free(u);
}
