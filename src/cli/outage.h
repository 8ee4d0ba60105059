/*
 * outage - what the verbs plan and rehearse share: which UPSs fail, and nodes named as
 * verbs take them.
 */
#ifndef AMC_CLI_OUTAGE_H
#define AMC_CLI_OUTAGE_H

#include "base/json.h"
#include "cli/cli.h"
#include "model/plan.h"

/* Those of --fail, --all or --scenario; false and words when there are none. */
bool cli_outage(struct cli *, struct outage *, struct err *);

/* How often each name occurs in a site. */
struct cli_names {
	const struct site *site;
	struct map count;
};
struct cli_names cli_names_of(const struct site *);
void cli_names_done(struct cli_names *);
/* The name if it stands once in the site, else the path; yours to free. */
char *cli_name(const struct cli_names *, unsigned id);
void cli_put_name(struct json *, const char *key, const struct cli_names *, unsigned id);

/* "60-68", or "60" when both are the same. */
const char *cli_bounds(struct bounds, char buf[24]);
/* Prints a cell of a table, so wide; what is wider is not cut. */
void cli_cell(const char *text, int cols);

#endif
