/* life - amcd from its start to its end; see life.h */
#include "app/life.h"
#include "app/bulletin.h"
#include "base/log.h"
#include "base/systemd.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { INHERITED = 8, LOOK_MS = 10000 };

struct life {
	struct loop *loop;
	struct service *service;
	struct service_settings *settings;
	int listener;			/* what systemd keeps of us */
	int watchdog_ms;
	struct watch *pulse, *look;
	char told[200];			/* the status line */
	bool ending, succeeded;		/* succeeded: by ourselves */
};

/*
 * The watchdog is fed by a timer among all others: a loop that hangs in a callback,
 * or does not come round to its timers, lets it starve.
 */
static void feed(void *arg)
{
	struct life *l = arg;

	systemd_notify("WATCHDOG=1");
	loop_again(l->pulse, l->watchdog_ms / 3);
}

static void tell_status(struct life *l)
{
	char line[200] = "STATUS=";
	size_t len = strlen(line);

	service_summary(l->service, line + len, sizeof line - len);
	if (strcmp(line, l->told) != 0)
		systemd_notify(line);
	memcpy(l->told, line, sizeof line);
}

static void look(void *arg)
{
	struct life *l = arg;

	tell_status(l);
	log_calm(loop_now());
	loop_again(l->look, LOOK_MS);
}

/* What listens now is what the next start is to get. */
static void keep_listener(struct life *l)
{
	if (l->listener == service_listener(l->service))
		return;
	l->listener = service_listener(l->service);
	systemd_keep(l->listener, "https");
}

static void drained(void *arg)
{
	struct life *l = arg;

	loop_stop(l->loop);
}

static void end(struct life *l, enum service_end why)
{
	if (l->ending) {	/* told twice: at once */
		loop_stop(l->loop);
		return;
	}
	l->ending = true;
	l->succeeded = why == SERVICE_RESTARTS;
	if (!l->succeeded)
		systemd_notify("STOPPING=1");
	bulletin_say(LOG_LEVEL_NOTICE, "stopping", why == SERVICE_RESTARTS ? "starts anew" :
	    why == SERVICE_STOPS ? "ends" : "ends, as the machine goes down");
	service_drain(l->service, why, drained, l);
}

static void stop(void *arg)
{
	end(arg, systemd_machine_stops() ? SERVICE_MACHINE_STOPS : SERVICE_STOPS);
}

static void restart(void *arg)
{
	end(arg, SERVICE_RESTARTS);
}

static void reload(void *arg)
{
	struct life *l = arg;
	struct service_settings next;
	struct err e = { .text = "" };
	bool ok;

	if (l->ending)
		return;
	systemd_notify_reloading();
	ok = service_settings_read(&next, l->settings->conf, &e);
	if (ok) {
		next.profiles = l->settings->profiles;
		next.root = l->settings->root;
		ok = service_reload(l->service, &next, &e);
		service_settings_done(&next);
	}
	if (ok)
		bulletin_say(LOG_LEVEL_NOTICE, "reloaded", "the settings were read anew");
	else
		bulletin_say(LOG_LEVEL_ERROR, "reload-refused", "nothing was changed: %s", e.text);
	keep_listener(l);
	systemd_notify("READY=1");
	tell_status(l);
}

static void watch_signals(struct life *l)
{
	loop_signal(l->loop, SIGTERM, stop, l);
	loop_signal(l->loop, SIGINT, stop, l);
	loop_signal(l->loop, SIGHUP, reload, l);
	loop_signal(l->loop, SIGUSR2, restart, l);
}

static void live(struct life *l)
{
	const struct service_settings *s = l->settings;

	bulletin_say(LOG_LEVEL_NOTICE, "started", "%s listens on %s:%d, pin %s", s->name,
	    s->address ? s->address : "*", service_port(l->service), service_pin(l->service));
	keep_listener(l);
	l->watchdog_ms = systemd_watchdog_ms();
	if (l->watchdog_ms)
		l->pulse = loop_after(l->loop, 0, feed, l);
	l->look = loop_after(l->loop, 0, look, l);
	watch_signals(l);
	systemd_notify("READY=1");
	loop_run(l->loop);
}

int life_run(struct service_settings *s, char *const *argv)
{
	struct life l = { .loop = loop_new(), .settings = s, .listener = -1 };
	struct err e = { .text = "" };
	int inherited[INHERITED], heir = -1;
	size_t n = systemd_inherited(inherited, INHERITED);

	s->inherited = inherited;
	s->n_inherited = n;
	l.service = service_new(l.loop, s, &e);
	s->n_inherited = 0;
	for (size_t i = 0; i < n; i++)	/* of another address than ours */
		if (!l.service || inherited[i] != service_listener(l.service))
			close(inherited[i]);
	if (l.service)
		live(&l);
	else
		log_error("%s", e.text);
	if (l.succeeded)
		heir = fcntl(service_listener(l.service), F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	service_free(l.service);
	loop_free(l.loop);
	log_calm_end();
	if (l.succeeded) {
		systemd_succeed(argv, heir);
		log_error("%s cannot be started again", argv[0]);
	}
	return !l.service || l.succeeded;
}
