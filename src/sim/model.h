/*
 * model - which kinds of card there are, and what they answer with.
 */
#ifndef AMC_SIM_MODEL_H
#define AMC_SIM_MODEL_H

#include "base/err.h"
#include "sim/card.h"
#include "sim/object.h"

enum model {
	MODEL_SMART,		/* a Smart-UPS with a PowerNet card */
	MODEL_SYMMETRA,		/* the same with three phases */
	MODEL_RFC1628,		/* another maker's, with UPS-MIB and nothing else */
	MODELS
};

bool model_parse(enum model *, const char *, struct err *);

/* The objects of such a card, which must outlive them; model_done() gives them back. */
void model_objects(enum model, struct objects *, struct simcard *);
void model_done(enum model, struct objects *);

#endif
