/*
 * transferring - the inside of transfer: transfer.c meets a terminal and looks at
 * what it holds, transfer-trust.c knows its keys, transfer-send.c sends.
 */
#ifndef AMC_APP_TRANSFERRING_H
#define AMC_APP_TRANSFERRING_H

#include "app/context.h"
#include "app/transfer.h"
#include "peer/trust.h"

struct transfer {
	struct app *app;
	unsigned terminal;		/* 0: to an address */
	char *host, *where;
	int port, timeout_ms;

	struct exchange *exchange;
	transfer_done *done;
	void *arg;

	char known[PIN_SIZE], known_next[PIN_SIZE];	/* pins we had, "" if none */
	char pin[PIN_SIZE];		/* pin it showed */
	char next[PIN_SIZE];		/* of the key that it says it is going to have; "" */
	bool accepted, save_later;
	char name[80];

	char *role, *password;
	char *revision;			/* that is looked at instead of what it holds, or NULL */
	char *held, *etag, *difference, *answer, *meanwhile;
	size_t held_len, answer_len;
	int held_revision, sent_revision;
	char tag[80];			/* of what we staged there; "" */
	char bare_tag[80];		/* of what it holds, without quotes */
	struct err failure;		/* kept while it is asked what changed meanwhile */
};

/* Asks the terminal; done is that of the step, called by finish or fail. */
void transfer_request(struct transfer *, struct request *, client_done *answered,
    transfer_done *, void *arg);
void transfer_finish(struct transfer *, const struct err *);	/* NULL: it went well */
/* The client's words know only the address: this puts the name in front. */
void transfer_fail(struct transfer *, const struct err *);
/* The terminal as the site has it; NULL: it is in none, or was deleted meanwhile. */
const struct terminal *transfer_terminal(const struct transfer *);
/* The pins that a password may be sent to: that, and if it has another soon; NULL: none. */
const char *transfer_trusted_pin(const struct transfer *);
const char *transfer_trusted_next(const struct transfer *);

#endif
