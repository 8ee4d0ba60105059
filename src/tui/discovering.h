/*
 * discovering - what the parts of discover share: the list of what a search for cards
 * finds; nobody else includes it.
 */
#ifndef AMC_TUI_DISCOVERING_H
#define AMC_TUI_DISCOVERING_H

#include "app/discover.h"
#include "tui/view.h"

struct searching {
	struct view view;
	struct discover *discover;
	char *where;
	char at[16];		/* the address of the cursor's row; "": the first */
	int top;
	char (*ticked)[16];	/* addresses: rows come in between */
	size_t n_ticked, cap_ticked;
	unsigned *groups;	/* that are offered now */
};

/* Starts the search; false and words when it cannot be. */
bool discovering_open(struct tui *, const struct discover_settings *, struct err *);

/* What was found so far; *n: how many. */
const struct discovered *discovering_list(const struct searching *, int *n);
/* Which of them has the cursor. */
int discovering_cursor(const struct searching *);
/* Where the tick of an address is; n_ticked: it has none. */
size_t discovering_tick_of(const struct searching *, const char *address);
/* Is it a UPS that can be registered? */
bool discovering_can_tick(const struct discovered *);
/* Ticks it, if that can be, or takes its tick away. */
void discovering_tick(struct searching *, const struct discovered *, bool on);
/* Asks for a group, in which what is ticked is then registered. */
void discovering_ask_group(struct searching *);

/* discover-draw.c */
void discovering_draw(struct view *);
/* How many rows the screen has room for. */
int discovering_window(void);
/* What it is. */
enum role discovering_words(const struct searching *, const struct discovered *, char *buf,
    size_t size);
/* discover-linear.c */
void discovering_linear(struct view *, struct linear *);

#endif
