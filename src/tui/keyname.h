/*
 * keyname - what keys are called: "F1", "Ctrl-S", "Alt-f", "Up", "Enter",
 * "Space", "a", "電". Knows no screen.
 */
#ifndef AMC_TUI_KEYNAME_H
#define AMC_TUI_KEYNAME_H

#include "base/err.h"

#include <stdint.h>

/* A key's name, with its NUL. */
#define KEY_NAME 24

/* Of what ncurses calls it: "KEY_UP", "KEY_F(1)", "kLFT5". False if it is no key of ours. */
bool keyname_of_code(const char *curses, char name[KEY_NAME]);
/* Of a character as it comes from the keyboard. */
bool keyname_of_char(uint32_t, char name[KEY_NAME]);

/* Can a key of this name arrive? If not, the words say why. */
bool keyname_check(const char *name, struct err *);

#endif
