/*
 * fetch - the site that a terminal holds in place of the open one, and the open
 * one beside another: a terminal's, a file's, a revision's.
 *
 * Fetching is one edit that is looked at before and can be undone; comparing
 * changes nothing.
 */
#ifndef AMC_TUI_FETCH_H
#define AMC_TUI_FETCH_H

#include "tui/view.h"

bool fetch_can(struct tui *, struct err *);
void fetch_open(struct tui *);
/* The same of a revision that it held before, which is asked for. */
void fetch_revision_open(struct tui *);
void compare_open(struct tui *);

#endif
