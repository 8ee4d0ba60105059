/*
 * rowing - what the parts of rows share: what is kept of a site, and where a node or a
 * container of it stands; nobody else includes it.
 */
#ifndef AMC_TUI_ROWING_H
#define AMC_TUI_ROWING_H

#include "tui/rows.h"

/*
 * A node, in tree order; that of the network is 0. The rows of a group's containers
 * are not kept: they stand before what is in them, and in their order.
 */
struct kept_node {
	unsigned id : 29;	/* SITE_NUMBER and its kind have room */
	unsigned container : 3;	/* in which it is */
	int up;			/* the node below which it is, -1: none */
	int at;			/* its row */
};

/* A folded row that is shown. */
struct fold {
	int at;			/* in the tree */
	int hidden;		/* how many rows this one and those before fold away */
};

/* What a row shows: a node, or one of its containers. */
struct spot {
	int node;
	enum container container;
};

/* How many nodes there are; the list does not have the network. */
static inline int rows_nodes(const struct rows *r)
{
	return (int)r->list_n + 1;
}

/* Where a node is kept, -1: nowhere. */
int rows_node(const struct rows *, unsigned id);

/* rows-spot.c: the spot of a place; false when there is none. */
bool rows_spot(const struct rows *, struct place, struct spot *);
/* The spot of a row, which must be there. */
struct spot rows_spot_of(const struct rows *, int at);
struct place rows_place(const struct rows *, struct spot);
/* Its row, and that behind all that is below it. */
int rows_spot_at(const struct rows *, struct spot);
int rows_spot_end(const struct rows *, struct spot);
/* In which it hangs: its node is -1 for the network. */
struct spot rows_spot_up(const struct rows *, struct spot);
/* How many nodes of the list are before a row. */
int rows_listed_before(const struct rows *, int at);

/* rows-fold.c: finds out anew what is shown. */
void rows_show(struct rows *);

#endif
