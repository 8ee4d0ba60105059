/* tls - a TLS 1.3 connection to a server; a door to GnuTLS; see tls.h */
#include "peer/tls.h"
#include "peer/failure.h"
#include "peer/trust.h"
#include "base/mem.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "peer/tls-lazy.h"

struct tls {
	int fd, os_error, code;		/* code: of GnuTLS, what failed last; 0: nothing */
	int first;
	gnutls_session_t session;
	gnutls_certificate_credentials_t credentials;
	bool connected, shaken;
	char *key_path, *cert_path;	/* NULL: none */
	char pin[PIN_SIZE];
};

bool tls_load(struct err *e)
{
	return libgnutls_load(e);
}

/* GnuTLS gets its bytes here, so that the first of them is known. */
static ssize_t pull(gnutls_transport_ptr_t arg, void *bytes, size_t len)
{
	struct tls *t = arg;
	ssize_t n = recv(t->fd, bytes, len, 0);

	if (t->first == FIRST_UNKNOWN && n > 0)
		t->first = *(unsigned char *)bytes;
	else if (t->first == FIRST_UNKNOWN && (n == 0 || errno == ECONNRESET))
		t->first = FIRST_END;
	return n;
}

/* All that is to be said at once, so that it goes in as few packets as can be. */
static ssize_t push(gnutls_transport_ptr_t arg, const giovec_t *pieces, int n)
{
	struct msghdr all = { .msg_iov = (struct iovec *)pieces, .msg_iovlen = (size_t)n };

	return sendmsg(((struct tls *)arg)->fd, &all, MSG_NOSIGNAL);
}

static bool failed(struct tls *t, int code)
{
	t->code = code;
	return false;
}

/* Only when there is somebody: of many terminals most may be silent. */
static bool set_up(struct tls *t)
{
	int rc;

	if ((rc = gnutls_certificate_allocate_credentials(&t->credentials)) < 0)
		return failed(t, rc);
	if (t->key_path && (rc = gnutls_certificate_set_x509_key_file(t->credentials,
	    t->cert_path, t->key_path, GNUTLS_X509_FMT_PEM)) < 0)
		return failed(t, rc);
	/* no session is taken up again, and it proves itself whatever authorities are asked for */
	if ((rc = gnutls_init(&t->session, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_TICKETS |
	    GNUTLS_FORCE_CLIENT_CERT | GNUTLS_KEY_SHARE_TOP)) < 0 ||
	    (rc = gnutls_priority_set_direct(t->session, TLS_PRIORITIES, NULL)) < 0 ||
	    (rc = gnutls_credentials_set(t->session, GNUTLS_CRD_CERTIFICATE, t->credentials)) < 0)
		return failed(t, rc);
	gnutls_transport_set_ptr(t->session, t);
	gnutls_transport_set_pull_function(t->session, pull);
	gnutls_transport_set_vec_push_function(t->session, push);
	gnutls_handshake_set_timeout(t->session, 0);	/* the caller has its own */
	return true;
}

static int begin(const char *address, int port)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM }, *list;
	char service[20];
	int fd, on = 1, saved;

	snprintf(service, sizeof service, "%d", port);
	if (getaddrinfo(address, service, &hints, &list) != 0) {
		errno = EINVAL;
		return -1;
	}
	fd = socket(list->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd >= 0) {
		/* a request must not wait until the end of the handshake is acknowledged */
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
		if (connect(fd, list->ai_addr, list->ai_addrlen) < 0 && errno != EINPROGRESS) {
			saved = errno;
			close(fd);
			errno = saved;
			fd = -1;
		}
	}
	freeaddrinfo(list);
	return fd;
}

struct tls *tls_connect(const char *address, int port, const char *key_path,
    const char *cert_path)
{
	struct tls *t = mem_new(struct tls);

	t->first = FIRST_UNKNOWN;
	t->fd = begin(address, port);
	if (t->fd < 0)
		t->os_error = errno;
	t->key_path = key_path ? mem_dup(key_path) : NULL;
	t->cert_path = key_path ? mem_dup(cert_path) : NULL;
	return t;
}

void tls_free(struct tls *t)
{
	if (!t)
		return;
	if (t->shaken)
		gnutls_bye(t->session, GNUTLS_SHUT_WR);
	if (t->session)
		gnutls_deinit(t->session);
	if (t->credentials)
		gnutls_certificate_free_credentials(t->credentials);
	if (t->fd >= 0)
		close(t->fd);
	free(t->key_path);
	free(t->cert_path);
	free(t);
}

bool tls_is_connected(const struct tls *t)
{
	struct sockaddr_storage ss;
	socklen_t len = sizeof ss;

	return t->connected || (t->fd >= 0 &&
	    getpeername(t->fd, (struct sockaddr *)&ss, &len) == 0);
}

static enum tls_step connected(struct tls *t)
{
	socklen_t len = sizeof t->os_error;

	if (t->fd < 0)
		return TLS_FAILED;
	t->connected = tls_is_connected(t);
	if (t->connected)
		return TLS_DONE;
	getsockopt(t->fd, SOL_SOCKET, SO_ERROR, &t->os_error, &len);
	return t->os_error ? TLS_FAILED : TLS_WAITS_WRITE;
}

/* What a call of GnuTLS has come to that has not done what it should. */
static enum tls_step step_of(struct tls *t, int code)
{
	if (code == GNUTLS_E_AGAIN)
		return gnutls_record_get_direction(t->session) ? TLS_WAITS_WRITE : TLS_WAITS_READ;
	t->code = code;
	return TLS_FAILED;
}

enum tls_step tls_shake(struct tls *t)
{
	enum tls_step step = connected(t);
	int rc;

	if (step != TLS_DONE)
		return step;
	if (t->code || (!t->session && !set_up(t)))
		return TLS_FAILED;
	while ((rc = gnutls_handshake(t->session)) < 0 && rc != GNUTLS_E_AGAIN &&
	    !gnutls_error_is_fatal(rc))
		;
	if (rc < 0)
		return step_of(t, rc);
	t->shaken = true;
	pin_of_peer(t->session, t->pin);
	return TLS_DONE;
}

enum tls_step tls_write(struct tls *t, const char *bytes, size_t len, size_t *n)
{
	ssize_t rc;

	while ((rc = gnutls_record_send(t->session, bytes, len)) == GNUTLS_E_INTERRUPTED)
		;
	*n = rc > 0 ? (size_t)rc : 0;
	return rc >= 0 ? TLS_DONE : step_of(t, (int)rc);
}

enum tls_step tls_read(struct tls *t, char *bytes, size_t size, size_t *n)
{
	ssize_t rc;

	while ((rc = gnutls_record_recv(t->session, bytes, size)) < 0 && rc != GNUTLS_E_AGAIN &&
	    !gnutls_error_is_fatal((int)rc))
		;
	*n = rc > 0 ? (size_t)rc : 0;
	return rc > 0 ? TLS_DONE : rc == 0 ? TLS_ENDED : step_of(t, (int)rc);
}

int tls_fd(const struct tls *t)
{
	return t->fd;
}

const char *tls_pin(const struct tls *t)
{
	return t->pin;
}

int tls_first(const struct tls *t)
{
	return t->first;
}

int tls_os_error(const struct tls *t)
{
	return t->os_error;
}

const char *tls_words(const struct tls *t)
{
	return gnutls_strerror(t->code);
}
