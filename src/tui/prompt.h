/*
 * prompt - a line at the bottom of the screen that acts while it is typed: find
 * and filter.
 */
#ifndef AMC_TUI_PROMPT_H
#define AMC_TUI_PROMPT_H

#include "tui/view.h"

struct prompt_use {
	const struct view_type *type;	/* prompt_find or prompt_filter */
	const char *label, *hint;	/* N_() */
	/* At each change of the text; false and words when it means nothing (yet). */
	bool (*typed)(struct tui *, const char *text, void *arg, struct err *);
	/* Enter keeps it; Esc does not. The line is gone already; arg is freed after. */
	void (*done)(struct tui *, bool kept, const char *text, void *arg);
	/* Down and Up, by 1 or -1; NULL: they do nothing. */
	void (*step)(struct tui *, int by, void *arg);
	void (*drop)(void *arg);	/* frees arg */
};

extern const struct view_type prompt_find, prompt_filter;

/* arg is the prompt's from here on. */
void prompt_open(struct tui *, const struct prompt_use *, const char *initial, void *arg);
/* On top now? Then one step on; else false. */
bool prompt_step(struct tui *, int by);

#endif
