/*
 * operate - commands to UPSs: whether they may be given, who is hit, and doing it.
 */
#ifndef AMC_APP_OPERATE_H
#define AMC_APP_OPERATE_H

#include "app/app.h"
#include "base/text.h"
#include "model/command.h"

/* What switches power: not when the site was opened read-only, and only when it is armed. */
bool operate_may_switch(const struct app *, struct err *);
/* Not when the site was opened read-only; what switches, only when it is armed. */
bool operate_allowed(const struct app *, const struct command *, struct err *);

/* Does a profile know how? What its cards then make of it is another matter. */
bool operate_known(const struct app *, const char *profile, const struct command *);

/*
 * What is about to be done to these UPSs, and who is hit: for the question before
 * it. outlet: the number of an outlet group, of which the site does not know what
 * hangs on it.
 */
void operate_words(const struct app *, const struct command *, const unsigned *ids,
    size_t n, int outlet, struct text *);
/*
 * What is typed before what takes power: the name of the UPS, or of the innermost
 * group around all of them. Borrowed.
 */
const char *operate_name(const struct app *, const unsigned *ids, size_t n);

struct operation;

/*
 * Each time when something more is known, the last time with another end than
 * COMMAND_PENDING, or words when nothing could be sent. Borrowed.
 */
typedef void operate_told(const struct command_state *, const struct err *, void *arg);

/* False when it is not allowed. After the last telling the operation is gone. */
struct operation *operate_start(struct app *, unsigned ups, const struct command *,
    int outlet, operate_told *, void *arg, struct err *);
/* What was sent stays sent; it is only not watched any more. Takes NULL. */
void operate_cancel(struct operation *);

#endif
