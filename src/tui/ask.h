/*
 * ask - a question in a box: a message, yes or no, a choice of buttons, a line
 * of text, one of a list.
 *
 * done is called once, after the box is gone: with the button or entry, from 0,
 * or -1 when the operator left with Esc, or the console ends before there is an answer;
 * text is what was typed, else NULL.
 */
#ifndef AMC_TUI_ASK_H
#define AMC_TUI_ASK_H

#include "tui/view.h"

typedef void ask_done(struct tui *, int which, const char *text, void *arg);

/* Just says it. title and text are copied. */
void ask_message(struct tui *, const char *title, const char *text);
/* Yes is 0, No is 1; No is the default. */
void ask_confirm(struct tui *, const char *title, const char *text, ask_done *,
    void *arg);
/* labels: N_(), n of them, at most 4; `at` is the default. They stay the caller's. */
void ask_buttons(struct tui *, const char *title, const char *text,
    const char *const *labels, int n, int at, ask_done *, void *arg);
/* A line of text, which is in it at first. */
void ask_text(struct tui *, const char *title, const char *text, const char *initial,
    bool secret, ask_done *, void *arg);
/*
 * Before what cannot be taken back: done gets 0 only when `name` was typed, else
 * -1. The text names what is hit.
 */
void ask_typed(struct tui *, const char *title, const char *text, const char *name,
    ask_done *, void *arg);
/* One of a list; the labels are copied, and shown as they are. */
void ask_choice(struct tui *, const char *title, const char *const *labels, int n,
    int at, ask_done *, void *arg);
/* The same; seen is told each entry that the cursor comes to, to show what it would be. */
typedef void ask_seen(struct tui *, int which);
void ask_choice_seen(struct tui *, const char *title, const char *const *labels, int n,
    int at, ask_seen *seen, ask_done *, void *arg);

#endif
