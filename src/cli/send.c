/* send - the site to terminals, and from one: send, fetch */
#include "app/transfer.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/send.h"
#include "cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void send_tell_held(const char *name, const struct transfer *t)
{
	if (transfer_held_revision(t))
		printf(_("%s holds revision %d\n%s"), name, transfer_held_revision(t),
		    transfer_difference(t));
	else
		printf("%s: %s", name, transfer_difference(t));
}

/* One terminal: contact, trust, compare, send. */
static bool send_one(struct cli *c, struct transfer *t, const char *password,
    struct err *e)
{
	if (!terminal_meet(c, t, e) || !terminal_look(c, t, password, e))
		return false;
	if (!c->json)
		send_tell_held(transfer_where(t), t);
	if (c->dry_run)
		return true;
	return terminal_step(c, t, transfer_send, e);
}

/* What somebody else changed, if he was faster. */
static void tell_meanwhile(const struct cli *c, const struct transfer *t)
{
	if (t && !c->json && *transfer_meanwhile(t))
		printf(_("%s: since it was compared this was changed there\n%s"), transfer_where(t),
		    transfer_meanwhile(t));
}

static void print_json(const char *name, int status, int revision, const char *words)
{
	struct json *j = json_new_object(), *a = json_new_array(), *one = json_new_object();

	json_put_text(j, "schema", "amc.send.v1");
	json_put_text(one, "terminal", name);
	json_put_bool(one, "sent", status == 0);
	if (status == 0)
		json_put_int(one, "revision", revision);
	else
		json_put_null(one, "revision");
	json_put_int(one, "status", status);
	json_put_text(one, "outcome", status ? status == ERR_UNREACHABLE ? "away" : "failed" :
	    "sent");
	json_put_text(one, "message", words);
	json_add(a, one);
	json_put(j, "terminals", a);
	cli_print_json(j);
}

static int send_to(struct cli *c, unsigned id, const char *password)
{
	struct err e = { .text = "" };
	struct transfer *t = transfer_new(c->app, id, &e);
	bool ok = t && send_one(c, t, password, &e);
	int revision = !ok ? 0 : c->dry_run ? transfer_held_revision(t) : transfer_sent_revision(t);
	char *words = !ok ? mem_dup(e.text) : mem_printf(c->dry_run ? _("would be sent") :
	    _("sent, it holds revision %d now"), revision);
	int status = ok ? 0 : e.kind ? (int)e.kind : ERR_FAILED;

	if (c->json)
		print_json(node_name(site_find(app_site(c->app), id)), status, revision, words);
	else if (ok)
		printf("%s: %s\n", transfer_where(t), words);
	else
		cli_fail(&e);
	tell_meanwhile(c, t);
	free(words);
	transfer_free(t);
	return status;
}

static bool has(const struct node *const *list, size_t n, const struct node *x)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == x)
			return true;
	return false;
}

const struct node **terminal_targets(struct cli *c, size_t *n, struct err *e)
{
	const struct node *top = &site_network(app_site(c->app))->node, *x;
	const struct node **list = mem_zero(site_count(app_site(c->app),
	    KIND_TERMINAL) + (size_t)c->argc, sizeof *list);
	int i;

	*n = 0;
	for (x = top; c->all && x; x = node_next(x, top))
		if (x->kind == KIND_TERMINAL)
			list[(*n)++] = x;
	for (i = 1; i < c->argc; i++) {
		x = site_lookup(app_site(c->app), c->argv[i], NULL, e);
		if (x && x->kind != KIND_TERMINAL)
			err_set(e, _("%s: is no terminal"), c->argv[i]);
		if (!x || x->kind != KIND_TERMINAL) {
			free(list);
			return NULL;
		}
		if (!has(list, *n, x))
			list[(*n)++] = x;
	}
	if (*n == 0) {
		err_set(e, _("there is no terminal"));
		free(list);
		return NULL;
	}
	return list;
}

int verb_send(struct cli *c)
{
	struct err e = { .text = "" };
	const struct node **list;
	unsigned *ids;
	char *password;
	size_t n;
	int status;

	if (c->argc < 2 && !c->all)
		return cli_usage(c, "send");
	if (!cli_open(c, c->argv[0], &status))
		return status;
	/* before anybody is asked for a password */
	if (!c->dry_run && !transfer_sendable(c->app, &e))
		return cli_fail(&e);
	list = terminal_targets(c, &n, &e);
	password = list ? terminal_password(c, &e) : NULL;
	if (!password) {
		free(list);
		return cli_fail(&e);
	}
	ids = mem_zero(n + 1, sizeof *ids);
	for (size_t i = 0; i < n; i++)
		ids[i] = list[i]->id;
	free(list);
	status = n == 1 && !c->all ? send_to(c, ids[0], password) :
	    send_many(c, ids, n, password);
	free(ids);
	explicit_bzero(password, strlen(password));
	free(password);
	return status;
}

int verb_fetch(struct cli *c)
{
	struct err e = { .text = "" };
	struct transfer *t = c->output && !file_could_replace(c->output, &e) ? NULL :
	    terminal_named(c, c->argv[0], &e);
	char *password = t ? terminal_sign_in(c, t, c->argv[0], &e) : NULL;
	const char *held;
	size_t len;
	bool ok;

	ok = password && terminal_look(c, t, password, &e);
	if (ok) {
		held = transfer_held(t, &len);
		if (!len)
			ok = err_set(&e, _("%s: it has no site yet"),
			    transfer_where(t));
		else if (c->output)
			ok = file_replace(c->output, held, len, 0600, &e);
		else
			ok = fwrite(held, 1, len, stdout) == len ||
			    err_errno(&e, "stdout");
	}
	if (ok && c->output)
		fprintf(stderr, _("%s: revision %d, written to %s\n"),
		    transfer_where(t), transfer_held_revision(t), c->output);
	if (password)
		explicit_bzero(password, strlen(password));
	free(password);
	transfer_free(t);
	return ok ? 0 : cli_fail(&e);
}
