/*
 * mainview - the main screen: tree, list, details.
 */
#ifndef AMC_TUI_MAINVIEW_H
#define AMC_TUI_MAINVIEW_H

#include "tui/rows.h"
#include "tui/view.h"

enum pane { PANE_TREE, PANE_LIST };

struct mainview {
	struct view view;
	struct rows rows;
	struct place cursor;	/* in the tree */
	unsigned listed;	/* the cursor in the list */
	int tree_top, list_top;
	int tree_was, list_was;	/* rows of the cursors, should their nodes go away */
	enum pane focus;
	bool dragging;		/* the border between tree and list */
	bool zoomed;		/* the pane with the focus has all the room */
};

void mainview_open(struct tui *);

/* What is selected: a node, or one of its containers. */
struct place mainview_place(const struct tui *);
/* The node that is selected, NULL when it is a container. */
const struct node *mainview_node(const struct tui *);
/* The nodes of a kind that a command is for, n of them, yours to free. */
unsigned *mainview_chosen(const struct tui *, enum kind, size_t *n);
/* Puts the cursor on a node, or a container, wherever it is. */
void mainview_go(struct tui *, struct place);

void mainview_other_pane(struct tui *);
void mainview_zoom(struct tui *);
void mainview_fold(struct tui *, bool fold);
void mainview_toggle(struct tui *);

/* Where the panes are; for drawing. */
struct pane_box { int y, x, rows, cols; };
struct mainview_boxes { struct pane_box tree, list, details; };
void mainview_boxes(const struct mainview *, struct mainview_boxes *);
/* What the list shows: a slice of rows.list. */
void mainview_slice(const struct mainview *, int *first, int *last);

/* mainview-mouse.c */
void mainview_mouse(struct view *, const struct mouse *);
char *mainview_copy(struct view *, struct err *);
/* Columns of the tree where the border was put, in thousandths of the screen. */
int mainview_split_cols(int split, int cols);

/* panes.c, details.c */
void panes_draw(const struct mainview *, const struct mainview_boxes *);
void details_draw(const struct mainview *, const struct pane_box *);

#endif
