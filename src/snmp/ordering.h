/*
 * ordering - a command to a card, and what is seen of it.
 *
 * The card is read first: a state in which cards refuse the command is told
 * without sending it. What is sent is sent once, as it may have been done though
 * no answer came. Then the card is read until the readings show it, or the time
 * is over that its profile gives it. The objects of commands always read as "no
 * command", so that nothing else could tell.
 */
#ifndef AMC_SNMP_ORDERING_H
#define AMC_SNMP_ORDERING_H

#include "model/command.h"
#include "snmp/card.h"

struct ordering;

/*
 * Each time when something more is known; the last time with an end that is not
 * COMMAND_PENDING, and words if the card could not be reached at all: then nothing
 * was sent. Borrowed. After the last telling it is gone.
 */
typedef void ordering_told(const struct command_state *, const struct err *, void *arg);

/*
 * ups: of the site; some commands take their time from its settings. The card is
 * borrowed, and has not been asked anything yet. outlet: the number of its outlet
 * group, for commands that are for one.
 */
struct ordering *ordering_start(struct loop *, struct card *, const struct command *,
    const struct ups *, int outlet, ordering_told *, void *arg, struct err *);
/* What was sent stays sent. Takes NULL. Free the card first: it is still asked. */
void ordering_cancel(struct ordering *);

#endif
