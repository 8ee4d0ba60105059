/*
 * deliver - brings one message to one channel: a mail, a POST, a command.
 *
 * It ends within the Timeout of the channel and some two seconds, whatever the
 * other side does. Secrets are read from their files now and are in no words.
 */
#ifndef AMC_APP_DELIVER_H
#define AMC_APP_DELIVER_H

#include "app/channel.h"
#include "app/message.h"
#include "base/loop.h"

struct delivery;

/*
 * Called once, from the loop: NULL when it was taken, else why not. steps: what
 * was done, a line each. Both are borrowed.
 */
typedef void deliver_done(const struct err *, const char *steps, void *arg);

/* NULL and words when it is not even tried. Nothing that is given is kept. */
struct delivery *deliver(struct loop *, const struct channel *, const struct message *,
    const char *terminal, deliver_done *, void *arg, struct err *);
/* done is not called any more. Takes NULL. */
void deliver_cancel(struct delivery *);

#endif
