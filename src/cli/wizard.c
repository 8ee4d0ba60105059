/* wizard - amc new --wizard: a standard site from a few answers */
#include "app/wizard.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

/* Of several alike only the first is told. */
static bool is_told(const struct wizard_question *q)
{
	return q->number <= 1;
}

static void print_questions(const struct wizard *w)
{
	char allowed[200], value[120];

	for (size_t i = 0; i < wizard_count(w); i++) {
		const struct wizard_question *q = wizard_at(w, i);
		int cols;

		if (!is_told(q))
			continue;
		snprintf(value, sizeof value, "%s%s", *q->value ? q->value : "\"\"",
		    q->number ? " …" : "");
		cols = text_width(value);
		printf("  %-32s %s%*s %s: %s\n", q->key, value, cols < 24 ? 24 - cols : 0, "",
		    tr(q->ask->field->label), wizard_allowed(q->ask, allowed, sizeof allowed));
	}
}

static void print_site(const struct wizard_site *site)
{
	struct wizard *w = wizard_new(site);

	printf("\n%s: %s\n%s\n", site->name, tr(site->title), tr(site->words));
	print_questions(w);
	wizard_free(w);
}

static struct json *site_json(const struct wizard_site *site)
{
	struct json *j = json_new_object(), *questions = json_new_array();
	struct wizard *w = wizard_new(site);
	char allowed[200];

	json_put_text(j, "name", site->name);
	json_put_text(j, "title", tr(site->title));
	json_put_text(j, "help", tr(site->words));
	for (size_t i = 0; i < wizard_count(w); i++) {
		const struct wizard_question *q = wizard_at(w, i);
		struct json *one = json_new_object();

		json_put_text(one, "key", q->key);
		json_put_text(one, "label", tr(q->ask->field->label));
		json_put_text(one, "default", q->value);
		json_put_text(one, "allowed", wizard_allowed(q->ask, allowed, sizeof allowed));
		json_add(questions, one);
	}
	json_put(j, "questions", questions);
	wizard_free(w);
	return j;
}

/* One, or all of them. */
static void list(const struct wizards *all, const struct wizard_site *one, bool as_json)
{
	struct json *j = json_new_object(), *sites = json_new_array();

	if (!as_json)
		printf("%s\n", _("KEY=VALUE of each wizard, with what is taken where nothing is given; … counts up: the same keys are there with 2, 3 and so on."));
	for (size_t i = 0; i < all->n; i++) {
		if (one && one != &all->sites[i])
			continue;
		if (as_json)
			json_add(sites, site_json(&all->sites[i]));
		else
			print_site(&all->sites[i]);
	}
	json_put_text(j, "schema", "amc.wizards.v1");
	json_put(j, "wizards", sites);
	if (as_json)
		cli_print_json(j);
	else
		json_free(j);
}

void cli_wizard_help(const char *name)
{
	struct wizards *all = wizards_built_in(NULL);

	if (all)
		list(all, name ? wizards_find(all, name, NULL) : NULL, false);
	wizards_free(all);
}

static void tell_json(struct cli *c, const struct wizard *w)
{
	struct json *j = json_new_object();

	json_put_text(j, "schema", "amc.edit.v1");
	json_put_bool(j, "dry_run", c->dry_run);
	json_put_int(j, "revision", site_network(app_site(c->app))->revision);
	json_put(j, "changes", json_new_array());
	json_put_text(j, "wizard", wizard_site(w)->name);
	json_put(j, "tree", cli_node_json(c, &site_network(app_site(c->app))->node));
	json_put(j, "findings", cli_findings_json(c));
	cli_print_json(j);
}

static void tell(struct cli *c)
{
	const struct findings *l = app_check(c->app);

	cli_print_tree(&site_network(app_site(c->app))->node);
	for (size_t i = 0; i < l->n; i++)
		cli_print_finding(c, stdout, &l->list[i]);
	if (!c->dry_run)
		printf(_("saved, revision %d\n"), site_network(app_site(c->app))->revision);
}

/* A standard site has no errors by the rules, or it is not made. */
static bool has_errors(struct cli *c, struct err *e)
{
	const struct findings *l = app_check(c->app);

	for (size_t i = 0; i < l->n; i++)
		if (l->list[i].severity == SEVERITY_ERROR) {
			err_kind(e, ERR_SITE, "%s: %s", l->list[i].rule, l->list[i].message);
			return true;
		}
	return false;
}

static int make(struct cli *c, struct wizard *w)
{
	struct err e = { .text = "" };
	int wrong;

	if (!wizard_take(w, c->argv + 1, c->argc - 1, &e))
		return cli_fail(&e);
	wrong = wizard_wrong(w, -1, &e);
	if (wrong >= 0) {
		err_at(&e, "%s", wizard_at(w, (size_t)wrong)->key);
		return cli_fail(&e);
	}
	if (!wizard_create(w, c->app, c->argv[0], &e) || has_errors(c, &e) ||
	    (!c->dry_run && !app_save(c->app, &e)))
		return cli_fail(&e);
	if (c->json)
		tell_json(c, w);
	else
		tell(c);
	return 0;
}

int cli_new_wizard(struct cli *c)
{
	bool listing = strcmp(c->wizard, "list") == 0;
	const char *name = !listing ? c->wizard : c->argc ? c->argv[0] : NULL;
	const struct wizard_site *site = NULL;
	struct err e = { .text = "" };
	struct wizards *all = wizards_built_in(&e);
	int status = 0;

	if (!all || (name && !(site = wizards_find(all, name, &e)))) {
		status = cli_fail(&e);
	} else if (listing && c->argc <= 1) {
		list(all, site, c->json);
	} else if (listing || c->argc < 1) {
		status = cli_usage(c, "new");
	} else {
		struct wizard *w = wizard_new(site);

		status = make(c, w);
		wizard_free(w);
	}
	wizards_free(all);
	return status;
}
