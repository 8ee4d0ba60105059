/*
 * console-steps - what the tests of the console do at the screen, in the words of
 * the tests: each step waits, and fails with the screen before its reader.
 *
 * There is one terminal, as a test has one console at a time. What is started with
 * console_start() is in it.
 */
#ifndef CONSOLE_STEPS_H
#define CONSOLE_STEPS_H

#include "console.h"

#define ENTER "\r"
#define CTRL_S "\23"
#define CTRL_U "\25"		/* empties a line */

extern struct vt vt;

void see(const char *text);
void gone(const char *text);
void type(const char *bytes);
void press(const char *key);	/* as console_press() names it */
void down(int n);
/* Starts amc with words (NULL-terminated) and waits for a text. */
void start_words(int rows, int cols, const char *const words[], const char *ready);
/* The cursor on a node of the main view, by looking for it. */
void find(const char *name);
/* Leaves with q and status 0; nothing unknown was sent to the terminal. */
void quit(void);

/* The row of the screen that has a text; -1: none. */
int row_of(const char *text);
/* Has the site file, as it is saved, this text? */
bool site_has(const char *text);

/* For cmocka: a fresh data/samples/demo.ini; the console is ended; the folder. */
int steps_site(void **state);
int steps_end(void **state);
int steps_close(void **state);

#endif
