/*
 * What the tests of peer/ share: a key, a loop, a server that answers with what
 * it was asked, a client, and what came of a request. For one program at a time:
 * all of it is static.
 */
#ifndef AMC_TESTS_PEER_H
#define AMC_TESTS_PEER_H

#include "peer/client.h"
#include "peer/server.h"
#include "peer/trust.h"
#include "base/mem.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { MAX_BODY = 300000, DEADLINE_MS = 30000 };

__attribute__((unused)) static const char other_pin[] = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
static char dir[] = "/tmp/amc-peer-XXXXXX";
static struct identity id;
static struct loop *loop;
static struct server *server;
static struct client *client;
static int handled;

/* What an exchange came to. */
struct outcome {
	int called, status, retry_after;
	struct text body;
	char etag[100], pin[PIN_SIZE], who[100];
	struct err e;
	bool ok;
};

static void came(const struct response *r, const struct err *e, void *arg)
{
	struct outcome *o = arg;

	o->called++;
	if (!r) {
		o->e = *e;
		return;
	}
	assert_null(e);
	o->status = r->status;
	o->retry_after = r->retry_after;
	text_add_len(&o->body, r->body, r->body_len);
	assert_int_equal(r->body[r->body_len], '\0');
	snprintf(o->etag, sizeof o->etag, "%s", r->etag);
	snprintf(o->pin, sizeof o->pin, "%s", r->pin);
	snprintf(o->who, sizeof o->who, "%s", r->who);
	o->ok = response_ok(r, &o->e);
}

__attribute__((unused)) static void await(struct outcome *o, int n)
{
	int64_t end = loop_now() + DEADLINE_MS;
	int i;

	for (i = 0; i < n; i++)
		while (!o[i].called && loop_now() < end)
			loop_once(loop, 100);
	for (i = 0; i < n; i++)
		assert_int_equal(o[i].called, 1);
}

__attribute__((unused)) static struct outcome ask(const struct request *q)
{
	struct outcome o = { 0 };
	struct err e;

	if (!client_ask(client, q, came, &o, &e))
		fail_msg("%s", e.text);
	assert_int_equal(o.called, 0);
	await(&o, 1);
	return o;
}

__attribute__((unused)) static struct request get(const char *path)
{
	return (struct request){ .method = "GET", .host = "127.0.0.1",
		.port = server_port(server), .path = path, .pin = id.pin };
}

__attribute__((unused)) static void says(struct outcome o, enum err_kind kind, const char *words)
{
	assert_false(o.ok);
	if (o.e.kind != kind || !strstr(o.e.text, words))
		fail_msg("kind %d, \"%s\" is not kind %d, \"%s\"", (int)o.e.kind,
		    o.e.text, (int)kind, words);
	text_done(&o.body);
}

/* Answers with what it was asked, or as the path wants it. */
static void handler(const struct server_request *q, struct server_reply *r, void *arg)
{
	struct text t = { 0 };

	(void)arg;
	handled++;
	if (strncmp(q->path, "/status/", 8) == 0) {
		server_refuse(r, atoi(q->path + 8), "so be \"it\"\n\x1b[2J");
		r->retry_after = r->status == 429 ? 7 : 0;
		return;
	}
	if (strcmp(q->path, "/who") == 0) {
		text_printf(&t, "pin %s user %s", q->pin, q->user);
		r->body_len = t.len;
		r->body = text_take(&t);
		r->status = 200;
		return;
	}
	if (strcmp(q->path, "/bare") == 0) {
		r->status = 409;
		return;
	}
	if (strcmp(q->path, "/big") == 0) {
		r->body_len = 20 * 1024 * 1024;
		r->body = mem_zero(r->body_len, 1);
		r->status = 200;
		return;
	}
	text_printf(&t, "%s %s from %s match %s role %s password %s body %zu ",
	    q->method, q->path, q->from, q->if_match, q->role, q->password,
	    q->body_len);
	text_add_len(&t, q->body, q->body_len < 20 ? q->body_len : 20);
	assert_int_equal(q->body[q->body_len], '\0');
	r->body_len = t.len;
	r->body = text_take(&t);
	r->status = 200;
	r->type = "text/plain";
	snprintf(r->etag, sizeof r->etag, "\"7-abc\"");
}

__attribute__((unused)) static struct server *start(const char *address, int connections, int timeout_s)
{
	struct server_settings set = { .address = address, .key_pem = id.key_pem,
		.cert_pem = id.cert_pem, .max_body = MAX_BODY,
		.max_connections = connections, .timeout_s = timeout_s };
	struct err e;
	struct server *s = server_new(loop, &set, handler, NULL, &e);

	if (!s)
		fail_msg("%s", e.text);
	return s;
}

__attribute__((unused)) static int set_up(void **state)
{
	struct err e;

	(void)state;
	handled = 0;
	loop = loop_new();
	server = start("127.0.0.1", 200, 20);
	client = client_new(loop, &e);
	return client ? 0 : -1;
}

__attribute__((unused)) static int tear_down(void **state)
{
	(void)state;
	client_free(client);
	server_free(server);
	loop_free(loop);
	return 0;
}

/* A listening socket of another program. */
__attribute__((unused)) static int listener(int *port, bool blocking)
{
	struct sockaddr_in sa = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof sa;
	int fd = socket(AF_INET, SOCK_STREAM | (blocking ? 0 : SOCK_NONBLOCK), 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&sa, len), 0);
	assert_int_equal(listen(fd, 10), 0);
	getsockname(fd, (struct sockaddr *)&sa, &len);
	*port = ntohs(sa.sin_port);
	return fd;
}

__attribute__((unused)) static gnutls_session_t session(unsigned flags, const char *priorities, int fd)
{
	static gnutls_certificate_credentials_t cred;
	static gnutls_session_t s;
	gnutls_datum_t key = { (unsigned char *)id.key_pem, (unsigned)strlen(id.key_pem) };
	gnutls_datum_t cert = { (unsigned char *)id.cert_pem, (unsigned)strlen(id.cert_pem) };

	gnutls_certificate_allocate_credentials(&cred);
	gnutls_certificate_set_x509_key_mem(cred, &cert, &key, GNUTLS_X509_FMT_PEM);
	gnutls_init(&s, flags);
	gnutls_priority_set_direct(s, priorities, NULL);
	gnutls_credentials_set(s, GNUTLS_CRD_CERTIFICATE, cred);
	gnutls_transport_set_int(s, fd);
	return s;
}

static int with_identity(void **state)
{
	struct err e;

	(void)state;
	/* no proxy of the environment is ever asked */
	setenv("https_proxy", "http://127.0.0.1:1", 1);
	setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
	return mkdtemp(dir) && identity_open(&id, dir, "t-peer", &e) ? 0 : -1;
}

static int without_identity(void **state)
{
	char *command = mem_printf("rm -rf '%s'", dir);
	int rc = system(command);

	(void)state;
	identity_done(&id);
	free(command);
	return rc;
}

#endif
