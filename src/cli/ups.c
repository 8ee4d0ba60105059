/* ups - the verb ups: its words, and the settings that a card holds; see ups.h */
#include "cli/ups.h"
#include "app/collect.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct answer {
	struct cli *cli;
	const struct ups *ups;
	bool done;
	int status;
};

static struct json *answer_json(const struct ups *u, const struct collected *list,
    size_t n, const struct reading *ident, const char *profile)
{
	struct json *j = json_new_object(), *settings = json_new_array(), *one;
	char buf[16];
	size_t i;

	json_put_text(j, "schema", "amc.ups.v1");
	json_put_text(j, "name", u->name);
	json_put_text(j, "address", u->address);
	json_put_text(j, "profile", profile);
	json_put_text(j, "model", ident->model);
	json_put_text(j, "serial", ident->serial);
	json_put_text(j, "firmware", ident->firmware);
	for (i = 0; i < n; i++) {
		const char *site = field_text(list[i].field, u, buf);

		one = json_new_object();
		json_put_text(one, "key", list[i].field->key);
		json_put_text(one, "unit", list[i].field->unit);
		json_put_text(one, "card", *list[i].value ? list[i].value : NULL);
		json_put_text(one, "site", site);
		json_put_text(one, "allowed", list[i].allowed);
		json_put_bool(one, "differs", *list[i].value &&
		    strcmp(list[i].value, site) != 0);
		json_add(settings, one);
	}
	json_put(j, "settings", settings);
	return j;
}

static void print(const struct ups *u, const struct collected *list, size_t n,
    const struct reading *ident, const char *profile)
{
	char buf[16];
	size_t i;

	printf("%s %s  %s  %s %s  %s %s  (%s)\n", u->name, u->address,
	    ident->model, _("serial"), ident->serial, _("firmware"),
	    ident->firmware, profile ? profile : "?");
	printf("  %-22s %8s %8s      %s\n", "", _("card"), _("site"), _("allowed"));
	for (i = 0; i < n; i++) {
		const char *site = field_text(list[i].field, u, buf);

		printf("  %-22s %8s %8s %-3s  %s%s\n", list[i].field->key,
		    *list[i].value ? list[i].value : "-", site,
		    list[i].field->unit ? list[i].field->unit : "",
		    list[i].allowed, *list[i].value &&
		    strcmp(list[i].value, site) != 0 ? _("  differs") : "");
	}
}

static void answered(const struct collected *list, size_t n,
    const struct reading *ident, const char *profile, const struct err *e,
    void *arg)
{
	struct answer *a = arg;

	a->done = true;
	if (!ident)
		a->status = cli_fail(e);
	else if (a->cli->json)
		cli_print_json(answer_json(a->ups, list, n, ident, profile));
	else
		print(a->ups, list, n, ident, profile);
}

static int read_one(struct cli *c)
{
	struct answer a = { .cli = c };
	struct err e = { .text = "" };
	struct collect *collect;
	unsigned *ids;
	size_t n;

	ids = cli_named(c, 2, KIND_UPS, &n, &e);
	if (!ids)
		return cli_fail(&e);
	a.ups = node_ups(site_find(app_site(c->app), ids[0]));
	free(ids);
	if (n != 1) {
		err_kind(&e, ERR_USAGE,
		    _("read is for one power device at a time; diff and write are for several"));
		return cli_fail(&e);
	}
	collect = collect_start(c->app, a.ups, answered, &a, &e);
	if (!collect)
		return cli_fail(&e);
	if (!cli_wait(c, &a.done, c->timeout_ms ? c->timeout_ms : 30000)) {
		collect_cancel(collect);
		err_kind(&e, ERR_UNREACHABLE, _("%s: did not answer in time"),
		    a.ups->name);
		return cli_fail(&e);
	}
	return a.status;
}

int ups_status(const int *list, size_t n)
{
	int status = n ? list[0] : 0;

	for (size_t i = 1; i < n; i++)
		if (list[i] != status)
			return ERR_PARTLY;
	return status;
}

void ups_help(void)
{
	printf("\n  %-24s %s\n  %-24s %s\n  %-24s %s\n  %-24s %s\n", "read",
	    _("what a card has, beside the site"), "diff", _("in what cards differ from the site"),
	    "write", _("writes what differs, and reads it back; --like NODE, --take, --dry-run"),
	    "commands", _("what a card can be told to"));
	for (const struct command *k = commands; k->word; k++)
		printf("  %-24s %s%s\n", k->word, tr(k->label),
		    k->outlet ? " (--outlet N)" : "");
}

int verb_ups(struct cli *c)
{
	const char *what = c->argv[0];
	const struct command *command = command_find(what);
	int status;

	if (!command && strcmp(what, "read") && strcmp(what, "diff") && strcmp(what, "write") &&
	    strcmp(what, "commands"))
		return cli_usage(c, "ups");
	if (!cli_open(c, c->argv[1], &status))
		return status;
	if (command)
		return ups_command(c, command);
	if (strcmp(what, "commands") == 0)
		return ups_commands(c);
	return strcmp(what, "read") == 0 ? read_one(c) : ups_cards(c, what[0] == 'w');
}
