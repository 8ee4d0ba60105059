/*
 * alert - which traps a card sends as its state changes: PowerNet's numbers.
 */
#ifndef AMC_SIM_ALERT_H
#define AMC_SIM_ALERT_H

#include "sim/card.h"

#include <stdint.h>

/* What is so of a card, as bits. */
typedef uint32_t alerts;

alerts alerts_of(const struct simview *);

typedef void alert_fn(void *arg, int number, const char *text);
/* Calls fn for each trap that tells of the way from before to now. */
void alerts_tell(alerts before, alerts now, alert_fn *, void *arg);

#endif
