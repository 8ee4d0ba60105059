/*
 * rows - the site as rows: what the tree pane and the list pane walk over.
 *
 * Made anew only when the site has changed; every look at them is by position.
 * The list holds all nodes in tree order, so that what is under a row of the
 * tree is a slice of it. Cursors are kept as places and ids, never as positions.
 *
 * A large site has three rows a node and shows forty: kept is only what cannot be
 * found out quickly, and a struct row is made when somebody looks at one.
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

/* A row as it is now. */
struct row {
	struct place place;
	int at;			/* its position among all rows */
	int up;			/* the row in which it hangs, -1: the network */
	int end;		/* the row behind all that is below it */
	int first, last;	/* what is under it in the list: first .. last - 1 */
	int depth;
	bool folded;
};

/* { 0 } is an empty one. The numbers are for everybody, the arrays are not. */
struct rows {
	size_t tree_n;		/* every row, folded or not */
	size_t shown_n;		/* without what is folded away */
	size_t list_n;		/* every node but the network */
	struct kept_node *nodes;	/* the network and the list */
	int filled;		/* so many of them, while they are made */
	struct row_tally *tallies;
	int *slots;		/* where in nodes one is, by hashing its id */
	struct fold *folds;	/* the folded rows that are shown, in order */
	size_t nodes_cap, slots_cap, folds_n, folds_cap;
	struct map folded;	/* places, also of nodes that are gone for a while */
	const struct site *site;
	unsigned long changes;
};

/* True when the site had changed and the rows are new. */
bool rows_update(struct rows *, const struct site *);
void rows_done(struct rows *);
/* How many bytes they take. */
size_t rows_bytes(const struct rows *);

/* A row by its position. */
struct row rows_row(const struct rows *, int at);
/* The I-th of those that are shown. */
struct row rows_shown_row(const struct rows *, int i);
bool rows_has(const struct rows *, struct place);
/* The row of a place; false when there is none. */
bool rows_find(const struct rows *, struct place, struct row *);
/* Which of the shown rows a place is, or that of what it is folded into; -1. */
int rows_shown(const struct rows *, struct place);
/* The row in which it hangs; false for the network. */
bool rows_above(const struct rows *, struct place, struct row *);

/* The position of a node among all rows, or -1. */
int rows_at(const struct rows *, unsigned id);
/* Where in the list a node stands, or -1. */
int rows_listed(const struct rows *, unsigned id);
/* The node at a position of the list, and in how many groups it is. */
unsigned rows_id(const struct rows *, int at);
int rows_level(const struct rows *, int at);

/* How many of a kind are below a row. */
int rows_below(const struct rows *, const struct row *, enum kind);

bool rows_folded(const struct rows *, struct place);
bool rows_foldable(const struct row *);
void rows_fold(struct rows *, struct place, bool fold);
/* Unfolds all in which a place hangs. */
void rows_reveal(struct rows *, struct place);

#endif
