/*
 * entry-words - an event of the log in the words of whoever reads it: the one place that
 * makes them, for the events view, linear mode, amc events, notifications and the log of
 * amcd. What programs read (JSON, CSV, fields of the journal) keeps the words of entry.h.
 */
#ifndef AMC_APP_ENTRY_WORDS_H
#define AMC_APP_ENTRY_WORDS_H

#include "base/text.h"
#include "model/entry.h"

/* In a sentence: "UPS1: Online -> On battery". */
void entry_text(const struct entry *, struct text *);
/* The same without whose it is: "Online -> On battery". */
void entry_what(const struct entry *, struct text *);
/* Without who did it either: "Upper voltage: 110 V -> 108 V · as asked". */
void entry_happened(const struct entry *, struct text *);

#endif
