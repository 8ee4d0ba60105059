/* rules - what check looks for, and why */
#include "base/i18n.h"
#include "base/json.h"
#include "cli/cli.h"

#include <stdio.h>

static struct json *rule_json(const struct rule *r)
{
	struct json *j = json_new_object(), *sources = json_new_array();
	unsigned bit;

	json_put_text(j, "rule", r->number);
	json_put_text(j, "severity", severity_word(r->severity));
	json_put_bool(j, "live", r->live != NULL);
	json_put_text(j, "words", tr(r->words));
	json_put_text(j, "reason", tr(r->reason));
	for (bit = 1; source_label(bit); bit <<= 1)
		if (r->sources & bit)
			json_add_text(sources, tr(source_label(bit)));
	json_put(j, "sources", sources);
	return j;
}

static void print_rule(const struct rule *r)
{
	unsigned bit;

	printf("%s: %s: %s\n", r->number, severity_word(r->severity),
	    tr(r->words));
	printf(_("  Why: %s\n"), tr(r->reason));
	for (bit = 1; source_label(bit); bit <<= 1)
		if (r->sources & bit)
			printf(_("  Source: %s\n"), tr(source_label(bit)));
	if (r->live)
		printf("  %s\n", _("Needs what cards and terminals say: the console tells it, check does not."));
}

static int print(struct cli *c, const struct rule *const *list, size_t n)
{
	struct json *j, *all;
	size_t i;

	if (!c->json) {
		for (i = 0; i < n; i++)
			if (c->argc)
				print_rule(list[i]);
			else
				printf("%-4s %-8s %s\n", list[i]->number,
				    severity_word(list[i]->severity),
				    tr(list[i]->words));
		return 0;
	}
	j = json_new_object();
	all = json_new_array();
	json_put_text(j, "schema", "amc.rules.v1");
	for (i = 0; i < n; i++)
		json_add(all, rule_json(list[i]));
	json_put(j, "rules", all);
	cli_print_json(j);
	return 0;
}

#define RULES_MAX 100

int verb_rules(struct cli *c)
{
	const struct rule *list[RULES_MAX], *r;
	size_t n = 0;

	for (r = rules; !c->argc && r->number && n < RULES_MAX; r++)
		list[n++] = r;
	for (int i = 0; i < c->argc && n < RULES_MAX; i++) {
		list[n] = rule_find(c->argv[i]);
		if (!list[n++]) {
			fprintf(stderr, _("amc: %s: check has no such rule; \"amc rules\" lists them\n"),
			    c->argv[i]);
			return ERR_USAGE;
		}
	}
	return print(c, list, n);
}
