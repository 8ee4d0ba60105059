/* multi - libcurl's transfers on the loop; see multi.h */
#include "peer/multi.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>

struct multi {
	struct loop *loop;
	CURLM *curl;
	struct watch *timer;
	bool *gone;		/* to tell check() that it was freed */
};

/* Whoever is told may free the multi: then this is over. */
static void check(struct multi *m)
{
	bool gone = false, *outer = m->gone;
	struct multi_transfer *t;
	CURLMsg *message;
	int left;

	m->gone = &gone;
	while (!gone && (message = curl_multi_info_read(m->curl, &left)))
		if (message->msg == CURLMSG_DONE && curl_easy_getinfo(message->easy_handle,
		    CURLINFO_PRIVATE, &t) == CURLE_OK)
			t->ended(t, message->data.result);
	if (!gone)
		m->gone = outer;
	else if (outer)
		*outer = true;
}

static void is_ready(int fd, unsigned ready, void *arg)
{
	struct multi_transfer *t = arg;
	struct multi *m = t->multi;
	int running;

	curl_multi_socket_action(m->curl, fd,
	    (ready & LOOP_READ ? CURL_CSELECT_IN : 0) |
	    (ready & LOOP_WRITE ? CURL_CSELECT_OUT : 0), &running);
	check(m);
}

/* libcurl says what to watch its socket for. */
static int on_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *known)
{
	struct multi *m = arg;
	struct multi_transfer *t = known;

	if (!t) {
		if (curl_easy_getinfo(easy, CURLINFO_PRIVATE, &t) != CURLE_OK || !t)
			return 0;
		curl_multi_assign(m->curl, fd, t);
	}
	loop_remove(t->ready);
	t->ready = NULL;
	t->fd = -1;
	if (what == CURL_POLL_REMOVE)
		return 0;
	t->fd = fd;
	t->ready = loop_fd(m->loop, fd,
	    (what & CURL_POLL_IN ? LOOP_READ : 0u) |
	    (what & CURL_POLL_OUT ? LOOP_WRITE : 0u), is_ready, t);
	return 0;
}

static int on_timer(CURLM *curl, long ms, void *arg)
{
	struct multi *m = arg;

	(void)curl;
	if (ms < 0)
		loop_pause(m->timer);
	else
		loop_again(m->timer, ms < 60000 ? (int)ms : 60000);
	return 0;
}

static void timed(void *arg)
{
	struct multi *m = arg;
	int running;

	curl_multi_socket_action(m->curl, CURL_SOCKET_TIMEOUT, 0, &running);
	check(m);
}

struct multi *multi_new(struct loop *loop, struct err *e)
{
	struct multi *m;
	CURLM *curl;

	if (!libcurl_load(e))
		return NULL;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !(curl = curl_multi_init())) {
		err_set(e, _("libcurl does not start"));
		return NULL;
	}
	m = mem_new(struct multi);
	m->loop = loop;
	m->curl = curl;
	m->timer = loop_after(loop, 0, timed, m);
	loop_pause(m->timer);
	curl_multi_setopt(curl, CURLMOPT_SOCKETFUNCTION, on_socket);
	curl_multi_setopt(curl, CURLMOPT_SOCKETDATA, m);
	curl_multi_setopt(curl, CURLMOPT_TIMERFUNCTION, on_timer);
	curl_multi_setopt(curl, CURLMOPT_TIMERDATA, m);
	return m;
}

void multi_free(struct multi *m)
{
	if (!m)
		return;
	if (m->gone)
		*m->gone = true;
	curl_multi_cleanup(m->curl);
	loop_remove(m->timer);
	curl_global_cleanup();
	free(m);
}

void multi_start(struct multi *m, struct multi_transfer *t, CURL *easy)
{
	t->multi = m;
	t->easy = easy;
	t->fd = -1;
	t->ready = NULL;
	curl_easy_setopt(easy, CURLOPT_PRIVATE, t);
	curl_multi_add_handle(m->curl, easy);
}

void multi_end(struct multi_transfer *t)
{
	if (!t->multi)
		return;
	curl_multi_remove_handle(t->multi->curl, t->easy);
	loop_remove(t->ready);
	t->ready = NULL;
	t->fd = -1;
	t->multi = NULL;
}

bool multi_is_connected(const struct multi_transfer *t)
{
	struct tcp_info info;
	socklen_t len = sizeof info;

	return t->multi && t->fd >= 0 &&
	    getsockopt(t->fd, IPPROTO_TCP, TCP_INFO, &info, &len) == 0 &&
	    info.tcpi_state != TCP_SYN_SENT && info.tcpi_state != TCP_CLOSE;
}
