/*
 * radius - who is hit by what is about to be done.
 */
#ifndef AMC_APP_RADIUS_H
#define AMC_APP_RADIUS_H

#include "app/app.h"
#include "base/text.h"

/*
 * The terminals that would stay and lose a UPS that they need, if these nodes
 * and all below them were removed; in tree order, *hit_n of them, yours to free.
 */
unsigned *radius_of_removal(const struct app *, const unsigned *ids, size_t n,
    size_t *hit_n);

/*
 * What becomes of the terminals when the outputs of these UPSs go off, a
 * sentence each for those that lose power, a shared disk, or only a spare power
 * device; in words, parted by newlines. "" when none hangs on them.
 */
void radius_of_cut(const struct app *, const unsigned *ids, size_t n, struct text *);

#endif
