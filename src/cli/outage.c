/* outage - which UPSs fail, and how nodes are named; see outage.h */
#include "cli/outage.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/script.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cli_names cli_names_of(const struct site *site)
{
	const struct node *top = &site_network(site)->node, *n;
	struct cli_names names = { .site = site };

	for (n = top; n; n = node_next(n, top)) {
		uintptr_t name = (uintptr_t)node_name(n);

		map_put(&names.count, name, (void *)((uintptr_t)map_get(&names.count,
		    name) + 1));
	}
	return names;
}

void cli_names_done(struct cli_names *names)
{
	map_done(&names->count);
}

char *cli_name(const struct cli_names *names, unsigned id)
{
	const struct node *n = site_find(names->site, id);
	uintptr_t times = (uintptr_t)map_get(&names->count, (uintptr_t)node_name(n));

	return times > 1 ? node_path(n) : mem_dup(node_name(n));
}

void cli_put_name(struct json *j, const char *key, const struct cli_names *names, unsigned id)
{
	char *name = cli_name(names, id);

	json_put_text(j, key, name);
	free(name);
}

const char *cli_bounds(struct bounds at, char buf[24])
{
	if (at.earliest == at.latest)
		snprintf(buf, 24, "%d", at.latest);
	else
		snprintf(buf, 24, "%d-%d", at.earliest, at.latest);
	return buf;
}

void cli_cell(const char *text, int cols)
{
	int w = text_width(text);

	printf("%s%*s", text, w < cols ? cols - w : 0, "");
}

static bool add_named(struct cli *c, struct outage *o, const char *name, struct err *e)
{
	enum container in;
	const struct node *n = site_lookup(app_site(c->app), name, &in, e);

	return n && (outage_add(o, n, in) ||
	    err_set(e, _("%s: there is no power device in it"), name));
}

static bool add_all(struct cli *c, struct outage *o, struct err *e)
{
	return outage_add(o, &site_network(app_site(c->app))->node, IN_ITSELF) ||
	    err_set(e, _("%s: there is no power device in it"), app_path(c->app));
}

struct scenario {
	struct cli *cli;
	struct outage *outage;
};

/* "at 20s UPS4 mains off"; whatever else such a line tells a card is no outage. */
static bool add_line(const char *line, void *arg, struct err *e)
{
	static const char off[] = " mains off";
	struct scenario *s = arg;
	int64_t at;
	const char *words = script_parse(line, &at, e);
	size_t len = words ? strlen(words) : 0;
	char *name;
	bool ok;

	while (len && words[len - 1] == ' ')
		len--;
	if (len <= sizeof off - 1 || strncmp(words + len - (sizeof off - 1), off, sizeof off - 1) != 0)
		return words != NULL;
	name = mem_ndup(words, len - (sizeof off - 1));
	ok = strcmp(name, "all") == 0 ? add_all(s->cli, s->outage, e) :
	    add_named(s->cli, s->outage, name, e);
	free(name);
	return ok;
}

static bool add_scenario(struct cli *c, struct outage *o, struct err *e)
{
	struct scenario s = { c, o };

	return script_read(c->scenario, add_line, &s, e) && (o->failed.n ||
	    err_set(e, _("%s: no mains go off in it"), c->scenario));
}

bool cli_outage(struct cli *c, struct outage *o, struct err *e)
{
	if (c->all && !add_all(c, o, e))
		return false;
	if (c->scenario && !add_scenario(c, o, e))
		return false;
	for (size_t i = 0; i < c->fail_count; i++)
		if (!add_named(c, o, c->fails[i], e))
			return false;
	return true;
}
