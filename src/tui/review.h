/*
 * review - a list of changes to be looked through before they are made, or
 * after: what becomes what, node by node, and a question below.
 */
#ifndef AMC_TUI_REVIEW_H
#define AMC_TUI_REVIEW_H

#include "app/diff.h"
#include "tui/ask.h"

/*
 * text stands above the list, labels (N_(), n of them, at most 4) are the
 * buttons, `at` the default. The changes are taken over; title and text copied.
 * done: as ask_buttons().
 */
void review_ask(struct tui *, const char *title, const char *text, struct changes *,
    const char *const *labels, int n, int at, ask_done *, void *arg);

#endif
