/*
 * via - the control terminal that passes orders on, for shutdown and rehearse.
 */
#ifndef AMC_CLI_VIA_H
#define AMC_CLI_VIA_H

#include "app/transfer.h"
#include "cli/cli.h"

/*
 * That of --via; else, of a site that is watched, the master, or a control terminal that
 * answers. Met, with its operator's password, both for via_leave(); NULL and words.
 */
struct transfer *via_meet(struct cli *, char **password, struct err *);
/* The password is wiped, and the site watched no more. Takes NULL for both. */
void via_leave(struct cli *, struct transfer *, char *password);

#endif
