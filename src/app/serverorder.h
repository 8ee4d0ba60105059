/*
 * serverorder - telling servers to go down, over a control terminal.
 *
 * A server takes such an order from nobody but a control terminal that its own site
 * file knows by its key (amc-protocol(7)); so an operator asks one of them, with his
 * password, and it passes the order on and says what became of it. A rehearsal goes
 * the same way to the same servers, and switches nothing.
 */
#ifndef AMC_APP_SERVERORDER_H
#define AMC_APP_SERVERORDER_H

#include "app/transfer.h"

enum order_deed {
	ORDER_SHUTDOWN,		/* the server goes down */
	ORDER_CANCEL,		/* it does not, if its time has not come yet */
	ORDER_REHEARSE,		/* it says whether it would; nothing is switched */
};

enum order_end {
	ORDER_PENDING,		/* it is being asked */
	ORDER_TAKEN,		/* it goes down, stays up, or would go down */
	ORDER_REFUSED,		/* it answered no: why */
	ORDER_UNREACHED,	/* it did not answer, or is a stranger: why */
};
const char *order_end_word(enum order_end);	/* "taken": as JSON has it */
const char *order_end_label(enum order_end);	/* "taken": N_() */

/* What became of it at one server. */
struct order_row {
	unsigned terminal;
	enum order_end end;
	int in;			/* s until it begins to go down; -1: not known */
	int takes;		/* s that it counts for going down; -1: not known */
	char does[200];		/* the command that it runs, or "" */
	char why[400];		/* of a refusal, in words, or "" */
};

/* For a person, without the name: "goes down in 10 s: runs /usr/bin/systemctl poweroff". */
void order_words(const struct order_row *, enum order_deed, char *buf, size_t size);

/*
 * Not when the site was opened read-only; what shuts down only when it is armed. A
 * rehearsal always.
 */
bool serverorder_allowed(const struct app *, enum order_deed, struct err *);
/*
 * The control terminal to ask: the one that says that it is master, else the first in
 * tree order that answers, else the first. 0 and words: the site has none.
 */
unsigned serverorder_via(const struct app *, struct err *);
/*
 * For the question before it: who goes down, what stands or falls with them, and how long
 * it can be called off. in: s.
 */
struct text;
void serverorder_words(const struct app *, const unsigned *terminals, size_t n, int in,
    struct text *);

/* How long an operator's order can be called off, s. */
enum { ORDER_IN = 10 };

struct serverorder;
/* Called when a row has changed; the last time when all have ended, or with words when
 * the control terminal itself could not be asked. */
typedef void serverorder_told(struct serverorder *, const struct err *, void *arg);

/*
 * Over a transfer that has met the control terminal and lives longer; the password is of
 * its operator and copied. in: s before they begin (ORDER_SHUTDOWN). NULL and words when it
 * is not allowed.
 */
struct serverorder *serverorder_start(struct app *, struct transfer *, const char *password,
    enum order_deed, const unsigned *terminals, size_t n, int in, serverorder_told *, void *arg,
    struct err *);
/* As the terminals were given. */
const struct order_row *serverorder_rows(const struct serverorder *, size_t *n);
bool serverorder_over(const struct serverorder *);
/* What was taken stays taken. Takes NULL; nothing is called any more. */
void serverorder_free(struct serverorder *);

#endif
