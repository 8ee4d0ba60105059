/* service-settings - amcd.conf; a part of service */
#include "app/serving.h"
#include "app/channel.h"
#include "app/endpoint.h"
#include "base/conf.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const service_keys[] = { "Name", "Listen", "Site", "StateDirectory", "Traps", NULL };
const char *const service_password_keys[] = { "Viewer", "Operator", NULL };
const char *const service_command_keys[] = { "Shutdown", NULL };

static char *get(const struct conf *c, const char *key, const char *fallback)
{
	const char *value = conf_get(c, "amcd", key);

	return mem_dup(value && *value ? value : fallback);
}

void service_settings_places(struct service_settings *s, const struct conf *c)
{
	char host[HOST_NAME_MAX + 1] = "localhost";

	gethostname(host, sizeof host - 1);
	s->name = get(c, "Name", host);
	s->site = get(c, "Site", "/var/lib/amc/ac_e_net.ini");
	s->state = get(c, "StateDirectory", "/var/lib/amc");
}

bool service_settings_shutdown(struct service_settings *s, const struct conf *c, struct err *e)
{
	const char *text = conf_get(c, "commands", "Shutdown");

	words_split(&s->shutdown, text, " ");
	return !s->shutdown.n || words_can_run(&s->shutdown, "Shutdown", e);
}

bool service_settings_read(struct service_settings *s, const char *path,
    struct err *e)
{
	struct conf *c = conf_read(path, e);
	struct channels channels = { 0 };
	char *text, *traps;
	bool ok;

	*s = (struct service_settings){ .conf = path };
	if (!c)
		return false;
	service_settings_places(s, c);
	text = get(c, "Listen", "");
	traps = get(c, "Traps", "");
	/* Lissten = ... must not mean "listen everywhere" */
	ok = conf_knows(c, "amcd", service_keys, e) &&
	    conf_knows(c, "passwords", service_password_keys, e) &&
	    conf_knows(c, "commands", service_command_keys, e) &&
	    (endpoint_read("Listen", text, &s->address, &s->port, e) ||
	    err_at(e, "%s:%ld", path, conf_line(path, "amcd", "Listen"))) &&
	    (trapping_settings_read(&s->traps, traps, e) ||
	    err_at(e, "%s:%ld", path, conf_line(path, "amcd", "Traps"))) &&
	    (service_settings_shutdown(s, c, e) ||
	    err_at(e, "%s:%ld", path, conf_line(path, "commands", "Shutdown")));
	ok = ok && channels_read(&channels, path, e);
	channels_done(&channels);
	free(text);
	free(traps);
	conf_free(c);
	if (!ok)
		service_settings_done(s);
	return ok;
}

void service_settings_done(struct service_settings *s)
{
	free(s->name);
	free(s->site);
	free(s->state);
	free(s->address);
	trapping_settings_done(&s->traps);
	words_done(&s->shutdown);
	*s = (struct service_settings){ 0 };
}
