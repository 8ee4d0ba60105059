/* exchange - the verbs export and import */
#include "app/exchange.h"
#include "base/i18n.h"
#include "base/json.h"
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Each line of notes for a person. */
static void print_notes(const struct text *notes)
{
	const char *s = notes->s;
	size_t len;

	for (; s && *s; s += len + 1) {
		len = strcspn(s, "\n");
		fprintf(stderr, "amc: %.*s\n", (int)len, s);
	}
}

static void print_json(const struct cli *c, const struct export *x)
{
	struct json *j = json_new_object();

	json_put_text(j, "schema", "amc.export.v1");
	json_put_text(j, "output", c->output);
	json_put_text(j, "format", x->format ? x->format : format_of_path(c->output));
	json_put_bool(j, "secrets", x->secrets);
	json_put_bool(j, "dry_run", c->dry_run);
	cli_print_json(j);
}

/* To standard output: the document, and nothing else. */
static bool to_stdout(struct cli *c, const struct export *x, struct text *notes,
    struct err *e)
{
	struct text out = { 0 };
	bool ok;

	if (x->secrets)
		return err_kind(e, ERR_USAGE,
		    _("--secrets needs -o FILE: secrets go into a file of mode 0600 only"));
	ok = app_export_text(c->app, x, &out, notes, e);
	if (ok && !c->dry_run)
		ok = fwrite(out.s, 1, out.len, stdout) == out.len || err_errno(e, "stdout");
	text_done(&out);
	return ok;
}

int verb_export(struct cli *c)
{
	struct export x = { .format = c->format, .secrets = c->secrets, .bom = c->bom };
	struct text notes = { 0 }, unused = { 0 };
	struct err e = { .text = "" };
	int status;
	bool ok;

	if (!cli_open(c, c->argv[0], &status))
		return status;
	if (!x.format && c->output && !format_of_path(c->output))
		x.format = "xml";
	if (!x.format && c->json && !c->output)
		x.format = "json";
	if (!c->output)
		ok = to_stdout(c, &x, &notes, &e);
	else if (c->dry_run)
		ok = app_export_text(c->app, &x, &unused, &notes, &e);
	else
		ok = app_export(c->app, &x, c->output, &notes, &e);
	if (ok && c->json && c->output)
		print_json(c, &x);
	if (ok)
		print_notes(&notes);
	if (ok && c->output && c->secrets && !c->dry_run)
		fprintf(stderr, _("amc: %s has the site's secrets; its mode is 0600\n"),
		    c->output);
	text_done(&notes);
	text_done(&unused);
	return ok ? 0 : cli_fail(&e);
}

int verb_import(struct cli *c)
{
	struct import x = { .format = c->format, .into = c->into };
	struct proposal p = { 0 };
	struct err e = { .text = "" };
	int status;

	/* a site that is not there yet is begun */
	if (access(c->argv[0], F_OK) < 0) {
		if (!app_create(c->app, c->argv[0], &e))
			return cli_fail(&e);
	} else if (!cli_open(c, c->argv[0], &status)) {
		return status;
	}
	if (import_propose(c->app, c->argv[1], &x, &p, &e) && app_take(c->app, "", &p, &e)) {
		print_notes(&p.notes);
		status = cli_finish_changes(c, &p.changes);
	} else {
		status = cli_fail(&e);
	}
	proposal_done(&p);
	return status;
}
