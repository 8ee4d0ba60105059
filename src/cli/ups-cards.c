/* ups diff and ups write: the settings of many cards beside the site's */
#include "cli/ups.h"
#include "app/cards.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

struct work {
	struct cli *cli;
	struct cards *cards;
	bool over;
	struct watch *limit;
	bool late;
};

static void changed(void *arg)
{
	struct work *w = arg;

	w->over = w->cards && !cards_busy(w->cards);
}

static void too_late(void *arg)
{
	((struct work *)arg)->late = true;
}

/* Until all are through, or --timeout is over. */
static void wait_for_all(struct work *w)
{
	w->over = !cards_busy(w->cards);
	while (!w->over && !w->late)
		loop_once(w->cli->loop, -1);
}

static struct json *setting_json(const struct outcome *o)
{
	struct json *j = json_new_object();
	char words[600];

	outcome_words(o, words, sizeof words);
	json_put_text(j, "key", o->field->key);
	json_put_text(j, "unit", o->field->unit);
	json_put_text(j, "asked", o->asked);
	json_put_text(j, "before", *o->before ? o->before : NULL);
	json_put_text(j, "kept", *o->kept ? o->kept : NULL);
	json_put_text(j, "expected", o->expected);
	json_put_text(j, "allowed", o->allowed);
	json_put_text(j, "outcome", outcome_word(o->kind));
	json_put_text(j, "words", words);
	return j;
}

static struct json *card_json(const struct cards_one *one, const struct ups *u)
{
	struct json *j = json_new_object(), *list = json_new_array();

	json_put_text(j, "name", u->name);
	json_put_text(j, "address", u->address);
	json_put_text(j, "profile", one->profile);
	json_put_text(j, "model", one->ident.model);
	json_put_text(j, "serial", one->ident.serial);
	json_put_text(j, "error", one->phase == CARD_FAILED ? one->error.text : NULL);
	json_put_int(j, "differences", (long long)cards_differences(one));
	for (size_t i = 0; i < one->n; i++)
		json_add(list, setting_json(&one->list[i]));
	json_put(j, "settings", list);
	return j;
}

static void print_json(const struct work *w, const char *schema, bool dry)
{
	struct json *j = json_new_object(), *list = json_new_array();
	const struct site *s = app_site(w->cli->app);

	json_put_text(j, "schema", schema);
	json_put_bool(j, "dry_run", dry);
	json_put_int(j, "revision", site_network(s)->revision);
	for (size_t i = 0; i < cards_count(w->cards); i++) {
		const struct cards_one *one = cards_at(w->cards, i);

		json_add(list, card_json(one, node_ups(site_find(s, one->id))));
	}
	json_put(j, "ups", list);
	cli_print_json(j);
}

/* 0 well, 2 worth a look, 3 wrong: for its colour. */
static int badness(enum outcome_kind k)
{
	return outcome_is_good(k) ? 0 : k == OUTCOME_DIFFERS || k == OUTCOME_SNAPPED ? 2 :
	    k == OUTCOME_UNSUPPORTED ? 1 : 3;
}

/* What it cannot have is only told where the site asks for it. */
static bool is_told(const struct outcome *o, const struct ups *u)
{
	return o->kind == OUTCOME_UNSUPPORTED ? node_gives(&u->node, o->field) :
	    o->kind != OUTCOME_ALIKE;
}

static void print_card(const struct cards_one *one, const struct ups *u)
{
	size_t alike = 0;
	char words[600];

	printf("%s %s  %s%s%s%s\n", u->name, u->address, one->ident.model,
	    *one->profile ? " (" : "", one->profile, *one->profile ? ")" : "");
	if (one->phase == CARD_FAILED)
		printf("  %s%s%s\n", cli_color(3), one->error.text, cli_plain());
	for (size_t i = 0; i < one->n; i++) {
		const struct outcome *o = &one->list[i];

		alike += o->kind == OUTCOME_ALIKE;
		if (!is_told(o, u))
			continue;
		outcome_words(o, words, sizeof words);
		printf("  %-22s %s%s%s\n", o->field->key, cli_color(badness(o->kind)), words,
		    cli_plain());
	}
	if (one->phase != CARD_FAILED)
		printf(ngettext("  %zu setting was as in the site\n",
		    "  %zu settings were as in the site\n", alike), alike);
}

static void print(const struct work *w)
{
	const struct site *s = app_site(w->cli->app);

	for (size_t i = 0; i < cards_count(w->cards); i++) {
		const struct cards_one *one = cards_at(w->cards, i);

		print_card(one, node_ups(site_find(s, one->id)));
	}
}

/* Of one card: 0 as asked, 4 silent, 5 nothing was taken, 6 some of it. */
static int card_status(const struct cards_one *one, bool write)
{
	size_t good = 0, bad = 0, refused = 0;

	if (one->phase == CARD_FAILED)
		return one->error.kind ? (int)one->error.kind : 1;
	if (one->phase != CARD_READ && one->phase != CARD_WRITTEN)
		return ERR_UNREACHABLE;		/* --timeout was over */
	for (size_t i = 0; write && i < one->n; i++) {
		good += one->list[i].kind == OUTCOME_KEPT || one->list[i].kind == OUTCOME_SNAPPED;
		refused += one->list[i].kind == OUTCOME_REFUSED;
	}
	bad = write ? cards_differences(one) : 0;
	return bad == 0 ? 0 : refused == bad && good == 0 ? ERR_REFUSED : ERR_PARTLY;
}

static int status_of(const struct work *w, bool write)
{
	size_t n = cards_count(w->cards);
	int *list = mem_zero(n + 1, sizeof *list), status;

	for (size_t i = 0; i < n; i++)
		list[i] = card_status(cards_at(w->cards, i), write);
	status = ups_status(list, n);
	free(list);
	return status;
}

static bool take_pattern(struct cli *c, const unsigned *ids, size_t n, struct err *e)
{
	const struct node *pattern = site_lookup(app_site(c->app), c->like, NULL, e);

	return pattern && (node_ups(pattern) || err_set(e, _("%s: is no power device"), c->like)) &&
	    cards_like(c->app, pattern->id, ids, n, e);
}

static bool save(struct cli *c, struct err *e)
{
	return !app_modified(c->app) || app_save(c->app, e);
}

/* Whatever can be written is; each card has its own outcome. */
static bool write_all(struct work *w, struct err *e)
{
	if (!save(w->cli, e))
		return false;
	for (size_t i = 0; i < cards_count(w->cards); i++)
		cards_write(w->cards, i, NULL);
	wait_for_all(w);
	return true;
}

int ups_cards(struct cli *c, bool write)
{
	struct work w = { .cli = c };
	struct err e = { .text = "" };
	unsigned *ids;
	bool ok;
	size_t n;
	int status = 0;

	if (!write && (c->like || c->take))
		return cli_usage(c, "ups");
	ids = cli_named(c, 2, KIND_UPS, &n, &e);
	if (!ids || (c->like && !take_pattern(c, ids, n, &e))) {
		free(ids);
		return cli_fail(&e);
	}
	if (c->timeout_ms)
		w.limit = loop_after(c->loop, c->timeout_ms, too_late, &w);
	w.cards = cards_new(c->app, ids, n, changed, &w);
	wait_for_all(&w);
	ok = !write || c->dry_run || write_all(&w, &e);
	if (!ok)
		status = cli_fail(&e);
	else if (c->json)
		print_json(&w, write ? "amc.ups-write.v1" : "amc.ups-diff.v1", c->dry_run);
	else
		print(&w);
	if (ok) {
		status = status_of(&w, write && !c->dry_run);
		ok = !c->take || c->dry_run || (cards_take(w.cards, &e) >= 0 && save(c, &e));
		if (!ok)
			status = cli_fail(&e);
	}
	loop_remove(w.limit);
	cards_free(w.cards);
	free(ids);
	return status;
}
