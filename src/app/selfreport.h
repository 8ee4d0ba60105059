/*
 * selfreport - "amcd status": how the amcd of this machine is, by its own words.
 */
#ifndef AMC_APP_SELFREPORT_H
#define AMC_APP_SELFREPORT_H

#include "app/service.h"

/*
 * To standard output, for a person or as amc.service.v1. False and words when none
 * runs with these settings (ERR_UNREACHABLE).
 */
bool selfreport_print(const struct service_settings *, bool json, struct err *);

#endif
