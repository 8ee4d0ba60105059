/* service-check - amcd -t: all that is wrong, before it starts with it; a part of service */
#include "app/catalogue.h"
#include "app/endpoint.h"
#include "app/serving.h"
#include "base/conf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/local.h"
#include "base/mem.h"
#include "peer/listen.h"
#include "store/sitefile.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct checking {
	const char *conf;
	service_tell *tell;
	void *arg;
	size_t faults;
};

__attribute__((format(printf, 3, 4)))
static void tell(struct checking *c, bool fault, const char *fmt, ...)
{
	char words[800];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	c->faults += fault;
	c->tell(fault, words, c->arg);
}

static void tell_key(struct checking *c, const char *section, const char *key, const char *words)
{
	tell(c, true, "%s:%ld: %s", c->conf, conf_line(c->conf, section, key), words);
}

static void check_keys(struct checking *c, const struct conf *conf, const char *section,
    const char *const *keys)
{
	const char *key;
	struct err e;

	for (size_t i = 0; (key = conf_stranger(conf, section, keys, i)); i++) {
		err_set(&e, _("[%s] has no key %s"), section, key);
		tell_key(c, section, key, e.text);
	}
}

static const char *value(const struct conf *conf, const char *section, const char *key)
{
	const char *v = conf_get(conf, section, key);

	return v ? v : "";
}

static void check_values(struct checking *c, const struct conf *conf, struct service_settings *s)
{
	struct err e = { .text = "" };

	if (!endpoint_read("Listen", value(conf, "amcd", "Listen"), &s->address, &s->port, &e))
		tell_key(c, "amcd", "Listen", e.text);
	if (!trapping_settings_read(&s->traps, value(conf, "amcd", "Traps"), &e))
		tell_key(c, "amcd", "Traps", e.text);
	if (!service_settings_shutdown(s, conf, &e))
		tell_key(c, "commands", "Shutdown", e.text);
	for (size_t i = 0; service_password_keys[i]; i++) {
		const char *hash = value(conf, "passwords", service_password_keys[i]);

		if (*hash && strncmp(hash, "$y$", 3) != 0)
			tell_key(c, "passwords", service_password_keys[i],
			    _("this is no yescrypt hash, and nobody gets in with it; set the password with amcd passwd"));
	}
}

/* False: nothing is known of what it would start with. */
static bool check_settings(struct checking *c, struct service_settings *s)
{
	struct err e = { .text = "" };
	struct conf *conf = conf_read(c->conf, &e);
	size_t before = c->faults;
	struct service_settings all;
	struct stat st;

	*s = (struct service_settings){ .conf = c->conf };
	if (!conf) {
		tell(c, true, "%s", e.text);
		return false;
	}
	service_settings_places(s, conf);
	check_keys(c, conf, "amcd", service_keys);
	check_keys(c, conf, "passwords", service_password_keys);
	check_keys(c, conf, "commands", service_command_keys);
	check_values(c, conf, s);
	conf_free(conf);
	/* what is read elsewhere */
	if (c->faults == before) {
		if (service_settings_read(&all, c->conf, &e))
			service_settings_done(&all);
		else
			tell(c, true, "%s", e.text);
	}
	if (stat(c->conf, &st) == 0 && st.st_mode & 077)
		tell(c, false, _("%s: others than its owner can read the password hashes (mode %04o); chmod 600 it"),
		    c->conf, (unsigned)st.st_mode & 07777);
	return true;
}

/* Owned by another than the folder, as after a start by root: amcd could not read it. */
static void check_owner(struct checking *c, const char *path, uid_t owner)
{
	struct stat st;

	if (stat(path, &st) == 0 && st.st_uid != owner)
		tell(c, true, _("%s: belongs to another user (%u) than its folder (%u); chown it"),
		    path, (unsigned)st.st_uid, (unsigned)owner);
}

/* Reads what there is; what is not there yet is not made. */
static void check_key(struct checking *c, const struct service_settings *s)
{
	char *key = file_join(s->state, "key.pem"), *cert = file_join(s->state, "cert.pem");
	struct err e = { .text = "" };
	struct identity id;
	struct stat st;

	if (stat(s->state, &st) < 0) {
		if (errno != ENOENT)
			tell(c, true, "StateDirectory = %s: %s", s->state, strerror(errno));
	} else if (access(s->state, W_OK | X_OK) < 0) {
		tell(c, true, "StateDirectory = %s: %s", s->state, strerror(errno));
	} else {
		check_owner(c, key, st.st_uid);
		check_owner(c, cert, st.st_uid);
		if (access(key, F_OK) == 0 && access(cert, F_OK) == 0) {
			if (identity_open(&id, s->state, s->name, &e))
				identity_done(&id);
			else
				tell(c, true, "%s", e.text);
		}
	}
	free(key);
	free(cert);
}

static void tell_findings(struct checking *c, const struct service_settings *s,
    const struct sitefile *file, const struct findings *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct finding *f = &l->list[i];
		long line = f->line ? f->line : sitefile_line(file, f->node, f->field);
		char number[24] = "";

		if (line)
			snprintf(number, sizeof number, "%ld:", line);
		if (f->severity == SEVERITY_ERROR)
			tell(c, true, "%s:%s %s%s%s", s->site, number, f->rule, *f->rule ? ": " : "",
			    f->message);
	}
}

/* Sets the site's port when the settings name none. */
static void check_site(struct checking *c, struct service_settings *s)
{
	struct findings found = { 0 };
	struct err e = { .text = "" };
	struct sitefile *f;

	if (access(s->site, F_OK) != 0)
		return;		/* it waits for one */
	f = sitefile_read(s->site, &found, &e);
	if (!f) {
		tell(c, true, "%s", e.text);
		return;
	}
	rules_check(sitefile_site(f), &found);
	tell_findings(c, s, f, &found);
	if (!site_named(sitefile_site(f), KIND_TERMINAL, s->name, NULL))
		tell(c, true, _("Name = %s: no terminal of %s is called so"), s->name, s->site);
	if (!s->port)
		s->port = site_network(sitefile_site(f))->terminal_port;
	findings_done(&found);
	sitefile_free(f);
}

/* Does an amcd run with these settings? What it listens at is then no fault. */
static bool runs(const struct service_settings *s)
{
	char *path = service_local_path(s->state), *text;
	size_t len;

	text = local_ask(path, 2000, &len, NULL);
	free(path);
	free(text);
	return text != NULL;
}

/* Where it keeps its key: there, or to be made in the nearest folder that is there. */
static void check_state(struct checking *c, const struct service_settings *s)
{
	char *at = mem_dup(s->state), *up;
	struct stat st;

	while (stat(at, &st) < 0 && errno == ENOENT && strcmp(at, "/") && strcmp(at, ".")) {
		up = file_dir(at);
		free(at);
		at = up;
	}
	if (stat(at, &st) == 0 && !S_ISDIR(st.st_mode))
		tell(c, true, _("StateDirectory = %s: %s is no folder"), s->state, at);
	else if (access(at, W_OK | X_OK) < 0)
		tell(c, true, "StateDirectory = %s: %s: %s", s->state, at, strerror(errno));
	free(at);
}

static void check_port(struct checking *c, const struct service_settings *s)
{
	struct err e = { .text = "" };
	int fd = listen_open(s->address, s->port, &e);

	if (fd >= 0)
		close(fd);
	else if (e.os_error != EADDRINUSE || !runs(s))
		tell(c, true, "%s", e.text);
}

/* Only one that somebody asked for: without it the cards are asked as ever. */
static void check_traps(struct checking *c, const struct service_settings *s)
{
	const struct trapping_settings *t = &s->traps;
	struct err e = { .text = "" };

	if (!t->off && t->asked_for && !runs(s) && !trapping_check(t, s->address, &e))
		tell(c, true, "%s", e.text);
}

size_t service_check_all(const char *conf, const char *profiles, service_tell *fn, void *arg)
{
	struct checking c = { .conf = conf, .tell = fn, .arg = arg };
	struct service_settings s;
	struct err e = { .text = "" };
	bool known = check_settings(&c, &s);
	bool right = !c.faults;

	if (!catalogue_check(profiles, &e))
		tell(&c, true, "%s", e.text);
	if (known) {
		check_state(&c, &s);
		check_key(&c, &s);
		check_site(&c, &s);
		if (right && s.port)	/* else the site will tell it */
			check_port(&c, &s);
		if (right)
			check_traps(&c, &s);
	}
	service_settings_done(&s);
	return c.faults;
}
