/* diff - how two sites differ: files, revisions in the history, terminals */
#include "app/diff.h"
#include "app/history.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool from_terminal(struct cli *c, const char *name, struct err *e)
{
	size_t len;
	char *held = terminal_held(c, name, &len, e);
	bool ok = held && app_open_text(c->app, name, held, len, e);

	free(held);
	return ok;
}

/* "site.ini", "site.ini@3": no terminal is called so, and no password is asked for it. */
static bool is_file_name(const char *name)
{
	const char *at = strrchr(name, '@');
	size_t len = at ? (size_t)(at - name) : strlen(name);

	return len > 4 && strncmp(name + len - 4, ".ini", 4) == 0;
}

/* What A or B is: a file, a revision of one, a terminal, or a revision of what it held. */
static bool open_any(struct cli *c, const char *name, struct err *e)
{
	char *path = revision_named(name);
	bool ok;

	if (path && strchr(name, '@') && access(name, F_OK) != 0 && access(path, F_OK) != 0)
		ok = err_set(e, _("%.*s: there is no revision %s; amc history tells which there are"),
		    (int)(strrchr(name, '@') - name), name, strrchr(name, '@') + 1);
	else if (path)
		ok = app_open(c->app, path, e);
	else if (strchr(name, '/') || is_file_name(name))
		ok = err_set(e, _("%s: there is no such file"), name);
	else
		ok = from_terminal(c, name, e);
	free(path);
	return ok;
}

struct json *changes_json(const struct changes *l)
{
	static const char *const words[] = { "added", "removed", "moved", "set",
	    "ordered" };
	struct json *list = json_new_array(), *one;
	size_t i;

	for (i = 0; i < l->n; i++) {
		one = json_new_object();
		json_put_text(one, "change", words[l->list[i].kind]);
		json_put_text(one, "node", l->list[i].path);
		json_put_text(one, "key", l->list[i].field ?
		    l->list[i].field->key : NULL);
		json_put_text(one, "from", l->list[i].from);
		json_put_text(one, "to", l->list[i].to);
		json_add(list, one);
	}
	return list;
}

static void print_json(const struct changes *l)
{
	struct json *j = json_new_object();

	json_put_text(j, "schema", "amc.diff.v1");
	json_put(j, "changes", changes_json(l));
	cli_print_json(j);
}

int verb_diff(struct cli *c)
{
	struct app_options o = { .read_only = true };
	struct app *first = c->app;
	struct changes changes = { 0 };
	struct text lines = { 0 };
	struct err e = { .text = "" };
	int status = 0;

	if (!open_any(c, c->argv[0], &e))
		return cli_fail(&e);
	c->app = app_new(c->loop, &o, &e);
	if (!c->app || !open_any(c, c->argv[1], &e)) {
		status = cli_fail(&e);
	} else {
		diff_sites(app_site(first), app_site(c->app), &changes);
		if (c->json)
			print_json(&changes);
		else
			changes_print(&changes, &lines);
		fputs(lines.s ? lines.s : "", stdout);
		status = cli_faulty(first);
		if (cli_faulty(c->app))
			status = ERR_SITE;
	}
	changes_done(&changes);
	text_done(&lines);
	app_free(c->app);
	c->app = first;
	return status;
}
