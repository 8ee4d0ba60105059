/*
 * held - what another terminal holds, beside ours.
 *
 * Terminals of one site mostly hold the same: what was compared last is kept, so that
 * the next one of the same bytes costs nothing as long as ours stands.
 */
#ifndef AMC_APP_HELD_H
#define AMC_APP_HELD_H

#include "app/app.h"

struct held {
	int revision;			/* of those bytes */
	const char *difference;		/* of ours, lines as changes_show() makes them */
};

/* Lives until the next one. Without an open site there is no difference. */
struct held held_compare(struct app *, const char *bytes, size_t len);
void held_forget(struct app *);

#endif
