/*
 * target - what on the screen can be clicked.
 *
 * Whoever draws something tells what it is, and is told the same when it is
 * clicked; so only drawing knows where things are. What is drawn later lies on
 * top. All is forgotten before the screen is drawn anew. Knows no screen.
 */
#ifndef AMC_TUI_TARGET_H
#define AMC_TUI_TARGET_H

#include <stdbool.h>

/* What n counts is the view's own matter. */
enum target_kind {
	TARGET_NONE,		/* nothing of this view */
	TARGET_BOX,		/* inside of it, but nothing that does anything */
	TARGET_BUTTON, TARGET_ROW, TARGET_FIELD,
	TARGET_PANE, TARGET_TREE, TARGET_LIST, TARGET_HEAD, TARGET_BORDER,
	TARGET_MENU, TARGET_KEY,
};

struct target {
	enum target_kind kind;
	unsigned n;
	int x, cols;		/* where it begins, and how wide it is */
};

enum mouse_what {
	MOUSE_PRESS,		/* of the left button */
	MOUSE_DOUBLE,		/* pressed again at the same place; MOUSE_PRESS came first */
	MOUSE_RELEASE,
	MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN,
};

struct mouse {
	enum mouse_what what;
	int y, x;
	struct target on;	/* of the view that gets it */
};

void target_clear(void);
/* Is something drawn since? */
bool target_any(void);
/* Whose are those that follow. */
void target_owner(const void *);
void target_add(int y, int x, int rows, int cols, enum target_kind, unsigned n);
/* What is at a place; its owner, or NULL where there is nothing. */
const void *target_at(int y, int x, struct target *);

#endif
