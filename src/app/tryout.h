/*
 * tryout - the notifications of a terminal: how they are, and a test through one of
 * its channels, over a transfer that has met it.
 */
#ifndef AMC_APP_TRYOUT_H
#define AMC_APP_TRYOUT_H

#include "app/transfer.h"
#include "base/json.h"

struct tryout;

/* Called once for each step, from the loop. */
typedef void tryout_done(struct tryout *, const struct err *, void *arg);

/* After contact and trust; the transfer must live longer, the password is copied. */
struct tryout *tryout_new(struct app *, struct transfer *, const char *role,
    const char *password);
void tryout_free(struct tryout *);	/* takes NULL; nothing is called any more */

/* How they are now. */
void tryout_look(struct tryout *, tryout_done *, void *arg);
/* amc.notifications.v1 and its channels, as they were last told; NULL: not yet. */
const struct json *tryout_told(const struct tryout *);
const struct json *tryout_channels(const struct tryout *);

/*
 * Sends a test and waits for its end, for which a channel has a time: an error also
 * when the channel fails.
 */
void tryout_test(struct tryout *, const char *channel, tryout_done *, void *arg);
/* What was done in it, a line each. */
const char *tryout_steps(const struct tryout *);

#endif
