/*
 * busy - something that takes a moment and cannot be parted: it is said first,
 * and done when that is on the screen.
 */
#ifndef AMC_TUI_BUSY_H
#define AMC_TUI_BUSY_H

#include "tui/view.h"

/* From so many bytes of a site on it is worth the saying: some tenths of a second. */
#define BUSY_BYTES 200000

/*
 * Says the words, which are copied, then calls work() once, with the words gone.
 * drop: frees arg if the console ends before; NULL: it needs none.
 */
void busy_open(struct tui *, const char *title, const char *words,
    void (*work)(struct tui *, void *arg), void *arg, void (*drop)(void *arg));

#endif
