/*
 * linear - the console as lines of text: for screen readers, slow lines, and
 * terminals that cannot move their cursor.
 *
 * The same views and actions as on a full screen. A view is not drawn: its
 * function `linear` (view.h) tells what there is and asks; it returns when it
 * has closed its view, opened another, or wants to be called again. Lines are
 * only ever added. Input may be a pipe.
 */
#ifndef AMC_TUI_LINEAR_H
#define AMC_TUI_LINEAR_H

#include "base/text.h"
#include "tui/rows.h"
#include "tui/tui.h"
#include "tui/view.h"

struct linear;

/* Runs the console until the operator leaves it; see tui_run(). why: NULL or a first line. */
int linear_run(struct app *, const struct tui_options *, const char *why);

/* A line; where the locale has no such characters, ASCII stands for them. */
void linear_say(struct linear *, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Text of many lines. */
void linear_text(struct linear *, const char *);

enum linear_ask {
	LINEAR_SECRET = 1,	/* a password: not shown, and taken as it is */
	LINEAR_LITERAL = 2,	/* the caller looks at a = in front himself */
};
/*
 * Writes the prompt and waits for a line, yours to free. NULL when the operator
 * leaves the question: "cancel", Esc, Ctrl-C, or no more input. A line that
 * begins with = is what stands behind the =.
 */
char *linear_ask(struct linear *, const char *prompt, enum linear_ask);
/*
 * One of n labels (as they are shown), by its number or how it begins; nothing
 * is `at`, or with at -1 the same as leaving: -1.
 */
int linear_choose(struct linear *, const char *const *labels, int n, int at);
/* One round of the loop: something is under way. Ctrl-C or the end of input: false. */
bool linear_wait(struct linear *);

/* linear-main.c: the main view; reads one command and does it. */
void linear_main(struct tui *, struct linear *);
/* Rows that were told with numbers; what a number means until others are told. */
void linear_number(struct linear *, const struct place *, int n);
bool linear_numbered(const struct linear *, int number, struct place *);
/* Is it of use without a full screen? */
bool linear_offers(const struct action *);
/* What was told as selected last. */
struct place *linear_selected(struct linear *);
/* Was the last question left with Ctrl-C? */
bool linear_interrupted(const struct linear *);
/* Are alarms told at once, also while a question waits? */
bool *linear_live(struct linear *);
/* An answer for the next question, or NULL for none; told when nobody asked. */
void linear_ahead(struct linear *, const char *);

/* linear-words.c: "Power devices of SSC", "UPS1 (Power device), SSC / Power devices" */
void linear_place(const struct site *, struct place, struct text *);
/* A field's value as it is shown: the choice's label, the unit, no secret. */
void linear_value(const struct field *, const char *value, struct text *);
/* A choice may be given as its word or by how its label begins; else it is as typed. */
const char *linear_word(const struct field *, const char *line);

#endif
