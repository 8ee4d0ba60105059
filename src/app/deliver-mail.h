/*
 * deliver-mail - the process that brings one mail to its server (amcd mail CHANNEL).
 *
 * libcurl's SMTP waits for some answers within its calls; the loop of amcd must not.
 * So it starts itself anew, and ends that after a time if need be.
 */
#ifndef AMC_APP_DELIVER_MAIL_H
#define AMC_APP_DELIVER_MAIL_H

#include "app/deliver.h"
#include "peer/outgoing.h"

#define DELIVER_FAILED "amcd: "		/* begins the line that tells why */

/*
 * The mail on standard input by the channel of that settings file; prints its steps,
 * then why it failed. The exit status.
 */
int deliver_mail(const char *conf, const char *channel);

/* By SMTP or POST, as the channel is. NULL and words when it is not even tried. */
struct outgoing *deliver_outgoing(struct loop *, const struct channel *, const char *body,
    size_t len, deliver_done *, void *arg, struct err *);

#endif
