/* idle - connections between two requests; see idle.h */
#include "peer/idle.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct kept {
	struct idle *idle;
	struct kept *next, **link;
	struct tls *tls;
	struct watch *ready, *end;
	char *address;
	int port;
};

struct idle {
	struct loop *loop;
	struct kept *all;
	size_t n;
};

/* The connection is the caller's. */
static struct tls *release(struct kept *k)
{
	struct tls *tls = k->tls;

	*k->link = k->next;
	if (k->next)
		k->next->link = k->link;
	k->idle->n--;
	loop_remove(k->ready);
	loop_remove(k->end);
	free(k->address);
	free(k);
	return tls;
}

static void close_it(void *arg)
{
	tls_free(release(arg));
}

/* Is it as it was put here? TLS may say things of its own. */
static bool is_quiet(struct kept *k)
{
	char byte;
	size_t n;

	return tls_read(k->tls, &byte, 1, &n) == TLS_WAITS_READ;
}

static void heard(int fd, unsigned ready, void *arg)
{
	(void)fd;
	(void)ready;
	if (!is_quiet(arg))
		close_it(arg);
}

struct idle *idle_new(struct loop *loop)
{
	struct idle *i = mem_new(struct idle);

	i->loop = loop;
	return i;
}

void idle_forget(struct idle *i)
{
	while (i->all)
		close_it(i->all);
}

void idle_free(struct idle *i)
{
	if (!i)
		return;
	idle_forget(i);
	free(i);
}

void idle_put(struct idle *i, struct tls *tls, const char *address, int port)
{
	struct kept *k;

	if (i->n >= IDLE_MOST) {
		tls_free(tls);
		return;
	}
	k = mem_new(struct kept);
	k->idle = i;
	k->tls = tls;
	k->address = mem_dup(address);
	k->port = port;
	k->ready = loop_fd(i->loop, tls_fd(tls), LOOP_READ, heard, k);
	k->end = loop_after(i->loop, IDLE_MS, close_it, k);
	k->link = &i->all;
	k->next = i->all;
	if (k->next)
		k->next->link = &k->next;
	i->all = k;
	i->n++;
}

struct tls *idle_take(struct idle *i, const char *address, int port, const char *pin,
    const char *pin_next)
{
	struct kept *k = i->all, *next;

	for (; k; k = next) {
		next = k->next;
		if (k->port != port || strcmp(k->address, address) != 0 ||
		    (strcmp(tls_pin(k->tls), pin) != 0 && strcmp(tls_pin(k->tls), pin_next) != 0))
			continue;
		if (is_quiet(k))
			return release(k);
		close_it(k);
	}
	return NULL;
}
