/* server-request - a request to amcd as it comes in; see https.h */
#include "peer/https.h"
#include "peer/trust.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
	SWALLOWED = 1024 * 1024,	/* of a body that is too long */
	BODIES_AT_ONCE = 4,		/* of max_body, in memory */
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
	return https_answer(connection, &r);
}

static enum MHD_Result refuse(struct call *c, struct MHD_Connection *connection)
{
	struct server_reply r = c->refusal;

	c->refusal = (struct server_reply){ 0 };
	if (r.status)
		return https_answer(connection, &r);
	if (c->refused == 413)
		server_refuse(&r, 413, _("the request is too long; at most %zu bytes are taken"),
		    c->limit);
	else
		server_refuse(&r, 503, _("too many requests at once; try again"));
	r.retry_after = c->refused == 413 ? 0 : 1;
	return https_answer(connection, &r);
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
	https_patience(c->link, c->link->since, c->received);
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

	https_patience(c->link, loop_now(), 0);
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

enum MHD_Result https_requested(void *arg, struct MHD_Connection *connection,
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
		c->link = https_link_of(connection);
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

void https_completed(void *arg, struct MHD_Connection *connection, void **state,
    enum MHD_RequestTerminationCode why)
{
	struct call *c = *state;

	(void)arg;
	(void)connection;
	(void)why;
	if (!c)
		return;
	https_patience(c->link, loop_now(), 0);	/* for the next request */
	c->link->admitted = false;
	c->link->idle = true;
	https_answering(c->link, false);
	forget_body(c);
	free(c->refusal.body);
	free(c);
	*state = NULL;
}

size_t https_as_sent(void *arg, struct MHD_Connection *connection, char *s)
{
	(void)arg;
	(void)connection;
	return strlen(s);
}
