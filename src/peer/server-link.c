/* server-link - the life of a connection to amcd; see https.h */
#include "peer/https.h"
#include "base/mem.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

enum {
	SLOWEST = 16 * 1024,		/* bytes a second, beside timeout_s */
	SWEEP_MS = 1000,
	CROWD = 8,			/* this part of all is many for one address */
};

void https_patience(struct link *k, int64_t since, size_t bytes)
{
	k->since = since;
	k->deadline = since + k->server->timeout_s * INT64_C(1000) +
	    (int64_t)(bytes / SLOWEST) * 1000;
	if (k->server->drained && k->deadline > k->server->end)
		k->deadline = k->server->end;
}

/* The library sees its end, and tells when it has closed it. */
static void give_up(struct link *k)
{
	if (k->leaving)
		return;
	shutdown(k->fd, SHUT_RDWR);
	k->leaving = true;
	k->server->taken--;
}

/*
 * The library's own time limit begins anew with every byte; this one does not,
 * so that nobody can hold a connection by trickling.
 */
void https_sweep(void *arg)
{
	struct server *s = arg;
	struct link *k;

	for (k = s->links; k; k = k->next)
		if (loop_now() >= k->deadline)
			give_up(k);
	if (s->links)
		loop_again(s->sweep, s->drained ? SWEEP_MS / 20 : SWEEP_MS);
	else if (s->drained)
		s->drained(s->drained_arg);
}

/* What has come in already is a request that must not be lost. */
static bool has_more(int fd)
{
	int n = 0;

	return ioctl(fd, FIONREAD, &n) == 0 && n > 0;
}

void server_drain(struct server *s, loop_fn *done, void *arg)
{
	struct link *k;

	MHD_quiesce_daemon(s->engine->daemon);	/* the listening socket is ours from here on */
	s->end = loop_now() + SERVER_DRAIN_MS;
	s->drained = done;
	s->drained_arg = arg;
	for (k = s->links; k; k = k->next)
		if (k->idle && !has_more(k->fd))
			give_up(k);
		else if (k->deadline > s->end)
			k->deadline = s->end;
	loop_again(s->sweep, 0);
}

int server_connections(const struct server *s)
{
	const struct link *k;
	int n = 0;

	for (k = s->links; k; k = k->next)
		n++;
	return n;
}

static void set_from(struct link *k, const struct sockaddr *sa)
{
	const struct in6_addr *a = &((const struct sockaddr_in6 *)sa)->sin6_addr;

	if (sa->sa_family == AF_INET6) {
		memcpy(k->from, a, IN6_IS_ADDR_V4MAPPED(a) ? 16 : 8);
	} else {
		k->from[10] = k->from[11] = 0xff;
		memcpy(k->from + 12, &((const struct sockaddr_in *)sa)->sin_addr, 4);
	}
}

/*
 * A place for the newest, the first of the list. Who has many pays with the
 * oldest of his own, so that others do not notice him.
 */
static void make_room(struct server *s)
{
	struct link *newest = s->links, *k, *oldest = NULL, *own = NULL;
	int same = 0;

	for (k = newest->next; k; k = k->next) {
		bool is_own = memcmp(k->from, newest->from, sizeof k->from) == 0;

		if (k->leaving)
			continue;
		same += is_own;
		if (k->admitted)
			continue;
		oldest = k;
		if (is_own)
			own = k;
	}
	if (same >= s->max_connections / 2)
		give_up(own ? own : newest);
	else if (s->taken > s->max_connections && own && same > s->max_connections / CROWD)
		give_up(own);
	else if (s->taken > s->max_connections)
		give_up(oldest ? oldest : newest);
}

struct link *https_link_of(struct MHD_Connection *connection)
{
	return MHD_get_connection_info(connection,
	    MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

void https_answering(struct link *k, bool is)
{
	k->server->answering += is - k->answering;
	k->answering = is;
}

void https_link_changed(void *arg, struct MHD_Connection *connection,
    void **context, enum MHD_ConnectionNotificationCode what)
{
	struct engine *e = arg;
	struct server *s = e->server;
	struct link *k = *context;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		k = mem_new(struct link);
		k->server = s;
		k->engine = e;
		e->links++;
		k->fd = MHD_get_connection_info(connection,
		    MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
		set_from(k, MHD_get_connection_info(connection,
		    MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
		https_patience(k, loop_now(), 0);
		if (!s->links)
			loop_again(s->sweep, SWEEP_MS);
		k->link = &s->links;
		k->next = s->links;
		if (k->next)
			k->next->link = &k->next;
		s->links = k;
		s->taken++;
		make_room(s);
		*context = k;
	} else if (k) {
		s->taken -= !k->leaving;
		https_answering(k, false);
		*k->link = k->next;
		if (k->next)
			k->next->link = k->link;
		k->engine->links--;
		free(k);
		*context = NULL;
	}
}
