/*
 * farm - the cards of one upssim, their clock, and the words that change them.
 *
 * The words are the same on the control socket, in a script and at -e:
 *
 *	NAME|all WORD [VALUE]	as `upssim --help` lists them
 *	dead PERCENT		so many of the cards are dead, spread evenly
 *	state [--json]		what is so of each card
 *	quit			ends the program
 *
 * All cards share one clock that begins with the farm and may run faster than
 * the world's. A script's commands are done at their moment of that clock, also
 * when nobody asks in between, so a night goes the same way every time.
 */
#ifndef AMC_SIM_FARM_H
#define AMC_SIM_FARM_H

#include "base/err.h"
#include "base/loop.h"
#include "base/text.h"
#include "sim/access.h"
#include "sim/model.h"
#include "sim/user.h"

struct farm;

struct farm_terms {
	/* borrowed */
	const char *read;		/* community */
	const char *write;		/* NULL: as read */
	const struct communities *access;	/* more of them; may be NULL */
	const struct users *users;	/* of v3; may be NULL */
	double speed;			/* card seconds in a second */
	unsigned seed;
};

struct farm *farm_new(struct loop *, const struct farm_terms *);
void farm_free(struct farm *);

struct farm_card {
	const char *name, *ipv4;
	int port;
	const char *record;		/* a file to replay; NULL: it lives */
	enum model model;		/* of one that lives */
	const char *community;		/* its own; NULL: the farm's */
};

/*
 * Strings are copied. False and words when the name is taken, the record is
 * bad or the address is not free.
 */
bool farm_add(struct farm *, const struct farm_card *, struct err *);
/* Who is told of what happens from now on: trap.h; before the cards are added. */
bool farm_add_receiver(struct farm *, const char *receiver, struct err *);
size_t farm_count(const struct farm *);

/* Does what one line says; what it tells (state) is added to out. */
bool farm_do(struct farm *, const char *line, struct text *out, struct err *);

/*
 * A command for later: "at 20s UPS4 mains off", in the cards' time; s, m or h,
 * and 1m30s for both. Words are looked at now, so a wrong name is told at once.
 */
bool farm_at(struct farm *, const char *line, struct err *);
/* All lines of a script; empty ones and what begins with # count nothing. */
bool farm_script(struct farm *, const char *path, struct err *);

#endif
