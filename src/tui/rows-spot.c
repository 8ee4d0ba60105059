/* From a node or container to its row and back; a part of rows */
#include "tui/rowing.h"

static bool is_group(const struct rows *r, int node)
{
	return node >= 0 && site_id_kind(r->nodes[node].id) == KIND_GROUP;
}

/*
 * The child of a node in which another is, or is; -1: it is not below it. What is
 * above comes first.
 */
static int branch(const struct rows *r, int top, int node)
{
	while (node > top && r->nodes[node].up != top)
		node = r->nodes[node].up;
	return node > top ? node : -1;
}

/* The first node behind all that are below this one. They stand together. */
static int behind(const struct rows *r, int node)
{
	int from = node + 1, to = from, step = 1;

	/* mostly there are few */
	while (to < rows_nodes(r) && branch(r, node, to) >= 0) {
		from = to + 1;
		to += step;
		step *= 2;
	}
	to = to < rows_nodes(r) ? to : rows_nodes(r);
	while (from < to) {
		int middle = from + (to - from) / 2;

		if (branch(r, node, middle) >= 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* How many containers of a group come behind one, up to another; IN_ITSELF: to the end. */
static int boxes(enum container from, enum container to)
{
	return from == IN_ITSELF ? 0 : (int)(to == IN_ITSELF ? IN_DEVICES : to) - (int)from;
}

/* The row behind all that is below a node. */
static int node_end(const struct rows *r, int node)
{
	int next = behind(r, node), rest = 0;

	for (int up; node > 0; node = up) {
		enum container c = r->nodes[node].container;

		up = r->nodes[node].up;
		if (next < rows_nodes(r) && r->nodes[next].up == up)
			return r->nodes[next].at - rest - boxes(c, r->nodes[next].container);
		rest += is_group(r, up) ? boxes(c, IN_ITSELF) : 0;
	}
	return (int)r->tree_n - rest;
}

/* The row of a group's container; for IN_ITSELF where what is directly in it begins. */
static int box_at(const struct rows *r, int group, enum container c)
{
	int from = group + 1, end = behind(r, group), to = end;

	/* the first node in it or in a later one */
	while (from < to) {
		int middle = from + (to - from) / 2;

		if (r->nodes[branch(r, group, middle)].container < c)
			from = middle + 1;
		else
			to = middle;
	}
	if (from == end)
		return node_end(r, group) - (IN_ITSELF - (int)c);
	if (r->nodes[from].container == IN_ITSELF)
		return r->nodes[from].at - (IN_ITSELF - (int)c);
	return r->nodes[from].at - 1 - ((int)r->nodes[from].container - (int)c);
}

int rows_spot_at(const struct rows *r, struct spot s)
{
	return s.container == IN_ITSELF ? r->nodes[s.node].at : box_at(r, s.node, s.container);
}

int rows_spot_end(const struct rows *r, struct spot s)
{
	return s.container == IN_ITSELF ? node_end(r, s.node) : box_at(r, s.node, s.container + 1);
}

struct spot rows_spot_up(const struct rows *r, struct spot s)
{
	const struct kept_node *n = &r->nodes[s.node];

	if (s.container != IN_ITSELF)
		return (struct spot){ s.node, IN_ITSELF };
	return (struct spot){ n->up, n->container };
}

struct place rows_place(const struct rows *r, struct spot s)
{
	return (struct place){ r->nodes[s.node].id, s.container };
}

bool rows_spot(const struct rows *r, struct place p, struct spot *s)
{
	*s = (struct spot){ rows_node(r, p.id), p.container };
	return s->node >= 0 && (p.container == IN_ITSELF || is_group(r, s->node));
}

int rows_listed_before(const struct rows *r, int at)
{
	int from = 1, to = rows_nodes(r);

	while (from < to) {
		int middle = from + (to - from) / 2;

		if (r->nodes[middle].at < at)
			from = middle + 1;
		else
			to = middle;
	}
	return from - 1;
}

/*
 * A row that is no node's is that of a container behind the last node before it: one
 * of that node, or of one in which it is.
 */
struct spot rows_spot_of(const struct rows *r, int at)
{
	int node = at > 0 ? rows_listed_before(r, at + 1) : 0, next = node + 1;
	int more = at - r->nodes[node].at;
	bool has = next < rows_nodes(r) && r->nodes[next].up == node;
	enum container c = has ? r->nodes[next].container : IN_ITSELF;

	if (more == 0)
		return (struct spot){ node, IN_ITSELF };
	if (is_group(r, node)) {
		int own = 1 + boxes(IN_POWER, c);

		if (more <= own)
			return (struct spot){ node, (enum container)(more - 1) };
		more -= own;
	}
	for (int up, there; node > 0; node = up) {
		c = r->nodes[node].container;
		up = r->nodes[node].up;
		has = next < rows_nodes(r) && r->nodes[next].up == up;
		there = is_group(r, up) ? boxes(c, has ? r->nodes[next].container : IN_ITSELF) : 0;
		if (more <= there)
			return (struct spot){ up, c + (enum container)more };
		more -= there;
	}
	return (struct spot){ 0, IN_ITSELF };	/* there is no such row */
}
