/*
 * send - the inside of the verb send: send.c to one terminal, send-many.c to many.
 */
#ifndef AMC_CLI_SEND_H
#define AMC_CLI_SEND_H

#include "app/transfer.h"
#include "cli/cli.h"

/* To the terminals of these ids; the exit status. */
int send_many(struct cli *, const unsigned *ids, size_t n, const char *password);

/* What it holds, and how that differs: for a person, after a look. */
void send_tell_held(const char *name, const struct transfer *);

#endif
