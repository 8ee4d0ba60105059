/*
 * transfer - the site to and from another terminal, step by step.
 *
 * contact: who is there, and with which key?  The operator accepts the pin of a
 * first contact and gives the password.  look: what does it hold now, and how
 * does ours differ?  send: replaced whole, or not at all.  Or stage, and when all
 * have, activate (broadcast.h).
 *
 * Each step calls done once, from the loop; a step is begun only when the one
 * before has ended. A failure leaves the terminal's site as it was.
 */
#ifndef AMC_APP_TRANSFER_H
#define AMC_APP_TRANSFER_H

#include "app/app.h"

enum pin_state {
	PIN_KNOWN,		/* it shows the key that we know, or the next one */
	PIN_NEW,		/* first contact: the operator must say yes */
	PIN_CHANGED,		/* another key than before: refused */
};

struct transfer;

typedef void transfer_done(struct transfer *, const struct err *, void *arg);

/* To a terminal of the open site. */
struct transfer *transfer_new(struct app *, unsigned terminal, struct err *);
/* To an address, for `amc fetch ADDRESS[:PORT]` and first contacts. */
struct transfer *transfer_new_host(struct app *, const char *host, int port);
void transfer_free(struct transfer *);	/* takes NULL; nothing is called any more */
/* The step that is under way is given up: its done is not called, and another can begin. */
void transfer_stop(struct transfer *);

/* Another limit than 10 s for each step. */
void transfer_timeout(struct transfer *, int ms);

void transfer_contact(struct transfer *, transfer_done *, void *arg);
enum pin_state transfer_pin_state(const struct transfer *);
const char *transfer_pin(const struct transfer *);	/* that it showed */
const char *transfer_name(const struct transfer *);	/* what it calls itself */
const char *transfer_where(const struct transfer *);	/* "SSC-CL-SV1 (172.16.1.46:4000)" */
/* Those that we had; "". */
const char *transfer_known_pin(const struct transfer *);
const char *transfer_known_next_pin(const struct transfer *);
/*
 * The operator says that the pin of a first contact is right; or that the terminal
 * was replaced, and the pin of the new one is right: what was known of the old one
 * is forgotten. It stands in the site, which is saved if it was clean.
 */
void transfer_accept_pin(struct transfer *);
/* Pins go into the open site only, which the caller saves: when there are many. */
void transfer_save_later(struct transfer *);
const char *transfer_next_pin(const struct transfer *);	/* "" if it has no next key */
/*
 * A terminal with a key that we know says which one it is going to have, or has
 * changed to it: the site then has that. True when it was another. Only over the
 * known key, so that nothing has to be asked.
 */
bool transfer_learn(struct transfer *);
/* Must be the pin it showed; false and words if not. */
bool transfer_expect_pin(struct transfer *, const char *pin, struct err *);

/* Not what it holds is looked at, but this revision of its history: "12", "12.1". */
void transfer_revision(struct transfer *, const char *revision);
/* role: "viewer" or "operator". */
void transfer_look(struct transfer *, const char *role, const char *password,
    transfer_done *, void *arg);
/* The site it holds: text as in the file, and its revision; 0 when it has none. */
const char *transfer_held(const struct transfer *, size_t *len);
int transfer_held_revision(const struct transfer *);
/* How ours differs, a line a difference, secrets redacted; "" when alike. */
const char *transfer_difference(const struct transfer *);

/*
 * Any other question of the protocol, after contact and trust: a path with its
 * "?...", a body or NULL. transfer_answer() is what came, until the next step.
 */
struct question {
	const char *method, *path, *role, *password, *body;
};
void transfer_ask(struct transfer *, const struct question *, transfer_done *, void *arg);
const char *transfer_answer(const struct transfer *, size_t *len);

/* Why ours cannot be sent, if so: it has errors, is not saved, is read-only. */
bool transfer_sendable(struct app *, struct err *);

/* After look. When somebody else was faster, transfer_meanwhile() tells what he changed. */
void transfer_send(struct transfer *, transfer_done *, void *arg);
int transfer_sent_revision(const struct transfer *);
/* Lines as those of transfer_difference(), of what was compared and what it holds by now. */
const char *transfer_meanwhile(const struct transfer *);

/*
 * The same in two steps, after look: staged, it does not count; unstaged again; or
 * activated, with the JSON of a consent (later.h) or NULL. One that holds our very
 * site can be activated without staging, which leaves the consent there.
 */
void transfer_stage(struct transfer *, transfer_done *, void *arg);
void transfer_unstage(struct transfer *, transfer_done *, void *arg);
void transfer_activate(struct transfer *, const char *later, transfer_done *, void *arg);
/* The tag of what it holds, without quotes, as long as the transfer; "" without a site. */
const char *transfer_held_tag(struct transfer *);

#endif
