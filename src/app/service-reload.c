/* service-reload - other settings while amcd runs; a part of service */
#include "app/catalogue.h"
#include "app/context.h"
#include "app/serving.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static void replace(char **own, const char *text)
{
	char *copy = text ? mem_dup(text) : NULL;

	free(*own);
	*own = copy;
}

/*
 * Has somebody changed the file since it was taken? What was taken says so: the tag is
 * of the file whenever somebody has looked at that.
 */
static bool site_is_other(const struct service *s, const char *path)
{
	size_t len = strlen(SERVICE_NO_SITE), held_len;
	const char *held = app_saved_text(s->app, &held_len);
	char *bytes = access(path, F_OK) == 0 ? file_read(path, SITEFILE_MAX, &len, NULL) :
	    mem_dup(SERVICE_NO_SITE);
	bool other = !same(path, s->site) || !bytes || len != held_len ||
	    memcmp(bytes, held, len) != 0;

	free(bytes);
	return other;
}

static bool traps_differ(const struct trapping_settings *a, const struct trapping_settings *b)
{
	return a->off != b->off || a->port != b->port || !same(a->address, b->address);
}

/* The old server answers whom it has, while the new one takes whoever comes. */
static void old_is_done(void *arg)
{
	struct service *s = arg;

	server_free(s->before);
	s->before = NULL;
}

static void change_server(struct service *s, struct server *next,
    const struct service_settings *o)
{
	server_free(s->before);
	s->before = s->server;
	s->server = next;
	server_drain(s->before, old_is_done, s);
	replace(&s->address, o->address);
	s->port = server_port(next);
}

/* What asks cards and hears traps begins anew. */
static void stand_still(struct service *s)
{
	trapping_stop(s->app);
	watch_stop(s->app);
	recorder_free(s->recorder);
	s->recorder = NULL;
}

static bool check(const struct service *s, const struct service_settings *o, bool other_site,
    struct err *e)
{
	if (!same(o->state, s->state))
		return err_set(e, _("StateDirectory = %s: another one counts only after a restart"),
		    o->state);
	return catalogue_check(o->profiles, e) &&
	    ((!other_site && same(o->name, s->name)) || service_check(o, e));
}

bool service_reload(struct service *s, const struct service_settings *o, struct err *e)
{
	bool other_site = site_is_other(s, o->site);
	struct trapping_settings traps = trapping_settings_copy(&o->traps, o->address);
	bool other_traps = traps_differ(&traps, &s->traps);
	int port = o->port ? o->port : s->port;
	bool other_place = !same(o->address, s->address) || port != s->port;
	struct server *next = NULL;

	if (!check(s, o, other_site, e) ||
	    (other_place && !(next = service_listen(s, o->address, port, o, e)))) {
		trapping_settings_done(&traps);
		return false;
	}
	if (other_place || !same(o->name, s->name)) {
		beacons_free(s->beacons);
		s->beacons = NULL;
	}
	if (next)
		change_server(s, next, o);
	if (other_traps)
		trapping_stop(s->app);
	trapping_settings_done(&s->traps);
	s->traps = traps;
	if (catalogue_is_stale(s->app, o->profiles)) {
		stand_still(s);
		catalogue_reload(s->app, o->profiles);
	}
	if (!same(o->name, s->name)) {
		surroundings_free(s->around);
		s->around = surroundings_new(s->app, o->name, o->root ? o->root : "");
	}
	replace(&s->name, o->name);
	replace(&s->site, o->site);
	if (other_site)
		service_open_site(s);
	duty_command(s->duty, &o->shutdown);
	notifier_free(s->notifier);	/* its channels stand in the settings; what waits is kept */
	s->notifier = NULL;
	service_follow(s);
	return true;
}
