/*
 * cell - what the list says of a node in each of its columns.
 */
#ifndef AMC_TUI_CELL_H
#define AMC_TUI_CELL_H

#include "app/app.h"
#include "base/text.h"
#include "tui/theme.h"

#include <stddef.h>
#include <stdint.h>

struct cell {
	const char *name;	/* as ui/columns.xml has it */
	/* buf is "" and *role ROLE_TEXT when it is called. */
	void (*text)(struct app *, const struct node *, char *buf, size_t size,
	    enum role *role);
	bool live;		/* it changes with live states */
	/* The same in at most cols columns; NULL: it is cut at its end. */
	void (*brief)(struct app *, const struct node *, int cols, char *buf, size_t size);
	/* For sorting: lower comes first, NAN has nothing to say; NULL: by its words. */
	double (*rank)(struct app *, const struct node *);
};

const struct cell *cell_find(const char *name);

/* What is said of the state of a UPS, terminal or group. */
void cell_state(struct app *, const struct node *, char *buf, size_t size,
    enum role *);
/* The same where it has cols columns: shorter words, if it needs them. */
void cell_state_in(struct app *, const struct node *, int cols, char *buf, size_t size);
/*
 * What a terminal tells of itself besides: for how long it runs, how far its clock is
 * off, from where it speaks to the cards, what other UPS software it runs. "": nothing.
 */
void cell_terminal_facts(struct app *, const struct node *, struct text *, enum role *);
/* The state of the worst that is in there; "" when all is well. */
void cell_worst(struct app *, unsigned id, enum container, char *buf, size_t size,
    enum role *);
/* Has its state changed some seconds ago? */
bool cell_changed(struct app *, const struct node *);
/* Does it feed linked devices? Lists mark it with a *. */
bool cell_is_linked_device(const struct node *);

#endif
