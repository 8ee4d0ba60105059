/*
 * sending - what the parts of send share: the steps of the conversation with a terminal
 * and its state; nobody else includes it.
 */
#ifndef AMC_TUI_SENDING_H
#define AMC_TUI_SENDING_H

#include "tui/line.h"
#include "tui/send.h"

enum step { CONTACTING, PIN, CHANGED, PASSWORD, LOOKING, READY, SENDING, DONE, FAILED };

struct send {
	struct view view;
	const char *title;
	void (*looked)(struct tui *, struct transfer *);	/* or NULL */
	send_met *met;		/* or NULL */
	void *arg;
	struct transfer *transfer;
	enum step step;
	int at;			/* the button: 0 goes on, 1 leaves */
	int top;		/* of the difference */
	struct line password;
	char name[260];		/* of the terminal */
	char failed[600];
	int told;		/* linear mode: the step that was told last; -1: none */
};

enum { SEND_COLS = 76, DIFFERENCE_ROWS = 8 };

/* What is told at a step, and the button that ends it; NULL: it ends by itself. */
struct send_step {
	const char *words, *button;	/* N_() */
};
extern const struct send_step send_steps[];
const char *send_words(const struct send *);

/* What would become different there, as lines of text. */
const char *send_difference(const struct send *);
void send_ok(struct view *);
void send_cancel(struct view *);

/* send-draw.c */
void send_draw(struct view *);
/* send-linear.c */
void send_linear(struct view *, struct linear *);

#endif
