/*
 * font - the characters that a console of Linux itself has pictures of: 256 or 512.
 *
 * Its driver tells which (GIO_UNIMAP, ioctl_console(2)), if that console is where we run.
 * One at the other end of a line (TERM=linux over ssh) cannot be asked, and counts as
 * having what the PC's old fonts had. Other terminals have fonts without such an end.
 */
#ifndef AMC_TUI_FONT_H
#define AMC_TUI_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Looks whether the terminal of TERM is such a console, and which font it has. */
void font_look(const char *term);
/* Is the font one with an end? Then font_has() says what is in it. */
bool font_ends(void);
bool font_has(uint32_t cp);
/* Has it no picture for Japanese words? False where nobody told. */
bool font_lacks_kana(void);

/* What the driver told: n characters, in any order. NULL: nothing. */
void font_take(const uint16_t *chars, size_t n);

#endif
