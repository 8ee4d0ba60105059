/*
 * view - what stands on the screen: views lie on each other, the top one has
 * the keys.
 *
 * A view is a struct whose first member is a struct view, and a type that is a
 * table of functions. draw puts the model on the screen and changes nothing.
 */
#ifndef AMC_TUI_VIEW_H
#define AMC_TUI_VIEW_H

#include "app/app.h"
#include "app/watch.h"
#include "tui/prefs.h"
#include "tui/screen.h"
#include "tui/ui.h"

#include <time.h>

struct tui;
struct view;
struct linear;

enum move {
	MOVE_UP, MOVE_DOWN, MOVE_LEFT, MOVE_RIGHT, MOVE_PAGE_UP, MOVE_PAGE_DOWN,
	MOVE_HOME, MOVE_END, MOVE_NEXT, MOVE_PREVIOUS,
};

/* Everything but draw may be NULL. */
struct view_type {
	const char *name;	/* its keys in ui/keys.xml, its topic in ui/help.xml */
	void (*draw)(struct view *);
	void (*move)(struct view *, enum move);
	bool (*key)(struct view *, const char *key);	/* one that no action has; used? */
	void (*ok)(struct view *);
	void (*cancel)(struct view *);
	void (*changed)(struct view *);	/* the site or something live has */
	/* one without it gets the wheel as Up and Down */
	void (*mouse)(struct view *, const struct mouse *);
	/*
	 * a text on one line, for the field that has the cursor; is there one? A view
	 * without it whose keys have text="yes" gets the characters as keys
	 */
	bool (*paste)(struct view *, const char *text);
	/* what is selected, for the clipboard, yours to free; NULL and words */
	char *(*copy)(struct view *, struct err *);
	void (*free)(struct view *);
	/* Tells what there is and asks, see linear.h; NULL: it needs a full screen. */
	void (*linear)(struct view *, struct linear *);
};

struct view {
	const struct view_type *type;
	struct view *below;
	struct tui *tui;
};

struct tui {
	struct app *app;
	struct loop *loop;
	struct ui *ui;
	const struct theme *theme;
	bool ascii;			/* as it was called; see taste.h */
	int ambiguous;
	int ambiguous_cols;		/* how many they have on this screen */
	struct prefs *prefs;		/* saved by the tick and at the end */
	const char *title;		/* "demo", or NULL */
	struct view *top, *main;
	struct watch *draw_timer, *tick_timer, *esc_timer;
	unsigned column;		/* of the list's header that was clicked, for "sort-by" */
	time_t paused;			/* since when the live states stand still; 0: they do not */
	bool esc;			/* an Esc came: alone, or the first of two keys? */
	bool leaving;
	int status;
	char said[400];			/* a message on the alarm line */
	int said_severity;
	int64_t said_at;		/* 0: none */
	unsigned long news;		/* seen of watch_news() */
	char *find;			/* what was looked for last, or NULL */
	struct clip *clip;		/* settings that were copied, or NULL */
	int64_t file_at;		/* when the file was looked at last */
	bool file_changed;		/* it is another one than was read */
};

/* The view is the top's from here on, and freed when it is closed. */
void tui_push(struct tui *, struct view *, const struct view_type *);
/* Closes a view, the top or one below others. */
void tui_close(struct view *);

/* What was done here and could not be told (app/herald.h), if there is something to say. */
void tui_say_news(struct tui *);
/* A message on the alarm line for some seconds; severity 0..3. */
void tui_say(struct tui *, int severity, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Draws when the loop comes round. */
void tui_draw_soon(struct tui *);
/* Ends tui_run() with this exit status. */
void tui_leave(struct tui *, int status);
/* A key or the mouse, as if it came from the terminal. */
void tui_key(struct tui *, const char *key);
void tui_mouse(struct tui *, const struct mouse *);

#endif
