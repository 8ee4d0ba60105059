/*
 * rescue - the terminal is as it was before, however the program ends.
 *
 * Whoever takes the terminal tells what gives it back: settings and a string.
 * exit(), a crash, SIGTERM and the like send it with nothing but write() and
 * tcsetattr(), so that a handler may.
 */
#ifndef AMC_TUI_RESCUE_H
#define AMC_TUI_RESCUE_H

#include <stdbool.h>
#include <termios.h>

/* From here on a dying program restores the terminal. */
void rescue_arm(const struct termios *before, const char *restore);
/*
 * Can be read when SIGTERM or SIGHUP asks the program to end. The loop then has
 * three seconds to keep what is worth keeping; a second signal, or a loop that
 * hangs, ends it at once.
 */
int rescue_end_fd(void);
/* Which of them came; 0: none. */
int rescue_ended_by(void);
/* It has been restored. */
void rescue_disarm(void);

#endif
