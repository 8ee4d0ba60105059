/*
 * terminal - what send, fetch and diff share: the steps of a transfer one by
 * one, questions to the person, passwords from a file.
 */
#ifndef AMC_CLI_TERMINAL_H
#define AMC_CLI_TERMINAL_H

#include "app/transfer.h"
#include "cli/cli.h"

/* Are there a person's keyboard and screen? */
bool terminal_person(void);
/* Asks, and reads one line; yours to free, NULL at its end. */
char *terminal_line(const char *question);

/* Runs one step of a transfer to its end. */
typedef void transfer_step(struct transfer *, transfer_done *, void *arg);
bool terminal_step(struct cli *, struct transfer *, transfer_step *, struct err *);

/* After contact: is its key the one we know, or --pin, or accepted by the person now? */
bool terminal_trust(struct cli *, struct transfer *, struct err *);

/* After contact and trust: a look at what it holds. */
bool terminal_look(struct cli *, struct transfer *, const char *password,
    struct err *);

/* The terminals that are named from the second word on, or all; NULL and words. */
const struct node **terminal_targets(struct cli *, size_t *n, struct err *);

/*
 * From --password-file, or asked for when a person is there; yours to wipe and
 * free.
 */
char *terminal_password(struct cli *, struct err *);

/* Contact and trust alone, before questions of the verb's own. */
bool terminal_meet(struct cli *, struct transfer *, struct err *);

/*
 * Contact and trust, and the password as terminal_password() gives it: nobody types one
 * for a terminal that is not there. The name is as it was given.
 */
char *terminal_sign_in(struct cli *, struct transfer *, const char *name, struct err *);

/*
 * The terminal of that name in the open site, or in --site or $AMC_SITE, or at
 * that address. A site is opened (an empty one when there is none).
 */
struct transfer *terminal_named(struct cli *, const char *, struct err *);

/*
 * What "NAME" holds, or "NAME@12" held once: the site file, yours to free. NULL and
 * words, also when it has none.
 */
char *terminal_held(struct cli *, const char *name, size_t *len, struct err *);

/*
 * All of it: the terminal of that name, the password, a question whose role is
 * --role's, "operator" if it has none either. The answer, with a NUL behind it, is
 * yours to free; NULL and words.
 */
char *terminal_answer(struct cli *, const char *name, struct question *, size_t *len,
    struct err *);

#endif
