/* history - the revisions of a site file, going back to one, merging a copy */
#include "app/history.h"
#include "app/merging.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct json *revision_json(const struct revision *one)
{
	struct json *j = json_new_object(), *n = json_new_object();

	json_put_text(j, "revision", one->name);
	json_put_bool(j, "current", one->current);
	json_put_text(j, "saved", *one->saved ? one->saved : NULL);
	json_put_text(j, "saved_by", *one->by ? one->by : NULL);
	json_put_int(j, "size", one->size);
	json_put_text(j, "error", one->fault);
	json_put_int(n, "added", (long long)one->n[CHANGE_ADDED]);
	json_put_int(n, "removed", (long long)one->n[CHANGE_REMOVED]);
	json_put_int(n, "moved", (long long)one->n[CHANGE_MOVED]);
	json_put_int(n, "set", (long long)one->n[CHANGE_SET]);
	json_put_int(n, "ordered", (long long)one->n[CHANGE_ORDER]);
	json_put(j, "changed_by_next", n);
	return j;
}

static void print_json(const struct revisions *r)
{
	struct json *j = json_new_object(), *list = json_new_array();
	size_t i;

	for (i = 0; i < r->n; i++)
		json_add(list, revision_json(&r->list[i]));
	json_put_text(j, "schema", "amc.history.v1");
	json_put(j, "revisions", list);
	cli_print_json(j);
}

static void print_row(const struct revision *one)
{
	char word[200];

	printf("%-6s %-20s %-20s %9lld  %s\n", one->name,
	    *one->saved ? one->saved : "-", *one->by ? one->by : "-", one->size,
	    one->current ? _("the file now") :
	    revision_word(one, word, sizeof word));
}

/* No file, but a terminal of the site of --site or $AMC_SITE. */
static bool names_terminal(struct cli *c, const char *name)
{
	const struct node *n;

	if (access(name, F_OK) == 0 || !app_open(c->app, cli_site_path(c), NULL))
		return false;
	n = site_lookup(app_site(c->app), name, NULL, NULL);
	return n && n->kind == KIND_TERMINAL;
}

/* Those that a terminal keeps. */
static int history_of_terminal(struct cli *c)
{
	struct question q = { .method = "GET", .path = "/v1/site/history" };
	struct err e = { .text = "" };
	size_t len = 0;
	char *answer = terminal_answer(c, c->argv[0], &q, &len, &e);
	struct json *j = answer ? json_parse(answer, len, &e) : NULL;
	const struct json *list = j ? json_get(j, "revisions") : NULL;

	free(answer);
	if (!j)
		return cli_fail(&e);
	if (c->json) {
		cli_print_json(j);
		return 0;
	}
	printf("%-6s %9s  %s\n", _("rev"), _("bytes"), _("replaced"));
	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *one = json_at(list, i);
		const char *name = json_get_text(one, "revision");
		const char *at = json_get_text(one, "replaced");
		char shown[40];

		text_show(shown, sizeof shown, name ? name : "?");
		printf("%-6s %9.0f  ", shown, json_get_number(one, "size", 0));
		text_show(shown, sizeof shown, at ? at : _("what it holds now"));
		printf("%s\n", shown);
	}
	json_free(j);
	return 0;
}

int verb_history(struct cli *c)
{
	struct revisions r = { 0 };
	struct err e = { .text = "" };
	size_t i;

	if (names_terminal(c, c->argv[0]))
		return history_of_terminal(c);
	if (!revisions_list(&r, c->argv[0], &e))
		return cli_fail(&e);
	for (i = 0; i < r.n; i++)
		revisions_look(&r, i);
	if (c->json) {
		print_json(&r);
	} else {
		printf("%-6s %-20s %-20s %9s  %s\n", _("rev"), _("saved"), _("by"),
		    _("bytes"), _("what the next one changed"));
		for (i = 0; i < r.n; i++)
			print_row(&r.list[i]);
	}
	revisions_done(&r);
	return 0;
}

/* To a revision of the file, or "SERVER1@12": to one of what a terminal of it held. */
static bool propose(struct cli *c, struct proposal *p, struct err *e)
{
	size_t len;
	char *held;
	bool ok;

	if (!strchr(c->argv[1], '@'))
		return revision_propose(c->app, c->argv[1], p, e);
	c->site = c->argv[0];
	held = terminal_held(c, c->argv[1], &len, e);
	ok = held && proposal_held(c->app, c->argv[1], held, len, p, e);
	free(held);
	return ok;
}

int verb_rollback(struct cli *c)
{
	struct proposal p = { 0 };
	struct err e = { .text = "" };
	int status;

	if (!cli_open(c, c->argv[0], &status))
		return status;
	if (propose(c, &p, &e) && app_take(c->app, "", &p, &e))
		status = cli_finish_changes(c, &p.changes);
	else
		status = cli_fail(&e);
	proposal_done(&p);
	return status;
}

int verb_merge(struct cli *c)
{
	struct conflicts conflicts = { 0 };
	struct proposal p = { 0 };
	struct text lines = { 0 };
	struct err e = { .text = "" };
	int status;

	if (!cli_open(c, c->argv[0], &status))
		return status;
	if (merge_propose(c->app, c->argv[1], c->argc > 2 ? c->argv[2] : NULL, &p,
	    &conflicts, &e) && app_take(c->app, "", &p, &e)) {
		status = cli_finish_changes(c, &p.changes);
	} else {
		conflicts_print(&conflicts, &lines);
		fputs(lines.s ? lines.s : "", stderr);
		status = cli_fail(&e);
	}
	conflicts_done(&conflicts);
	text_done(&lines);
	proposal_done(&p);
	return status;
}
