/* history - the revisions of a site file, going back to one, merging a copy */
#include "app/history.h"
#include "app/merging.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>

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

int verb_history(struct cli *c)
{
	struct revisions r = { 0 };
	struct err e = { .text = "" };
	size_t i;

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

int verb_rollback(struct cli *c)
{
	struct proposal p = { 0 };
	struct err e = { .text = "" };
	int status;

	if (!cli_open(c, c->argv[0], &status))
		return status;
	if (revision_propose(c->app, c->argv[1], &p, &e) && app_take(c->app, "", &p, &e))
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
