/* post - datagrams on their way; see post.h */
#include "sim/post.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct letter {
	int64_t due;
	uint64_t number;		/* those of one moment go in order */
	int fd;
	struct sockaddr_in to;
	size_t len;
	char bytes[];
};

struct post {
	struct loop *loop;
	struct letter **heap;		/* the soonest first */
	size_t n, cap;
	uint64_t sent;
	struct watch *timer;
	int stranger;			/* a socket of no card; -1: none yet */
};

struct post *post_new(struct loop *loop)
{
	struct post *p = mem_new(struct post);

	p->loop = loop;
	p->stranger = -1;
	return p;
}

void post_free(struct post *p)
{
	size_t i;

	if (!p)
		return;
	loop_remove(p->timer);
	for (i = 0; i < p->n; i++)
		free(p->heap[i]);
	free(p->heap);
	if (p->stranger >= 0)
		close(p->stranger);
	free(p);
}

static bool before(const struct letter *a, const struct letter *b)
{
	return a->due < b->due || (a->due == b->due && a->number < b->number);
}

static void push(struct post *p, struct letter *l)
{
	size_t i, up;

	mem_grow(p->heap, p->n, p->cap);
	for (i = p->n++; i > 0; i = up) {
		up = (i - 1) / 2;
		if (!before(l, p->heap[up]))
			break;
		p->heap[i] = p->heap[up];
	}
	p->heap[i] = l;
}

static struct letter *pop(struct post *p)
{
	struct letter *first = p->heap[0], *l = p->heap[--p->n];
	size_t i = 0, down;

	while ((down = 2 * i + 1) < p->n) {
		if (down + 1 < p->n && before(p->heap[down + 1], p->heap[down]))
			down++;
		if (!before(p->heap[down], l))
			break;
		p->heap[i] = p->heap[down];
		i = down;
	}
	p->heap[i] = l;
	return first;
}

static void send_now(struct post *p, int fd, const struct sockaddr_in *to,
    const void *bytes, size_t len)
{
	if (fd < 0) {
		if (p->stranger < 0)
			p->stranger = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK |
			    SOCK_CLOEXEC, 0);
		fd = p->stranger;
	}
	(void)!sendto(fd, bytes, len, MSG_NOSIGNAL, (const struct sockaddr *)to,
	    sizeof *to);
}

static void due(void *arg)
{
	struct post *p = arg;
	const int64_t now = loop_now();
	struct letter *l;

	while (p->n > 0 && p->heap[0]->due <= now) {
		l = pop(p);
		send_now(p, l->fd, &l->to, l->bytes, l->len);
		free(l);
	}
	if (p->n > 0)
		loop_again(p->timer, p->heap[0]->due - now);
}

void post_send(struct post *p, int fd, const struct sockaddr_in *to,
    const void *bytes, size_t len, int after_ms)
{
	struct letter *l;

	if (after_ms <= 0) {
		send_now(p, fd, to, bytes, len);
		return;
	}
	l = mem_zero(1, sizeof *l + len);
	l->due = loop_now() + after_ms;
	l->number = p->sent++;
	l->fd = fd;
	l->to = *to;
	l->len = len;
	memcpy(l->bytes, bytes, len);
	push(p, l);
	if (p->heap[0] != l)
		return;			/* the timer is for a sooner one */
	if (p->timer)
		loop_again(p->timer, after_ms);
	else
		p->timer = loop_after(p->loop, after_ms, due, p);
}

int post_open(const char *ipv4, int port, struct err *e)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0 || inet_pton(AF_INET, ipv4, &a.sin_addr) != 1 ||
	    bind(fd, (struct sockaddr *)&a, sizeof a) < 0) {
		err_set(e, "%s:%d: %s", ipv4, port, errno ? strerror(errno) :
		    _("the address cannot be opened"));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	return fd;
}
