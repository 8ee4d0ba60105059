/*
 * screen-input - between screen.c, which takes and gives the terminal, and
 * screen-input.c, which reads from it. The rest is in screen.h.
 */
#ifndef AMC_TUI_SCREEN_INPUT_H
#define AMC_TUI_SCREEN_INPUT_H

#include <stdbool.h>

/* With the terminal taken: which sequences are keys. Does it put pastes in brackets? */
void screen_input_open(bool pastes);
void screen_input_close(void);

#endif
