/*
 * service-keys - the terminal's key, and the change to its next one; a part of service.
 *
 * amcd rotate-key puts a next key beside the present one. It is told in
 * /v1/hello, an operator takes its pin into the site (KeyPinNext) and sends that to
 * all terminals, and when every one of them says in its beacon that it holds this
 * very site, nobody is left who would not know the new key: then it counts.
 */
#include "app/serving.h"
#include "app/context.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LOOK_MS 2000

struct keyring {
	struct service *service;
	struct watch *timer;
	char *key_path, *cert_path, *next_path;
	struct stat key, next;	/* the files as they were read */
	struct stat tried;	/* the key that could not be, which is told once */
	char *waits;		/* what was logged last of those that are waited for */
};

static struct stat look(const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0)
		memset(&st, 0, sizeof st);
	return st;
}

static bool same(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	    a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* In key.pem is another key: from here on it is ours. False: not yet. */
static bool take_key(struct keyring *k, bool tell)
{
	struct service *s = k->service;
	struct identity now;
	struct err e = { .text = "" };

	if (!identity_open(&now, s->state, s->name, &e)) {
		if (tell)
			log_error("the key was changed, and the old one goes on: %s", e.text);
		return false;
	}
	if (strcmp(now.pin, s->identity.pin) == 0) {
		identity_done(&now);
	} else if (!server_rekey(s->server, now.key_pem, now.cert_pem, &e)) {
		log_error("the key was changed, and the old one goes on: %s", e.text);
		identity_done(&now);
	} else {
		log_notice("this terminal has another key now, pin %s instead of %s", now.pin,
		    s->identity.pin);
		service_audit(s, &(struct audit_act){ .act = "key", .role = "amcd",
		    .before = s->identity.pin, .after = now.pin });
		identity_done(&s->identity);
		s->identity = now;
	}
	return true;
}

static void take_next(struct keyring *k)
{
	struct service *s = k->service;
	struct err e = { .text = "" };

	identity_done(&s->next);
	if (!identity_next(&s->next, s->state, s->name, false, &e)) {
		log_error("the next key does not count: %s", e.text);
	} else if (strcmp(s->next.pin, s->identity.pin) == 0) {
		identity_forget_next(s->state);	/* the change to it broke off at its end */
		identity_done(&s->next);
	} else if (*s->next.pin) {
		log_notice("a next key, pin %s", s->next.pin);
	}
}

/* The files of the key may be others than they were. */
static void follow_files(struct keyring *k)
{
	struct stat key = look(k->key_path), next = look(k->next_path);

	if (!key.st_ino) {	/* to be put back; a new one is made at a start only */
		if (k->key.st_ino)
			log_error("%s is gone; the key goes on as long as amcd does", k->key_path);
	} else if (!same(&key, &k->key) && !take_key(k, !same(&key, &k->tried))) {
		k->tried = key;		/* it may just be changed by another: tried again */
		return;
	}
	if (!same(&next, &k->next) || !same(&key, &k->key))
		take_next(k);
	k->key = key;
	k->next = next;
}

/* The names of those that may not know the next key yet, with blanks; "" if all do. */
static char *waited_for(struct service *s)
{
	const struct site *site = app_site(s->app);
	const struct node *top = &site_network(site)->node, *n;
	const struct terminal *self = node_terminal(site_named(site, KIND_TERMINAL, s->name,
	    NULL));
	unsigned char digest[8] = { 0 };
	struct text names = { 0 };

	if (!self || strcmp(self->pin_next, s->next.pin) != 0)
		return mem_dup(" the site (amc trust)");
	service_digest(s, digest);
	for (n = top; n; n = node_next(n, top))
		if (n->kind == KIND_TERMINAL && n != &self->node &&
		    !beacons_holds(s->beacons, n->id, digest))
			text_printf(&names, " %s", node_name(n));
	return text_take(&names);
}

static void change_when_known(struct keyring *k)
{
	struct service *s = k->service;
	char *waits = waited_for(s);
	struct err e = { .text = "" };

	if (strcmp(waits, k->waits) != 0 && *waits)
		log_notice("the next key waits until it is known to:%s", waits);
	free(k->waits);
	k->waits = waits;
	if (*waits)
		return;
	if (identity_switch(s->state, s->name, &e))
		follow_files(k);
	else
		log_error("the next key cannot be taken: %s", e.text);
}

static void tick(void *arg)
{
	struct keyring *k = arg;

	loop_again(k->timer, LOOK_MS);
	follow_files(k);
	if (*k->service->next.pin)
		change_when_known(k);
}

struct keyring *keyring_new(struct service *s)
{
	struct keyring *k = mem_new(struct keyring);
	struct client *client = app_client(s->app, NULL);

	k->service = s;
	k->waits = mem_dup("");
	k->key_path = file_join(s->state, "key.pem");
	k->cert_path = file_join(s->state, "cert.pem");
	k->next_path = file_join(s->state, "next-key.pem");
	k->key = look(k->key_path);
	if (client) {	/* it asks for itself and for nobody */
		client_user(client, "");
		client_identify(client, k->key_path, k->cert_path);
	}
	take_next(k);
	k->next = look(k->next_path);
	k->timer = loop_after(s->app->loop, LOOK_MS, tick, k);
	return k;
}

void keyring_free(struct keyring *k)
{
	if (!k)
		return;
	loop_remove(k->timer);
	free(k->key_path);
	free(k->cert_path);
	free(k->next_path);
	free(k->waits);
	free(k);
}
