/* client - requests to an amcd, without waiting; the door to libcurl; see client.h */
#include "peer/client.h"
#include "peer/failure.h"
#include "peer/request.h"
#include "peer/server.h"
#include "peer/trust.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <curl/curl.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "peer/client-lazy.h"

enum {
	BODY_MAX = 64 * 1024 * 1024,
	HEADERS_MAX = 64 * 1024,
	ASK_FIRST = 64 * 1024,		/* a longer body waits for "100 Continue" */
};

struct client {
	struct loop *loop;
	CURLM *multi;
	struct watch *timer;
	struct exchange *all;
	bool *gone;		/* to tell check() that the client was freed */
	char *key_path, *cert_path, *user;	/* NULL: none */
};

struct exchange {
	struct client *client;
	struct exchange *next, **link;
	client_done *done;
	void *arg;

	struct asked asked;
	struct watch *limit;
	struct lookup *lookup;
	CURL *easy;
	struct curl_slist *headers;
	int fd;			/* its socket, -1 if none */
	struct watch *ready;
	int first;		/* see failure.h */
	bool ending;

	struct text got;
	size_t header_len;
	char etag[200];
	int retry_after;
};

static void check(struct client *);

/* Off the client's list, the loop and libcurl: nothing will call it any more. */
static void detach(struct exchange *x)
{
	*x->link = x->next;
	if (x->next)
		x->next->link = x->link;
	loop_remove(x->limit);
	loop_resolve_cancel(x->lookup);
	if (x->easy) {
		curl_multi_remove_handle(x->client->multi, x->easy);
		curl_easy_cleanup(x->easy);
	}
	loop_remove(x->ready);
	curl_slist_free_all(x->headers);
}

static void exchange_free(struct exchange *x)
{
	asked_done(&x->asked);
	text_done(&x->got);
	free(x);
}

/*
 * Tells the one who asked, and forgets the exchange. Nothing of the client may
 * be touched afterwards: it may be gone.
 */
static void finish(struct exchange *x, const struct response *r,
    const struct err *e)
{
	detach(x);
	x->ending = true;
	x->done(r, e, x->arg);
	exchange_free(x);
}

/* The pin of the key that the server showed, also when it was refused. */
static void shown_pin(struct exchange *x, char pin[PIN_SIZE])
{
	struct curl_certinfo *info = NULL;
	struct curl_slist *line;

	*pin = '\0';
	if (curl_easy_getinfo(x->easy, CURLINFO_CERTINFO, &info) != CURLE_OK ||
	    !info || info->num_of_certs < 1)
		return;
	for (line = info->certinfo[0]; line; line = line->next)
		if (strncmp(line->data, "Cert:", 5) == 0 &&
		    !pin_of_cert(line->data + 5, pin, NULL))
			*pin = '\0';
}

/* The system knows it surely; libcurl tells it differently from version to version. */
static bool is_connected(const struct exchange *x)
{
	struct tcp_info info;
	socklen_t len = sizeof info;

	return x->fd >= 0 &&
	    getsockopt(x->fd, IPPROTO_TCP, TCP_INFO, &info, &len) == 0 &&
	    info.tcpi_state != TCP_SYN_SENT && info.tcpi_state != TCP_CLOSE;
}

static bool has_tls(struct exchange *x)
{
	curl_off_t us = 0;

	return curl_easy_getinfo(x->easy, CURLINFO_APPCONNECT_TIME_T, &us) ==
	    CURLE_OK && us > 0;
}

static void fail(struct exchange *x, enum failure failure, CURLcode code)
{
	char shown[PIN_SIZE] = "";
	struct circumstances c = { .who = x->asked.who, .first = x->first,
		.seconds = x->asked.timeout_ms / 1000.0, .shown = shown,
		.pinned = x->asked.pin, .detail = curl_easy_strerror(code) };
	struct err e;
	long os_error = 0;

	if (x->easy) {
		curl_easy_getinfo(x->easy, CURLINFO_OS_ERRNO, &os_error);
		c.os_error = (int)os_error;
		shown_pin(x, shown);
	}
	failure_words(failure, &c, &e);
	finish(x, NULL, &e);
}

static enum failure failure_of(struct exchange *x, CURLcode code)
{
	switch (code) {
	case CURLE_COULDNT_CONNECT:
		return FAILURE_NO_CONNECTION;
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
		return FAILURE_KEY;
	case CURLE_WRITE_ERROR:		/* we took no more */
		return FAILURE_TOO_LONG;
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_WEIRD_SERVER_REPLY:
		return FAILURE_NO_HTTP;
	case CURLE_SSL_CONNECT_ERROR:
		return FAILURE_NO_TLS;
	case CURLE_GOT_NOTHING:
	case CURLE_PARTIAL_FILE:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
		return has_tls(x) ? FAILURE_CUT_OFF : FAILURE_NO_TLS;
	default:
		return FAILURE_OTHER;
	}
}

static void out_of_time(void *arg)
{
	struct exchange *x = arg;

	fail(x, x->lookup ? FAILURE_NO_NAME : !is_connected(x) ? FAILURE_AWAY :
	    x->header_len == 0 ? FAILURE_SILENT : FAILURE_SLOW,
	    CURLE_OPERATION_TIMEDOUT);
}

static void ended(struct exchange *x, CURLcode code)
{
	struct response r = { 0 };
	char pin[PIN_SIZE];
	long status = 0;

	if (code != CURLE_OK) {
		fail(x, failure_of(x, code), code);
		return;
	}
	curl_easy_getinfo(x->easy, CURLINFO_RESPONSE_CODE, &status);
	shown_pin(x, pin);
	r.status = (int)status;
	r.body = x->got.s ? x->got.s : "";
	r.body_len = x->got.len;
	r.etag = x->etag;
	r.pin = pin;
	r.who = x->asked.who;
	r.retry_after = x->retry_after;
	finish(x, &r, NULL);
}

static size_t on_body(char *bytes, size_t size, size_t n, void *arg)
{
	struct exchange *x = arg;

	n *= size;
	if (x->got.len + n > BODY_MAX)
		return 0;
	text_add_len(&x->got, bytes, n);
	return n;
}

static size_t on_header(char *line, size_t size, size_t n, void *arg)
{
	struct exchange *x = arg;
	char number[20];

	n *= size;
	x->header_len += n;
	if (x->header_len > HEADERS_MAX)
		return 0;
	if (n > 5 && memcmp(line, "HTTP/", 5) == 0) {
		/* after a "100 Continue" comes another */
		*x->etag = '\0';
		x->retry_after = 0;
	}
	header_value(line, n, "ETag", x->etag, sizeof x->etag);
	if (header_value(line, n, "Retry-After", number, sizeof number))
		x->retry_after = atoi(number) > 0 ? atoi(number) : 0;
	return n;
}

static void header(struct exchange *x, const char *name, const char *value)
{
	char *line = mem_printf(*value ? "%s: %s" : "%s:", name, value);
	struct curl_slist *longer = curl_slist_append(x->headers, line);

	if (!longer)
		abort();
	x->headers = longer;
	free(line);
}

static void set_headers(struct exchange *x, const char *address)
{
	char *host;

	if (strcmp(address, x->asked.host) != 0) {
		host = mem_printf("%s:%d", x->asked.host, x->asked.port);
		header(x, "Host", host);
		free(host);
	}
	if (x->client->user)
		header(x, SERVER_USER, x->client->user);
	if (x->asked.if_match)
		header(x, "If-Match", x->asked.if_match);
	if (x->asked.body) {
		header(x, "Content-Type", "application/octet-stream");
		header(x, "Expect", x->asked.body_len > ASK_FIRST ? "100-continue" : "");
	}
	curl_easy_setopt(x->easy, CURLOPT_HTTPHEADER, x->headers);
}

/* The address is numeric: libcurl looks nothing up, which would block or start a thread. */
static void set_options(struct exchange *x, const char *address)
{
	CURL *h = x->easy;
	char *url = asked_url(&x->asked, address), *pins;

	curl_easy_setopt(h, CURLOPT_URL, url);
	free(url);
	curl_easy_setopt(h, CURLOPT_PRIVATE, x);
	curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	/* addresses come resolved; libcurl would search a long list of them each time */
	curl_easy_setopt(h, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
	curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(h, CURLOPT_PROXY, "");		/* none, whatever the environment says */
	curl_easy_setopt(h, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(h, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(h, CURLOPT_USERAGENT, "amc");
	/* each connection shows its key: none is taken up again, nor is a session */
	curl_easy_setopt(h, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(h, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(h, CURLOPT_SSL_SESSIONID_CACHE, 0L);
	curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_3);
	curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 0L);	/* the pin does it */
	curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 0L);
	curl_easy_setopt(h, CURLOPT_CAINFO, NULL);
	curl_easy_setopt(h, CURLOPT_CAPATH, NULL);
	curl_easy_setopt(h, CURLOPT_CERTINFO, 1L);
	if (*x->asked.pin) {
		pins = mem_printf(*x->asked.pin_next ? "%s;%s" : "%s", x->asked.pin,
		    x->asked.pin_next);
		curl_easy_setopt(h, CURLOPT_PINNEDPUBLICKEY, pins);
		free(pins);
	}
	if (x->client->key_path) {
		curl_easy_setopt(h, CURLOPT_SSLKEY, x->client->key_path);
		curl_easy_setopt(h, CURLOPT_SSLCERT, x->client->cert_path);
	}
	if (x->asked.password) {
		curl_easy_setopt(h, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
		curl_easy_setopt(h, CURLOPT_USERNAME, x->asked.role ? x->asked.role : "");
		curl_easy_setopt(h, CURLOPT_PASSWORD, x->asked.password);
	}
	if (x->asked.body) {
		curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)x->asked.body_len);
		curl_easy_setopt(h, CURLOPT_POSTFIELDS, x->asked.body);
	}
	if (strcmp(x->asked.method, "HEAD") == 0)
		curl_easy_setopt(h, CURLOPT_NOBODY, 1L);
	curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, x->asked.method);
	curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(h, CURLOPT_WRITEDATA, x);
	curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(h, CURLOPT_HEADERDATA, x);
	set_headers(x, address);
}

static void found(const char *address, const struct err *e, void *arg)
{
	struct exchange *x = arg;

	x->lookup = NULL;
	if (!address) {
		finish(x, NULL, e);
		return;
	}
	x->easy = curl_easy_init();
	if (!x->easy)
		abort();
	set_options(x, address);
	curl_multi_add_handle(x->client->multi, x->easy);
}

static void is_ready(int fd, unsigned ready, void *arg)
{
	struct exchange *x = arg;
	struct client *c = x->client;
	unsigned char byte;
	int running;

	/* only once connected: a look takes away the error of a failed connect */
	if (x->first == FIRST_UNKNOWN && ready & LOOP_READ &&
	    is_connected(x)) {
		ssize_t n = recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);

		if (n >= 0)
			x->first = n ? byte : FIRST_END;
		else if (errno == ECONNRESET)
			x->first = FIRST_END;
	}
	curl_multi_socket_action(c->multi, fd,
	    (ready & LOOP_READ ? CURL_CSELECT_IN : 0) |
	    (ready & LOOP_WRITE ? CURL_CSELECT_OUT : 0), &running);
	check(c);
}

/* libcurl says what to watch its socket for. */
static int on_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *known)
{
	struct client *c = arg;
	struct exchange *x = known;

	if (!x) {
		if (curl_easy_getinfo(easy, CURLINFO_PRIVATE, &x) != CURLE_OK || !x)
			return 0;
		curl_multi_assign(c->multi, fd, x);
	}
	loop_remove(x->ready);
	x->ready = NULL;
	x->fd = -1;
	if (what == CURL_POLL_REMOVE)
		return 0;
	x->fd = fd;
	x->ready = loop_fd(c->loop, fd,
	    (what & CURL_POLL_IN ? LOOP_READ : 0u) |
	    (what & CURL_POLL_OUT ? LOOP_WRITE : 0u), is_ready, x);
	return 0;
}

static int on_timer(CURLM *multi, long ms, void *arg)
{
	struct client *c = arg;

	(void)multi;
	if (ms < 0)
		loop_pause(c->timer);
	else
		loop_again(c->timer, ms < 60000 ? (int)ms : 60000);
	return 0;
}

static void timed(void *arg)
{
	struct client *c = arg;
	int running;

	curl_multi_socket_action(c->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	check(c);
}

/* Whoever is told may free the client: then this is over. */
static void check(struct client *c)
{
	bool gone = false, *outer = c->gone;
	struct exchange *x;
	CURLMsg *m;
	int left;

	c->gone = &gone;
	while (!gone && (m = curl_multi_info_read(c->multi, &left)))
		if (m->msg == CURLMSG_DONE && curl_easy_getinfo(m->easy_handle,
		    CURLINFO_PRIVATE, &x) == CURLE_OK)
			ended(x, m->data.result);
	if (!gone)
		c->gone = outer;
	else if (outer)
		*outer = true;
}

struct client *client_new(struct loop *loop, struct err *e)
{
	struct client *c;
	CURLM *multi;

	if (!libcurl_load(e))
		return NULL;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	    !(multi = curl_multi_init())) {
		err_set(e, _("libcurl does not start"));
		return NULL;
	}
	c = mem_new(struct client);
	c->loop = loop;
	c->multi = multi;
	c->timer = loop_after(loop, 0, timed, c);
	loop_pause(c->timer);
	curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, c);
	curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
	curl_multi_setopt(multi, CURLMOPT_TIMERDATA, c);
	return c;
}

void client_free(struct client *c)
{
	if (!c)
		return;
	if (c->gone)
		*c->gone = true;
	while (c->all)
		client_cancel(c->all);
	curl_multi_cleanup(c->multi);
	loop_remove(c->timer);
	curl_global_cleanup();
	client_identify(c, NULL, NULL);
	free(c->user);
	free(c);
}

void client_identify(struct client *c, const char *key_path, const char *cert_path)
{
	free(c->key_path);
	free(c->cert_path);
	c->key_path = key_path ? mem_dup(key_path) : NULL;
	c->cert_path = key_path ? mem_dup(cert_path) : NULL;
}

void client_user(struct client *c, const char *name)
{
	char shown[64];

	text_show(shown, sizeof shown, name);
	free(c->user);
	c->user = *shown ? mem_dup(shown) : NULL;
}

struct exchange *client_ask(struct client *c, const struct request *q,
    client_done *done, void *arg, struct err *e)
{
	struct exchange *x = mem_new(struct exchange);

	if (!asked_copy(&x->asked, q, e)) {
		free(x);
		return NULL;
	}
	x->client = c;
	x->done = done;
	x->arg = arg;
	x->first = FIRST_UNKNOWN;
	x->fd = -1;
	x->link = &c->all;
	x->next = c->all;
	if (x->next)
		x->next->link = &x->next;
	c->all = x;
	x->limit = loop_after(c->loop, x->asked.timeout_ms, out_of_time, x);
	x->lookup = loop_resolve(c->loop, x->asked.host, found, x);
	return x;
}

void client_cancel(struct exchange *x)
{
	if (!x || x->ending)	/* its done function is running: it ends anyway */
		return;
	detach(x);
	exchange_free(x);
}
