/*
 * copy - a record as it was at one moment: its values and its place.
 *
 * Two of them, before and after, are all that undoing an edit needs. A copy
 * borrows the texts of its site and is good as long as that lives.
 */
#ifndef AMC_MODEL_COPY_H
#define AMC_MODEL_COPY_H

#include "model/site.h"

struct copy;

/* Of one record, without what is below it. free() it. */
struct copy *copy_of(const struct node *);
unsigned copy_id(const struct copy *);
/* Of the same record, with the same values in the same place? */
bool copy_same(const struct copy *, const struct copy *);
/*
 * The record as it was, made anew with its id when it is gone. Its parent and
 * the sibling that followed it must be there, as they were then. What a save
 * has told since (FIELD_STAMP) stays.
 */
void copy_put(const struct copy *, struct site *);

#endif
