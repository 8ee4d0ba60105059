/*
 * pins - the keys of terminals that stand in no site file:
 * $XDG_STATE_HOME/amc/pins.
 */
#ifndef AMC_APP_PINS_H
#define AMC_APP_PINS_H

#include "peer/trust.h"

/* "" when none is known; next: the key that it is going to have. */
void pins_known(const char *host, int port, char pin[PIN_SIZE], char next[PIN_SIZE]);
void pins_keep(const char *host, int port, const char *pin, const char *next);

#endif
