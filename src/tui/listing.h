/*
 * listing - what the list shows of the rows: a slice, filtered and in an order.
 *
 * Without a filter and in tree order it is the slice itself and costs nothing.
 * Else the filter is asked once for each node, and nodes are put in order once,
 * whatever slice is shown then; listing_update() does again what has grown old.
 */
#ifndef AMC_TUI_LISTING_H
#define AMC_TUI_LISTING_H

#include "app/filter.h"
#include "tui/cell.h"
#include "tui/rows.h"

/* What the operator wants. */
struct wish {
	struct filter *filter;		/* NULL: all */
	unsigned long filter_no;	/* grows with each new filter */
	const struct cell *by;		/* NULL: in tree order */
	bool reverse;
};

/* { 0 } is an empty one. Positions are those in the list of rows unless said otherwise. */
struct listing {
	const struct rows *rows;
	int first, last;	/* the slice */
	bool plain;		/* all of the slice, in tree order */
	int *order;		/* if not plain: what is shown, in order */
	int n, cap;
	int *where;		/* by position: 1 + where it is shown, 0: it is hidden */
	unsigned char *takes;	/* by position: does the filter take it? */
	int *taken;		/* how many it takes before each position */
	int *sorted;		/* all positions in order */
	size_t room;		/* of the arrays by position */
	/* what they were made of */
	struct app *app;
	unsigned long changes, filter_no, filter_live, sort_live, alarms_live;
	size_t alarms;		/* how many of what is shown are in alarm */
	const struct cell *by;
	bool reverse, have_takes, have_sorted;
	int64_t sorted_at;
};

void listing_done(struct listing *);
/*
 * Shows first .. last - 1 of the list. live counts what was heard of live
 * states: a column of them is put in order anew once a second at most, so that
 * rows do not run away from the cursor.
 */
void listing_update(struct listing *, struct app *, const struct rows *, int first,
    int last, const struct wish *, unsigned long live);

int listing_count(const struct listing *);
/* The position of the i-th that is shown. */
int listing_at(const struct listing *, int i);
/* Which of the shown ones a position is, or -1. */
int listing_find(const struct listing *, int at);
/* How many are in alarm at the place of the slice and not shown. */
size_t listing_hidden_alarms(const struct listing *, struct place);
/* Does the filter take anything of first .. last - 1? */
bool listing_takes_any(const struct listing *, int first, int last);

#endif
