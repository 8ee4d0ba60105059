/*
 * wake - starting servers by Wake-on-LAN.
 *
 * A packet goes to the communication address of the server's group. Nothing answers
 * it: that the server starts is seen in its state, when its amcd does.
 */
#ifndef AMC_APP_WAKE_H
#define AMC_APP_WAKE_H

#include "app/app.h"

/* Not when the site was opened read-only, and only when it is armed. */
bool wake_allowed(const struct app *, struct err *);

/* Where its packet goes; NULL and words when it has no MAC address or is no terminal. Borrowed. */
const char *wake_destination(const struct app *, unsigned terminal, struct err *);

/* port 0: 9, as usual. False and words when it is not allowed or was not sent. */
bool wake_terminal(struct app *, unsigned terminal, int port, struct err *);

#endif
