/* outage - which UPSs fail, and how nodes are named; see outage.h */
#include "cli/outage.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

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

bool cli_outage(struct cli *c, struct outage *o, struct err *e)
{
	const struct site *site = app_site(c->app);
	enum container in;
	size_t i;

	if (c->all && !outage_add(o, &site_network(site)->node, IN_ITSELF))
		return err_set(e, _("%s: there is no power device in it"),
		    app_path(c->app));
	for (i = 0; i < c->fail_count; i++) {
		const struct node *n = site_lookup(site, c->fails[i], &in, e);

		if (!n)
			return false;
		if (!outage_add(o, n, in))
			return err_set(e, _("%s: there is no power device in it"),
			    c->fails[i]);
	}
	return true;
}
