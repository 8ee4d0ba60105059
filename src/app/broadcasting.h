/*
 * broadcasting - the inside of broadcast: broadcast.c meets the terminals and looks at
 * what they hold, broadcast-send.c sends.
 */
#ifndef AMC_APP_BROADCASTING_H
#define AMC_APP_BROADCASTING_H

#include "app/broadcast.h"

struct target {
	struct broadcast *of;
	struct broadcast_row *row;
	struct transfer *transfer;
	struct watch *again;	/* when it is told once more that the site counts */
	bool alike;		/* it held our site already */
};

struct broadcast {
	struct app *app;
	struct target *targets;
	struct broadcast_row *rows;
	size_t n;
	loop_fn *changed;
	void *arg;
	bool sending, activating;
	int64_t began;		/* loop_now() of the first staging, then of the activating */
	char *later;		/* the consent, or NULL */
	char *password;		/* those that are met are looked at with it; NULL: not yet */
};

/* What a terminal's row says from here on; nobody is told. */
void broadcast_mark(struct target *, enum broadcast_state, const char *words);

#endif
