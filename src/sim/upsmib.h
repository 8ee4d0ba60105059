/*
 * upsmib - a simulated card as RFC 1628 has it: UPS-MIB, 1.3.6.1.2.1.33.
 */
#ifndef AMC_SIM_UPSMIB_H
#define AMC_SIM_UPSMIB_H

#include "sim/card.h"
#include "sim/object.h"

/* The objects of this card, which must outlive them. */
void upsmib_objects(struct objects *, struct simcard *);

#endif
