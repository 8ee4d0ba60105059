/*
 * changes - lines of what changes, to be looked at before something is done:
 * a list that scrolls, and buttons below it.
 *
 * The lines are those of changes_show() and conflicts_show(): each begins with
 * its mark, + - > ~ or !; one without a mark is a heading.
 */
#ifndef AMC_TUI_CHANGES_H
#define AMC_TUI_CHANGES_H

#include "tui/ask.h"
#include "tui/view.h"

struct changes_ask {
	const char *title, *text;	/* text: stands above the lines */
	const char *lines;
	const char *const *labels;	/* N_(), at most 4; they stay the caller's */
	int n, at;			/* at: the default */
	ask_done *done;			/* as in ask.h; NULL: there is nothing to do */
	void *arg;
	void (*drop)(void *arg);	/* frees it, whether done was called or not */
};

/* title, text and lines are copied. */
void changes_open(struct tui *, const struct changes_ask *);

/* The lines from line `top` on, in colours; for other views that show some. */
void changes_draw(int y, int x, int rows, int cols, const char *lines, int top);

#endif
