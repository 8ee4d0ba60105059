/*
 * ups - the verb ups: settings of cards (ups.c, ups-cards.c), commands to them
 * (ups-command.c).
 */
#ifndef AMC_CLI_UPS_H
#define AMC_CLI_UPS_H

#include "cli/cli.h"
#include "model/command.h"

/* The exit status of many that each have one: theirs if it is the same, else 6. */
int ups_status(const int *list, size_t n);
/* What the first word can be. */
void ups_help(void);

/* diff, or write. */
int ups_cards(struct cli *, bool write);
/* What a card can be told to. */
int ups_commands(struct cli *);
int ups_command(struct cli *, const struct command *);

#endif
