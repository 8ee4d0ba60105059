/*
 * shutting - what the parts of shutdown share: who is told to go down, and what became of
 * it; nobody else includes it.
 */
#ifndef AMC_TUI_SHUTTING_H
#define AMC_TUI_SHUTTING_H

#include "app/serverorder.h"
#include "tui/shutdown.h"

/* An order on its way, and why the control terminal could not be asked, or "". */
struct given {
	struct transfer *transfer;
	struct serverorder *order;
	char error[400];
};

/* The view is open only once the order was given. */
struct shutting {
	struct view view;
	unsigned *ids;
	size_t n;
	unsigned via;			/* the control terminal that passes it on */
	char *password;			/* of its operator, until the view is closed */
	struct given down;
	/* a conversation of its own: the order's may wait for a server that is silent */
	struct given back;
	bool going_back;		/* that one is being met */
	int64_t given_at;		/* loop_now() */
	int64_t *taken_at;		/* of each, loop_now() when it was heard; 0: not yet */
	int at, top;
};

/* What one of them says. */
struct said {
	const char *mark;		/* one column */
	enum role role;
	char words[500];
};

/* Is nothing asked any more? */
bool shutting_is_over(const struct shutting *);
/* Has one of them still time in which it can be called off? */
bool shutting_counts(const struct shutting *);
/* The i-th's answer to the order; NULL while there is none. */
const struct order_row *shutting_row(const struct shutting *, size_t i);
/* The same of calling it off. */
const struct order_row *shutting_back(const struct shutting *, size_t i);
bool shutting_can_call_off(const struct shutting *, struct err *);
/* s until it begins to go down, 0 from then on; -1: it does not, or it is not known. */
int shutting_left(const struct shutting *, size_t i);

/* shutdown-words.c */
void shutting_said(const struct shutting *, size_t i, struct said *);
/* All of it that is known of the i-th: the command there, what it counts for it. */
void shutting_details(const struct shutting *, size_t i, struct text *);
/* What went wrong with asking as a whole; "" when nothing did. */
const char *shutting_error(const struct shutting *);
/* What the operator can do now. */
const char *shutting_hint(const struct shutting *);
void shutting_linear(struct view *, struct linear *);
/* shutdown-draw.c */
void shutting_draw(struct view *);
int shutting_list_rows(const struct shutting *);

#endif
