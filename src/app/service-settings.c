/* service-settings - amcd.conf; a part of service */
#include "app/service.h"
#include "base/conf.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *get(const struct conf *c, const char *key, const char *fallback)
{
	const char *value = conf_get(c, "amcd", key);

	return mem_dup(value && *value ? value : fallback);
}

static bool numeric(const char *address)
{
	char *bare = mem_ndup(address, strcspn(address, "%"));	/* fe80::1%eth0 */
	unsigned char a[sizeof(struct in6_addr)];
	bool is = inet_pton(AF_INET, bare, a) == 1 ||
	    inet_pton(AF_INET6, bare, a) == 1;

	free(bare);
	return is;
}

/* "ADDRESS:PORT", "ADDRESS" or ":PORT" */
static bool listen_on(struct service_settings *s, const char *text, struct err *e)
{
	const char *colon = strrchr(text, ':');
	char *end;
	long port;

	if (!*text)
		return true;
	if (text[0] == '[' ? colon && strchr(colon, ']') :
	    colon && strchr(text, ':') != colon)
		colon = NULL;		/* an IPv6 address without a port */
	if (colon) {
		port = strtol(colon + 1, &end, 10);
		if (*end || port < 1 || port > 65535)
			return err_set(e, _("Listen = %s: the port is not between 1 and 65535"),
			    text);
		s->port = (int)port;
	}
	s->address = mem_ndup(text, colon ? (size_t)(colon - text) : strlen(text));
	if (s->address[0] == '[') {	/* [::1]:4000 */
		memmove(s->address, s->address + 1, strlen(s->address));
		s->address[strcspn(s->address, "]")] = '\0';
	}
	if (!*s->address || strcmp(s->address, "*") == 0) {
		free(s->address);
		s->address = NULL;
	}
	if (s->address && !numeric(s->address))
		return err_set(e, _("Listen = %s: not ADDRESS:PORT with a numeric address"),
		    text);
	return true;
}

bool service_settings_read(struct service_settings *s, const char *path,
    struct err *e)
{
	static const char *const own[] = { "Name", "Listen", "Site",
		"StateDirectory", NULL };
	static const char *const passwords[] = { "Viewer", "Operator", NULL };
	struct conf *c = conf_read(path, e);
	char host[HOST_NAME_MAX + 1] = "localhost", *text;
	bool ok;

	*s = (struct service_settings){ .conf = path };
	if (!c)
		return false;
	gethostname(host, sizeof host - 1);
	s->name = get(c, "Name", host);
	s->site = get(c, "Site", "/var/lib/amc/ac_e_net.ini");
	s->state = get(c, "StateDirectory", "/var/lib/amc");
	text = get(c, "Listen", "");
	/* Lissten = ... must not mean "listen everywhere" */
	ok = (conf_knows(c, "amcd", own, e) &&
	    conf_knows(c, "passwords", passwords, e) && listen_on(s, text, e)) ||
	    err_at(e, "%s", path);
	free(text);
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
	*s = (struct service_settings){ 0 };
}
