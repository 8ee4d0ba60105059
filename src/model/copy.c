/* copy - a record as it was at one moment; see copy.h */
#include "model/copy.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct copy {
	unsigned parent, before;	/* ids; 0: none */
	struct node *record;		/* behind this struct; its links mean nothing */
};

struct copy *copy_of(const struct node *n)
{
	size_t head = (sizeof(struct copy) + 15) & ~(size_t)15;
	struct copy *c = mem_zero(1, head + record_size(n->kind));

	c->record = (void *)((char *)c + head);
	memcpy(c->record, n, record_size(n->kind));
	c->parent = n->parent ? n->parent->id : 0;
	c->before = n->next ? n->next->id : 0;
	return c;
}

unsigned copy_id(const struct copy *c)
{
	return c->record->id;
}

bool copy_same(const struct copy *a, const struct copy *b)
{
	return a->parent == b->parent && a->before == b->before &&
	    memcmp(a->record, b->record, record_size(a->record->kind)) == 0;
}

void copy_put(const struct copy *c, struct site *s)
{
	const struct node *was = c->record;
	struct node *n = site_find(s, was->id);
	const struct field *f;

	if (!n)
		n = site_create(s, was->kind, site_id_number(was->id));
	site_gather(s, n);
	for (f = record_fields(was->kind); f->key; f++)
		if (!(f->flags & FIELD_STAMP))
			site_copy_field(s, n, f, was);
	site_settle(s);
	if (c->parent)
		site_hang(s, n, site_find(s, c->parent), was->container,
		    site_find(s, c->before), NULL);
}
