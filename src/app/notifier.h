/*
 * notifier - what happened, to people: by the channels of amcd.conf
 * (man 5 amc-notify).
 *
 * What is to be told stands in notify.json of amcd's StateDirectory before anything
 * is done about it, and goes from there when it was taken: a crash loses nothing, and
 * sends again at most what was under way. A channel that fails is tried again, 5 s
 * later, then twice as long each time up to 15 minutes, for a day; at most
 * NOTIFIER_QUEUE messages wait for it, then the oldest go.
 *
 * Of several control terminals the first in the tree's order that answers tells.
 * The others keep what they would have told for a minute, in case it has just died.
 */
#ifndef AMC_APP_NOTIFIER_H
#define AMC_APP_NOTIFIER_H

#include "app/app.h"
#include "app/channel.h"
#include "app/message.h"
#include "base/json.h"
#include "base/text.h"

#define NOTIFIER_QUEUE 100

struct notifier;

/*
 * Of an app that is watched; told by app/note.h. name: which terminal we are. NULL
 * when there are no channels; NULL and words when a section is wrong.
 */
struct notifier *notifier_new(struct app *, const char *conf, const char *dir, const char *name,
    struct err *);
/* What waits is kept for the next start. Takes NULL. */
void notifier_free(struct notifier *);

/*
 * Sends a test through a channel, at once and whoever the sender is; 0 and words when
 * there is no such channel or a test of it is under way. Else the number of the test,
 * whose outcome notifier_json() tells.
 */
int notifier_test(struct notifier *, const char *channel, struct err *);

/* How each channel is, an array; takes NULL. */
struct json *notifier_json(const struct notifier *);
/* The same for OpenMetrics; takes NULL. */
void notifier_metrics(const struct notifier *, struct text *);

#endif
