/*
 * wobble - readings that stir a little, the same way every time.
 *
 * A number in -1..1 that moves evenly from one corner to the next, a corner
 * every period milliseconds; seed and what (a letter) choose the line.
 */
#ifndef AMC_SIM_WOBBLE_H
#define AMC_SIM_WOBBLE_H

#include <stdint.h>

double wobble(unsigned seed, int what, int64_t t, int period);

#endif
