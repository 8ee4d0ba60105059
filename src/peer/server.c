/* server - HTTPS for amcd, on its loop; see server.h and https.h */
#include "peer/https.h"
#include "peer/listen.h"
#include "peer/tls.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	HEADERS_MAX = 32 * 1024,
	LEAVING = 64,			/* connections that were given up, on their way out */
};

int server_listener(const struct server *s)
{
	return s->listener;
}

__attribute__((format(printf, 2, 0)))
static void said(void *arg, const char *fmt, va_list ap)
{
	struct server *s = ((struct engine *)arg)->server;

	vsnprintf(s->words, sizeof s->words, fmt, ap);
	s->words[strcspn(s->words, "\n")] = '\0';
	log_debug("https: %s", s->words);
}

static void engine_free(struct engine *e)
{
	if (!e)
		return;
	loop_remove(e->ready);
	if (e->daemon)
		MHD_stop_daemon(e->daemon);	/* closes the listening socket too */
	loop_remove(e->timer);
	free(e);
}

/*
 * How long to wait at least before going on. The library, which has been told once that
 * there is something to read, wants to go on at once as long as half a TLS record is there
 * and the rest does not come: that must not take the whole processor.
 */
static int patience_with(struct server *s, MHD_UNSIGNED_LONG_LONG ms)
{
	enum { AT_ONCE = 4, MOST_MS = 50 };
	unsigned n;

	if (ms > 0 || s->answering) {
		s->eager = 0;
		return 0;
	}
	n = s->eager++;
	return n < AT_ONCE ? 0 : n < AT_ONCE + 5 ? 1 << (n - AT_ONCE) : MOST_MS;
}

/*
 * What the library left undone (bytes that its TLS has read ahead, too) it
 * wants to be asked for by a timeout of 0: the descriptor does not tell of it.
 */
static void run(struct engine *e)
{
	MHD_UNSIGNED_LONG_LONG ms;

	MHD_run(e->daemon);
	if (e == e->server->old && !e->links) {
		e->server->old = NULL;
		engine_free(e);
	} else if (MHD_get_timeout(e->daemon, &ms) == MHD_YES) {
		ms += (unsigned)patience_with(e->server, ms);
		loop_again(e->timer, ms < 60000 ? (int)ms : 60000);
	} else {
		loop_pause(e->timer);
	}
}

static void is_ready(int fd, unsigned ready, void *arg)
{
	struct engine *e = arg;

	(void)fd;
	(void)ready;
	e->server->eager = 0;
	run(e);
}

static void timed(void *arg)
{
	run(arg);
}

int server_port(const struct server *s)
{
	return s->port;
}

/* Takes over the listening socket, but not when it fails. */
static struct engine *engine_new(struct server *s, int fd, const char *key_pem,
    const char *cert_pem, struct err *err)
{
	struct engine *e = mem_new(struct engine);

	e->server = s;
	e->timer = loop_after(s->loop, 0, timed, e);
	e->daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_TLS |
	    MHD_USE_ERROR_LOG, 0, NULL, NULL, https_requested, s,
	    MHD_OPTION_EXTERNAL_LOGGER, said, e,	/* first: it hears of the others */
	    MHD_OPTION_LISTEN_SOCKET, fd,
	    MHD_OPTION_HTTPS_MEM_KEY, key_pem,
	    MHD_OPTION_HTTPS_MEM_CERT, cert_pem,
	    /* which makes it ask for the client's; who signed that does not matter */
	    MHD_OPTION_HTTPS_MEM_TRUST, cert_pem,
	    MHD_OPTION_HTTPS_PRIORITIES, TLS_PRIORITIES,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)s->max_connections + LEAVING,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)s->timeout_s,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_MAX,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_UNESCAPE_CALLBACK, https_as_sent, NULL,
	    MHD_OPTION_NOTIFY_COMPLETED, https_completed, s,
	    MHD_OPTION_NOTIFY_CONNECTION, https_link_changed, e,
	    MHD_OPTION_END);
	if (!e->daemon) {
		err_set(err, _("HTTPS cannot start with this key and certificate: %s"),
		    *s->words ? s->words : _("no reason given"));
		engine_free(e);
		return NULL;
	}
	e->ready = loop_fd(s->loop, MHD_get_daemon_info(e->daemon,
	    MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, LOOP_READ, is_ready, e);
	return e;
}

struct server *server_new(struct loop *loop, const struct server_settings *set,
    server_handler *handler, void *arg, struct err *e)
{
	struct server *s;
	int fd = listen_take(set->inherited, set->n_inherited, set->address, set->port);

	if (fd < 0)
		fd = listen_open(set->address, set->port, e);
	if (fd < 0)
		return NULL;
	s = mem_new(struct server);
	s->loop = loop;
	s->handler = handler;
	s->admit = set->admit;
	s->arg = arg;
	s->max_body = set->max_body;
	s->max_connections = set->max_connections;
	s->timeout_s = set->timeout_s;
	s->port = listen_port(fd);
	s->listener = fd;
	s->sweep = loop_after(loop, 0, https_sweep, s);
	s->engine = engine_new(s, fd, set->key_pem, set->cert_pem, e);
	if (!s->engine) {
		close(fd);
		server_free(s);
		return NULL;
	}
	return s;
}

bool server_rekey(struct server *s, const char *key_pem, const char *cert_pem, struct err *err)
{
	int listening = MHD_get_daemon_info(s->engine->daemon,
	    MHD_DAEMON_INFO_LISTEN_FD)->listen_fd;
	int fd = fcntl(listening, F_DUPFD_CLOEXEC, 0);
	struct engine *e;

	if (fd < 0)
		return err_errno(err, "HTTPS");
	e = engine_new(s, fd, key_pem, cert_pem, err);
	if (!e) {
		close(fd);
		return false;
	}
	/* what had begun before the last change had time enough */
	engine_free(s->old);
	s->old = s->engine;
	s->engine = e;
	s->listener = fd;
	close(MHD_quiesce_daemon(s->old->daemon));
	run(s->old);	/* goes at once if it has nothing to do */
	return true;
}

void server_free(struct server *s)
{
	if (!s)
		return;
	engine_free(s->old);
	engine_free(s->engine);
	if (s->drained)	/* it was taken from the library, which closes it else */
		close(s->listener);
	loop_remove(s->sweep);
	free(s);
}
