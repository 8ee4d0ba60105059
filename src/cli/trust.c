/* trust - the keys of terminals: met for the first time, changed, replaced */
#include "app/transfer.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum state { UNKNOWN, KNOWN, NEW, CHANGED, REPLACED };

static const char *const state_words[] = { "unknown", "known", "new", "changed", "replaced" };

/* What came of one terminal. */
struct outcome {
	char *name, *words, *before, *pin, *next;
	enum state state;
	bool learned;		/* the site has another pin than before */
	int status;
};

/* Never by a yes: what is typed is what is replaced. */
static bool replaced(struct cli *c, struct transfer *t, const char *name, struct err *e)
{
	char *question, *line;
	bool ok;

	if (!c->replace)
		return err_kind(e, ERR_REFUSED,
		    _("%s shows another key than before: %s instead of %s. Either it was set up anew, or somebody stands between, who would get the operator's password and the secrets of all UPSs. If it was set up anew: amc trust FILE %s --replace, with the pin that amcd pin prints on its own screen."),
		    transfer_where(t), transfer_pin(t), transfer_known_pin(t), name);
	if (c->pin && strcmp(c->pin, transfer_pin(t)) != 0)
		return transfer_expect_pin(t, c->pin, e);
	if (!c->pin && !terminal_person())
		return err_kind(e, ERR_REFUSED,
		    _("%s: --replace needs --pin with what amcd pin prints on its own screen; it shows %s"),
		    transfer_where(t), transfer_pin(t));
	if (!c->pin) {
		question = mem_printf(_("%s shows another key than before.\n  before  %s\n  now     %s\nIf it was not set up anew, somebody stands between: he would get the operator's\npassword and the secrets of all UPSs. On the terminal's own screen, not over this\nnetwork, amcd pin prints its key.\nType %s to accept the key it shows now: "),
		    transfer_where(t), transfer_known_pin(t), transfer_pin(t), name);
		line = terminal_line(question);
		ok = line && strcmp(line, name) == 0;
		free(line);
		free(question);
		if (!ok)
			return err_kind(e, ERR_REFUSED, _("%s: its key was not accepted"),
			    transfer_where(t));
	}
	transfer_accept_pin(t);
	return true;
}

static char *words_of(struct transfer *t, enum state state, const char *next_before, bool dry)
{
	const char *next = transfer_next_pin(t);

	if (dry)
		return mem_dup(state == KNOWN ? _("shows the key that is known") :
		    state == NEW ? _("first contact: its key is not known yet") :
		    _("shows another key than before"));
	if (state == REPLACED)
		return mem_dup(_("replaced: the site has its new key"));
	if (state == NEW)
		return mem_dup(_("the site has its key now"));
	if (*next_before && strcmp(next_before, transfer_pin(t)) == 0)
		return mem_dup(_("has changed to its next key, which is the key in the site now"));
	if (*next)
		return mem_dup(_("shows the key that is known; its next one stands in the site, too"));
	return mem_dup(_("shows the key that is known"));
}

static bool trust_one(struct cli *c, struct transfer *t, struct outcome *o, struct err *e)
{
	const char *known;
	char *next_before;
	bool ok = true;

	if (c->timeout_ms)
		transfer_timeout(t, c->timeout_ms);
	if (!terminal_step(c, t, transfer_contact, e) &&
	    (!*transfer_pin(t) || transfer_pin_state(t) != PIN_CHANGED))
		return false;
	known = transfer_known_pin(t);
	o->before = mem_dup(known);
	o->pin = mem_dup(transfer_pin(t));
	o->next = mem_dup(transfer_next_pin(t));
	next_before = mem_dup(transfer_known_next_pin(t));
	o->state = transfer_pin_state(t) == PIN_KNOWN ? KNOWN :
	    transfer_pin_state(t) == PIN_NEW ? NEW : CHANGED;
	if (c->dry_run) {
		ok = o->state != CHANGED || c->replace || replaced(c, t, o->name, e);
	} else if (o->state == KNOWN) {
		ok = !c->pin || transfer_expect_pin(t, c->pin, e);
		o->learned = ok && transfer_learn(t);
	} else if (o->state == NEW) {
		o->learned = ok = terminal_trust(c, t, e);
	} else {
		o->learned = ok = replaced(c, t, o->name, e);
		if (ok)
			o->state = REPLACED;
	}
	if (ok)
		o->words = words_of(t, o->state, next_before, c->dry_run);
	free(next_before);
	return ok;
}

static struct outcome outcome_of(struct cli *c, struct transfer *t, const char *name,
    struct err *e)
{
	struct outcome o = { .name = mem_dup(name) };

	if (t)
		transfer_save_later(t);
	if (!t || !trust_one(c, t, &o, e)) {
		o.status = e->kind ? (int)e->kind : 1;
		o.words = mem_dup(e->text);
		if (!c->json)
			cli_fail(e);
	} else if (!c->json) {
		printf("%s: %s\n", transfer_where(t), o.words);
	}
	transfer_free(t);
	return o;
}

static void put(struct json *j, const char *key, const char *text)
{
	json_put_text(j, key, text && *text ? text : NULL);
}

static void print_json(const struct outcome *list, size_t n, bool saved, int revision)
{
	struct json *j = json_new_object(), *a = json_new_array(), *one;

	json_put_text(j, "schema", "amc.trust.v1");
	if (saved)
		json_put_int(j, "revision", revision);
	else
		json_put_null(j, "revision");
	for (size_t i = 0; i < n; i++) {
		one = json_new_object();
		json_put_text(one, "terminal", list[i].name);
		json_put_text(one, "state", state_words[list[i].state]);
		put(one, "before", list[i].before);
		put(one, "pin", list[i].pin);
		put(one, "next", list[i].next);
		json_put_bool(one, "changed", list[i].learned);
		json_put_int(one, "status", list[i].status);
		json_put_text(one, "message", list[i].words);
		json_add(a, one);
	}
	json_put(j, "terminals", a);
	cli_print_json(j);
}

static void outcome_done(struct outcome *o)
{
	free(o->name);
	free(o->words);
	free(o->before);
	free(o->pin);
	free(o->next);
}

/* All that was learned is one revision of the file. */
static bool save(struct cli *c, const struct outcome *list, size_t n, bool *saved, struct err *e)
{
	for (size_t i = 0; i < n && !*saved; i++)
		*saved = list[i].learned;
	if (!*saved || !app_modified(c->app))
		return true;
	if (!app_save(c->app, e)) {
		*saved = false;
		return false;
	}
	if (!c->json)
		printf(_("%s: revision %d; send it to all terminals, so that they know it, too\n"),
		    c->argv[0], site_network(app_site(c->app))->revision);
	return true;
}

/* One terminal of --site, or an address: its pin is kept for this user. */
static int trust_named(struct cli *c)
{
	struct err e = { .text = "" };
	struct transfer *t = terminal_named(c, c->argv[0], &e);
	struct outcome o = outcome_of(c, t, c->argv[0], &e);
	int status = o.status;
	bool saved = false;

	if (o.learned && app_modified(c->app)) {
		saved = app_save(c->app, &e);
		status = saved ? status : cli_fail(&e);
	}
	if (c->json)
		print_json(&o, 1, saved, site_network(app_site(c->app))->revision);
	outcome_done(&o);
	return status;
}

int verb_trust(struct cli *c)
{
	struct err e = { .text = "" };
	const struct node **list;
	struct outcome *outcomes;
	size_t n = 0, i, failed = 0;
	bool saved = false;
	int status;

	if (c->argc == 1 && !c->all)
		return trust_named(c);
	if (!cli_open(c, c->argv[0], &status))
		return status;
	list = terminal_targets(c, &n, &e);
	if (!list)
		return cli_fail(&e);
	if (n > 1 && (c->pin || c->replace)) {
		free(list);
		err_kind(&e, ERR_USAGE, _("--pin and --replace are for one terminal at a time"));
		return cli_fail(&e);
	}
	status = 0;
	outcomes = mem_zero(n + 1, sizeof *outcomes);
	for (i = 0; i < n; i++) {
		e = (struct err){ .text = "" };
		outcomes[i] = outcome_of(c, transfer_new(c->app, list[i]->id, &e),
		    node_name(list[i]), &e);
		if (outcomes[i].status) {
			failed++;
			status = outcomes[i].status;
		}
	}
	if (!save(c, outcomes, n, &saved, &e)) {
		status = cli_fail(&e);
		failed = n;
	}
	if (c->json)
		print_json(outcomes, n, saved, site_network(app_site(c->app))->revision);
	for (i = 0; i < n; i++)
		outcome_done(&outcomes[i]);
	free(outcomes);
	free(list);
	return !failed ? 0 : failed < n ? ERR_PARTLY : status;
}
