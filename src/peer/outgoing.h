/*
 * outgoing - a message to a web server (POST), without waiting, or to a mail server
 * (SMTP): for notifications.
 *
 * While the text of a mail is answered libcurl waits within its call, as long as the
 * time that is given: mails are for a process that does nothing else (deliver-mail.h).
 *
 * Unlike client.h these servers are not ours: with TLS (1.2 or later) their
 * certificate must be good for their name, by the authorities of the system or
 * of a file. No redirection is followed, no proxy used. What is secret is in no
 * words and in no step.
 */
#ifndef AMC_PEER_OUTGOING_H
#define AMC_PEER_OUTGOING_H

#include "base/err.h"
#include "base/loop.h"

#include <stdbool.h>
#include <stddef.h>

struct outgoing;

struct outgoing_request {
	const char *url;	/* "https://HOST/PATH", "smtp://HOST:PORT", "smtps:..." */
	bool starttls;		/* of smtp: not a word in clear behind the greeting */
	const char *ca_file;	/* PEM; NULL: the system's authorities */
	const char *user, *password;	/* of SMTP; NULL: none */
	const char *bearer;	/* token of a web server; NULL: none */
	const char *from;	/* of SMTP: addresses without <> */
	const char *const *to;
	size_t n_to;
	const char *body;	/* a mail with CR LF; or JSON */
	size_t body_len;
	int timeout_ms;		/* for all of it */
};

/*
 * Called once, from the loop: NULL when the server took it, else why not. steps:
 * a line for each step that was made, with what was answered. Both are borrowed.
 */
typedef void outgoing_done(const struct err *, const char *steps, void *arg);

/* NULL and words when it is not even tried. What is given is copied. */
struct outgoing *outgoing_start(struct loop *, const struct outgoing_request *,
    outgoing_done *, void *arg, struct err *);
/* done is not called any more. Takes NULL. */
void outgoing_cancel(struct outgoing *);

/* Is it a URL with a host and one of these schemes ("https http")? */
bool outgoing_url(const char *url, const char *schemes, struct err *);

#endif
