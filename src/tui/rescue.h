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
 * three seconds to keep what is worth keeping; a second signal ends it at once, and a loop
 * that hangs after these, as that signal.
 */
int rescue_end_fd(void);
/* Which of them came; 0: none. SIGINT, when the terminal was stuck. */
int rescue_ended_by(void);
/* Does now what the signal would have done; nothing when none came. */
void rescue_end(void);

/*
 * Can be read when SIGINT came: the loop takes it, and makes of it what Ctrl-C means. One
 * that cannot, as the terminal has held up one and the same write for five seconds, is asked
 * to end.
 */
int rescue_interrupt_fd(void);
void rescue_take_interrupt(void);

/*
 * Whoever writes to the terminal, which may never take it (Ctrl-S, a dead line), says so;
 * once more whenever it has taken a part: a slow line holds up nothing.
 */
void rescue_writing(bool);
/* We are to end, and it took nothing any more: who writes gives up, what is left is lost. */
bool rescue_stuck(void);
/* Curses tries on, whatever breaks a write off: before it writes. False: it is stuck. */
bool rescue_await_room(void);
/* It has to be given back now: what it did not take is thrown away, so that there is room. */
void rescue_unstick(void);
/* It has been restored, and we end: Ctrl-C is ignored from here on. */
void rescue_disarm(void);

#endif
