/* named - the nodes that a verb is for; see cli.h */
#include "cli/cli.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <stdlib.h>

/* Adds those of a kind that are not there yet. */
static void add_below(const struct node *top, enum kind kind, unsigned *ids, size_t *n)
{
	for (const struct node *i = top; i; i = node_next(i, top)) {
		size_t k = 0;

		while (k < *n && ids[k] != i->id)
			k++;
		if (i->kind == kind && k == *n)
			ids[(*n)++] = i->id;
	}
}

static bool add_named(struct cli *c, const char *name, enum kind kind, unsigned *ids, size_t *n,
    struct err *e)
{
	const struct node *node = site_lookup(app_site(c->app), name, NULL, e);

	if (!node)
		return false;
	/* a device of the other kind; of a group that has none, the others may be meant */
	if (node->kind != kind && node->kind != KIND_GROUP && node->kind != KIND_NETWORK)
		return err_set(e, kind == KIND_UPS ? _("%s: is no power device") :
		    _("%s: is no terminal"), name);
	add_below(node, kind, ids, n);
	return true;
}

unsigned *cli_named(struct cli *c, int first, enum kind kind, size_t *n, struct err *e)
{
	const struct site *s = app_site(c->app);
	unsigned *ids = mem_zero(site_count(s, kind) + 1, sizeof *ids);
	bool ok = true;

	*n = 0;
	if (c->all && c->argc > first)
		ok = err_kind(e, ERR_USAGE, _("give names or --all, not both"));
	else if (c->all)
		add_below(&site_network(s)->node, kind, ids, n);
	else if (c->argc <= first)
		ok = err_kind(e, ERR_USAGE, kind == KIND_UPS ?
		    _("name power devices or groups, or give --all") :
		    _("name terminals or groups, or give --all"));
	for (int i = first; i < c->argc && ok; i++)
		ok = add_named(c, c->argv[i], kind, ids, n, e);
	if (ok && *n == 0)
		ok = err_set(e, kind == KIND_UPS ? _("there is no power device") :
		    _("there is no terminal"));
	if (ok)
		return ids;
	free(ids);
	return NULL;
}
