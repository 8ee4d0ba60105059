/* site-copy - a site that is equal to another; a part of site */
#include "model/site.h"

static void copy_settings(struct site *s, struct node *to, const struct node *from)
{
	const struct field *f;
	char buf[16];

	site_gather(s, to);
	for (f = record_fields(from->kind); f->key; f++)
		if (f->type != FIELD_PARENT && node_gives(from, f))
			site_set(s, to, f, field_text(f, from, buf), NULL);
	site_settle(s);
}

struct site *site_copy(const struct site *from)
{
	const struct node *top = &site_network(from)->node, *n;
	struct site *s = site_new();
	struct node *to;

	copy_settings(s, &site_network(s)->node, top);
	for (n = node_next(top, top); n; n = node_next(n, top)) {
		to = site_create(s, n->kind, site_id_number(n->id));
		site_hang(s, to, site_find(s, n->parent->id), n->container, NULL, NULL);
		copy_settings(s, to, n);
	}
	for (enum kind k = KIND_GROUP; k < KIND_COUNT; k++)
		if (site_last(from, k) > site_last(s, k))
			site_keep_number(s, site_id(k, site_last(from, k)));
	return s;
}
