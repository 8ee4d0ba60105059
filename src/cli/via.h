/*
 * via - the control terminal that passes orders on, for shutdown and rehearse.
 */
#ifndef AMC_CLI_VIA_H
#define AMC_CLI_VIA_H

#include "app/transfer.h"
#include "cli/cli.h"

/*
 * That of --via; else the site's control terminals are watched for a moment, and it is
 * the master, or one that answers. Met, with its operator's password, both yours to free;
 * NULL and words.
 */
struct transfer *via_meet(struct cli *, char **password, struct err *);

#endif
