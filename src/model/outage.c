#include "model/outage.h"

#include "model/depend.h"

void outage_done(struct outage *o)
{
	map_done(&o->failed);
}

void outage_copy(struct outage *o, const struct outage *from)
{
	size_t i = 0;
	void *ups;

	outage_clear(o);
	while ((ups = map_each(&from->failed, &i)))
		outage_set(o, (unsigned)(uintptr_t)ups, true);
	o->parallel = from->parallel;
}

bool outage_has(const struct outage *o, unsigned ups)
{
	return map_get(&o->failed, ups) != NULL;
}

void outage_set(struct outage *o, unsigned ups, bool fails)
{
	if (fails)
		map_put(&o->failed, ups, (void *)(uintptr_t)ups);
	else
		map_remove(&o->failed, ups);
}

static size_t add_needed(struct outage *o, const struct terminal *t)
{
	const struct ups *u = NULL;
	size_t n = 0;

	for (; (u = depend_next_ups(t, u)); n++)
		outage_set(o, u->node.id, true);
	return n;
}

/* The UPSs in a subtree. */
static size_t add_below(struct outage *o, const struct node *top)
{
	const struct node *n;
	size_t found = 0;

	for (n = top; n; n = node_next(n, top))
		if (n->kind == KIND_UPS) {
			outage_set(o, n->id, true);
			found++;
		}
	return found;
}

size_t outage_add(struct outage *o, const struct node *n, enum container in)
{
	const struct node *child;
	size_t found = 0;

	if (n->kind == KIND_TERMINAL)
		return add_needed(o, node_terminal(n));
	if (in == IN_ITSELF)
		return add_below(o, n);
	for (child = node_first(n, in); child; child = child->next)
		found += add_below(o, child);
	return found;
}

void outage_clear(struct outage *o)
{
	map_done(&o->failed);
}
