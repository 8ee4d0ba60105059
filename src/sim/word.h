/*
 * word - what a simulated card can be told from outside: "mains off", "load 45".
 *
 * A row a word. That a card answers at all (dead, alive) is the farm's matter.
 */
#ifndef AMC_SIM_WORD_H
#define AMC_SIM_WORD_H

#include "base/err.h"
#include "base/text.h"
#include "sim/card.h"

struct word;

/* NULL if there is none. */
const struct word *word_find(const char *);
/* What it takes, for people: "on|off", "0..150". */
const char *word_values(const struct word *);
/* The value in the text as a number (on: 1, off: 0). */
bool word_read(const struct word *, const char *text, double *value, struct err *);
void word_do(const struct word *, struct simcard *, double value);
/* All of them as a list, for --help. */
void word_help(struct text *);

#endif
