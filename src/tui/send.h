/*
 * send - the conversation with a terminal: who is there, its key, the password,
 * what it holds; then the difference, and the site is sent, or something else.
 */
#ifndef AMC_TUI_SEND_H
#define AMC_TUI_SEND_H

#include "app/transfer.h"
#include "tui/view.h"

void send_open(struct tui *, unsigned terminal);

/*
 * Only to read what it holds, with the same questions: looked is called when it
 * was read, and the dialog is closed after that. title: N_().
 */
struct send_look {
	const char *title;
	void (*looked)(struct tui *, struct transfer *);
};
void send_look(struct tui *, unsigned terminal, const struct send_look *);
/* The same of a revision that it held before; NULL: of what it holds. */
void send_look_revision(struct tui *, unsigned terminal, const char *revision,
    const struct send_look *);

/*
 * Only who is there, and that it takes the operator's password: met gets both, after the
 * dialog has gone. It is called once; the transfer is its own from then on, and NULL when
 * the operator left, or could not be let in. title: N_(), static.
 */
typedef void send_met(struct tui *, struct transfer *, const char *password, void *arg);
void send_meet(struct tui *, unsigned terminal, const char *title, send_met *, void *arg);

#endif
