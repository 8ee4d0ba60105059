/*
 * radius - who is hit by what is about to be done.
 */
#ifndef AMC_APP_RADIUS_H
#define AMC_APP_RADIUS_H

#include "app/app.h"

/*
 * The terminals that would stay and lose a UPS that they need, if these nodes
 * and all below them were removed; in tree order, *hit_n of them, yours to free.
 */
unsigned *radius_of_removal(const struct app *, const unsigned *ids, size_t n,
    size_t *hit_n);

#endif
