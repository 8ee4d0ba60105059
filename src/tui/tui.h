/*
 * tui - the full-screen console.
 */
#ifndef AMC_TUI_TUI_H
#define AMC_TUI_TUI_H

#include "app/trapping.h"

struct tui_options {
	const char *ui;		/* a folder instead of the built-in ui/, or NULL */
	const char *title;	/* stands in the title, "demo"; or NULL */
	const char *message;	/* shown at the start, or NULL */
	const struct trapping_settings *traps;	/* where traps are heard; NULL: nowhere */
	bool linear;		/* lines of text, not a full screen */
	bool ascii;		/* lines and marks of ASCII, whatever the locale says */
	int ambiguous;		/* columns of ambiguous characters: 1, 2; 0: as chosen before, or auto */
};

/*
 * Runs the console on app_loop(app) until the operator leaves it; the exit
 * status is returned. What keeps it from starting (a wrong file in ui/, no
 * terminal) is told on standard error. A terminal that cannot move its cursor
 * gets the linear mode.
 */
int tui_run(struct app *, const struct tui_options *);

#endif
