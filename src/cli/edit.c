/* edit - the verbs that change a site: new, add, set, move, remove, edit */
#include "app/diff.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* Why the file itself forbids saving: every fault of it, where it stands. */
static void print_faults(struct cli *c)
{
	const struct findings *l = app_check(c->app);
	size_t i;

	for (i = 0; i < l->n; i++)
		if (l->list[i].severity == SEVERITY_ERROR &&
		    (!*l->list[i].rule || !strcmp(l->list[i].rule, "R1") ||
		    !strcmp(l->list[i].rule, "R2")))
			cli_print_finding(c, stderr, &l->list[i]);
}

int cli_finish_changes(struct cli *c, const struct changes *changes)
{
	struct text lines = { 0 };
	struct err e = { .text = "" };
	struct json *j;
	bool modified = app_modified(c->app) || access(app_path(c->app), F_OK) != 0;
	int status = 0;

	if (!c->dry_run && !app_save(c->app, &e)) {
		if (e.kind == ERR_SITE)
			print_faults(c);
		status = cli_fail(&e);
	}
	if (status == 0 && c->json) {
		j = json_new_object();
		json_put_text(j, "schema", "amc.edit.v1");
		json_put_bool(j, "dry_run", c->dry_run);
		json_put_int(j, "revision",
		    site_network(app_site(c->app))->revision);
		json_put(j, "changes", changes_json(changes));
		cli_print_json(j);
	} else if (status == 0) {
		changes_print(changes, &lines);
		fputs(lines.s ? lines.s : "", stdout);
		if (!c->dry_run)
			printf(modified ? _("saved, revision %d\n") :
			    _("nothing to change, revision %d\n"), site_network(app_site(c->app))->revision);
	}
	text_done(&lines);
	return status;
}

/* The last step of every edit. */
static int finish(struct cli *c, bool is_new)
{
	struct changes changes = { 0 };
	int status;

	if (!is_new)	/* of a new site nothing is another than before */
		app_changes(c->app, &changes);
	status = cli_finish_changes(c, &changes);
	changes_done(&changes);
	return status;
}

static bool given_before(char **words, int n, const char *key)
{
	size_t len = strlen(key);

	for (int i = 0; i < n; i++)
		if (strncasecmp(words[i], key, len) == 0 && words[i][len] == '=')
			return true;
	return false;
}

static bool set_all(struct app *a, unsigned node, char **words, int n,
    struct err *e)
{
	int i;

	for (i = 0; i < n; i++) {
		char *eq = strchr(words[i], '='), *key;
		bool ok;

		if (!eq || eq == words[i])
			return err_kind(e, ERR_USAGE,
			    _("%s: settings are given as KEY=VALUE"), words[i]);
		key = mem_ndup(words[i], (size_t)(eq - words[i]));
		if (given_before(words, i, key)) {
			err_kind(e, ERR_USAGE, _("%s: is given twice"), key);
			free(key);
			return false;
		}
		if (field_find(record_fields(site_id_kind(node)), key) &&
		    field_find(record_fields(site_id_kind(node)), key)->flags &
		    FIELD_OURS)
			ok = err_set(e, _("%s: is kept by amc itself"), key);
		else
			ok = app_set(a, node, key, eq + 1, e);
		free(key);
		if (!ok)
			return false;
	}
	return true;
}

/* PARENT of a kind: a container, or what is meant when only the group is named. */
static struct node *place(struct app *a, const char *path, enum kind k,
    enum container *c, struct err *e)
{
	struct node *n = site_lookup(app_site(a), path, c, e);

	if (!n || *c != IN_ITSELF || n->kind != KIND_GROUP)
		return n;
	if (k == KIND_UPS)
		*c = IN_POWER;
	if (k != KIND_TERMINAL)
		return n;
	err_set(e, _("%s: say which terminals: %s/@control or %s/@linked"),
	    path, path, path);
	return NULL;
}

static bool do_add(struct app *a, int argc, char **argv, struct err *e)
{
	enum container c;
	struct node *parent;
	unsigned id;
	enum kind k;

	for (k = KIND_GROUP; k < KIND_COUNT; k++)
		if (strcmp(argv[1], kind_word(k)) == 0)
			break;
	if (k == KIND_COUNT)
		return err_kind(e, ERR_USAGE, _("%s: not group, ups or terminal"),
		    argv[1]);
	parent = place(a, argv[0], k, &c, e);
	if (!parent)
		return false;
	id = app_add(a, parent->id, c, k, argv[2], e);
	return id && set_all(a, id, argv + 3, argc - 3, e);
}

static bool do_set(struct app *a, int argc, char **argv, struct err *e)
{
	struct node *n = site_lookup(app_site(a), argv[0], NULL, e);

	return n && set_all(a, n->id, argv + 1, argc - 1, e);
}

static bool do_move(struct app *a, int argc, char **argv, struct err *e)
{
	struct node *n = site_lookup(app_site(a), argv[0], NULL, e);
	enum container c;
	struct node *parent = n ? place(a, argv[1], n->kind, &c, e) : NULL;

	(void)argc;
	return parent && app_move(a, n->id, parent->id, c, e);
}

static bool do_remove(struct app *a, int argc, char **argv, struct err *e)
{
	struct node *n = site_lookup(app_site(a), argv[0], NULL, e);

	(void)argc;
	return n && app_remove(a, n->id, e);
}

static const struct command {
	const char *name;
	int least, most;
	bool (*run)(struct app *, int argc, char **argv, struct err *);
} commands[] = {
	{ "add", 3, -1, do_add },
	{ "set", 2, -1, do_set },
	{ "move", 2, 2, do_move },
	{ "remove", 1, 1, do_remove },
};

static int one(struct cli *c, const struct command *command)
{
	struct err e = { .text = "" };
	int status;

	if (!cli_open(c, c->argv[0], &status))
		return status;
	if (command->run(c->app, c->argc - 1, c->argv + 1, &e))
		return finish(c, false);
	status = cli_fail(&e);
	cli_faulty(c->app);	/* what is not found may stand where it was not understood */
	return status;
}

int verb_add(struct cli *c)
{
	return one(c, &commands[0]);
}

int verb_set(struct cli *c)
{
	return one(c, &commands[1]);
}

int verb_move(struct cli *c)
{
	return one(c, &commands[2]);
}

int verb_remove(struct cli *c)
{
	return one(c, &commands[3]);
}

int verb_new(struct cli *c)
{
	struct err e = { .text = "" };

	if (c->wizard)
		return cli_new_wizard(c);
	if (c->argc != 1)
		return cli_usage(c, "new");
	if (!app_create(c->app, c->argv[0], &e))
		return cli_fail(&e);
	return finish(c, true);
}

/*
 * Words of a line, as a shell would part them: quotes and backslashes. -1: a
 * quote is not closed; more than most: there are too many.
 */
static int split(char *line, char **words, int most)
{
	char *to = line;
	int n = 0;

	while (*line) {
		char quote = '\0';

		while (*line == ' ' || *line == '\t')
			line++;
		if (!*line || (*line == '#' && n == 0))
			break;
		if (n == most)
			return most + 1;
		words[n++] = to = line;
		for (; *line && (quote || (*line != ' ' && *line != '\t')); line++) {
			if (quote ? *line == quote : *line == '"' || *line == '\'')
				quote = quote ? '\0' : *line;
			else if (*line == '\\' && quote != '\'' && line[1])
				*to++ = *++line;
			else
				*to++ = *line;
		}
		if (quote)
			return -1;
		if (*line)
			line++;
		*to = '\0';
	}
	return n;
}

#define WORDS 128

static bool run_line(struct app *a, char *line, size_t len, struct err *e)
{
	char *words[WORDS];
	size_t i;
	int n;

	if (strlen(line) != len)
		return err_kind(e, ERR_USAGE, _("a NUL byte is not allowed"));
	line[strcspn(line, "\r\n")] = '\0';
	n = split(line, words, WORDS);
	if (n < 0)
		return err_kind(e, ERR_USAGE, _("a quote is not closed"));
	if (n > WORDS)
		return err_kind(e, ERR_USAGE,
		    _("%s: too few or too many words"), words[0]);
	if (n == 0)
		return true;
	for (i = 0; i < sizeof commands / sizeof *commands; i++) {
		const struct command *c = &commands[i];

		if (strcmp(c->name, words[0]) != 0)
			continue;
		if (n - 1 < c->least || (c->most >= 0 && n - 1 > c->most))
			return err_kind(e, ERR_USAGE,
			    _("%s: too few or too many words"), c->name);
		return c->run(a, n - 1, words + 1, e);
	}
	return err_kind(e, ERR_USAGE, _("%s: not add, set, move or remove"),
	    words[0]);
}

int verb_edit(struct cli *c)
{
	const char *name = c->argv[1];
	bool in = strcmp(name, "-") == 0;
	struct err e = { .text = "" };
	char *line = NULL;
	size_t size = 0;
	ssize_t len;
	long number = 0;
	bool ok = true, whole;
	int status;
	FILE *f;

	if (!cli_open(c, c->argv[0], &status))
		return status;
	f = in ? stdin : fopen(name, "re");
	if (!f) {
		err_errno(&e, name);
		return cli_fail(&e);
	}
	while (ok && (len = getline(&line, &size, f)) >= 0) {
		number++;
		ok = run_line(c->app, line, (size_t)len, &e);
	}
	whole = !ok || !ferror(f) || err_errno(&e, name);
	free(line);
	if (!in)
		fclose(f);
	if (!whole)
		return cli_fail(&e);
	if (!ok) {
		err_at(&e, "%s:%ld: error", name, number);
		return cli_fail(&e);
	}
	return finish(c, false);
}
