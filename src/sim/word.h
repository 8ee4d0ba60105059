/*
 * word - what a simulated card can be told from outside: "mains off", "load 45".
 *
 * A row a word. What is done to several cards at once (dead 5) is the farm's matter.
 */
#ifndef AMC_SIM_WORD_H
#define AMC_SIM_WORD_H

#include "base/err.h"
#include "base/text.h"
#include "sim/agent.h"
#include "sim/card.h"

struct word;

/* What it is told to. */
struct word_target {
	struct simcard *card;		/* NULL: it replays a record */
	struct simagent *agent;
	double speed;			/* card seconds in a second */
};

/* NULL if there is none. */
const struct word *word_find(const char *);
/* Does it need a card that lives? */
bool word_needs_card(const struct word *);
/* Is it the one after which the card begins anew? */
bool word_restarts(const struct word *);
/* False and words when this value is none of its. text may be "". */
bool word_check(const struct word *, const char *text, struct err *);
/* With a value that was checked. */
void word_do(const struct word *, const struct word_target *, const char *text);
/* All of them as a list, for --help. */
void word_help(struct text *);

#endif
