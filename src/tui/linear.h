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
#include "tui/line.h"
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
/* Asks for a password, which comes into the line; false when the question is left. */
bool linear_password(struct linear *, struct line *);
/*
 * One of n labels (as they are shown), by its number or how it begins; nothing
 * is `at`, or with at -1 the same as leaving: -1.
 */
int linear_choose(struct linear *, const char *const *labels, int n, int at);
/* One round of the loop: something is under way. Ctrl-C or the end of input: false. */
bool linear_wait(struct linear *);

/*
 * linear-turn.c: how views with keys ask. The keys are those of ui/keys.xml, so that
 * one that comes to a view is there in lines, too.
 */
struct linear_word {
	const char *word;	/* "<": what the view has in lines only */
	const char *words;	/* N_() */
	void (*run)(struct view *);
};
struct linear_view {
	const char *number;	/* what a number alone does: "A number goes there" */
	int rows;		/* numbered from 1; 0: there are none */
	void (*go)(struct view *, int row);	/* the cursor to a row, from 0 */
	const struct linear_word *words;	/* up to one without a word, or NULL */
};
enum linear_turn {
	LINEAR_BACK,		/* the view is left */
	LINEAR_ROW,		/* that row was chosen, and has the cursor */
	LINEAR_DONE,		/* something was done: the view may have gone */
};
/*
 * Asks until there is something to do: a number; a key, the name of its action or its
 * short label, and the number of a row behind it; nothing to go back. ? tells the keys.
 */
enum linear_turn linear_turn(struct view *, struct linear *, const struct linear_view *);

/* linear-offer.c: what stands in an action's place here; NULL: it is there itself. */
const char *linear_instead(const struct action *);
bool linear_offers(const struct action *);
/* How many actions have something in their place. */
size_t linear_elsewhere(void);

/* linear-main.c: the main view; reads one command and does it. */
void linear_main(struct tui *, struct linear *);
/* Rows that were told with numbers; what a number means until others are told. */
void linear_number(struct linear *, const struct place *, int n);
bool linear_numbered(const struct linear *, int number, struct place *);
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
/* Tells what is allowed: a range, or each choice with its label. */
void linear_allowed(struct linear *, const struct field *);
/* The word of a choice that was given as its word or by how its label begins; else the line. */
const char *linear_word(const struct field *, const char *line);

#endif
