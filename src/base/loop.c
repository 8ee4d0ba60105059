/* loop - the one loop of a program; the door to libevent */
#include "base/loop.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"

#include <event2/dns.h>
#include <event2/event.h>
#include <event2/util.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { URGENT, ORDINARY, PRIORITIES };	/* 0 comes first */
enum { AT_ONCE = 8 };	/* ordinary callbacks before it is looked for urgent ones */

struct loop {
	struct event_base *base;
	struct evdns_base *dns;		/* made when first needed */
	struct timespec dns_files[2];	/* when those that it has read were changed */
	struct watch *watches;
};

struct watch {
	struct loop *loop;
	struct event *event;
	struct watch *next, **link;	/* all of a loop, to free them with it */
	loop_fn *fn;
	loop_fd_fn *fd_fn;
	void *arg;
};

/* libevent would write it to standard error: in the middle of the console's screen. */
static void said(int severity, const char *words)
{
	log_say(severity == EVENT_LOG_ERR ? LOG_LEVEL_ERROR : LOG_LEVEL_DEBUG,
	    "libevent: %s", words);
}

struct loop *loop_new(void)
{
	struct loop *l = mem_new(struct loop);
	struct event_config *c = event_config_new();

	event_set_log_callback(said);
	event_config_set_flag(c, EVENT_BASE_FLAG_NOLOCK);
	event_config_set_flag(c, EVENT_BASE_FLAG_PRECISE_TIMER);
	/* what is urgent waits for a few callbacks at most, however many are due */
	event_config_set_max_dispatch_interval(c, NULL, AT_ONCE, ORDINARY);
	l->base = event_base_new_with_config(c);
	event_config_free(c);
	if (!l->base || event_base_priority_init(l->base, PRIORITIES) < 0)
		abort();
	return l;
}

static void remove_all(struct loop *l)
{
	while (l->watches)
		loop_remove(l->watches);
}

void loop_free(struct loop *l)
{
	if (!l)
		return;
	remove_all(l);	/* who is due just now may have been freed by its owner's owner */
	if (l->dns)
		evdns_base_free(l->dns, 1);
	loop_once(l, 0);	/* what was being looked up hears that it is over */
	remove_all(l);
	event_base_free(l->base);
	free(l);
}

void loop_run(struct loop *l)
{
	event_base_loop(l->base, EVLOOP_NO_EXIT_ON_EMPTY);
}

static void nothing(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
}

void loop_once(struct loop *l, int ms)
{
	struct timeval tv = { ms / 1000, ms % 1000 * 1000 };
	struct event *limit = NULL;

	if (ms > 0) {
		limit = evtimer_new(l->base, nothing, NULL);
		evtimer_add(limit, &tv);
	}
	event_base_loop(l->base, EVLOOP_ONCE | EVLOOP_NO_EXIT_ON_EMPTY |
	    (ms == 0 ? EVLOOP_NONBLOCK : 0));
	if (limit)
		event_free(limit);
}

void loop_stop(struct loop *l)
{
	event_base_loopbreak(l->base);
}

int64_t loop_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * INT64_C(1000) + ts.tv_nsec / 1000000;
}

static void fired(evutil_socket_t fd, short what, void *arg)
{
	struct watch *w = arg;

	if (w->fd_fn)
		w->fd_fn(fd, (what & EV_READ ? LOOP_READ : 0u) |
		    (what & EV_WRITE ? LOOP_WRITE : 0u), w->arg);
	else
		w->fn(w->arg);
}

static struct watch *add(struct loop *l, int fd, short what, void *arg)
{
	struct watch *w = mem_new(struct watch);

	w->loop = l;
	w->arg = arg;
	w->event = event_new(l->base, fd, what, fired, w);
	event_priority_set(w->event, ORDINARY);
	w->next = l->watches;
	w->link = &l->watches;
	if (w->next)
		w->next->link = &w->next;
	l->watches = w;
	return w;
}

struct watch *loop_fd(struct loop *l, int fd, unsigned events, loop_fd_fn *fn,
    void *arg)
{
	struct watch *w = add(l, fd, (short)(EV_PERSIST |
	    (events & LOOP_READ ? EV_READ : 0) |
	    (events & LOOP_WRITE ? EV_WRITE : 0)), arg);

	w->fd_fn = fn;
	event_add(w->event, NULL);
	return w;
}

void loop_first(struct watch *w)
{
	event_del(w->event);
	event_priority_set(w->event, URGENT);
	event_add(w->event, NULL);
}

struct watch *loop_after(struct loop *l, int ms, loop_fn *fn, void *arg)
{
	struct watch *w = add(l, -1, 0, arg);

	w->fn = fn;
	loop_again(w, ms);
	return w;
}

void loop_again(struct watch *w, int ms)
{
	struct timeval tv = { ms / 1000, ms % 1000 * 1000 };

	event_add(w->event, &tv);
}

void loop_pause(struct watch *w)
{
	event_del(w->event);
}

struct watch *loop_signal(struct loop *l, int signo, loop_fn *fn, void *arg)
{
	struct watch *w = add(l, signo, EV_SIGNAL | EV_PERSIST, arg);

	w->fn = fn;
	event_add(w->event, NULL);
	return w;
}

void loop_remove(struct watch *w)
{
	if (!w)
		return;
	*w->link = w->next;
	if (w->next)
		w->next->link = w->link;
	event_free(w->event);
	free(w);
}

struct lookup {
	struct loop *loop;
	char *host;
	loop_resolved *done;
	void *arg;
	struct watch *soon;	/* the answer is there already, told from the loop */
	char address[NI_MAXHOST];	/* "" while there is none */
	struct err err;
	bool asking;		/* evdns holds us: it will call resolved() */
	bool cancelled;
};

static void lookup_free(struct lookup *l)
{
	loop_remove(l->soon);
	free(l->host);
	free(l);
}

static void tell(void *arg)
{
	struct lookup *l = arg;

	l->done(*l->address ? l->address : NULL, &l->err, l->arg);
	lookup_free(l);
}

static const char *why_not(int result)
{
	if (result == EVUTIL_EAI_NONAME || result == EVUTIL_EAI_NODATA)
		return _("this name is not known; check it, and what resolv.conf and hosts say");
	if (result == EVUTIL_EAI_FAIL || result == EVUTIL_EAI_AGAIN)
		return _("the name servers of resolv.conf give no answer; check them, and the network");
	return result ? evutil_gai_strerror(result) : _("has no address");
}

static void resolved(int result, struct evutil_addrinfo *list, void *arg)
{
	struct lookup *l = arg;

	if (result || !list || getnameinfo(list->ai_addr, list->ai_addrlen,
	    l->address, sizeof l->address, NULL, 0, NI_NUMERICHOST))
		err_kind(&l->err, ERR_UNREACHABLE, "%s: %s", l->host, why_not(result));
	if (list)
		evutil_freeaddrinfo(list);
	l->asking = false;
	if (l->cancelled)
		lookup_free(l);
	else	/* evdns may call us at once: the caller has not got l yet */
		l->soon = loop_after(l->loop, 0, tell, l);
}

bool loop_is_address(const char *host)
{
	struct addrinfo hints = { .ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICHOST };
	struct addrinfo *list = NULL;
	bool is = getaddrinfo(host, NULL, &hints, &list) == 0;

	if (list)
		freeaddrinfo(list);
	return is;
}

/* evdns reads these files once; a console runs for weeks. */
static bool files_changed(struct loop *l)
{
	static const char *const files[] = { "/etc/resolv.conf", "/etc/hosts" };
	bool changed = false;

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct stat st = { .st_mode = 0 };

		stat(files[i], &st);
		changed = changed || st.st_mtim.tv_sec != l->dns_files[i].tv_sec ||
		    st.st_mtim.tv_nsec != l->dns_files[i].tv_nsec;
		l->dns_files[i] = st.st_mtim;
	}
	return changed;
}

static void dns_prepare(struct loop *l)
{
	bool changed = files_changed(l);

	if (l->dns && !changed)
		return;
	if (!l->dns)
		l->dns = evdns_base_new(l->base, EVDNS_BASE_DISABLE_WHEN_INACTIVE);
	evdns_base_clear_nameservers_and_suspend(l->dns);
	evdns_base_clear_host_addresses(l->dns);
	/* a silent server is told of while somebody still waits; resolv.conf may say otherwise */
	evdns_base_set_option(l->dns, "timeout", "2");
	evdns_base_set_option(l->dns, "attempts", "2");
	/* what it cannot read it replaces by the usual: a server on this host */
	evdns_base_resolv_conf_parse(l->dns, DNS_OPTIONS_ALL & ~DNS_OPTION_HOSTSFILE,
	    "/etc/resolv.conf");
	evdns_base_load_hosts(l->dns, "/etc/hosts");
	evdns_base_resume(l->dns);
}

struct lookup *loop_resolve(struct loop *loop, const char *host,
    loop_resolved *done, void *arg)
{
	struct evutil_addrinfo hints = { .ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_DGRAM, .ai_flags = EVUTIL_AI_ADDRCONFIG };
	struct lookup *l = mem_new(struct lookup);

	l->loop = loop;
	l->host = mem_dup(host);
	l->done = done;
	l->arg = arg;
	if (strlen(host) < sizeof l->address && loop_is_address(host)) {
		strcpy(l->address, host);
		l->soon = loop_after(loop, 0, tell, l);
		return l;
	}
	dns_prepare(loop);
	l->asking = true;
	evdns_getaddrinfo(loop->dns, host, NULL, &hints, resolved, l);
	return l;
}

void loop_resolve_cancel(struct lookup *l)
{
	if (!l)
		return;
	if (l->asking)
		l->cancelled = true;
	else
		lookup_free(l);
}
