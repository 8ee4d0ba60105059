/*
 * option - the options of the verbs: one table that reads them, refuses one that
 * a verb has not, and explains them in `amc VERB --help`.
 *
 * An option that would be passed over in silence is a danger: a --dry-run that is
 * none, a --all that somebody meant. So each names the verbs that it belongs to.
 */
#ifndef AMC_CLI_OPTION_H
#define AMC_CLI_OPTION_H

#include "cli/cli.h"

/*
 * Puts the options into c, and the words of argv that are none into c->argv. 0, 2 after
 * words on standard error, or -1 when --help was asked for.
 */
int option_parse(struct cli *, const char *verb, int argc, char **argv);
/* A line for each option of a verb. */
void option_help(const char *verb);

#endif
