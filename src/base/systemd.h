/*
 * systemd - starts a service and takes what it says. Only a program that is a
 * service includes it: the library takes a few milliseconds to load, which the
 * console does not have.
 */
#ifndef AMC_BASE_SYSTEMD_H
#define AMC_BASE_SYSTEMD_H

/* Log lines go to the journal when systemd has made it the standard error. */
void systemd_take_log(void);

/* Tells systemd how the service is ("READY=1"); nothing without systemd. */
void systemd_notify(const char *state);

#endif
