/*
 * screen-mouse - the mouse's reports, of which the terminal sends one for each press,
 * release and turn of the wheel. They are read here and not by ncurses, which reads one
 * to its end and would wait for ever for what a line has lost.
 */
#ifndef AMC_TUI_SCREEN_MOUSE_H
#define AMC_TUI_SCREEN_MOUSE_H

#include "tui/target.h"

#include <stdbool.h>
#include <stdint.h>

/* What a report begins with; the rest of it is for mouse_report_take(). */
#define MOUSE_REPORT "\033[<"		/* SGR, xterm's mode 1006 */
#define MOUSE_REPORT_OLD "\033[M"	/* X10: from terminals that do not know 1006 */

struct mouse_report {
	bool begun, old;
	char end;		/* of a whole one: M or m */
	unsigned numbers[3], n;	/* button, column and line from 1 */
};

enum mouse_step {
	MOUSE_MORE,		/* it goes on */
	MOUSE_WHOLE,		/* mouse_report_read() */
	MOUSE_BROKEN,		/* this is no part of a report */
};

void mouse_report_begin(struct mouse_report *, bool old);
enum mouse_step mouse_report_take(struct mouse_report *, uint32_t character);
/*
 * What a whole report says, at now (ms): a press soon after one at the same place is a
 * double one. False for what the console does not use: other buttons, motion.
 */
bool mouse_report_read(const struct mouse_report *, int64_t now, struct mouse *);

#endif
