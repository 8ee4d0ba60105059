/* check - what is wrong with the site, by rule and line */
#include "app/mend.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "model/counted.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cli_print_finding(struct cli *c, FILE *out, const struct finding *f)
{
	static const int colors[] = { [SEVERITY_ERROR] = 3,
		[SEVERITY_WARNING] = 2, [SEVERITY_NOTE] = 1 };
	struct text mended = { 0 };
	const char *color = out == stdout ? cli_color(colors[f->severity]) : "";

	fprintf(out, "%s:%ld: %s%s:%s %s%s%s", app_path(c->app),
	    f->line ? f->line : 1, color, severity_word(f->severity),
	    *color ? cli_plain() : "", f->rule, *f->rule ? ": " : "", f->message);
	mend_words(app_site(c->app), f, &mended);
	if (mended.s)
		fprintf(out, _("; mended by: %s"), mended.s);
	text_done(&mended);
	fprintf(out, "\n");
}

static struct json *finding_json(struct cli *c, const struct finding *f)
{
	const struct node *n = site_find(app_site(c->app), f->node);
	const struct node *mend = site_find(app_site(c->app), f->fix_node);
	struct json *j = json_new_object(), *fix;
	char *path = n ? node_path(n) : NULL;

	json_put_text(j, "rule", f->rule);
	json_put_text(j, "severity", severity_word(f->severity));
	json_put_text(j, "file", app_path(c->app));
	json_put_int(j, "line", f->line ? f->line : 1);
	json_put_text(j, "node", path);
	json_put_text(j, "field", f->field ? f->field->key : NULL);
	json_put_text(j, "message", f->message);
	free(path);
	if (mend) {
		fix = json_new_object();
		path = node_path(mend);
		json_put_text(fix, "node", path);
		json_put_text(fix, "key", f->fix_key);
		json_put_text(fix, "value", f->fix_value);
		free(path);
		path = mend_place(app_site(c->app), f);
		json_put_text(fix, "to", path);
		json_put_text(fix, "group", f->fix_group);
		free(path);
		json_put(j, "fix", fix);
	} else {
		json_put_null(j, "fix");
	}
	return j;
}

struct json *cli_findings_json(struct cli *c)
{
	const struct findings *l = app_check(c->app);
	struct json *list = json_new_array();

	for (size_t i = 0; i < l->n; i++)
		json_add(list, finding_json(c, &l->list[i]));
	return list;
}

int verb_check(struct cli *c)
{
	const struct findings *l;
	struct json *j;
	char sum[COUNTED_MAX];
	int status;
	size_t i;

	if (!cli_open(c, c->argv[0], &status))
		return status;
	l = app_check(c->app);
	if (c->json) {
		j = json_new_object();
		json_put_text(j, "schema", "amc.check.v1");
		json_put_int(j, "errors", (long long)l->count[SEVERITY_ERROR]);
		json_put_int(j, "warnings", (long long)l->count[SEVERITY_WARNING]);
		json_put_int(j, "notes", (long long)l->count[SEVERITY_NOTE]);
		json_put(j, "findings", cli_findings_json(c));
		cli_print_json(j);
	} else {
		for (i = 0; i < l->n; i++)
			cli_print_finding(c, stdout, &l->list[i]);
		printf("%s\n", counted_findings(l, sum));
	}
	return l->count[SEVERITY_ERROR] ? ERR_SITE : 0;
}
