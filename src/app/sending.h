/*
 * sending - a sending to many that was begun and not seen to its end, so that the
 * next start of the console and the next sending can say so.
 *
 * It is a note only, in $XDG_STATE_HOME/amc: who has what is asked of the terminals,
 * and sending again finishes it.
 */
#ifndef AMC_APP_SENDING_H
#define AMC_APP_SENDING_H

#include "app/app.h"

/* Before the first terminal is asked to take it; and when all have, or none will. */
void sending_begin(const struct app *);
void sending_end(const struct app *);

/* One of the open site was broken off: which revision, begun when ("2026-11-21T03:42:00Z"). */
bool sending_broken(const struct app *, int *revision, char since[40]);

#endif
