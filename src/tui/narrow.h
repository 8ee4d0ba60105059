/*
 * narrow - the list shows only what a filter takes (app/filter.h).
 *
 * While it is on, the list's frame says so, how many it shows, and how many that
 * are in alarm it hides. The tree keeps all its rows; those under which nothing
 * is taken are greyed.
 */
#ifndef AMC_TUI_NARROW_H
#define AMC_TUI_NARROW_H

#include "tui/mainview.h"

void narrow_open(struct tui *);
void narrow_clear(struct tui *);
/* What the frame says, into buf; the role it is said in. */
enum role narrow_title(const struct mainview *, char *buf, size_t size);

#endif
