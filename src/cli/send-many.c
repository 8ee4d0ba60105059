/* send-many - the site to many terminals: all that can be reached, or none; a part of send */
#include "app/broadcast.h"
#include "app/sending.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/send.h"
#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>

struct many {
	struct cli *cli;
	struct broadcast *broadcast;	/* NULL while it is being made */
	char **told;			/* the words of each row that were printed last */
	bool looking;			/* before that, a new key may still be accepted */
};

static const char *name_of(const struct many *m, unsigned id)
{
	const struct node *n = site_find(app_site(m->cli->app), id);

	return n ? node_name(n) : "?";
}

/* Each outcome of a step as it comes; what is under way is not told. */
static void tell(void *arg)
{
	struct many *m = arg;
	const struct broadcast_row *rows;
	size_t n;

	if (!m->broadcast || m->cli->json)
		return;
	rows = broadcast_rows(m->broadcast, &n);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].state == BROADCAST_ASKING || rows[i].state == BROADCAST_MET ||
		    (rows[i].state == BROADCAST_STRANGER && !m->looking) ||
		    (m->told[i] && strcmp(m->told[i], rows[i].words) == 0))
			continue;
		free(m->told[i]);
		m->told[i] = mem_dup(rows[i].words);
		printf("%s: %s\n", name_of(m, rows[i].terminal), rows[i].words);
	}
	fflush(stdout);
}

static void finish_step(struct many *m)
{
	tell(m);
	while (broadcast_busy(m->broadcast))
		loop_once(m->cli->loop, -1);
	tell(m);
}

/* A key that we do not know yet is for the person to look at, one by one. */
static void trust(struct many *m)
{
	const struct broadcast_row *rows;
	struct err e;
	size_t n;

	rows = broadcast_rows(m->broadcast, &n);
	for (size_t i = 0; i < n; i++) {
		struct transfer *t = broadcast_transfer(m->broadcast, i);

		if (rows[i].state == BROADCAST_STRANGER && transfer_pin_state(t) == PIN_NEW &&
		    terminal_trust(m->cli, t, &e))
			broadcast_trust(m->broadcast, i);
	}
}

/* What each would become, once for all that differ in the same way. */
static void preview(const struct many *m)
{
	const struct broadcast_row *rows;
	const char *lines, *other;
	size_t n, i, k;

	rows = broadcast_rows(m->broadcast, &n);
	for (i = 0; i < n; i++) {
		if (rows[i].state != BROADCAST_READY)
			continue;
		lines = transfer_difference(broadcast_transfer(m->broadcast, i));
		for (k = 0; k < i; k++) {
			other = transfer_difference(broadcast_transfer(m->broadcast, k));
			if (rows[k].state == BROADCAST_READY && rows[k].held == rows[i].held &&
			    strcmp(lines, other) == 0)
				break;
		}
		/* of those without a site it is said already */
		if (k < i && rows[i].held)
			printf(_("%s holds revision %d, as %s\n"), name_of(m, rows[i].terminal),
			    rows[i].held, name_of(m, rows[k].terminal));
		else if (rows[i].held)
			send_tell_held(name_of(m, rows[i].terminal),
			    broadcast_transfer(m->broadcast, i));
	}
}

/* What somebody else changed, where he was faster. */
static void tell_meanwhile(const struct many *m)
{
	size_t n;

	broadcast_rows(m->broadcast, &n);
	for (size_t i = 0; i < n; i++) {
		struct transfer *t = broadcast_transfer(m->broadcast, i);

		if (t && *transfer_meanwhile(t))
			printf(_("%s: since it was compared this was changed there\n%s"),
			    transfer_where(t), transfer_meanwhile(t));
	}
}

/* The exit status that a terminal would have alone. */
static int status_of(const struct broadcast_row *r, bool dry)
{
	if (r->state == BROADCAST_SENT || r->state == BROADCAST_ALIKE ||
	    (dry && r->state == BROADCAST_READY))
		return 0;
	return r->kind ? (int)r->kind : r->state == BROADCAST_SPARED ? ERR_REFUSED : ERR_FAILED;
}

static void print_json(const struct many *m)
{
	static const char *const words[] = { "asking", "away", "stranger", "met", "ready", "alike",
		"staged", "sent", "spared", "failed" };
	struct json *j = json_new_object(), *a = json_new_array(), *one;
	const struct broadcast_row *rows;
	size_t n;

	rows = broadcast_rows(m->broadcast, &n);
	json_put_text(j, "schema", "amc.send.v1");
	for (size_t i = 0; i < n; i++) {
		int status = status_of(&rows[i], m->cli->dry_run);

		one = json_new_object();
		json_put_text(one, "terminal", name_of(m, rows[i].terminal));
		json_put_bool(one, "sent", status == 0);
		if (rows[i].state == BROADCAST_SENT)
			json_put_int(one, "revision", site_network(app_site(m->cli->app))->revision);
		else if (rows[i].held)
			json_put_int(one, "revision", rows[i].held);
		else
			json_put_null(one, "revision");
		json_put_int(one, "status", status);
		json_put_text(one, "outcome", words[rows[i].state]);
		json_put_text(one, "message", rows[i].words);
		json_add(a, one);
	}
	json_put(j, "terminals", a);
	cli_print_json(j);
}

/* 0: all have it; partly: some have, some not; else why none has. */
static int outcome(const struct many *m)
{
	const struct broadcast_row *rows;
	size_t n, done = 0;
	int status = 0, one;

	rows = broadcast_rows(m->broadcast, &n);
	for (size_t i = 0; i < n; i++) {
		one = status_of(&rows[i], m->cli->dry_run);
		done += one == 0;
		/* the one that refused, and not those that were spared for it */
		if (one && (!status || rows[i].state == BROADCAST_FAILED))
			status = one;
	}
	return done && status ? ERR_PARTLY : status;
}

static void tell_broken(const struct cli *c)
{
	int revision;
	char since[40];

	if (!c->json && sending_broken(c->app, &revision, since))
		printf(_("The sending of revision %d, begun at %s, was broken off; who has what:\n"),
		    revision, since);
}

int send_many(struct cli *c, const unsigned *ids, size_t n, const char *password)
{
	struct many m = { .cli = c, .told = mem_zero(n + 1, sizeof *m.told) };
	struct err e = { .text = "" };
	int status;

	tell_broken(c);
	m.broadcast = broadcast_new(c->app, ids, n, c->timeout_ms, tell, &m);
	broadcast_look(m.broadcast, password);	/* those of a known key need not wait for others */
	finish_step(&m);
	trust(&m);
	m.looking = true;
	broadcast_look(m.broadcast, password);
	finish_step(&m);
	if (!c->json)
		preview(&m);
	if (!c->dry_run && !broadcast_send(m.broadcast, c->later, &e) && !c->json)
		cli_fail(&e);
	finish_step(&m);
	if (c->json)
		print_json(&m);
	else
		tell_meanwhile(&m);
	status = outcome(&m);
	if (*e.text)
		status = (int)e.kind;
	broadcast_free(m.broadcast);
	for (size_t i = 0; i < n; i++)
		free(m.told[i]);
	free(m.told);
	return status;
}
