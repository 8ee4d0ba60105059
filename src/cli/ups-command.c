/* ups COMMAND: what a card is told to do, and what is seen of it */
#include "cli/ups.h"
#include "app/cards.h"
#include "app/operate.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct told {
	struct cli *cli;
	const struct ups *ups;
	struct operation *operation;
	struct command_state state;
	struct err error;
	bool over;
	size_t *left;			/* how many are not over yet */
	bool *all;
};

static void end(struct told *t)
{
	t->operation = NULL;
	t->over = true;
	*t->all = --*t->left == 0;
}

static void print_words(const struct told *t)
{
	char words[600];

	command_words(&t->state, words, sizeof words);
	printf("%s: %s\n", t->ups->name, *t->error.text ? t->error.text : words);
	fflush(stdout);
}

static void hear(const struct command_state *s, const struct err *e, void *arg)
{
	struct told *t = arg;

	t->state = *s;
	if (e)
		t->error = *e;
	if (s->end == COMMAND_PENDING)
		return;
	end(t);
	if (!t->cli->json)
		print_words(t);
}

static int status_of(const struct told *t)
{
	enum command_result r = t->state.result;

	if (*t->error.text)
		return t->error.kind ? (int)t->error.kind : 1;
	switch (t->state.end) {
	case COMMAND_SHOWN:
		return r == RESULT_NONE || r == RESULT_PASSED || r == RESULT_RUNNING ? 0 : 1;
	case COMMAND_ACCEPTED:
		return 0;
	case COMMAND_DENIED:
		return ERR_REFUSED;
	default:
		return ERR_PARTLY;
	}
}

static struct json *told_json(const struct told *t)
{
	struct json *j = json_new_object();
	char words[600];

	command_words(&t->state, words, sizeof words);
	json_put_text(j, "name", t->ups->name);
	json_put_text(j, "address", t->ups->address);
	json_put_text(j, "outcome", command_end_word(t->state.end));
	json_put_text(j, "result", t->state.result == RESULT_NONE ? NULL :
	    result_word(t->state.result));
	json_put_text(j, "state", t->state.known ? state_word(t->state.reading.state) : NULL);
	json_put_int(j, "seconds", t->state.seconds);
	json_put_text(j, "words", *t->error.text ? t->error.text : words);
	json_put_text(j, "error", *t->error.text ? t->error.text : NULL);
	return j;
}

static int finish(struct cli *c, const struct command *command, const struct told *list,
    size_t n)
{
	struct json *j = json_new_object(), *all = json_new_array();
	int *statuses = mem_zero(n + 1, sizeof *statuses), status;

	json_put_text(j, "schema", "amc.ups-command.v1");
	json_put_text(j, "command", command->word);
	for (size_t i = 0; i < n; i++) {
		statuses[i] = status_of(&list[i]);
		json_add(all, told_json(&list[i]));
	}
	json_put(j, "ups", all);
	if (c->json)
		cli_print_json(j);
	else
		json_free(j);
	status = ups_status(statuses, n);
	free(statuses);
	return status;
}

/* Those that are still waited for are left; what was sent stays sent. */
static void give_up(struct told *t)
{
	if (!t->operation)
		return;
	operate_cancel(t->operation);
	err_kind(&t->error, t->state.sent ? ERR_PARTLY : ERR_UNREACHABLE, t->state.sent ?
	    _("it was sent, but --timeout was over before it showed") :
	    _("did not answer in time"));
	end(t);
	if (!t->cli->json)
		print_words(t);
}

static int give(struct cli *c, const struct command *command, const unsigned *ids, size_t n,
    int outlet)
{
	struct told *list = mem_zero(n, sizeof *list);
	size_t left = n;
	bool all = false;
	int status;

	for (size_t i = 0; i < n; i++) {
		struct told *t = &list[i];

		*t = (struct told){ .cli = c, .left = &left, .all = &all,
		    .ups = node_ups(site_find(app_site(c->app), ids[i])) };
		t->operation = operate_start(c->app, ids[i], command, outlet, hear, t, &t->error);
		if (!t->operation) {
			end(t);
			if (!c->json)
				print_words(t);
		}
	}
	/* each ends by itself */
	cli_wait(c, &all, c->timeout_ms ? c->timeout_ms : 4 * 3600 * 1000);
	for (size_t i = 0; i < n; i++)
		give_up(&list[i]);
	status = finish(c, command, list, n);
	free(list);
	return status;
}

static bool is_confirmed(struct cli *c, const struct command *command, const unsigned *ids,
    size_t n, int outlet, struct err *e)
{
	struct text words = { 0 };
	bool ok = command->risk == RISK_NONE;

	if (ok)
		return true;
	operate_words(c->app, command, ids, n, outlet, &words);
	ok = cli_confirm(c, words.s, command->risk == RISK_CUT ?
	    operate_name(c->app, ids, n) : "yes", e);
	text_done(&words);
	return ok;
}

static bool outlet_of(const struct cli *c, const struct command *command, int *outlet,
    struct err *e)
{
	char *end;
	long n = c->outlet ? strtol(c->outlet, &end, 10) : 0;

	*outlet = 0;
	if (!command->outlet)
		return !c->outlet || err_kind(e, ERR_USAGE, _("%s is not for an outlet group"),
		    command->word);
	if (!c->outlet || *end || n < 1 || n > 1000)
		return err_kind(e, ERR_USAGE, _("which outlet group? --outlet N, from 1"));
	*outlet = (int)n;
	return true;
}

/* Only what would be done, and to whom. */
static int rehearse(struct cli *c, const struct command *command, const unsigned *ids,
    size_t n, int outlet)
{
	struct text words = { 0 };
	struct json *j = json_new_object(), *list = json_new_array();

	operate_words(c->app, command, ids, n, outlet, &words);
	json_put_text(j, "schema", "amc.ups-command.v1");
	json_put_text(j, "command", command->word);
	json_put_bool(j, "dry_run", true);
	json_put_text(j, "words", words.s);
	for (size_t i = 0; i < n; i++)
		json_add_text(list, node_name(site_find(app_site(c->app), ids[i])));
	json_put(j, "ups", list);
	if (c->json) {
		cli_print_json(j);
	} else {
		printf("%s\n", words.s);
		json_free(j);
	}
	text_done(&words);
	return 0;
}

int ups_command(struct cli *c, const struct command *command)
{
	struct err e = { .text = "" };
	unsigned *ids = NULL;
	int outlet, status;
	size_t n;
	bool ok = outlet_of(c, command, &outlet, &e) && (ids = cli_named(c, 2, KIND_UPS, &n, &e)) &&
	    operate_allowed(c->app, command, &e);

	if (ok && c->dry_run)
		status = rehearse(c, command, ids, n, outlet);
	else if (ok && is_confirmed(c, command, ids, n, outlet, &e))
		status = give(c, command, ids, n, outlet);
	else
		status = cli_fail(&e);
	free(ids);
	return status;
}

static void offer(struct cli *c, const struct cards_one *one, const struct ups *u,
    struct json *list)
{
	struct json *j = json_new_object(), *words = json_new_array();

	json_put_text(j, "name", u->name);
	json_put_text(j, "profile", one->profile);
	json_put_text(j, "error", one->phase == CARD_FAILED ? one->error.text : NULL);
	if (!c->json)
		printf("%s %s (%s)%s\n", u->name, one->ident.model, one->profile,
		    one->phase == CARD_FAILED ? one->error.text : "");
	for (const struct command *k = commands; k->word; k++) {
		if (!operate_known(c->app, one->profile, k))
			continue;
		json_add_text(words, k->word);
		if (!c->json)
			printf("  %-22s %s\n", k->word, tr(k->label));
	}
	json_put(j, "commands", words);
	json_add(list, j);
}

static void ignore(void *arg)
{
	(void)arg;
}

int ups_commands(struct cli *c)
{
	struct json *j = json_new_object(), *list = json_new_array();
	struct err e = { .text = "" };
	struct cards *cards;
	unsigned *ids;
	int status = 0;
	size_t n;

	ids = cli_named(c, 2, KIND_UPS, &n, &e);
	json_put_text(j, "schema", "amc.ups-commands.v1");
	cards = cards_new(c->app, ids, ids ? n : 0, ignore, NULL);
	while (cards_busy(cards))
		loop_once(c->loop, -1);
	for (size_t i = 0; i < cards_count(cards); i++) {
		const struct cards_one *one = cards_at(cards, i);

		offer(c, one, node_ups(site_find(app_site(c->app), one->id)), list);
		status = one->phase == CARD_FAILED ? (int)one->error.kind : status;
	}
	json_put(j, "ups", list);
	if (!ids)
		status = cli_fail(&e);
	if (ids && c->json)
		cli_print_json(j);
	else
		json_free(j);
	cards_free(cards);
	free(ids);
	return status;
}
