/*
 * mainview - the main screen: tree, list, details.
 */
#ifndef AMC_TUI_MAINVIEW_H
#define AMC_TUI_MAINVIEW_H

#include "tui/listing.h"
#include "tui/marks.h"
#include "tui/rows.h"
#include "tui/tags.h"
#include "tui/view.h"

enum pane { PANE_TREE, PANE_LIST };

/* Where an operator is. */
struct position {
	struct place cursor;	/* in the tree */
	unsigned listed;	/* the cursor in the list, 0: it is empty */
	enum pane focus;
};

struct mainview {
	struct view view;
	struct rows rows;
	struct marks marks;
	struct listing listing;	/* what the list shows; mainview_fresh() keeps it so */
	struct wish wish;	/* filter and order of the list */
	char *filter_text;	/* of wish.filter, or NULL */
	bool found;		/* what was looked for is marked */
	struct tags tags;
	unsigned long live;	/* how often something live was heard */
	struct position at;
	int tree_top, list_top;
	int tree_was, list_was;	/* rows of the cursors, should their nodes go away */
	bool dragging;		/* the border between tree and list */
	bool zoomed;		/* the pane with the focus has all the room */
};

void mainview_open(struct tui *);

/* What is selected: a node, or one of its containers. */
struct place mainview_place(const struct tui *);
/* The node that is selected, NULL when it is a container. */
const struct node *mainview_node(const struct tui *);
/*
 * The nodes of a kind that a command is for: the tagged ones, without any the
 * selected one; n of them, yours to free.
 */
unsigned *mainview_chosen(const struct tui *, enum kind, size_t *n);
/*
 * Puts the cursor on a node, or a container, wherever it is: in the list when
 * that has the focus and shows it, else in the tree.
 */
void mainview_go(struct tui *, struct place);
/* The list's cursor, without leaving the pane. */
void mainview_list(struct tui *, unsigned node);
/* For going back to where one was. */
struct position mainview_position(const struct tui *);
void mainview_return(struct tui *, struct position);

void mainview_other_pane(struct tui *);
void mainview_zoom(struct tui *);
void mainview_fold(struct tui *, bool fold);
void mainview_toggle(struct tui *);

/* order.c: a column of ui->columns, -1 is tree order; again turns it round. */
void mainview_sort_by(struct tui *, int column);
void mainview_sort_next(struct tui *);
bool mainview_can_reverse(struct tui *, struct err *);
void mainview_reverse(struct tui *);
/* Keeps the operator's columns; takes what was kept of them and of the order. */
void mainview_keep_columns(struct tui *);
void mainview_order_kept(struct tui *);

/* For the parts of the main screen. */
struct mainview *mainview(const struct tui *);
/* The rows and the listing as they are now; whoever walks over them asks for it. */
void mainview_fresh(struct mainview *);
/* Where the rules find something, by the present rows, which must be fresh. Borrowed. */
const struct marks *mainview_marks(struct mainview *);
/* After a change of what the list shows: the cursors are inside, the windows too. */
void mainview_settle(struct mainview *);

/* Where the panes are; for drawing. */
struct pane_box { int y, x, rows, cols; };
struct mainview_boxes {
	struct pane_box tree, list, details;
	int head;		/* the row of the list's titles */
};
void mainview_boxes(const struct mainview *, struct mainview_boxes *);
/* Under which row of the tree the list is. */
struct row mainview_shown_under(const struct mainview *);

/* mainview-mouse.c */
/* The border between tree and list, a step to the left or to the right. */
bool mainview_can_border(struct tui *, struct err *);
void mainview_border_left(struct tui *);
void mainview_border_right(struct tui *);
void mainview_mouse(struct view *, const struct mouse *);
char *mainview_copy(struct view *, struct err *);
/* Columns of the tree where the border was put, in thousandths of the screen. */
int mainview_split_cols(int split, int cols);

/* mainmove.c */
void mainview_move(struct view *, enum move);

/* panes.c, panes-list.c, details.c */
void panes_draw(const struct mainview *, const struct mainview_boxes *);
void panes_draw_list(const struct mainview *, const struct mainview_boxes *);
/* What was looked for stands out in what is there: its characters, not the row. */
void panes_mark_found(const struct mainview *, int y, int x, int cols, const char *text);
void details_draw(const struct mainview *, const struct pane_box *);
/* What stands in a border, over the titles there. */
void panes_draw_over(const struct mainview *, const struct mainview_boxes *);

#endif
