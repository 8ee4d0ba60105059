/*
 * said - what somebody else said, in the reader's words.
 *
 * Why a UPS is silent, what a card refused, what became of an order: the event log has it
 * as a sentence in the language of the program that wrote it, for whoever reads it by
 * `amc events --json` and for older programs. Here such a sentence is recognized by the
 * format that it was printed with (base/phrase.h), in any language of ours, and said again
 * in the reader's. So an old log, or one of an older amcd, is read like a new one.
 *
 * What is not recognized stays as it is: a card's own words, those of the system, a
 * sentence that has been worded otherwise since.
 */
#ifndef AMC_APP_SAID_H
#define AMC_APP_SAID_H

#include "base/text.h"

/* The text; what stands before and after a sentence of ours in it is kept. */
void said_add(const char *, struct text *);

/* said-table.c: the sentences, as in the sources that say them; ended by NULL. */
extern const char *const said_table[];

#endif
