/*
 * screen-input - between screen.c, which takes and gives the terminal, and
 * screen-input.c, which reads from it. The rest is in screen.h.
 */
#ifndef AMC_TUI_SCREEN_INPUT_H
#define AMC_TUI_SCREEN_INPUT_H

#include <stdbool.h>

/*
 * The question of screen_ask_width(), asked in a row in which no answer looks like a
 * key: in the first, CSI 1;2R is a Shift-F3. The character is one of UAX 11's A.
 */
#define WIDTH_QUESTION "\033[2;1H▽\033[6n"
#define WIDTH_ANSWER_ONE "\033[2;2R"
#define WIDTH_ANSWER_TWO "\033[2;3R"

/* With the terminal taken: which sequences are keys. Does it put pastes in brackets? */
void screen_input_open(bool pastes);
void screen_input_close(void);
/* The question was asked: its answers are no keys. */
void screen_input_asked(void);
/* Before the terminal is given back: an answer on its way is waited for, and dropped. */
void screen_input_settle(void);

#endif
