/* server - HTTPS for amcd, on its loop; the door to libmicrohttpd; see server.h */
#include "peer/server.h"
#include "peer/listen.h"
#include "peer/tls.h"
#include "peer/trust.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	HEADERS_MAX = 32 * 1024,
	SWALLOWED = 1024 * 1024,	/* of a body that is too long */
	SLOWEST = 16 * 1024,		/* bytes a second, beside timeout_s */
	BODIES_AT_ONCE = 4,		/* of max_body, in memory */
	SWEEP_MS = 1000,
	LEAVING = 64,			/* connections that were given up, on their way out */
	CROWD = 8,			/* this part of all is many for one address */
};

/*
 * The library with one key. When the key changes there are two for a while: the
 * new one accepts, the old one ends what it has begun.
 */
struct engine {
	struct server *server;
	struct MHD_Daemon *daemon;
	struct watch *ready, *timer;
	unsigned links;
};

struct server {
	struct loop *loop;
	struct engine *engine, *old;	/* old: NULL mostly */
	struct watch *sweep;
	struct link *links;
	int max_connections, taken;	/* taken: not given up */
	int answering;			/* of the links */
	unsigned eager;			/* how often the library would go on at once, and nothing came */
	server_handler *handler;
	server_admit *admit;
	void *arg;
	size_t max_body, held;		/* held: bytes of all bodies under way */
	int timeout_s, port, listener;
	int64_t end;			/* of loop_now(), for all, once drained is set */
	loop_fn *drained;
	void *drained_arg;
	char words[300];		/* what the library said last */
};

/* One connection. It ends when its deadline has passed. */
struct link {
	struct server *server;
	struct engine *engine;
	struct link *next, **link;
	int64_t since, deadline;	/* of loop_now() */
	int fd;
	unsigned char from[16];		/* IPv4 mapped; of IPv6 its /64 */
	bool admitted, leaving;
	bool idle;			/* answered, and nothing asked since */
	bool answering;			/* an answer is on its way out */
};

/* One request. */
struct call {
	struct server *server;
	struct link *link;
	struct MHD_Connection *connection;
	struct argument *arguments;
	struct text body;
	size_t received;
	size_t limit, most;		/* limit: so much is taken; most: is heard to its end */
	int refused;			/* the status; the rest is swallowed */
	struct server_reply refusal;	/* when it was not admitted */
};

/* One that was asked for, decoded. */
struct argument {
	struct argument *next;
	char value[];
};

static void patience(struct link *k, int64_t since, size_t bytes)
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
static void sweep(void *arg)
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

int server_listener(const struct server *s)
{
	return s->listener;
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

static struct link *link_of(struct MHD_Connection *connection)
{
	return MHD_get_connection_info(connection,
	    MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void set_answering(struct link *k, bool is)
{
	k->server->answering += is - k->answering;
	k->answering = is;
}

static void link_changed(void *arg, struct MHD_Connection *connection,
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
		patience(k, loop_now(), 0);
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
		set_answering(k, false);
		*k->link = k->next;
		if (k->next)
			k->next->link = k->link;
		k->engine->links--;
		free(k);
		*context = NULL;
	}
}

void server_refuse(struct server_reply *r, int status, const char *fmt, ...)
{
	struct json *j = json_new_object();
	char *words;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&words, fmt, ap) < 0)
		abort();
	va_end(ap);
	json_put_text(j, "error", words);
	free(r->body);
	r->body = json_print(j);
	r->body_len = strlen(r->body);
	r->type = NULL;
	r->status = status;
	json_free(j);
	free(words);
}

static void header(struct MHD_Response *m, const char *name, const char *value)
{
	if (MHD_add_response_header(m, name, value) != MHD_YES)
		log_warning(_("an answer goes without its %s: %s"), name, value);
}

/* Takes over the reply's body. */
static enum MHD_Result answer(struct call *c, struct MHD_Connection *connection,
    struct server_reply *r)
{
	struct MHD_Response *m;
	enum MHD_Result ok;
	char number[20];

	patience(c->link, loop_now(), r->body_len);
	m = MHD_create_response_from_buffer(r->body ? r->body_len : 0, r->body,
	    r->body ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
	if (!m) {
		free(r->body);
		return MHD_NO;
	}
	header(m, "Cache-Control", "no-store");
	header(m, "X-Content-Type-Options", "nosniff");
	if (c->server->drained)
		header(m, "Connection", "close");
	if (r->body)
		header(m, "Content-Type", r->type ? r->type : "application/json");
	if (*r->etag)
		header(m, "ETag", r->etag);
	if (*r->allow)
		header(m, "Allow", r->allow);
	if (r->status == 401)
		header(m, "WWW-Authenticate", "Basic realm=\"amc\", charset=\"UTF-8\"");
	if (r->retry_after > 0) {
		snprintf(number, sizeof number, "%d", r->retry_after);
		header(m, "Retry-After", number);
	}
	ok = MHD_queue_response(connection, (unsigned)r->status, m);
	set_answering(link_of(connection), true);
	MHD_destroy_response(m);
	return ok;
}

static enum MHD_Result refuse(struct call *c, struct MHD_Connection *connection)
{
	struct server_reply r = c->refusal;

	c->refusal = (struct server_reply){ 0 };
	if (r.status)
		return answer(c, connection, &r);
	if (c->refused == 413)
		server_refuse(&r, 413, _("the request is too long; at most %zu bytes are taken"),
		    c->limit);
	else
		server_refuse(&r, 503, _("too many requests at once; try again"));
	r.retry_after = c->refused == 413 ? 0 : 1;
	return answer(c, connection, &r);
}

static void address_of(struct MHD_Connection *connection, char *out, size_t size)
{
	const struct sockaddr *sa = MHD_get_connection_info(connection,
	    MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
	socklen_t len = sa->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) :
	    sizeof(struct sockaddr_in);

	*out = '\0';
	if (getnameinfo(sa, len, out, (socklen_t)size, NULL, 0, NI_NUMERICHOST) == 0 &&
	    strncmp(out, "::ffff:", 7) == 0 && strchr(out, '.'))
		memmove(out, out + 7, strlen(out + 7) + 1);
}

static void pin_of_client(struct MHD_Connection *connection, char pin[PIN_SIZE])
{
	const union MHD_ConnectionInfo *tls = MHD_get_connection_info(connection,
	    MHD_CONNECTION_INFO_GNUTLS_SESSION);

	*pin = '\0';
	if (tls && tls->tls_session)
		pin_of_peer(tls->tls_session, pin);
}

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 :
	    c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* %XX, and what stands for no byte of a text as it is. The library has made blanks of +. */
static const char *decoded(struct call *c, const char *s)
{
	struct argument *a = mem_zero(1, sizeof *a + strlen(s) + 1);
	char *out = a->value;

	a->next = c->arguments;
	c->arguments = a;
	for (; *s; s++) {
		int high = *s == '%' ? digit(s[1]) : -1, low = high < 0 ? -1 : digit(s[2]);
		int byte = low < 0 ? 0 : high << 4 | low;

		*out++ = byte ? (char)byte : *s;
		s += byte ? 2 : 0;
	}
	return a->value;
}

const char *server_argument(const struct server_request *q, const char *name)
{
	struct call *c = q->connection;
	const char *value;

	if (MHD_lookup_connection_value_n(c->connection, MHD_GET_ARGUMENT_KIND, name,
	    strlen(name), &value, NULL) != MHD_YES)
		return NULL;
	return !value ? "" : strchr(value, '%') ? decoded(c, value) : value;
}

static void forget_arguments(struct call *c)
{
	struct argument *a;

	while ((a = c->arguments)) {
		c->arguments = a->next;
		free(a);
	}
}

/* With only its headers: may it go on? With all of it: what is the answer? */
static bool consult(struct call *c, struct MHD_Connection *connection,
    const char *method, const char *path, bool whole, struct server_reply *r)
{
	const char *if_match = MHD_lookup_connection_value(connection,
	    MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_MATCH);
	const char *claim = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
	    SERVER_USER);
	char pin[PIN_SIZE], user[100];
	char from[INET6_ADDRSTRLEN + 20], *role, *password = NULL;
	struct server_request q = { .method = method, .path = path, .from = from,
		.connection = c };
	struct server *s = c->server;
	bool may = true;

	c->connection = connection;
	address_of(connection, from, sizeof from);
	pin_of_client(connection, pin);
	text_show(user, sizeof user, claim ? claim : "");
	q.pin = pin;
	q.user = user;
	role = MHD_basic_auth_get_username_password(connection, &password);
	q.if_match = if_match ? if_match : "";
	q.role = role && password ? role : "";
	q.password = role && password ? password : "";
	q.body = c->body.s ? c->body.s : "";
	q.body_len = c->body.len;
	if (whole)
		s->handler(&q, r, s->arg);
	else if (s->admit)
		may = s->admit(&q, &c->limit, r, s->arg);
	if (password)
		explicit_bzero(password, strlen(password));
	MHD_free(password);
	MHD_free(role);
	forget_arguments(c);
	return may;
}

static enum MHD_Result handle(struct call *c, struct MHD_Connection *connection,
    const char *method, const char *path)
{
	struct server_reply r = { 0 };

	consult(c, connection, method, path, true, &r);
	return answer(c, connection, &r);
}

static void forget_body(struct call *c)
{
	c->server->held -= c->body.len;
	text_done(&c->body);
}

static void take(struct call *c, const char *bytes, size_t n)
{
	struct server *s = c->server;

	c->received += n;
	patience(c->link, c->link->since, c->received);
	if (!c->refused && c->received > c->limit)
		c->refused = 413;
	if (!c->refused && s->held + n > s->max_body * BODIES_AT_ONCE)
		c->refused = 503;
	if (c->refused) {
		forget_body(c);
		return;
	}
	text_add_len(&c->body, bytes, n);
	s->held += n;
}

/*
 * A body that is announced as too long, or that nobody may send, is refused
 * before it comes. Only who sends without asking is heard to the end, if that
 * is near: an answer to somebody who is still talking is lost with the
 * connection.
 */
static enum MHD_Result begin(struct call *c, struct MHD_Connection *connection,
    const char *method, const char *path)
{
	const char *length = MHD_lookup_connection_value(connection,
	    MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
	unsigned long long n = length ? strtoull(length, NULL, 10) : 0;
	bool comes = n > 0 || MHD_lookup_connection_value(connection,
	    MHD_HEADER_KIND, MHD_HTTP_HEADER_TRANSFER_ENCODING);

	patience(c->link, loop_now(), 0);
	c->link->idle = false;
	c->limit = c->server->max_body;
	c->most = SWALLOWED;
	if (n > c->limit) {
		c->refused = 413;
		c->most += c->limit;
	} else if (comes && !consult(c, connection, method, path, false,
	    &c->refusal)) {
		c->refused = c->refusal.status;
	} else if (comes) {
		c->refused = n > c->limit ? 413 : 0;
		c->link->admitted = !c->refused;
		c->most += c->limit;
	}
	if (c->refused && (n > c->most || MHD_lookup_connection_value(
	    connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_EXPECT)))
		return refuse(c, connection);
	return MHD_YES;
}

/* Called with the headers, then with each piece of the body, then at its end. */
static enum MHD_Result requested(void *arg, struct MHD_Connection *connection,
    const char *path, const char *method, const char *version,
    const char *bytes, size_t *len, void **state)
{
	struct server *s = arg;
	struct call *c = *state;

	(void)version;
	s->eager = 0;
	if (!c) {
		c = *state = mem_new(struct call);
		c->server = s;
		c->link = link_of(connection);
		return begin(c, connection, method, path);
	}
	if (*len > 0) {
		take(c, bytes, *len);
		*len = 0;
		return c->received > c->most ? MHD_NO : MHD_YES;
	}
	return c->refused ? refuse(c, connection) :
	    handle(c, connection, method, path);
}

static void completed(void *arg, struct MHD_Connection *connection, void **state,
    enum MHD_RequestTerminationCode why)
{
	struct call *c = *state;

	(void)arg;
	(void)connection;
	(void)why;
	if (!c)
		return;
	patience(c->link, loop_now(), 0);	/* for the next request */
	c->link->admitted = false;
	c->link->idle = true;
	set_answering(c->link, false);
	forget_body(c);
	free(c->refusal.body);
	free(c);
	*state = NULL;
}

/*
 * Paths are compared, not opened: they stay as they were sent. The library asks here
 * for arguments, too: server_argument() decodes them.
 */
static size_t as_sent(void *arg, struct MHD_Connection *connection, char *s)
{
	(void)arg;
	(void)connection;
	return strlen(s);
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
	    MHD_USE_ERROR_LOG, 0, NULL, NULL, requested, s,
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
	    MHD_OPTION_UNESCAPE_CALLBACK, as_sent, NULL,
	    MHD_OPTION_NOTIFY_COMPLETED, completed, s,
	    MHD_OPTION_NOTIFY_CONNECTION, link_changed, e,
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
	s->sweep = loop_after(loop, 0, sweep, s);
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
