/*
 * console - what the tests of the console share: a folder of its own, the
 * environment, a copy of a sample, the real amc in a terminal of the test, keys
 * by the names that ui/keys.xml has for them.
 *
 * A test that uses it sees nothing of who runs it: HOME and all XDG folders are
 * the test's folder, which is also where the program is started.
 */
#ifndef CONSOLE_H
#define CONSOLE_H

#include "vt.h"

/* How long anything may take at most, in ms: a loaded machine is no error. */
enum { CONSOLE_MS = 20000 };

/* Makes the folder; false when it cannot. Once in a process. */
bool console_open(const char *name);
/* Removes it with all that is in it. */
void console_close(void);
const char *console_dir(void);
/* DIR/ac_e_net.ini. A copy of data/samples/NAME, or of a path with a slash. */
const char *console_site(void);
bool console_sample(const char *name);
/* The bytes of the site file, to be freed; NULL if there is none. */
char *console_bytes(void);

/* "en" or "ja", for what is started from here on. */
void console_language(const char *language);
/*
 * Starts amc in the folder, with words (NULL-terminated) behind its name. It is
 * ended by vt_close() at the latest.
 */
bool console_start(struct vt *t, int rows, int cols, const char *const words[]);
/* The same on the site file, and waits for its first screen. */
bool console_started(struct vt *t, int rows, int cols);

/* Presses "F1", "Ctrl-S", "Alt-f", "Shift-Tab", "Space", "電"; false: no such key. */
bool console_press(struct vt *t, const char *key);
/* The same for a lone Esc, which the program waits for a while to be something else. */
void console_escape(struct vt *t);

/* Rows as they are, for a person who reads why a test failed. */
void console_show(struct vt *t);
/*
 * What is broken on the screen, in words, or NULL: half of a wide character, a
 * cursor outside, no whole box.
 */
const char *console_broken(struct vt *t);

#endif
