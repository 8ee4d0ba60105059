/*
 * screen - the terminal: cells, roles, keys, mouse, size. The door to ncurses.
 *
 * Positions are rows and columns from 0. Text is UTF-8 and is cut by columns,
 * never in the middle of a character. What is put is shown by screen_flush().
 * One screen a process.
 */
#ifndef AMC_TUI_SCREEN_H
#define AMC_TUI_SCREEN_H

#include "base/loop.h"
#include "tui/keyname.h"
#include "tui/shape.h"
#include "tui/target.h"
#include "tui/theme.h"

#include <stddef.h>

/* The smallest terminal that the console is laid out for. */
#define SCREEN_MIN_ROWS 24
#define SCREEN_MIN_COLS 80

struct screen_events {
	loop_fn *input;		/* call screen_input() until there is no more */
	loop_fn *resized;	/* another size, or back from the background */
	loop_fn *interrupt;	/* Ctrl-C or SIGINT */
	loop_fn *gone;		/* the terminal is no more */
	void *arg;
};

/*
 * Can the terminal move its cursor, and write over what is there? If not, the words say
 * so; what is no terminal at all is for screen_open() to refuse.
 */
bool screen_can_move(struct err *);
/*
 * Takes the terminal. False and words when there is none, or one that cannot
 * move its cursor. From here on it is restored however the program ends.
 */
bool screen_open(struct loop *, const struct theme *,
    const struct screen_events *, struct err *);
/* Gives the terminal back as it was. */
void screen_close(void);

int screen_rows(void);
int screen_cols(void);

enum input {
	INPUT_NONE,
	INPUT_KEY,		/* its name */
	INPUT_MOUSE,		/* screen_mouse(), without its target */
	INPUT_PASTE,		/* screen_pasted() */
	INPUT_WIDTH,		/* screen_width_told(): the answer to screen_ask_width() */
};
/* The next that waits. */
enum input screen_input(char name[KEY_NAME]);
/* Borrowed until the next input. Pasted text is as it came, with its newlines. */
const struct mouse *screen_mouse(void);
const char *screen_pasted(void);
/*
 * Asks the terminal how many columns it gives to a character of ambiguous width;
 * one that does not know the question says nothing. Nothing waits for the answer.
 */
void screen_ask_width(void);
int screen_width_told(void);	/* 1 or 2; 0: nothing yet */

/*
 * Does the console get the mouse? Presses, releases and the wheel only: with
 * Shift the terminal's own selection works on. Without it, it works as always.
 */
void screen_take_mouse(bool);
/* Other looks, from the next flush on. */
void screen_theme(const struct theme *);
/* The window's title, where the terminal knows how; it has its own back at the end. */
void screen_title(const char *);
/* Into the clipboard of the terminal, wherever that is. */
bool screen_copy(const char *, struct err *);

void screen_clear(enum role);
/* At most cols columns of text; how many it took. */
int screen_put(int y, int x, int cols, enum role, const char *text);
/* The one character of `one`, one column wide, in all of rows x cols cells. */
void screen_repeat(int y, int x, int rows, int cols, enum role, const char *one);
/* At most cols columns of text, filled up with blanks to cols. */
void screen_pad(int y, int x, int cols, enum role, const char *text);
/* The same with the text at the right end. */
void screen_right(int y, int x, int cols, enum role, const char *text);
void screen_fill(int y, int x, int rows, int cols, enum role);
/* A box around rows x cols cells, its title in the upper border. */
void screen_box(int y, int x, int rows, int cols, enum role, const char *title);
void screen_hline(int y, int x, int cols, enum role);

/* Where the cursor stands after the flush; it is parked there when not visible. */
void screen_cursor(int y, int x, bool visible);
void screen_flush(void);
/* The next flush sends every cell. */
void screen_redraw(void);
void screen_beep(void);

#endif
