/*
 * powernet - a simulated card as its OIDs: the system group and the part of
 * PowerNet that a Smart-UPS of its time has.
 */
#ifndef AMC_SIM_POWERNET_H
#define AMC_SIM_POWERNET_H

#include "sim/card.h"
#include "sim/object.h"

/* The objects of this card, which must outlive them. */
void powernet_objects(struct objects *, struct simcard *);

#endif
