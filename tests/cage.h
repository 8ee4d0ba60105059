/*
 * cage - for a test that does what nobody foresees: from here on this process and
 * what it starts can reach no network at all and write in one folder only.
 */
#ifndef CAGE_H
#define CAGE_H

#include <stdbool.h>

/* No network but an unconnected loopback of its own; false if the kernel forbids it. */
bool cage_network(void);
/* Writing, creating and removing below dir only; false if the kernel cannot. */
bool cage_folder(const char *dir);

#endif
