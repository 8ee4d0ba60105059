/*
 * keeper - a process that looks after helpers and a folder, and leaves neither
 * behind when we end, are killed, or crash.
 */
#ifndef AMC_APP_KEEPER_H
#define AMC_APP_KEEPER_H

#include "base/err.h"

struct keeper;

/* dir is removed with all in it in the end. Call before there are threads. */
struct keeper *keeper_new(const char *dir, struct err *);
/*
 * Starts a program of ours (from beside this one, else from the PATH); its
 * output goes into log. The strings must fit into a few kilobytes.
 */
bool keeper_run(struct keeper *, char *const argv[], const char *log,
    struct err *);
/* Ends the helpers, removes the folder, and waits for that. Takes NULL. */
void keeper_end(struct keeper *);

#endif
