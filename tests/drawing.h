/*
 * drawing - a program that draws at random, by tui/paint.h or by ncurses alone: the same
 * pictures from the same commands. It is the test itself, started once more.
 */
#ifndef DRAWING_H
#define DRAWING_H

#include "vt.h"

#include <stdint.h>

/* The private mode that it switches on or off behind each picture. */
enum { DRAWING_MARK = 2004 };

/* First in main(): the program's end, or -1 if it is the test that was started. */
int drawing_main(int argc, char **argv);
/*
 * Starts it, in the terminal of TERM; by "paint" or "curses", on a ground that has a
 * colour or without. It reads: d draws, r takes another size, l sends all, s comes back
 * from a suspension, q ends.
 */
int drawing_start(struct vt *, int rows, int cols, const char *by, bool colours);

/* Did it end well, when told to, in so many ms? Its terminal is closed. */
bool drawing_end(struct vt *, int ms);

/* Chance, as the pictures have it: the same numbers from the same seed. */
void drawing_seed(uint32_t);
uint32_t drawing_any(uint32_t below);

#endif
