/*
 * control - the socket through which a running upssim is told things.
 *
 * A unix-domain stream socket that only its owner may use. A line goes in as
 * farm.h has it; what it tells comes back, then "ok" or "error: words".
 */
#ifndef AMC_SIM_CONTROL_H
#define AMC_SIM_CONTROL_H

#include "base/err.h"
#include "base/loop.h"
#include "sim/farm.h"

struct control;

/* Takes the place of a socket that nobody listens at any more. */
struct control *control_new(struct loop *, const char *path, struct farm *,
    struct err *);
/* Removes the socket too. */
void control_free(struct control *);

/* The other side, which waits: says one line and prints what it tells. */
bool control_say(const char *path, const char *line, struct err *);

#endif
