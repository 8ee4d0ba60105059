/*
 * lockout - how long somebody who guesses passwords has to wait.
 *
 * By address and role: the third failure and each further one makes it wait, at
 * first 1 s, then twice as long each time, at most a minute. The right password of
 * one role forgives nothing that was tried for another. All addresses of an IPv6
 * /64 are one, for one machine may have them all.
 *
 * By role, over all addresses together: after 20 failures the same wait for all
 * addresses from which no right one has come lately, so that guessing from
 * many of them is no faster, while the operator goes on where he was. Roles that do
 * not exist share one count, and behave as one that does.
 *
 * Both are forgotten after ten minutes without a failure. Memory does not grow: of
 * too many addresses the one whose last failure is oldest goes, and the count of
 * the role stays. Pure: the time (ms, monotonic) comes in.
 */
#ifndef AMC_APP_LOCKOUT_H
#define AMC_APP_LOCKOUT_H

#include <stdint.h>

enum { LOCKOUT_FREE = 2, LOCKOUT_ROLE_FREE = 20, LOCKOUT_LONGEST_MS = 60000,
	LOCKOUT_FORGET_MS = 600000, LOCKOUT_ADDRESSES = 256, LOCKOUT_TRUSTED = 32 };

struct lockout;

struct lockout *lockout_new(void);
void lockout_free(struct lockout *);	/* takes NULL */

/* So many ms nothing from there is tried for that role; 0: it may be. */
int64_t lockout_wait(const struct lockout *, const char *from, const char *role, int64_t now);
/* The password was wrong; the failures of this address by now. */
unsigned lockout_failed(struct lockout *, const char *from, const char *role, int64_t now);
/* It was right: what was tried from there for that role is forgotten. */
void lockout_right(struct lockout *, const char *from, const char *role, int64_t now);

#endif
