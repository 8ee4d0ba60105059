/*
 * own - the site of tests/site-of-its-own.sh, which lives beside a console: a card and
 * control terminals that answer, and a shell there that can be told what to do.
 *
 * SCREENS_OWN is that script, SCREENS_MADE the settings with the passwords, if they are
 * made already.
 */
#ifndef OWN_H
#define OWN_H

#include <stdbool.h>
#include <stdio.h>

/*
 * In the folder of console.h: so many terminals, with words of the script or NULL. The
 * file of the site is own.ini there. NULL when it does not live; it ends when this is
 * closed.
 */
FILE *own_start(const char *terminals, const char *with);
/* A command of its shell, with the functions of tests/terminal.sh; until it has ended. */
bool own_tell(FILE *, const char *command);

#endif
