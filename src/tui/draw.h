/*
 * draw - pieces that several views draw alike: wrapped text, a line that is
 * edited, buttons, bars, a list's window.
 */
#ifndef AMC_TUI_DRAW_H
#define AMC_TUI_DRAW_H

#include "tui/line.h"
#include "tui/view.h"

/* How many bytes of s make a line of cols columns; *skip more are blanks. */
size_t draw_break(const char *s, int cols, size_t *skip);
/* Text in lines of cols columns, at most rows; how many it took. rows 0: only counts. */
int draw_wrapped(int y, int x, int rows, int cols, enum role, const char *text);
/* The same from line `top` on, with marks at the right where there is more. */
void draw_scrolled(int y, int x, int rows, int cols, enum role, const char *text,
    int top);
/* The top line that is `by` lines on, as far as there is text. */
int draw_scroll(int top, int by, int rows, int cols, const char *text);
/* Shows the cursor when now. hidden: dots. */
void draw_line(int y, int x, int cols, enum role, const struct line *, bool hidden,
    bool now);
/* "< Label >"; how many columns it took. */
int draw_button(int y, int x, const char *label, bool now);
/* The same, to be clicked as TARGET_BUTTON n of the view that is drawn. */
int draw_button_of(int y, int x, const char *label, bool now, unsigned n);
int draw_button_cols(const char *label);
/* On one line: what is too long ends in a mark. How many columns it took. */
int draw_cut(int y, int x, int cols, enum role, const char *text);
/* The same with blanks behind it; how many columns are text, without mark and blanks. */
int draw_cut_padded(int y, int x, int cols, enum role, const char *text);
/* Ends in the mark whether it fits or not; how many columns stand before it. */
int draw_shortened(int y, int x, int cols, enum role, const char *text);
/* A label: its middle is left out when it is too long, as its end tells more. */
void draw_label(int y, int x, int cols, enum role, const char *text);
/* A bar of cols cells, filled to percent. */
void draw_bar(int y, int x, int cols, enum role, double percent);
/* Marks in column x of a window of rows over n from `top` on, where there is more. */
void draw_more(int y, int x, int rows, int top, int n);
/* Where a step in a list of n leads to from `at`, never out of it; page: rows of one. */
int draw_step(int at, int n, int page, enum move);
/* The top row of a window of rows over n that keeps `at` inside, near `top`. */
int draw_window(int top, int at, int rows, int n);
/* An empty box in the middle of the screen; *y, *x: its inside. */
void draw_dialog(int rows, int cols, const char *title, int *y, int *x);
void draw_too_small(void);

/* "34s", "14m 20s", "2h 05m", "3d 4h" */
const char *draw_duration(int64_t seconds, char *buf, size_t size);

#endif
