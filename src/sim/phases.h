/*
 * phases - the tables of PowerNet that a UPS with three phases has.
 *
 * A Symmetra: 200 V from line to line, 4 kW a phase, more of it on the first.
 */
#ifndef AMC_SIM_PHASES_H
#define AMC_SIM_PHASES_H

#include "sim/card.h"
#include "sim/object.h"

/* The objects of this card, which must outlive them. */
void phases_objects(struct objects *, struct simcard *);

#endif
