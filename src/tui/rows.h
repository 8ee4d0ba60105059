/*
 * rows - the site as rows: what the tree pane and the list pane walk over.
 *
 * Made anew only when the site has changed; every look at them is by position.
 * The list holds all nodes in tree order, so that what is under a row of the
 * tree is a slice of it. Cursors are kept as places and ids, never as positions.
 */
#ifndef AMC_TUI_ROWS_H
#define AMC_TUI_ROWS_H

#include "base/map.h"
#include "model/site.h"

/* A node, or one of its four containers; IN_ITSELF is the node. */
struct place {
	unsigned id;
	enum container container;
};

struct row {
	struct place place;
	short depth;
	bool folded;
	int up;			/* the row in which it hangs, -1: the network */
	int end;		/* the row behind all that is below it */
	int first, last;	/* what is under it: list[first] .. list[last - 1] */
	int shown;		/* its position in rows.shown, if it is there */
};

struct item {
	unsigned id;
	int depth;
	int row;		/* in the tree */
	int groups, upses;	/* how many of them stand before it */
};

/* { 0 } is an empty one. */
struct rows {
	struct row *tree;	/* every row, folded or not */
	size_t tree_n, tree_cap;
	int *shown;		/* positions in tree of the rows that are shown */
	size_t shown_n, shown_cap;
	struct item *list;	/* behind the last one only the numbers count */
	size_t list_n, list_cap;
	struct map at;		/* id -> position in tree of the node, + 1 */
	struct map folded;	/* places, also of nodes that are gone for a while */
	const struct site *site;
	unsigned long changes;
};

/* True when the site had changed and the rows are new. */
bool rows_update(struct rows *, const struct site *);
void rows_done(struct rows *);

/* The row of a place, or NULL. */
const struct row *rows_find(const struct rows *, struct place);
/* Which of the shown rows a place is, or that of what it is folded into; -1. */
int rows_shown(const struct rows *, struct place);
/* The row in which it hangs; NULL for the network. */
const struct row *rows_above(const struct rows *, struct place);
/* Where in the list a node stands, or -1. */
int rows_listed(const struct rows *, unsigned id);

/* How many of a kind are below a row. */
int rows_below(const struct rows *, const struct row *, enum kind);

bool rows_folded(const struct rows *, struct place);
bool rows_foldable(const struct row *, const struct rows *);
void rows_fold(struct rows *, struct place, bool fold);
/* Unfolds all in which a place hangs. */
void rows_reveal(struct rows *, struct place);

#endif
