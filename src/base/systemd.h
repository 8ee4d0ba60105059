/*
 * systemd - starts a service, watches over it, and takes what it says. Only a
 * program that is a service includes it: the library takes a few milliseconds to
 * load, which the console does not have.
 */
#ifndef AMC_BASE_SYSTEMD_H
#define AMC_BASE_SYSTEMD_H

#include <stdbool.h>
#include <stddef.h>

/* Log lines go to the journal when systemd has made it the standard error. */
void systemd_take_log(void);

/* Tells systemd how the service is ("READY=1"); nothing without systemd. */
void systemd_notify(const char *state);
/* That it reads its settings anew; READY=1 ends that. */
void systemd_notify_reloading(void);

/* Does the whole machine go down, or start anew? Asked for at most half a second. */
bool systemd_machine_stops(void);

/* In how many ms it wants to hear WATCHDOG=1 again and again; 0: it does not. */
int systemd_watchdog_ms(void);

/*
 * The sockets that our predecessor, systemd or whoever started us handed over
 * (sd_listen_fds(3)); how many, at most max; further ones are closed.
 */
size_t systemd_inherited(int *fds, size_t max);
/*
 * Gives this one to systemd, which hands it to the next start: who connects
 * meanwhile waits for that instead of being refused. It takes the place of one
 * that it has of that name.
 */
void systemd_keep(int fd, const char *name);
/*
 * Becomes the program argv anew, which inherits fd (close-on-exec here). Returns only
 * when that failed.
 */
void systemd_succeed(char *const *argv, int fd);

#endif
